"""The relationship rules, each broken once and kept once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.drafts import RULES, Challenge, Page, Severity, Shared, TemplateMeta, Words, lint
from nurture.messages import sentence_hashes
from nurture.stages import Stage
from tests.drafts.builders import KEY, OWNER, a_page, a_text
from tests.slowness import processor

GOOD = "Vous m'écriviez que vos clients appellent tous pour la même chose. Qu'est-ce qui a changé depuis ?"
GOODBYE = "Merci de me l'avoir dit si clairement, et belle saison."


def errors(page: Page) -> set[str]:
    """The rules that say no."""
    return {r.rule for r in lint(page) if r.severity is Severity.ERROR}


def warnings(page: Page) -> set[str]:
    """The rules that only remark."""
    return {r.rule for r in lint(page) if r.severity is Severity.WARNING}


def with_meta(page: Page, **changes: object) -> Page:
    """The same text from a template that says something else of itself."""
    return replace(page, text=replace(page.text, meta=TemplateMeta(**({"asks": "opinion", "gives": "answer"} | changes))))  # type: ignore[arg-type]


def test_a_decent_text_passes_at_every_stage() -> None:
    """No remark at all."""
    for stage in (Stage.STRANGER, Stage.CONTACT, Stage.PROSPECT, Stage.QUALIFIED, Stage.PROPOSAL, Stage.CLIENT):
        assert lint(with_meta(a_page(GOOD, stage=stage, revealed=stage not in (Stage.STRANGER, Stage.CONTACT)))) == ()
    assert lint(with_meta(a_page(GOODBYE, stage=Stage.DECLINED), asks="none", stages=("declined",))) == ()


@pytest.mark.parametrize(
    "left",
    ["{{ name }}", "{% if %}", "Cher <PRENOM>,", "None", "TODO", "« »", "Vous disiez  , que oui", "%(name)s", "[[x]]", "${name}"],
)
def test_what_is_left_over_or_missing_is_an_error(left: str) -> None:
    """`complete`."""
    assert "complete" in errors(a_page(f"{GOOD} {left} et la suite."))


def test_a_text_that_says_nothing_is_an_error() -> None:
    """`complete`."""
    assert "complete" in errors(a_page("Merci."))


def test_slots_are_the_owners_to_fill_and_no_fault() -> None:
    """`complete` lets them pass."""
    assert errors(a_page(f"{GOOD} ⟦un exemple de leur métier ?⟧")) == set()


def test_nothing_goes_to_the_owner_or_greets_the_owner() -> None:
    """`addressed-right`."""
    page = a_page(GOOD)

    assert "addressed-right" in errors(replace(page, reader=replace(page.reader, to=OWNER)))
    assert "addressed-right" in errors(
        a_page("", text=a_text(GOOD, greeting="Bonjour Camille,"), owner_first_name="Camille", first_name="Anna")
    )
    assert (
        errors(a_page("", text=a_text(GOOD, greeting="Bonjour Camille,"), owner_first_name="Camille", first_name="Camille"))
        == set()
    )


@pytest.mark.parametrize(("name", "fine"), [("Anna Roux", False), ("", False), ("Camille Roux", True)])
def test_the_owners_name_in_a_greeting_is_seen_without_a_first_name_of_theirs(name: str, fine: bool) -> None:
    """`addressed-right`: their whole name tells, and where it is unknown nothing speaks for it."""
    page = a_page(
        GOOD,
        text=a_text(GOOD, greeting="Bonjour Camille,"),
        owner_first_name="Camille",
        first_name=None,
        person_name=name or None,
    )

    assert ("addressed-right" in errors(page)) is not fine


@pytest.mark.parametrize(
    ("register", "said"),
    [("tu", "Je pense à vous et à votre idée."), ("vous", "Je pense à toi et à ton idée, t'en souviens-tu ?")],
)
def test_one_register_and_no_other(register: str, said: str) -> None:
    """`addressed-right`: tu and vous are never mixed."""
    assert "addressed-right" in errors(a_page(said, register=register))


def test_their_own_words_and_english_have_no_register() -> None:
    """A quote of theirs may say tu; English has no vous."""
    assert errors(a_page("Vous m'écriviez : « on verra ça quand tu veux ». Est-ce toujours vrai ?")) == set()
    assert errors(a_page("We tu vous ta and that is all there is to say here.", lang="en")) == set()


@pytest.mark.parametrize(
    ("stage", "revealed", "asks", "fits"),
    [
        (Stage.STRANGER, False, "opinion", True), (Stage.STRANGER, False, "conversation", False), (Stage.CONTACT, False, "conversation", True),
        (Stage.CONTACT, False, "meeting", False), (Stage.PROSPECT, True, "meeting", True), (Stage.PROSPECT, True, "agreement", False),
        (Stage.QUALIFIED, True, "agreement", True), (Stage.QUALIFIED, False, "meeting", False), (Stage.CLIENT, True, "meeting", True),
        (Stage.DECLINED, True, "none", True), (Stage.DECLINED, True, "opinion", False),
    ],
)  # fmt: skip
def test_what_is_asked_fits_the_stage(stage: Stage, revealed: bool, asks: str, fits: bool) -> None:
    """`ask-fits-stage`: nobody is asked to marry over the first coffee."""
    page = with_meta(a_page(GOODBYE if asks == "none" else GOOD, stage=stage, revealed=revealed), asks=asks)

    assert ("ask-fits-stage" not in errors(page)) is fits


def test_after_a_no_nothing_is_asked_any_more() -> None:
    """`ask-fits-stage`: not even a small question, whatever the first line says."""
    assert "ask-fits-stage" in errors(with_meta(a_page(GOOD, stage=Stage.DECLINED), asks="none"))


def test_words_that_ask_for_more_than_the_first_line_says_are_remarked() -> None:
    """`ask-fits-stage`: a warning where the stage would allow it, an error where it does not."""
    said = "Voulez-vous que je vous appelle ? Je vous propose un rendez-vous mardi."

    assert "ask-fits-stage" in warnings(with_meta(a_page(said), asks="opinion"))
    assert "ask-fits-stage" not in warnings(with_meta(a_page(said), asks="meeting"))
    assert "ask-fits-stage" in errors(with_meta(a_page(said, stage=Stage.CONTACT, revealed=False), asks="opinion"))


def test_what_they_have_said_is_not_asked_again() -> None:
    """`expectations-first`: an error where they have said it, a warning where it was asked before, nothing where it is due."""
    said = "À quoi verrez-vous que c'est réussi ?"

    assert "expectations-first" in errors(with_meta(a_page(said, words=Words(measure="Vingt appels de moins."))))
    assert "expectations-first" in warnings(with_meta(a_page(said)))
    assert lint(with_meta(a_page(said, missing=("measure",)))) == ()
    assert lint(with_meta(a_page(said, stage=Stage.CLIENT))) == ()


CHALLENGE = Challenge(answer="Un site rapide ne suffit pas", reason="vos clients cherchent d'abord une adresse")
RESULT = "On veut moins d'appels."
TACTFUL = "Un site rapide ne suffit pas : vos clients cherchent d'abord une adresse. Pour « On veut moins d'appels », que préférez-vous ?"


@pytest.mark.parametrize(
    ("said", "stage", "says"),
    [
        (TACTFUL, Stage.PROSPECT, ""),
        (TACTFUL, Stage.CONTACT, "a question is the most"),
        (TACTFUL.replace("vos clients", "des clients"), Stage.PROSPECT, "without its reason"),
        (TACTFUL.replace("On veut moins d'appels", "la suite"), Stage.PROSPECT, "not tied to the result"),
        (TACTFUL.replace("que préférez-vous ?", "c'est ainsi."), Stage.PROSPECT, "no choice"),
    ],
)
def test_a_challenge_has_its_stage_its_reason_their_result_and_a_choice(said: str, stage: Stage, says: str) -> None:
    """`tactful-challenge`, over a conviction of the owner's."""
    page = a_page(said, stage=stage, revealed=stage is Stage.PROSPECT, challenge=CHALLENGE, words=Words(result=RESULT))
    found = [r.says for r in lint(with_meta(page)) if r.rule == "tactful-challenge"]

    assert [says in f for f in found] == ([True] if says else [])


