"""The design's table of signs of life, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nurture.conversations import Entry
from nurture.followups import Case, OwnersWord, Policy, Silence, State, silence_of
from nurture.messages import Kind
from nurture.stages import Awaits, Signal
from tests.followups.builders import ANNA, NOW, PARIS, Mail, a_case, a_deferral, at, automatic, ours, theirs

ANSWERED, PERHAPS, HELD, STOPPED, UNREACHABLE, SILENT = (
    State.ANSWERED, State.PERHAPS, State.HELD, State.STOPPED, State.UNREACHABLE, State.SILENT,
)  # fmt: skip
BY = ("them", "thread", "company", "other")
TABLE = {  # kind: the state for the same person, a colleague in the thread, their company outside it, anyone else in it
    Kind.HUMAN: (ANSWERED, ANSWERED, PERHAPS, PERHAPS),
    Kind.OUT_OF_OFFICE: (HELD, SILENT, SILENT, SILENT),
    Kind.LEFT: (STOPPED, SILENT, SILENT, SILENT),
    Kind.CALENDAR: (ANSWERED, ANSWERED, PERHAPS, SILENT),
    Kind.ACKNOWLEDGEMENT: (SILENT, SILENT, SILENT, SILENT),
    Kind.BULK: (SILENT, SILENT, SILENT, SILENT),
    # mail systems write under names of their own, so these count whoever seems to have sent them
    Kind.BOUNCE_SOFT: (HELD, HELD, HELD, HELD),
    Kind.BOUNCE_HARD: (UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE),
    Kind.CHALLENGE: (HELD, HELD, HELD, HELD),
}


def silence(case: Case, day: str | None = None) -> Silence:
    return silence_of(case, Policy(), at(day, 8) if day else NOW, PARIS)


@pytest.mark.parametrize(
    ("kind", "by", "state"), [(kind, by, state) for kind, row in TABLE.items() for by, state in zip(BY, row, strict=True)]
)
def test_each_cell_of_the_table(kind: Kind, by: str, state: State) -> None:
    """Yesterday's sign of life after our mail of last week, with its evidence."""
    mail = theirs("2026-03-10", by=by, kind=kind)

    found = silence(a_case(ours("2026-03-03"), mail))

    assert found.state is state
    assert found.rule
    assert found.why
    assert state is SILENT or found.evidence.message_id == mail.entry.message_id


def test_every_kind_stands_in_the_table() -> None:
    """A new kind must be thought about."""
    assert set(TABLE) == set(Kind)


@pytest.mark.parametrize(
    ("mail", "until", "free_again"),
    [
        (automatic("2026-03-03", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 13)), "2026-03-16", SILENT),
        (automatic("2026-03-06", Kind.OUT_OF_OFFICE), "2026-03-13", SILENT),
        (automatic("2026-03-06", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 1)), "2026-03-13", SILENT),  # back before they left
        (automatic("2026-03-09", Kind.BOUNCE_SOFT), "2026-03-12", SILENT),
        (theirs("2026-03-10", by="company"), "2026-03-31", SILENT),
        (theirs("2026-03-10", by="other"), "2026-03-31", SILENT),
        (theirs("2026-03-10", junk=True), "2026-03-31", SILENT),
        (theirs("2026-03-10", by="thread", junk=True), "2026-03-31", SILENT),
    ],
)
def test_what_ends_by_time_ends_on_its_day(mail: Mail, until: str, free_again: State) -> None:
    """An absence a working day after the return, or after seven days; a soft bounce after three working days; perhaps after fifteen."""
    case = a_case(ours("2026-03-02"), mail)

    found = silence(case)

    assert found.until == date.fromisoformat(until)
    assert found.state in (HELD, PERHAPS)
    day_before = date.fromisoformat(until).toordinal() - 1
    assert silence(case, date.fromordinal(day_before).isoformat()).state is found.state
    assert silence(case, until).state is free_again


def test_a_human_in_junk_is_perhaps() -> None:
    """Nobody may have seen it."""
    assert silence(a_case(ours("2026-03-03"), theirs("2026-03-10", Signal.INTEREST, junk=True))).rule == "junk"


def test_signs_before_our_last_mail_are_history() -> None:
    """Only an absence that still runs outlives it: autoresponders answer once."""
    before = [theirs("2026-03-03"), theirs("2026-03-03", by="company"), automatic("2026-03-03", Kind.CHALLENGE)]

    assert silence(a_case(ours("2026-03-02"), *before, ours("2026-03-04"))).state is SILENT

    away = automatic("2026-03-03", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 20))
    assert silence(a_case(ours("2026-03-02"), away, ours("2026-03-04"))).state is HELD


def test_a_word_of_theirs_ends_an_absence() -> None:
    """Whoever writes by hand is there."""
    away = automatic("2026-03-03", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 20))

    assert silence(a_case(ours("2026-03-02"), away, theirs("2026-03-04"), ours("2026-03-05"))).state is SILENT
    assert silence(a_case(ours("2026-03-02"), away, theirs("2026-03-04"))).state is ANSWERED


