"""Every sentence that the plan or lint can say is said in French too. What there is to say is read from the code itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import nurture
from nurture import gestured
from nurture.conversations import EntityKind
from nurture.drafts import SAYS
from nurture.followups import ASKS, LAST, RULES, Sequences
from nurture.sheet import ORDER, offered, wording
from nurture.stages import Stage
from nurture.summarise import MOVED
from tests.sheet.sentences import rooms_sentences, rules_named, said_in

ROOT = Path(nurture.__file__).parent
NO_REASONS = frozenset(
    {"cadence", "scope", "sequence", "sequence_document", "scripted", "sequence_trial", "otherwise", "steps"}
)  # modules that speak of waits, words and files, and of what lost: nothing that stands on a sheet
LINT_MODULES = frozenset({"addressing", "asking", "form", "giving", "tone"})
FRENCH = wording("fr")


def reasons() -> Iterator[tuple[str, str]]:
    """(where, sentence) of everything that a decision's `why` or a remark can be made of."""
    for module, said in rooms_sentences(ROOT / "followups", skip=frozenset({"sentence"})).items():
        yield from ((f"followups/{module}", s) for s in said if module not in NO_REASONS)
    for module, said in rooms_sentences(ROOT / "drafts").items():
        yield from ((f"drafts/{module}", s) for s in said if module in LINT_MODULES)
    yield from (("write", s) for s in said_in((ROOT / "write.py").read_text(encoding="utf-8")))
    yield from (("sheet/control", s) for s in said_in((ROOT / "sheet" / "control.py").read_text(encoding="utf-8")))
    for shell in ("honour", "heed"):
        yield from ((shell, s) for s in said_in((ROOT / f"{shell}.py").read_text(encoding="utf-8")) if s.endswith("."))
    yield "summarise", f"{{}} {MOVED}"
    for lang in ("fr", "en"):
        rows = tomllib.loads((ROOT / "drafts" / "phrases" / f"{lang}.toml").read_text(encoding="utf-8"))["phrase"]
        yield from ((f"phrases/{lang}", row["says"]) for row in rows)
    yield from (("drafts/confidential", SAYS[kind]) for kind in EntityKind)


@pytest.mark.parametrize(("where", "sentence"), sorted(set(reasons())))
def test_every_reason_has_its_french(where: str, sentence: str) -> None:
    """A sentence of the code that the catalogue lacks would be English in the middle of a French sheet."""
    assert sentence.strip() in FRENCH.keys, f"{where} says something that nurture/sheet/fr.toml does not"


def test_no_french_is_left_over() -> None:
    """A sentence that nobody says any more would be taken for cared for."""
    said = {sentence.strip() for _, sentence in reasons()}

    assert {key for key in FRENCH.keys - said if any(map(str.isalpha, key))} == set()


def all_rules() -> set[str]:
    """Every name that a decision's rule can have, read from the code."""
    found = {rule.name for rule in (*RULES, *LAST)}
    for room in ("followups", "drafts"):
        for path in (ROOT / room).glob("*.py"):
            if path.stem not in NO_REASONS:
                found |= rules_named(path.read_text(encoding="utf-8"))
    found |= {*gestured.DONE, *gestured.ASKS}
    return (found | rules_named((ROOT / "write.py").read_text(encoding="utf-8"))) - NOT_RULES


NOT_RULES = frozenset({"every-stage", "imagined", "owner-says"})  # a sequence, a trial's person, a rule of stages


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_every_rule_has_its_french(rule: str) -> None:
    """What an older program wrote down is told by its rule."""
    assert rule in FRENCH.rules


def test_the_rules_are_really_found() -> None:
    """Among them those that are named in passing: the enumeration works."""
    assert {"measure-day", "go-or-no-go", "confidential", "company-wrote", "hard-bounce", "cap", "template-fault"} <= all_rules()
    assert "The day of their measure is {}" in {sentence for _, sentence in reasons()}