@pytest.mark.parametrize("said", [TACTFUL, "Là-dessus, je vois les choses un peu autrement. Qu'en dites-vous ?"])
def test_one_contradiction_is_the_most_in_a_conversation(said: str) -> None:
    """`tactful-challenge`, whatever the plan and the template meant: the text is read, too."""
    page = with_meta(a_page(said, challenge=CHALLENGE, words=Words(result=RESULT)))
    again = replace(page, reader=replace(page.reader, challenged=True))

    assert "tactful-challenge" not in errors(page)
    assert "tactful-challenge" in errors(again)


def test_a_new_subject_does_not_look_like_an_answer() -> None:
    """`no-pressure`: no fake Re:."""
    page = a_page(GOOD)

    assert "no-pressure" in errors(replace(page, text=replace(page.text, subject="Re: votre atelier")))
    assert "no-pressure" not in errors(replace(page, text=replace(page.text, subject="Recette du lundi")))


def test_a_resource_is_given_only_where_it_is_named() -> None:
    """`gives-something`: to have something to share is not to share it."""
    resource = Shared(title="Le guide des invendus", url="https://a.example/guide")

    assert "gives-something" in warnings(with_meta(a_page(GOOD, resource=resource), gives="resource"))
    assert warnings(with_meta(a_page(f"{GOOD} Voici https://a.example/guide.", resource=resource), gives="resource")) == set()