def test_an_answer_whose_clock_is_slow_is_still_an_answer() -> None:
    """It names our mail as its parent, though its date is older."""
    mail = ours("2026-03-03")
    answer = theirs("2026-03-01", parents=(mail.entry.message_id,))

    assert silence(a_case(mail, answer)).state is ANSWERED


def test_the_strongest_sign_counts() -> None:
    """A dead address before an answer before an absence before a perhaps."""
    perhaps, away = theirs("2026-03-04", by="company"), automatic("2026-03-09", Kind.OUT_OF_OFFICE)
    wrote, dead = theirs("2026-03-05"), automatic("2026-03-06", Kind.BOUNCE_HARD)

    assert silence(a_case(ours("2026-03-03"), perhaps, away)).state is HELD
    assert silence(a_case(ours("2026-03-03"), perhaps, wrote)).state is ANSWERED
    assert silence(a_case(ours("2026-03-03"), wrote, dead)).state is UNREACHABLE
    assert silence(a_case(ours("2026-03-03"), automatic("2026-03-04", Kind.BOUNCE_HARD), wrote)).state is ANSWERED


def test_a_bounce_of_somebody_elses_address_says_nothing() -> None:
    """A copy went to a dead address; this person's is alive."""
    for kind in (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT):
        assert silence(a_case(ours("2026-03-03"), automatic("2026-03-04", kind, failed=("else@client.example",)))).state is SILENT
    assert silence(a_case(ours("2026-03-03"), automatic("2026-03-04", Kind.BOUNCE_HARD, failed=(ANNA,)))).state is UNREACHABLE


@pytest.mark.parametrize("awaits", [Awaits.OFFER, Awaits.QUESTION, Awaits.DOCUMENT])
@pytest.mark.parametrize("by", ["them", "thread"])
def test_a_bare_thank_you_for_what_we_sent_is_no_answer_yet(awaits: Awaits, by: str) -> None:
    """The wait restarts instead."""
    assert silence(a_case(ours("2026-03-03", awaits), theirs("2026-03-04", Signal.THANKS, by=by))).state is SILENT


@pytest.mark.parametrize("awaits", [Awaits.FIRST_LETTER, Awaits.MEETING, Awaits.NOTHING, None])
def test_a_bare_thank_you_otherwise_closes_the_exchange(awaits: Awaits | None) -> None:
    """As the labels have it."""
    found = silence(a_case(ours("2026-03-03", awaits), theirs("2026-03-04", Signal.THANKS)))

    assert (found.state, found.rule) == (ANSWERED, "thanked")


def test_the_mail_that_asked_for_a_pause_is_no_answer_to_it() -> None:
    """When the pause is over they are silent; what they write after asking counts."""
    case = a_case(ours("2026-03-02"), theirs("2026-03-03", Signal.DEFERRAL))
    assert silence(a_deferral(case, "2026-03-09")).state is SILENT

    later = a_deferral(case, "2026-03-09")
    again: Entry = replace(later.conversation.entries[-1], key=99, sent=at("2026-03-04"))
    more = replace(later, conversation=replace(later.conversation, entries=(*later.conversation.entries, again)))
    assert silence(more).state is ANSWERED


def test_the_owners_word_settles_what_was_perhaps() -> None:
    """Silent: what came before that moment counts no more, but an absence and a dead address do. Answered: until our next mail."""
    settled = OwnersWord(settled="silent", settled_at=at("2026-03-10", 18))
    for mail in (theirs("2026-03-10", by="company"), theirs("2026-03-10", by="thread"), automatic("2026-03-10", Kind.CHALLENGE)):
        assert silence(a_case(ours("2026-03-03"), mail, word=settled)).state is SILENT
    assert silence(a_case(ours("2026-03-03"), theirs("2026-03-10", hour=19), word=settled)).state is ANSWERED
    away = automatic("2026-03-10", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 20))
    assert silence(a_case(ours("2026-03-03"), away, word=settled)).state is HELD
    assert silence(a_case(ours("2026-03-03"), automatic("2026-03-10", Kind.BOUNCE_HARD), word=settled)).state is UNREACHABLE

    answered = OwnersWord(settled="answered", settled_at=at("2026-03-04"))
    assert silence(a_case(ours("2026-03-03"), word=answered)).rule == "settled"
    assert silence(a_case(ours("2026-03-03"), ours("2026-03-05"), word=answered)).state is SILENT


def test_our_own_automatic_answers_are_no_letters() -> None:
    """The owner was away: that answered nobody."""
    mail = automatic("2026-03-05", Kind.OUT_OF_OFFICE, by="us")

    assert silence(a_case(ours("2026-03-03"), theirs("2026-03-04"), mail)).state is ANSWERED
