"""What is shared with whom: the best that fits their words, in the language of the letter, never twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.drafts import Had, Resource, fitting, resource_of
from nurture.messages import OurWords, link_hashes, sentence_hashes
from tests.drafts.builders import KEY


def a_resource(key: int = 1, **changes: Any) -> Resource:
    """An article about onboarding, in French."""
    facts: dict[str, Any] = {
        "key": key, "title": "Accueillir un nouveau client", "lang": "fr", "url": f"https://exemple.example/accueil-{key}",
        "tags": ("accueil",), "sentence": "Trois entreprises racontent leurs premières semaines.",
    }  # fmt: skip
    return Resource(**(facts | changes))


SHELF = (
    a_resource(1),
    a_resource(
        2,
        title="Moins d'appels au support",
        tags=("support", "appels"),
        sentence="Un cas chiffré, de quarante à vingt appels par semaine.",
    ),
    a_resource(
        3, title="Recruter sans se tromper", tags=("recrutement",), sentence="Une grille d'entretien à reprendre telle quelle."
    ),
    a_resource(
        4, title="Fewer support calls", lang="en", tags=("support",), sentence="A case with figures, from forty to twenty calls."
    ),
)


def found(
    said: str, *, lang: str = "fr", register: str = "vous", had: Had | None = None, shelf: tuple[Resource, ...] = SHELF
) -> int | None:
    """The number of what is shared with somebody who said this."""
    best = fitting(shelf, ((said, 1.0),), lang=lang, register=register, had=had or Had(hash_key=KEY))
    return best.key if best else None


@pytest.mark.parametrize(
    ("said", "lang", "number"),
    [
        ("On veut réduire les appels au support.", "fr", 2),
        ("Notre SUPPORT est débordé", "fr", 2),
        ("Nous avons du mal à recruter des commerciaux.", "fr", 3),
        ("Le recrutement nous prend un temps fou.", "fr", 3),
        ("L’accueil de nos clients est bâclé.", "fr", 1),
        ("Our support team drowns in calls.", "en", 4),
        ("We want to recruit.", "en", None),  # there is nothing about it in English
        ("La paie est un casse-tête.", "fr", None),
        ("", "fr", None),
        ("Nous avons besoin de tout cela, et vite.", "fr", None),
    ],
)
def test_what_fits_is_found_by_their_words(said: str, lang: str, number: int | None) -> None:
    """Accents and case folded, plurals and families of words seen through; the language of the letter; else nothing."""
    assert found(said, lang=lang) == number


def test_a_single_word_of_the_sentence_is_no_fit() -> None:
    """Only titles and tags say what something is about."""
    assert found("Cette semaine est chargée.") is None
    assert found("Nos premières semaines de jeune entreprise") == 1


def test_what_they_have_had_is_passed_over_for_the_next_best() -> None:
    """By the ledger; by its link in a mail of the owner's own; by a long link in mail that was read before links were kept."""
    said = "Moins d'appels au support, et recruter mieux"
    assert found(said) == 2
    link = SHELF[1].url
    long = replace(SHELF[1], url="https://exemple.example/blog/2025/moins-d-appels")
    runs = OurWords.of(["Voici : https://www.exemple.example/blog/2025/moins-d-appels?utm_source=x"], KEY)
    assert found(said, had=Had(keys=frozenset({2}), hash_key=KEY)) == 3
    assert found(said, had=Had(said=link_hashes(f"Tenez, {link}", KEY), hash_key=KEY)) == 3
    assert found(said, had=Had(runs=runs, hash_key=KEY), shelf=(*SHELF[:1], long, *SHELF[2:])) == 3


def test_without_a_link_the_sentence_tells() -> None:
    """Somebody who was told it by hand is not told again."""
    bare = a_resource(9, url="", tags=("support",))
    assert found("le support", shelf=(bare,)) == 9
    assert found("le support", shelf=(bare,), had=Had(said=sentence_hashes(bare.sentence, KEY), hash_key=KEY)) is None