def test_a_noun_and_a_plural_are_no_other_register() -> None:
    """« le ton », « ton associée et toi, vous … », « chez vous » between people who say tu."""
    assert errors(a_page("Sur un autre ton, votre vitrine est superbe.")) == set()
    assert errors(a_page("Ton associée et toi, vous ouvrez le lundi, je crois.", register="tu")) == set()
    assert errors(a_page("Je passe chez vous quand tu veux, sans rendez-vous.", register="tu")) == set()
    assert "addressed-right" in errors(a_page("De ton côté, le calendrier est bouclé, je crois."))
    assert "addressed-right" in errors(a_page("Réponds-moi quand cela convient, un mot suffit."))


def test_a_text_is_in_their_language() -> None:
    """`addressed-right`."""
    assert "addressed-right" in errors(a_page("Thank you for your answer, I will think about what you wrote to me."))
    assert "addressed-right" in errors(a_page("Merci pour votre réponse, je pense à ce que vous m'avez écrit.", lang="en"))


def test_a_text_for_other_stages_is_an_error() -> None:
    """`stages` of the template."""
    assert "ask-fits-stage" in errors(with_meta(a_page(GOOD), stages=("client",)))
    assert errors(with_meta(a_page(GOOD), stages=("client", "prospect"))) == set()


def test_an_offer_waits_for_what_they_expect() -> None:
    """`expectations-first`."""
    assert "expectations-first" in errors(with_meta(a_page(GOOD, missing=("measure",)), offers=True))
    assert errors(with_meta(a_page(GOOD), offers=True)) == set()


@pytest.mark.parametrize(
    "said",
    [
        "mot " * 121,
        "Est-ce vrai ? Et cela ?",
        "Voici https://a.example/1 et https://a.example/2 pour vous.",
        "Quelle belle idée vous avez là !",
    ],
)
def test_the_beginning_is_fragile(said: str) -> None:
    """`fragile-start`: short, one question, one link, no exclamation mark; later all of that is allowed."""
    assert "fragile-start" in errors(a_page(said, stage=Stage.CONTACT, revealed=False))
    assert "fragile-start" not in errors(a_page(said))


