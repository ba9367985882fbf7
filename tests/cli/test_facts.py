"""What is typed about a person: taken as it is meant, or refused with a sentence that says what to type."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.cli.facts import Said, day_of, said_of, text_of
from nurture.cli.log import _refuse_what_does_not_fit
from nurture.errors import WrongUsage


@pytest.mark.parametrize(
    ("typed", "words", "quoted"),
    [
        ("« moins d'appels »", "moins d'appels", True),
        ("“fewer calls”", "fewer calls", True),
        ('"fewer calls"', "fewer calls", True),
        ("fewer calls", "fewer calls", False),
        ("they want « fewer calls »", "they want « fewer calls »", False),
        ("« fewer » and « better »", "« fewer » and « better »", False),
        ("  two\n lines ", "two lines", False),
        ("", "", False),
    ],
)
def test_quotation_marks_around_the_whole_make_a_quote(typed: str, words: str, quoted: bool) -> None:
    """Only these are the person's very words."""
    assert said_of({"result": typed, "measure": None}) == (Said(field="result", value=words, quoted=quoted),)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("country", "uk", "GB"),
        ("country", "fr", "FR"),
        ("company", "Mail.Client.example", "client.example"),
        ("company", "anna@client.example", "client.example"),
        ("measure_day", "2026-06-30", "2026-06-30"),
        ("stage", "declined", "declined"),
        ("register", "tu", "tu"),
        ("name", " Anna  Roux ", "Anna Roux"),
        ("stage", "", ""),
        ("country", "", ""),
    ],
)
def test_facts_are_kept_in_one_spelling(field: str, typed: str, kept: str) -> None:
    """An empty one takes an earlier word back."""
    assert said_of({field: typed}) == (Said(field=field, value=kept),)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("language", "de", "fr, en"),
        ("register", "du", "tu, vous"),
        ("country", "Frankreich", "two letters"),
        ("company", "Atelier Dupont", "domain"),
        ("company", "gmail.com", "domain"),
        ("measure_day", "soon", "Write it as"),
        ("measure_day", "1890-01-01", "out of reach"),
        ("name", "x" * 101, "Shorten it"),
        ("result", "x" * 201, "Shorten it"),
        ("measure", "a\x1b[31mb", "nobody can see"),
        ("result", "«  »", "says nothing"),
        ("name", "...", "says nothing"),
        ("stage", "unreachable", "says that by itself"),
        ("stage", "opted_out", "nurture stop"),
        ("stage", "friend", "Say one of stranger"),
    ],
)
def test_facts_that_make_no_sense_are_refused(field: str, typed: str, says: str) -> None:
    """With what to say instead."""
    with pytest.raises(WrongUsage, match=says):
        said_of({field: typed})


@pytest.mark.parametrize(
    ("what", "words", "more", "says"),
    [
        ("note", "", {}, "needs its words"),
        ("note", "x", {"heard": {"stage": "prospect"}}, "person set"),
        ("note", "x", {"no_answer": True}, "moves nothing"),
        ("call", "", {"no_answer": True, "heard": {"result": "x"}}, "nothing was heard"),
        ("fit", "", {}, "fit yes"),
        ("fit", "maybe", {}, "fit yes"),
        ("fit", "yes", {"on": "2026-03-01"}, "fit yes"),
        ("fit", "no", {"heard": {"measure": "x"}}, "fit yes"),
    ],
)
def test_what_does_not_go_together_is_refused(what: str, words: str, more: dict[str, object], says: str) -> None:
    """Before anything is opened."""
    facts: dict[str, object] = {"on": None, "no_answer": False, "heard": {}}
    with pytest.raises(WrongUsage, match=says):
        _refuse_what_does_not_fit(what, words, **(facts | more))  # type: ignore[arg-type]


def test_a_day_and_a_text_have_their_bounds() -> None:
    """What has not come cannot have happened."""
    assert day_of("2026-03-11", latest=date(2026, 3, 11)) == date(2026, 3, 11)
    with pytest.raises(WrongUsage, match="not come yet"):
        day_of("2026-03-12", latest=date(2026, 3, 11))
    assert text_of("é" * 1000) == "é" * 1000
    with pytest.raises(WrongUsage, match="1001 characters"):
        text_of("x" * 1001)
