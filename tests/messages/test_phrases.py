"""The phrase files: every entry is folded, compiles, and every served language has every list."""

from __future__ import annotations

import re

import pytest
import re2

from nurture.messages import fold
from nurture.messages.cues import (
    HERE,
    SECTIONS,
    SERVED,
    Cues,
    alternatives,
    end_cues,
    line_cues,
    lists,
    notice_cues,
    phrases,
    section,
    subject_cues,
)

FILES = sorted(path.stem for path in HERE.glob("*.toml"))
OPTIONAL = frozenset(
    {
        "personal",
        "voice",
        "unsubscribe",
        "formal",
        "subject_auto",
        "counter",
        "left",
        "automatic",
        "email",
        "date",
        "time",
        "colon",
    }
)


@pytest.mark.parametrize("name", FILES)
def test_entries_are_folded_patterns(name: str) -> None:
    """Rules are matched on folded text, so a rule with a capital or an accent would never match; RE2 takes each."""
    entries = [
        p
        for sec in phrases(name).values()
        for key, entry in sec.items()
        if isinstance(entry, list) and key not in ("elisions",)
        for p in entry
    ]

    assert [p for p in entries if (plain := re.sub(r"\\[A-Z]", "", p)) != fold(plain) and p.isascii()] == []
    assert [p for p in entries if not re2.compile(p.replace("{month}", "x").replace("{weekday}", "x"))] == []


@pytest.mark.parametrize("language", SERVED)
@pytest.mark.parametrize("part", ["line", "end", "subject", "notice"])
def test_every_language_brings_every_list(language: str, part: str) -> None:
    """A language is data: none is half there."""
    source = phrases(language)["line" if part in ("line", "end") else "notice"]

    assert [name for group in SECTIONS[part] for name in group if name not in OPTIONAL and not source.get(name)] == []


@pytest.mark.parametrize("language", SERVED)
def test_the_calendar_of_every_language(language: str) -> None:
    """Twelve months and seven days, in order."""
    notice = phrases(language)["notice"]

    assert (len(notice["months"]), len(notice["weekdays"])) == (12, 7)


def test_no_pattern_repeats_itself_without_bound_inside_another() -> None:
    """RE2 is linear anyway; but patterns stay simple enough to be read."""
    assert [
        p
        for name in FILES
        for sec in phrases(name).values()
        for v in sec.values()
        if isinstance(v, list)
        for p in v
        if "*)*" in p or "+)+" in p
    ] == []


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("Le lun. 2 mars 2026 à 09:14, Claire a écrit :", "verb"), ("*Von:* Anke", "from"), ("Envoyé le : lundi", "sent"), ("À : x", "to"), ("Objet : y", "subject"),
        ("-----Message d'origine-----", "banner"), ("Envoyé de mon iPhone", "footer"), ("Bien cordialement,", "closing"), ("Dear Ms Roche", "greeting"), ("PS : et le prix ?", "postscript"),
        ("20 окт. 2016 г. 19:37 пользователь x написал:", "verb"), ("This e-mail is confidential and intended for the addressee", "disclaimer"), ("d'accord !", "answer"),
    ],
)  # fmt: skip
def test_what_a_line_could_be(line: str, cue: str) -> None:
    """Examples, one of each kind."""
    assert cue in line_cues(fold(line))


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("06 12 34 56 78", "contact"),
        ("Tél. : voir le site", "label"),
        ("Directrice commerciale", "title"),
        ("je vous rappelle", "spoken"),
        ("Suivez-nous sur les réseaux", "chatter"),
        ("moi non plus", "voice"),
    ],
)
def test_what_a_line_at_the_end_could_be(line: str, cue: str) -> None:
    """Examples, one of each kind."""
    assert cue in end_cues(fold(line))


def test_words_in_the_middle_are_no_labels() -> None:
    """ "page." ends in the label of an e-mail address, and is none."""
    assert not end_cues("the page.") & {"contact", "label"}


def test_notices_and_subjects() -> None:
    """Examples of both."""
    assert "away" in notice_cues(fold("Je suis absente jusqu'au 12 mars."))
    assert "subject_auto" in subject_cues(fold("Réponse automatique : x"))


def test_sets_give_what_single_patterns_give() -> None:
    """A set that ran out of memory would say nothing at all: compare it with its patterns one by one."""
    texts = [fold(p.replace("\\b", " ").replace("(?:", "").replace("|", " ")) for p in lists("notice", "away")[:40]]
    for group in SECTIONS["notice"]:
        for name, anchor in group.items():
            pattern = alternatives(lists("notice", name), anchor)
            single = re2.compile(pattern)
            assert [bool(single.search(t)) for t in texts] == [name in section("notice").of(t) for t in texts]
            assert [bool(single.search(t)) for t in texts] == [bool(Cues([{name: pattern}]).of(t)) for t in texts]
