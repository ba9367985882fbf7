"""What a letter says in which nothing is sure, and what excludes what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nurture.stages import Context, Signal, findings, model
from nurture.stages.findings import HINTED, LIKELIEST, THRESHOLD
from nurture.stages.lexicon import lexicon
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, letter

PLAIN = "Hello,\nThe swallows are back over the yard.\nThe well is deep."


def heard(
    monkeypatch: pytest.MonkeyPatch, text: str, scores: dict[Signal, float], *, by_one: bool = False
) -> tuple[set[Signal], set[Signal]]:
    """(found, suspected) where the model hears these signals in the first sentence of the body."""

    def by_model(told: Letter) -> Iterator[Scored]:
        for signal, score in scores.items():
            yield Scored(signal=signal, sentence=told.body[0], score=score, rule="test", by_one=by_one)

    monkeypatch.setattr(model, "by_model", by_model)
    found, unsure = findings.findings(letter(text, lexicon("en"), Context(ours=False, lang="en")))
    return {f.signal for f in found}, {f.signal for f in unsure}


def test_where_nothing_is_sure_the_likeliest_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly anybody writes to say nothing: the best guess is right far oftener than its score says."""
    scores = {Signal.REFERRAL: 0.35, Signal.NEED: 0.3}

    assert heard(monkeypatch, PLAIN, scores) == ({Signal.REFERRAL}, set())


def test_a_guess_is_made_where_nothing_is_sure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what is sure the same score is nothing; and what is hardly heard is nothing anywhere."""
    assert heard(monkeypatch, PLAIN, {Signal.MEETING: THRESHOLD, Signal.NEED: 0.45}) == ({Signal.MEETING}, set())
    assert heard(monkeypatch, PLAIN, {Signal.NEED: LIKELIEST - 0.01}) == (set(), set())


@pytest.mark.parametrize("signal", [Signal.OPT_OUT, Signal.DEFERRAL])
def test_a_stop_or_a_pause_is_suspected_and_never_guessed(monkeypatch: pytest.MonkeyPatch, signal: Signal) -> None:
    """It would stop the follow-ups, an opt-out for ever: the owner is asked."""
    assert heard(monkeypatch, PLAIN, {signal: 0.45, Signal.NEED: 0.35}) == (set(), {signal})


@pytest.mark.parametrize("beside", [{}, {Signal.OBJECTION_INCUMBENT: 0.8}, {Signal.NEED: 0.2}])
def test_a_no_is_what_is_left_where_nothing_keeps_the_door_open(
    monkeypatch: pytest.MonkeyPatch, beside: dict[Signal, float]
) -> None:
    """« We have somebody » with the door closed: a no that never says no (docs/labels.md)."""
    sure = {signal for signal, score in beside.items() if score >= THRESHOLD}

    assert heard(monkeypatch, PLAIN, {**beside, Signal.DECLINE: HINTED}) == ({Signal.DECLINE} | sure, set())


@pytest.mark.parametrize("beside", [{Signal.INFO_REQUEST: 0.8}, {Signal.OBJECTION_TIMING: 0.8}, {Signal.REFERRAL: 0.8}])
def test_a_no_is_only_suspected_where_something_does(monkeypatch: pytest.MonkeyPatch, beside: dict[Signal, float]) -> None:
    """What they ask for, or whom they name, is said."""
    assert heard(monkeypatch, PLAIN, {**beside, Signal.DECLINE: HINTED}) == ({*beside}, {Signal.DECLINE})


def test_a_no_beside_another_guess_stays_suspected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A no that is not the likeliest holds all the same."""
    scores = {Signal.OBJECTION_BUDGET: 0.48, Signal.DECLINE: HINTED}

    assert heard(monkeypatch, PLAIN, scores) == ({Signal.OBJECTION_BUDGET}, {Signal.DECLINE})


def test_what_one_of_two_readers_sees_is_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """A final word of the linear model alone is a doubt, as before."""
    assert heard(monkeypatch, PLAIN, {Signal.OPT_OUT: 0.1}, by_one=True) == (set(), {Signal.OPT_OUT})


def test_who_promises_to_answer_has_said_what_they_wrote_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """« I'll get back to you » asks for nothing (docs/labels.md)."""
    assert heard(monkeypatch, "Hello,\nI'll get back to you on Friday.", {Signal.NEED: 0.4}) == (set(), set())


def test_a_pause_excludes_its_own_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """« Not the moment » is an objection where nobody asks to be written to later (docs/labels.md)."""
    scores = {Signal.OBJECTION_TIMING: 0.9, Signal.DEFERRAL: 0.6, Signal.MEETING: 0.7}

    assert heard(monkeypatch, PLAIN, scores)[0] == {Signal.DEFERRAL, Signal.MEETING}
    assert heard(monkeypatch, PLAIN, {Signal.OBJECTION_TIMING: 0.9})[0] == {Signal.OBJECTION_TIMING}


@pytest.mark.parametrize(("score", "found"), [(0.9, {Signal.THANKS}), (0.4, set())])
def test_a_thank_you_is_said_where_nothing_else_is(monkeypatch: pytest.MonkeyPatch, score: float, found: set[Signal]) -> None:
    """And never beside something."""
    assert heard(monkeypatch, PLAIN, {Signal.THANKS: score})[0] == found
    assert heard(monkeypatch, PLAIN, {Signal.THANKS: score, Signal.MEETING: 0.3})[0] == {Signal.MEETING}


@pytest.mark.parametrize("signal", [Signal.OBJECTION_TIMING, Signal.OBJECTION_TRUST])
def test_trouble_told_as_the_reason_for_waiting_is_no_need(monkeypatch: pytest.MonkeyPatch, signal: Signal) -> None:
    """« Two of us are ill, so not now » in one sentence: the surer of both is said."""
    assert heard(monkeypatch, PLAIN, {signal: 0.8, Signal.NEED: 0.7})[0] == {signal}
    assert heard(monkeypatch, PLAIN, {signal: 0.7, Signal.NEED: 0.8})[0] == {signal, Signal.NEED}


def test_what_is_told_beside_a_no_is_no_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """A door is open or closed: who says what ails them and what they hope for has not said no."""
    assert heard(monkeypatch, PLAIN, {Signal.NEED: 0.7, Signal.DECLINE: 0.9}) == ({Signal.DECLINE}, set())
    assert heard(monkeypatch, PLAIN, {Signal.RESULT: 0.95, Signal.DECLINE: 0.9}) == ({Signal.RESULT}, {Signal.DECLINE})