def test_a_very_long_text_is_remarked_later_too() -> None:
    """A warning."""
    assert "fragile-start" in warnings(a_page("mot " * 230))


def test_every_text_brings_something() -> None:
    """`gives-something`: nothing, or what the first line promises and the text does not hold, is remarked; a goodbye owes nothing."""
    quoting = a_page("Vous m'écriviez « Nos clients appellent tous. » et je l'ai gardé. Qu'est-ce qui a changé ?")
    slotted = a_page(GOOD, text=replace(a_text(GOOD), slots=("un chiffre",)))
    for gives in ("nothing", "memory", "resource", "slot"):
        assert "gives-something" in warnings(with_meta(a_page(GOOD), gives=gives))
    for gives in ("memory", "resource", "slot", "answer"):
        assert warnings(with_meta(slotted, gives=gives)) == set()
    assert warnings(with_meta(quoting, gives="memory")) == set()
    assert (
        warnings(with_meta(a_page(GOOD, words=Words(need="vos clients appellent tous pour la même chose.")), gives="memory"))
        == set()
    )
    assert "gives-something" not in warnings(with_meta(a_page(GOOD, stage=Stage.DECLINED), gives="nothing", stages=("declined",)))


@pytest.mark.parametrize(
    ("lang", "rule", "said"),
    [
        ("fr", "gives-something", "Je me permets de vous relancer au sujet de mon offre."),
        ("fr", "gives-something", "Avez-vous eu le temps de lire mon message ?"),
        ("fr", "no-pressure", "Sauf erreur de ma part, je n'ai pas eu de retour."),
        ("fr", "no-pressure", "Il ne reste que deux places pour mars."),
        ("fr", "no-pressure", "C'est la dernière chance d'en profiter."),
        ("fr", "scope", "Nous allons développer cette fonction pour vous."),
        ("en", "gives-something", "I just wanted to follow up on my last email."),
        ("en", "gives-something", "Just checking in to see how you are."),
        ("en", "no-pressure", "I haven't heard from you for a while now."),
        ("en", "no-pressure", "Only three places left for spring, reply today."),
        ("en", "scope", "We will build that for you by June."),
    ],
)
def test_what_no_text_may_say(lang: str, rule: str, said: str) -> None:
    """Chasers, guilt, urgency, promises: an error that quotes the words."""
    found = [r for r in lint(a_page(said, lang=lang)) if r.rule == rule and r.severity is Severity.ERROR]

    assert found
    assert said[found[0].span[0] : found[0].span[1]] in found[0].says


def test_craft_detail_is_remarked_only() -> None:
    """`discretion` is a warning."""
    assert "discretion" in warnings(a_page("Ce tarif comprend 12 heures de montage, et notre taux horaire est de 80 €."))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Notre solution révolutionnaire est là pour vous."),
        ("fr", "Boostez vos inscriptions avec un article."),
        ("fr", "Le premier atelier est GRATUIT pour vous."),
        ("fr", "VOICI CE QUI CHANGE TOUT chez vos clients."),
        ("fr", "Une idée m'est venue pour vos clients !!"),
        ("en", "It is a game-changer for workshops like yours."),
        ("en", "Look no further, here is a note for you."),
        ("en", "The first hour is FREE for your team."),
    ],
)
def test_an_advertisement_is_no_beginning(lang: str, said: str) -> None:
    """`marketing-tone`: an error until they have revealed something, which quotes the words; a warning to those who know the owner."""
    early = [r for r in lint(a_page(said, lang=lang, revealed=False, stage=Stage.STRANGER)) if r.rule == "marketing-tone"]

    assert [r.severity for r in early] == [Severity.ERROR]
    assert said[slice(*early[0].span)] in early[0].says or early[0].says == "more than one exclamation mark: '!!'"
    assert "marketing-tone" in warnings(a_page(said, lang=lang)) - errors(a_page(said, lang=lang))


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (
            "Un article vous attend : LE GUIDE OFFERT AUX RELIEURS, à lire.",
            {"resource": Shared(title="LE GUIDE OFFERT AUX RELIEURS")},
        ),
        ("Comment se passe le printemps chez ATELIER NOUVEAU DU VIEUX PORT ?", {"company": "ATELIER NOUVEAU DU VIEUX PORT"}),
        ("La DREAL, l'URSSAF et la CNIL demandent la même chose.", {}),
        ("Le calendrier révolutionnaire comptait dix jours, écriviez-vous : vous écriviez aussi que cela vous amuse.", {}),
    ],
)
def test_names_in_capitals_are_no_shouting(said: str, facts: dict[str, Any]) -> None:
    """Of companies, of what is shared, of authorities."""
    page = a_page(said, revealed=False, stage=Stage.STRANGER, **facts)

    assert "marketing-tone" not in errors(page) | warnings(page)