def test_the_same_page_under_another_number_is_not_new() -> None:
    """Whatever way it came onto the shelf twice."""
    twin = replace(SHELF[1], key=9)
    assert found("le support", shelf=(SHELF[1], twin), had=Had(keys=frozenset({2}), hash_key=KEY)) is None


def test_the_sentence_goes_with_the_register() -> None:
    """« vous » has no place in a letter that says « tu »; a neutral sentence goes with both."""
    formal = a_resource(5, tags=("support",), sentence="Vous y verrez un cas chiffré.")
    assert found("le support", register="tu", shelf=(formal,)) is None
    assert found("le support", register="vous", shelf=(formal,)) == 5
    assert found("le support", register="tu") == 2


WORDS = ("support", "appels", "accueil", "recrutement", "paie", "formation", "stock", "devis", "semaines", "entreprises")


@given(
    shelf=st.lists(st.tuples(st.sets(st.sampled_from(WORDS), max_size=3), st.integers(0, 5)), max_size=12),
    says=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=15),
    by_hand=st.sets(st.integers(0, 11)),
)
def test_nothing_is_shared_twice_whatever_they_say_and_in_whatever_order(
    shelf: list[tuple[set[str], int]], says: list[str], by_hand: set[int]
) -> None:
    """Neither one resource, nor one page, nor what the owner had sent by hand."""
    made = tuple(
        a_resource(n + 1, tags=tuple(sorted(tags)), url=f"https://exemple.example/{page}") for n, (tags, page) in enumerate(shelf)
    )
    sent = frozenset(h for r in made if r.key in by_hand for h in link_hashes(r.url, KEY))
    had, pages = Had(said=sent, hash_key=KEY), [r.link for r in made if r.key in by_hand]

    for said in says:
        best = fitting(made, ((said, 1.0),), lang="fr", register="vous", had=had)
        if best:
            assert best.key not in had.keys
            assert best.link not in pages
            pages.append(best.link)
            had = replace(had, keys=had.keys | {best.key})


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": " "}, "title: is missing"),
        ({"title": "x" * 151}, "title: 151 characters"),
        ({"sentence": ""}, "sentence: is missing"),
        ({"sentence": "Le saviez-vous ?"}, "question"),
        ({"sentence": "Une lecture utile !"}, "exclamation"),
        ({"sentence": "Lire https://exemple.example/x pour la suite."}, "belongs into url"),
        ({"sentence": "Three companies tell what their customers have learnt."}, "is not in French"),
        ({"sentence": "Un cas ⟦à remplir⟧."}, "marks"),
        ({"title": "A\x1b[31m"}, "marks"),
        ({"url": "exemple.example/x"}, "no link"),
        ({"url": "javascript:alert(1)"}, "no link"),
        ({"url": "https://user@exemple.example/x"}, "no link"),
        ({"url": "https://exemple.example/a b"}, "no link"),
        ({"language": "de"}, "none of fr, en"),
        ({"kind": "film"}, "none of article"),
        ({"tags": ["x" * 41]}, "tags"),
        ({"title": "X1", "sentence": "Y2", "language": ""}, "cannot be told"),
    ],
)
def test_what_would_spoil_a_letter_is_not_taken_in(changes: dict[str, Any], fault: str) -> None:
    """Each fault names its field."""
    good = {
        "title": "Accueillir un client",
        "sentence": "Trois entreprises racontent leurs débuts.",
        "language": "fr",
        "tags": ["accueil"],
    }
    assert resource_of(good)[0] is not None
    assert resource_of(good | changes)[0] is None
    assert fault in "; ".join(resource_of(good | changes)[1])


def test_the_language_is_told_from_the_words() -> None:
    """Where nobody says it."""
    french, _ = resource_of({"title": "Accueil", "sentence": "Trois entreprises racontent leurs débuts avec leurs clients."})
    english, _ = resource_of({"title": "Onboarding", "sentence": "Three companies tell how they began with their customers."})
    assert french
    assert english
    assert (french.lang, english.lang) == ("fr", "en")
