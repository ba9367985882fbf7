"""Whole short mails as people write them, with the day on which they may be written to again.

`data/<lang>.days.txt` holds one a line: the day it was sent | the expected day, or - | the mail, where * stands before the
sentence that asks. Lines are taken by turns: one half to learn from, one held back, of which only the figure is looked at.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nurture.stages import Context
from nurture.stages.dates import day_to_resume
from nurture.stages.lexicon import lexicon
from nurture.stages.sentences import letter

DATA = Path(__file__).parent / "data"
MANY = 130


def mails(lang: str, half: int) -> list[tuple[date, date | None, str]]:
    """(sent, expected, text) of one half."""
    lines = (DATA / f"{lang}.days.txt").read_text(encoding="utf-8").splitlines()[half::2]
    parts = (line.split("|", 2) for line in lines)
    return [(date.fromisoformat(sent), None if day == "-" else date.fromisoformat(day), text) for sent, day, text in parts]


def resumed(text: str, sent: date, lang: str) -> date | None:
    """What the grammar makes of a mail whose request is marked."""
    before, asked = text.split("*", 1)
    told = letter(before + asked, lexicon(lang), Context(ours=False, sent=sent)).sentences
    opening = asked[: min(18, *(asked.find(c) for c in "?.," if c in asked), len(asked))]
    at = next(n for n, s in enumerate(told) if opening in s.text)
    return day_to_resume([s.folded for s in told], at, sent, lang)


@pytest.mark.parametrize(("half", "least"), [(0, 0.96), (1, 0.93)])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_day_is_the_one_that_they_mean(lang: str, half: int, least: float) -> None:
    """As many days right as ever were, learnt from or held back."""
    told = mails(lang, half)
    right = sum(resumed(text, sent, lang) == expected for sent, expected, text in told)

    assert len(told) >= MANY
    assert right / len(told) >= least


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_day_is_made_up(lang: str, half: int) -> None:
    """Where they name no time, whatever other dates, numbers and years the mail holds, there is none."""
    told = [(resumed(text, sent, lang), text) for sent, expected, text in mails(lang, half) if expected is None]
    made_up = [text for day, text in told if day]

    assert len(made_up) <= len(told) // 10, made_up if half == 0 else len(made_up)
