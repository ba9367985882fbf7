"""The ladder and the turn, by docs/labels.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from nurture.messages import Address, Kind
from nurture.stages import Finding, Reading, Signal, Stage, Turn, judge
from nurture.stages.ladder import REVEALING
from tests.stages.builders import ANNA, PARIS, after, automatic, found, judged, them, unread, us

S, T = Stage, Turn
OFFER = Signal.PROPOSAL_SENT


def test_nothing_written_is_a_stranger() -> None:
    """No message, no verdict."""
    assert judge([]) == []


@pytest.mark.parametrize(
    ("mails", "stage", "turn"),
    [
        ([us()], S.STRANGER, T.THEIRS),
        ([us(), them()], S.CONTACT, T.OURS),
        ([them()], S.CONTACT, T.OURS),
        ([us(), them(), us()], S.CONTACT, T.THEIRS),
        *[([us(), them(s)], S.PROSPECT, T.OURS) for s in sorted(REVEALING)],
        *[([us(), them(s)], S.CONTACT, T.OURS) for s in (Signal.HOW_QUESTION, Signal.HOW_DICTATED, Signal.OBJECTION_BUDGET, Signal.REFERRAL, Signal.PRICE_CHALLENGE)],
        ([us(), them(Signal.RESULT), us(), them(Signal.MEASURE)], S.QUALIFIED, T.OURS),
        ([us(), them(Signal.MEASURE, Signal.RESULT)], S.QUALIFIED, T.OURS),
        ([us(OFFER)], S.PROPOSAL, T.THEIRS),
        ([us(), them(Signal.NEED), us(OFFER), them(Signal.OBJECTION_BUDGET)], S.PROPOSAL, T.OURS),
        ([us(OFFER), them(Signal.ACCEPTANCE)], S.CLIENT, T.OURS),
        ([us(OFFER), them(Signal.ACCEPTANCE), us(OFFER), them(Signal.NEED)], S.CLIENT, T.OURS),
        ([us(), them(Signal.DECLINE)], S.DECLINED, T.OURS),
        ([us(), them(Signal.DECLINE), us()], S.DECLINED, T.THEIRS),
        ([us(), them(Signal.DECLINE), us(), them(Signal.THANKS)], S.DECLINED, T.NOBODY),
        ([us(), them(Signal.DECLINE), us(), them(Signal.INTEREST)], S.PROSPECT, T.OURS),
        ([us(OFFER), them(Signal.DECLINE), us(), them(Signal.INTEREST)], S.PROPOSAL, T.OURS),
        ([us(OFFER), them(Signal.DECLINE), them(Signal.ACCEPTANCE)], S.CLIENT, T.OURS),
        ([us(), them(Signal.DECLINE, Signal.INTEREST)], S.DECLINED, T.OURS),
        ([us(), them(Signal.OPT_OUT)], S.OPTED_OUT, T.NOBODY),
        ([us(), them(Signal.OPT_OUT), us(), them(Signal.INTEREST)], S.OPTED_OUT, T.NOBODY),
        ([us(), them(Signal.OPT_OUT, by="thread")], S.OPTED_OUT, T.NOBODY),
        ([us(), them(Signal.INTEREST, by="thread")], S.PROSPECT, T.OURS),
        ([us(), them(Signal.INTEREST, by="company")], S.STRANGER, T.THEIRS),
        ([us(), them(Signal.OPT_OUT, by="other")], S.STRANGER, T.THEIRS),
        ([us(), them(Signal.INTEREST, junk=True)], S.STRANGER, T.THEIRS),
        ([us(), them(Signal.THANKS)], S.CONTACT, T.NOBODY),
        ([us(), them(Signal.DEFERRAL)], S.CONTACT, T.NOBODY),
        ([us(), them(Signal.DEFERRAL, Signal.PRICE_QUESTION, Signal.REFERRAL)], S.PROSPECT, T.NOBODY),
    ],
)  # fmt: skip
def test_the_words_move_stage_and_turn(mails: list, stage: Stage, turn: Turn) -> None:  # type: ignore[type-arg]  # rows of mails
    """Stage and turn after the last of these mails are those of the labels."""
    verdict = after(*mails)

    assert (verdict.stage, verdict.turn) == (stage, turn)


@pytest.mark.parametrize(
    ("mail", "stage", "turn"),
    [
        (automatic(Kind.OUT_OF_OFFICE), S.PROSPECT, T.NOBODY),
        (automatic(Kind.OUT_OF_OFFICE, by="thread"), S.PROSPECT, T.OURS),
        (automatic(Kind.ACKNOWLEDGEMENT), S.PROSPECT, T.OURS),
        (automatic(Kind.BULK), S.PROSPECT, T.OURS),
        (automatic(Kind.LEFT), S.PROSPECT, T.OURS),
        (automatic(Kind.CALENDAR), S.PROSPECT, T.OURS),
        (automatic(Kind.BOUNCE_SOFT), S.PROSPECT, T.OURS),
        (automatic(Kind.CHALLENGE), S.PROSPECT, T.OURS),
        (automatic(Kind.BOUNCE_HARD), S.UNREACHABLE, T.NOBODY),
        (automatic(Kind.BOUNCE_HARD, by="other", failed=(ANNA,)), S.UNREACHABLE, T.NOBODY),
        (automatic(Kind.BOUNCE_HARD, failed=("bob@client.example",)), S.PROSPECT, T.OURS),
        (us(kind=Kind.OUT_OF_OFFICE), S.PROSPECT, T.OURS),
        (us(kind=Kind.CALENDAR), S.PROSPECT, T.THEIRS),
    ],
)  # fmt: skip
def test_automatic_messages_leave_the_turn(mail: object, stage: Stage, turn: Turn) -> None:
    """What a program wrote moves nothing but an absence and a dead address; an invitation of ours is a mail of ours."""
    verdict = after(us(), them(Signal.NEED), mail)  # type: ignore[arg-type]  # a row's mail

    assert (verdict.stage, verdict.turn) == (stage, turn)


def test_a_dead_address_that_writes_again_is_alive() -> None:
    """Their own word, or a mail of ours to another address, takes a hard bounce back."""
    bounce = automatic(Kind.BOUNCE_HARD, failed=(ANNA,))

    assert after(us(), bounce, them()).stage is S.CONTACT
    assert after(us(), bounce, us(to=(Address(addr="anna.b@client.example"),))).stage is S.STRANGER
    assert after(us(), bounce, us()).stage is S.UNREACHABLE


def test_a_message_never_read_is_a_word() -> None:
    """Old mail without a reading counts as a word without signals."""
    assert [(v.stage, v.turn) for v in judged(unread("us"), unread("them"))] == [(S.STRANGER, T.THEIRS), (S.CONTACT, T.OURS)]


def test_a_deferral_holds_until_they_say_more_than_thanks() -> None:
    """A pause stays in force over our answer and their thanks; their next word, or our mail on its day, ends it."""
    until = date(2026, 9, 1)
    asked = them(reading=found(Signal.DEFERRAL, resume_on=until))
    on_the_day = us(sent=datetime(2026, 9, 1, 9, tzinfo=PARIS))

    held = after(us(), asked, us(), them(Signal.THANKS))
    assert held.deferred_until == until
    assert held.deferred is not None
    assert held.deferred.entry == 2
    assert after(us(), asked, them(Signal.NEED)).deferred is None
    assert after(us(), asked, on_the_day).deferred_until is None
    assert after(us(), them(Signal.DEFERRAL), us()).deferred is not None


def test_an_absence_ends_with_their_word() -> None:
    """An absence is known until the same person writes by hand."""
    away = automatic(Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 16), notice_quote="de retour le 16")

    told = after(us(), away, us())
    assert told.absent_until == date(2026, 3, 16)
    assert told.absent is not None
    assert told.absent.quote == "de retour le 16"
    assert after(us(), away, them(by="thread")).absent is not None
    assert after(us(), away, them()).absent is None


def test_the_unsure_is_remembered_until_we_write() -> None:
    """What was suspected since our last mail stands in the verdict."""
    doubt = Finding(signal=Signal.OPT_OUT, quote="stop ?", confidence=0.3, rule="test")
    mail = them(reading=Reading(reader=1, unsure=(doubt,)))

    assert after(us(), mail, them()).unsure == (doubt,)
    assert after(us(), mail, us()).unsure == ()


def test_a_verdict_shows_its_evidence() -> None:
    """Rule, sentence and message of stage and turn are told; what they said and what is out is known."""
    verdict = after(us(), them(Signal.NEED), us(OFFER), them(Signal.PRICE_CHALLENGE))

    assert (verdict.rule, verdict.evidence.entry) == ("offer-out", 3)
    assert (verdict.turn_rule, verdict.turn_evidence.quote) == ("they-wrote", "their words: price_challenge")
    assert verdict.known == {Signal.NEED, Signal.PRICE_CHALLENGE}
    assert verdict.revealed
    assert verdict.offer_out
    assert not after(us(OFFER), them(Signal.DECLINE)).offer_out
    assert not after(us(OFFER), them(Signal.ACCEPTANCE)).offer_out


def test_what_proves_qualified_is_the_later_of_the_two() -> None:
    """Result first, then measure: the measure is the evidence, and the other way round."""
    assert after(them(Signal.RESULT), them(Signal.MEASURE)).evidence.entry == 2
    assert after(them(Signal.MEASURE), them(Signal.NEED), them(Signal.RESULT)).evidence.quote == "their words: result"


def test_opted_out_stands_whatever_comes_before_it() -> None:
    """The verdicts of a prefix do not change with what follows."""
    mails = [us(), them(Signal.NEED), us(OFFER), them(Signal.OPT_OUT)]

    assert judged(*mails)[:3] == judged(*mails[:3])
    assert replace(judged(*mails)[-1], known=frozenset()) != judged(*mails)[0]
