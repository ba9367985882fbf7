"""Links in a text, in one spelling, and their keyed hashes."""

from __future__ import annotations

import time

import pytest

from nurture.messages import content_words, link_hashes, links, stems, without_plural


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voyez https://www.Exemple.example/Guide/.", ("exemple.example/Guide",)),
        ("(http://exemple.example/Guide#haut), « exemple.example/Guide »", ("exemple.example/Guide",)),
        ("https://a.example/x?utm_source=n&id=3&fbclid=q", ("a.example/x?id=3",)),
        ("www.a.example et https://b.example:8080/x", ("a.example", "b.example:8080/x")),
        ("rien : c.example, d@e.example/x, 3.5/4, etc./fin, ../x", ()),
        ("<https://a.example/x>\n> https://a.example/x", ("a.example/x",)),
    ],
)
def test_links_are_found_in_one_spelling(text: str, found: tuple[str, ...]) -> None:
    """However they are written: the same page is the same link."""
    assert links(text) == found


def test_the_hash_is_of_the_page_and_needs_the_key() -> None:
    """Nothing of the link can be read from it."""
    one = link_hashes("https://www.a.example/x/?utm_medium=mail", b"k")

    assert one == link_hashes("Lisez a.example/x", b"k")
    assert one.isdisjoint(link_hashes("a.example/x", b"other") | link_hashes("a.example/y", b"k"))
    assert link_hashes("nothing", b"k") == frozenset()


@pytest.mark.parametrize(
    "text", ["a." * 200_000, "https://" * 50_000, "/" * 300_000, "a.example/" + "x" * 500_000, "?&" * 100_000]
)
def test_a_hostile_text_takes_linear_time(text: str) -> None:
    """No pattern goes back and forth."""
    started = time.perf_counter()
    links(text)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("recruter", "recrutement", "fr"),
        ("recruiting", "recruit", "en"),
        ("journaux", "journal", "fr"),
        ("onboarding", "onboard", "en"),
    ],
)
def test_words_of_one_family_have_one_stem(one: str, other: str, lang: str) -> None:
    """And idle words have none."""
    assert stems(one, lang) == stems(other, lang) != ()
    assert content_words("nous avons besoin de ce que vous faites", "fr") == ()
    assert content_words("we would like to have what you do", "en") == ()


@pytest.mark.parametrize(
    ("word", "one"), [("modules", "module"), ("sms", "sms"), ("apis", "api"), ("reseaux", "reseau"), ("as", "as")]
)
def test_a_plural_is_taken_off_whole_words_only(word: str, one: str) -> None:
    """Short words are names more often than plurals."""
    assert without_plural(word) == one