def test_every_step_has_its_french() -> None:
    """Those of the shipped sequences and every answer; an owner's own keep the owner's names."""
    steps = {step.name for one in Sequences.shipped().in_force for step in one.steps}
    answers = {f"answer:{a.to}" for one in Sequences.shipped().in_force for a in one.answers}

    assert {name for name in steps | answers if FRENCH.named("names", name) == name} == set()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_stage_and_asking_is_named(lang: str) -> None:
    """In both languages."""
    words = wording(lang)

    assert all(name in words.tables["stages"] for name in Stage)
    assert all(name in words.tables["asks"] for name in ASKS)
    assert {"nothing", "resource", "answer", "memory", "slot"} <= words.tables["gives"].keys()


def test_both_languages_say_the_same_things() -> None:
    """A label that one of them lacks would end a run."""
    french, english = wording("fr").tables, wording("en").tables

    for table in ("labels", "counts", "stages", "asks", "gives", "commands"):
        assert french[table].keys() == english[table].keys()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_says_what_it_does(lang: str) -> None:
    """Above each line that is there to be copied, for who has never read the manual."""
    assert {template for rule in (*ORDER, "a rule of lint") for template in offered(rule)} <= wording(lang).tables[
        "commands"
    ].keys()


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "They asked for a price on 1 March 2026; an answer has been due since 3 March 2026.",
            "Cette personne a demandé un prix le 1er mars 2026 ; une réponse est due depuis le 3 mars 2026.",
        ),
        (
            "Perhaps they have answered: a message of theirs came into Junk on 2 August 2026. Settle it, or it counts as silence from "
            "24 August 2026.",
            "Peut-être une réponse : un message de cette personne est arrivé dans les indésirables le 2 août 2026. Tranchez ; sinon, cela "
            "compte comme un silence à partir du 24 août 2026.",
        ),
        (
            "The day of their measure is 12 May 2026; measure-day has been due since 12 May 2026.",
            "Le jour de sa mesure est le 12 mai 2026 ; l’étape « le jour de la mesure » est due depuis le 12 mai 2026.",
        ),
        (
            "The draft of 2 March 2026 (answer:price_question) lay untouched and was taken back; say whether it is still wanted.",
            "Le brouillon du 2 mars 2026 (réponse à une question de prix) est resté intact et a été retiré ; dites s’il est encore voulu.",
        ),
        (
            "The text was refused (no-pressure: guilt for not having answered: 'x'; fragile-start: 3 questions, where one is the most).",
            "Le texte a été refusé (no-pressure : un reproche de ne pas avoir répondu : 'x' ; fragile-start : 3 questions, là où une seule "
            "suffit).",
        ),
        (
            "A colleague of theirs may have asked on 2 March 2026 not to be written to again. Read it, then stop or settle.",
            "Un collègue de cette personne a peut-être demandé le 2 mars 2026 qu’on n’écrive plus. Lisez le message, puis arrêtez ou "
            "tranchez.",
        ),
        (
            "They expect « They wrote », measured by « 3 March 2026 »: can you satisfy this? Say `nurture log a@b.example fit yes|no`.",
            "Résultat attendu : « They wrote » ; mesure : « 3 March 2026 ». Est-ce à votre portée ?",
        ),
    ],
)
def test_sentences_within_sentences(sentence: str, said: str) -> None:
    """Dates are French, what is quoted stays as it was said, lines do not break before a mark."""
    assert FRENCH.say(sentence).replace("\u00a0", " ") == said
    assert " ;" not in FRENCH.say(sentence)


def test_an_unknown_sentence_is_told_by_its_rule() -> None:
    """A decision that an older program took down; without a known rule it stays as it is."""
    assert FRENCH.say("They did something in 2019.", "unsure").startswith("Un refus, un arrêt ou un report")
    assert FRENCH.say("They did something in 2019.", "who-knows") == "They did something in 2019."


def test_english_is_said_as_it_is() -> None:
    """And made harmless."""
    assert wording("en").say("They\u202e wrote\x1b[31m.") == "They wrote [31m."


def test_a_long_reason_takes_no_long_time() -> None:
    """What came by mail may be made to match slowly."""
    assert FRENCH.say("They expect « " + "« a » on ; " * 5000)