def test_their_words_may_say_what_ours_may_not() -> None:
    """Quotes of theirs are not ours."""
    assert errors(a_page("Vous écriviez : « dernière chance avant l'été, c'est urgent ». Qu'en est-il ?")) == set()


def test_nothing_is_said_twice() -> None:
    """`not-twice`: a sentence that they have had, by its keyed hash; short ones and quotes are excepted."""
    had = sentence_hashes("Ma porte reste ouverte si le sujet revient.", KEY)
    page = a_page(f"{GOOD} Ma porte reste ouverte si le sujet revient.", had=had)
    [remark] = [r for r in lint(page) if r.rule == "not-twice"]

    assert remark.severity is Severity.ERROR
    assert page.text.said[slice(*remark.span)] == "Ma porte reste ouverte si le sujet revient."
    assert errors(a_page(f"{GOOD} « Ma porte reste ouverte si le sujet revient. »", had=had)) == set()
    assert errors(a_page(GOOD, had=had)) == set()


def test_errors_come_before_warnings() -> None:
    """The gravest first."""
    found = lint(with_meta(a_page("Je me permets de vous relancer, notre taux horaire est bas."), gives="nothing"))

    assert [r.severity for r in found] == sorted((r.severity for r in found), key=lambda s: s is not Severity.ERROR)


@given(st.text(max_size=400))
def test_lint_never_raises_and_points_into_the_text(said: str) -> None:
    """On any words."""
    page = a_page(said, revealed=False, stage=Stage.STRANGER)

    assert all(0 <= r.span[0] <= r.span[1] <= max(len(said), 400) for r in lint(page))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
@pytest.mark.parametrize(
    "said",
    [
        "mot " * 25_000,
        "?" * 100_000,
        "« " * 50_000,
        "a" * 100_000,
        "http://" * 15_000,
        "⟦" * 100_000,
        "dernière " * 12_000,
        "je vous relance. " * 6_000,
    ],
)
def test_lint_is_linear(rule: object, said: str) -> None:
    """Four times the text takes some four times as long, each rule; far from sixteen, on any machine."""

    def took(length: int) -> float:
        page = a_page(said[:length], revealed=False)
        return processor(lambda: list(rule(page)), 2)  # type: ignore[operator]  # one of the functions above

    assert took(len(said)) < 8 * took(len(said) // 4) + 0.1


def test_what_they_wrote_may_look_like_something_left_over() -> None:
    """« None of us … » in a quote is theirs; in our words it is a fault."""
    assert (
        errors(a_page("Your words stay with me: “None of us, {{ really }} , knows.”. What would change it for you?", lang="en"))
        == set()
    )
    assert "complete" in errors(a_page("None was what you wrote to me, and what would change it for you?", lang="en"))
    assert "complete" in errors(a_page("Your words stay with me: “ ”. What would change it for you?", lang="en"))
