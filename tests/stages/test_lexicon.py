"""The lexicon: data that a reader can rely on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from nurture.stages import Signal
from nurture.stages.dates.almanac import coming
from nurture.stages.dates.grammar import grammar
from nurture.stages.dates.periods import KINDS
from nurture.stages.lexical import WHEN
from nurture.stages.lexicon import Lexicon, languages, lexicon, tables
from nurture.stages.lexicon.reader import HERE

LANGUAGES = ("en", "fr")
OTHER_TOPICS = {
    "plain-need",
    "greeting", "closing", "courtesy", "assent", "register-tu", "register-vous", "meeting-off", "meeting-hour",
    "ours-offers-document", "ours-proposes-meeting", "ours-asks-interest", "ours-asks", "ours-agrees-meeting", "ours-names-meeting",
    "ours-hands-over", "ours-reminds", "ours-promises", "ours-says-goodbye", "ours-refuses", "asks-again",
    "acknowledges", "ours-asks-receipt", "ours-asks-call", "ours-asks-sending", "names-offer", "orders", "other-price", "only-until", "says-thanks", "theirs-promises", "register-wants-tu", "register-wants-vous", "would-decide", "would-doubt",
    "promises", "promises-dated", "promises-second", "promises-infinitive", "ours-promises-dated", "ours-promises-terse",
    "theirs-promises-dated", "theirs-promises-terse", "theirs-away", "not-terse", "no-promise", "condition", "asked-first", "not-asking",
    "speaks-for-self", "soon", "in-hours", "not-agreed", "not-a-meeting", "meeting-noun", "meeting-moves",
}  # fmt: skip
NOT_TOPICS = {
    f"{way}-{s.value}" for s in Signal for way in ("not", "opposite")
}  # what only looks like a signal, where a language has such a thing
OF_TU_AND_VOUS = {"no-register", "quebec-tu", "ton-noun", "noun-apart"}  # only a language that has them
READ_AS_THEY_ARE = {
    "greeting",
    "polite",
    "idle",
    "but",
    "more",
    "thanked-for",
    "asks-by-thanks",
    "hard",
    "soft",
    "belongs",
    "again-on",
    "day-at",
    "moved-to",
}  # parts that code reads, not only patterns
ANY_LANGUAGE = {
    "register-tu",
    "register-vous",
    "register-wants-tu",
    "register-wants-vous",
    "meeting-hour",
}  # what a language may do without


def rows(lang: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every rule of a language with its topic."""
    for path in sorted((HERE / lang).glob("*.toml")):
        if path.name not in ("words.toml", "parts.toml", "dates.toml", "meanings.toml"):
            for topic, rules in tomllib.loads(path.read_text(encoding="utf-8")).items():
                yield from ((topic, rule) for rule in rules)


def lines(rule: dict[str, Any]) -> list[str]:
    return [line for field in ("match", "unless") for line in rule.get(field, "").strip().splitlines()]


def test_french_and_english_have_a_lexicon() -> None:
    """A language is a folder with a words.toml."""
    assert languages() == LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_is_well_formed(lang: str) -> None:
    """A rule has a name, a weight of 0..1, patterns; it knows its topic, its context, and what it stands behind."""
    known = {s.value for s in Signal} | OTHER_TOPICS | NOT_TOPICS
    for topic, rule in rows(lang):
        assert topic in known, topic
        assert set(rule) <= {"name", "weight", "match", "unless", "when", "behind"}, (topic, rule["name"])
        assert 0 < rule["weight"] <= 1
        assert rule["match"].strip()
        assert rule.get("when", "") in WHEN
        assert set(rule.get("behind", ())) <= known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_tell_rules_apart(lang: str) -> None:
    """What fired can be found again: names are unique within a topic, but for the register's many words."""
    named = [(topic, rule["name"]) for topic, rule in rows(lang) if not topic.startswith("register")]

    assert len(named) == len(set(named))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_is_served(lang: str) -> None:
    """A new language is complete when every signal and every other topic has a rule."""
    served = {topic for topic, _ in rows(lang)}

    assert {s.value for s in Signal} | OTHER_TOPICS - ANY_LANGUAGE <= served


@pytest.mark.parametrize("lang", LANGUAGES)
def test_patterns_are_folded_and_their_parts_exist(lang: str) -> None:
    """Patterns are written for folded text, and every part that they name is in words.toml or parts.toml, and used."""
    parts = tables(lang, "words")["words"] | tables(lang, "parts")
    words = set(parts)
    text = "\n".join(line for _, rule in rows(lang) for line in lines(rule)) + "\n".join(parts.values())
    used = set(re.findall(r"<([a-z][a-z0-9-]*)>", text))

    assert used | READ_AS_THEY_ARE | (OF_TU_AND_VOUS & words) == words
    assert not re.search(r"[A-ZÀ-ÿ’«»]", text.replace("\\W", "").replace("\\S", "").replace("\\B", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_date_form_has_its_kind(lang: str) -> None:
    """The forms of the date grammar name kinds that exist."""
    assert {form["kind"] for form in tables(lang, "dates")["forms"]} <= set(KINDS)


def test_a_rule_is_vetoed_by_its_exceptions_and_by_what_stands_before_it() -> None:
    """`unless` looks at the same sentence; `behind` gives way to a sure rule of another topic that gives way to nobody."""
    rule = {"name": "a", "weight": 0.8, "match": "rouge", "unless": "vif", "behind": ["green"]}
    green = {"name": "b", "weight": 0.9, "match": "vert"}
    small = Lexicon("fr", {"red": [rule], "green": [green]}, {"words": {"red": "rouge"}})

    assert small.topics("un mur rouge") == {"red"}
    assert small.topics("un mur rouge vif") == set()
    assert small.topics("un mur rouge et vert") == {"green"}


def test_hurried_words_are_read_as_what_they_stand_for() -> None:
    """Text-message spelling and a forgotten apostrophe are put right before patterns look."""
    assert lexicon("fr").spelled("vs pouvez pas, svp") == "vous pouvez pas, s'il vous plait"
    assert lexicon("fr").spelled("ca peut m interesser") == "ca peut m'interesser"
    assert lexicon("en").spelled("dont u think thats ok") == "don't you think that's ok"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_feast_comes(lang: str) -> None:
    """A name of the tables leads to a span, today and in three years' time."""
    known = grammar(lang).feasts

    for name, feast in known.items():
        for year in (2026, 2029):
            found = coming(feast, date(year, 1, 1), running=True)
            assert found is None or found.start <= found.end, name
        assert coming(feast, date(2026, 1, 1)) is not None, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_form_has_a_slot_twice(lang: str) -> None:
    """A pattern could not say which one is meant."""
    data = tables(lang, "dates")
    for form in data["forms"]:
        filled = re.sub(r"(?<!P)<([a-z-]+)>", lambda found: data["words"][found[1]], form["match"])
        slots = re.findall(r"\{([a-z_]+2?)\}|\?P<([a-z_]+)>", filled)
        assert len(slots) == len(set(slots)), form
