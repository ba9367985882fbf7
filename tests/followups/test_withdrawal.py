"""An untouched draft is taken back when it has lost its reason."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.followups import Case, DraftState, OwnersWord, withdrawal
from nurture.messages import Kind
from nurture.stages import Signal, Stage
from tests.followups.builders import a_case, a_row, automatic, ours, theirs

ROW = a_row("2026-03-06", state=DraftState.OPEN)


@pytest.mark.parametrize(
    ("case", "rule"),
    [
        (a_case(ours("2026-03-02"), theirs("2026-03-09", Signal.NEED)), "they-wrote"),
        (a_case(ours("2026-03-02"), theirs("2026-03-09", by="thread")), "they-wrote"),
        (a_case(ours("2026-03-02"), ours("2026-03-09")), "owner-wrote"),
        (a_case(ours("2026-03-02"), stage=Stage.OPTED_OUT), "opted-out"),
        (a_case(ours("2026-03-02"), word=OwnersWord(stopped=True)), "opted-out"),
        (a_case(ours("2026-03-02"), word=OwnersWord(excluded="@client.example")), "excluded"),
        (a_case(ours("2026-03-02"), stage=Stage.UNREACHABLE), "unreachable"),
    ],
)
def test_a_draft_that_lost_its_reason_is_taken_back_with_a_sentence(case: Case, rule: str) -> None:
    """They wrote, the owner wrote, they said no, the address died."""
    found = withdrawal(case, ROW)

    assert found is not None
    assert found[0] == rule
    assert found[1]


def test_a_mail_that_travelled_slowly_still_takes_the_draft_back() -> None:
    """Sent before the draft was made, arrived after it; or dated by a clock that is wrong, and answering the anchor."""
    letter = "<us-2026-03-02@atelier.example>"
    row = a_row("2026-03-06", state=DraftState.OPEN, anchor=letter)

    assert withdrawal(a_case(ours("2026-03-02"), theirs("2026-03-04", Signal.NEED)), row) == (
        "they-wrote",
        "they wrote in the meantime",
    )
    assert withdrawal(a_case(ours("2026-03-02"), theirs("2026-02-20", Signal.NEED, parents=(letter,))), row) is not None
    assert withdrawal(a_case(ours("2026-03-02"), theirs("2026-02-20", Signal.NEED)), row) is None
    assert withdrawal(a_case(ours("2026-03-02"), ours("2026-03-03")), row) == ("owner-wrote", "the owner wrote in the meantime")


@pytest.mark.parametrize(
    "case",
    [
        a_case(ours("2026-03-02")),
        a_case(ours("2026-03-02"), verdict=None),
        a_case(ours("2026-03-02"), theirs("2026-03-04", Signal.NEED)),
        a_case(ours("2026-03-02"), theirs("2026-03-09", by="company")),
        a_case(ours("2026-03-02"), automatic("2026-03-09", Kind.OUT_OF_OFFICE, resume_on=date(2026, 4, 1))),
    ],
)
def test_otherwise_it_stays(case: Case) -> None:
    """What is older than the draft, or no word of theirs, changes nothing."""
    assert withdrawal(case, ROW) is None
