"""What the owner tells of outside the mail: calls and meetings restart the clock, a stage in their word stands until new evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from nurture.followups import Action, Case, DraftState, Fit, Happening, Heard, Lane, Logged, Outside, StageSaid, withdrawal
from nurture.messages import Kind
from nurture.stages import Awaits, Signal, Stage
from nurture.verdicts import judge_case
from tests.followups.builders import Mail, a_case, a_row, at, automatic, ours, planned, theirs

LONG_AGO = at("2025-01-01")
ALL = 99  # every message was known
CALL, MEETING, NOTE = Happening.CALL, Happening.MEETING, Happening.NOTE


def logged(day: str, kind: Happening = CALL, *, hour: int = 12, upto: int = ALL, **more: Any) -> Logged:
    """Something that happened on a day, told then."""
    return Logged(kind=kind, day=date.fromisoformat(day), happened=at(day, hour), at=at(day, hour), upto=upto, **more)


def said(stage: Stage, day: str = "2026-03-06", upto: int = 2) -> StageSaid:
    """A stage, set by the owner on a day on which so many messages were known."""
    return StageSaid(stage=stage, at=at(day, 12), upto=upto)


def heard(name: str, words: str = "half as many calls", day: str = "2026-03-06", **more: Any) -> Heard:
    """What the owner heard."""
    return Heard(name=name, words=words, at=at(day, 12), upto=more.pop("upto", ALL), **more)


def told(*mails: Mail, **outside: Any) -> Case:
    """A case that is judged as a run judges it."""
    return judge_case(a_case(*mails, outside=Outside(**outside)), LONG_AGO)


def stage_of(case: Case) -> Stage:
    assert case.verdict is not None
    return case.verdict.stage


# the clock


@pytest.mark.parametrize(
    ("happening", "due"),
    [
        (None, "2026-03-10"),
        (logged("2026-03-06", answered=False), "2026-03-13"),
        (logged("2026-03-02", answered=False), "2026-03-10"),
        (logged("2026-03-06", NOTE, text="met"), "2026-03-10"),
        (logged("2026-03-09", MEETING, answered=False), "2026-03-16"),
    ],
    ids=["nothing", "a call nobody took", "before our mail", "a note", "a meeting nobody came to"],
)
def test_the_wait_counts_from_a_call_and_a_note_moves_nothing(happening: Logged | None, due: str) -> None:
    """Five working days behind the later of our mail and the call."""
    item = planned(told(ours("2026-03-03"), logged=(happening,) if happening else ()))

    assert str(item.due) == due
    assert item.template == "useful-news"


def test_whoever_speaks_with_us_is_no_stranger() -> None:
    """The next step is that of a contact, counted from the talk."""
    case = told(ours("2026-03-03"), logged=(logged("2026-03-05"),))
    item = planned(case)

    assert stage_of(case) is Stage.CONTACT
    assert (item.action, item.step, str(item.due)) == (Action.WAIT, "question-about-their-world", "2026-03-16")
    assert "You spoke with them on 5 March 2026" in item.why


@pytest.mark.parametrize(
    ("happening", "lane"),
    [
        (logged("2026-03-10"), Lane.FOLLOWUPS),
        (logged("2026-03-10", answered=False), Lane.ANSWERS),
        (logged("2026-03-10", NOTE), Lane.ANSWERS),
        (logged("2026-03-08"), Lane.ANSWERS),
        (logged("2026-03-10", upto=1), Lane.ANSWERS),
    ],
    ids=["talked over", "nobody took it", "a note", "they wrote after it", "not known then"],
)
def test_a_talk_answers_what_lay_before_the_owner(happening: Logged, lane: Lane) -> None:
    """What came later, or came to be known later, is answered all the same."""
    case = told(ours("2026-03-03"), theirs("2026-03-09", Signal.PRICE_QUESTION), logged=(happening,))

    assert planned(case).lane is lane


def test_after_a_talk_something_is_open_whatever_our_last_mail_left() -> None:
    """A follow-up becomes due where there was rest."""
    mails = (ours("2026-02-02"), theirs("2026-02-03", Signal.INTEREST), ours("2026-02-04", Awaits.NOTHING))

    assert planned(told(*mails)).rule == "awaits-nothing"
    assert planned(told(*mails, logged=(logged("2026-02-27"),))).action is Action.DRAFT


def test_a_talk_ends_a_silence_with_its_reminders() -> None:
    """After two reminders they are left in peace; a talk begins anew, and what was done is not done again."""
    mails = (ours("2026-01-05"), ours("2026-01-19"), ours("2026-02-02"))
    rows = (a_row("2026-01-19"), a_row("2026-02-02", "open-door"))

    assert planned(replace(told(*mails), ledger=rows)).rule == "ceiling"
    after = planned(replace(told(*mails, logged=(logged("2026-02-20"),)), ledger=rows))
    assert (after.action, after.step, after.sequence) == (Action.DRAFT, "question-about-their-world", "contact")


def test_a_call_that_nobody_took_is_no_mail_and_no_talk() -> None:
    """It moves the wait alone: the step stays, and so does the silence with its reminders."""
    call = logged("2026-02-10", answered=False)

    assert planned(told(ours("2026-02-02"), logged=(call,))).step == "useful-news"
    assert planned(told(ours("2026-01-05"), ours("2026-01-19"), ours("2026-02-02"), logged=(call,))).rule == "ceiling"


@pytest.mark.parametrize(
    ("happening", "rule"),
    [
        (None, "meeting"),
        (logged("2026-03-09", MEETING), "step-not-due"),
        (logged("2026-03-09", MEETING, answered=False), "step-not-due"),
        (logged("2026-03-10", CALL), "step-not-due"),
        (logged("2026-03-10", CALL, answered=False), "meeting"),
        (logged("2026-03-06", CALL), "meeting"),
        (logged("2026-03-10", NOTE), "meeting"),
    ],
)
def test_a_meeting_that_is_logged_is_quiet_no_more(happening: Logged | None, rule: str) -> None:
    """The day that was named was the ninth; the wait counts from what was told."""
    mails = (ours("2026-03-03"), theirs("2026-03-04", Signal.MEETING, meeting_on=date(2026, 3, 9)), ours("2026-03-05"))

    assert planned(told(*mails, logged=(happening,) if happening else ())).rule == rule


@pytest.mark.parametrize(
    ("until", "talk", "rule"),
    [
        ("2026-03-25", "2026-03-09", "deferred"),
        ("2026-03-09", "2026-03-09", "step-not-due"),
        (None, "2026-03-09", "step-not-due"),
    ],
)
def test_a_pause_with_a_day_outlasts_a_talk_before_it(until: str | None, talk: str, rule: str) -> None:
    """On its day, or where no day was named, the talk has taken it up."""
    asked = theirs("2026-03-04", Signal.DEFERRAL, resume_on=date.fromisoformat(until) if until else None)

    assert planned(told(ours("2026-03-03"), asked, logged=(logged(talk),))).rule == rule


@pytest.mark.parametrize(("talk", "rule"), [("2026-03-05", "promise-unkept"), ("2026-03-09", "step-not-due")])
def test_a_promise_of_ours_is_kept_by_word_of_mouth_from_its_day_on(talk: str, rule: str) -> None:
    """A talk before that day does not keep it."""
    mails = (theirs("2026-03-02", Signal.NEED), ours("2026-03-03", promise="I send it", promise_on=date(2026, 3, 6)))

    assert planned(told(*mails, logged=(logged(talk),))).rule == rule


def test_a_dead_address_and_an_absence_outlast_a_talk() -> None:
    """Mail does not arrive, or is not read, whatever was said on the phone."""
    away = automatic("2026-03-04", Kind.OUT_OF_OFFICE, resume_on=date(2026, 3, 30))
    dead = automatic("2026-03-04", Kind.BOUNCE_HARD)

    assert planned(told(ours("2026-03-03"), away, logged=(logged("2026-03-09"),))).rule == "absent"
    assert planned(told(ours("2026-03-03"), dead, logged=(logged("2026-03-09"),))).rule == "unreachable"


def test_what_was_settled_as_answered_is_over_with_the_talk() -> None:
    """The log is the newer word."""
    case = told(ours("2026-02-20"), logged=(logged("2026-03-02"),))
    answered = replace(case.word, settled="answered", settled_at=at("2026-02-25"))

    assert planned(replace(case, word=answered)).rule == "step-due"
    assert planned(replace(case, word=replace(answered, settled_at=at("2026-03-04")))).rule == "settled"


def test_an_untouched_draft_from_before_a_talk_is_taken_back() -> None:
    """It says what was true before; one from after the talk stays."""
    row = a_row("2026-03-09", state=DraftState.OPEN)
    case = told(ours("2026-03-02"), logged=(logged("2026-03-10"),))

    assert withdrawal(case, row) == ("talked", "you spoke with them in the meantime")
    assert withdrawal(case, a_row("2026-03-11", state=DraftState.OPEN)) is None
    assert withdrawal(told(ours("2026-03-02"), logged=(logged("2026-03-10", NOTE),)), row) is None


def test_what_has_not_come_yet_counts_for_nothing() -> None:
    """A plan of a past day does not know the call."""
    assert planned(told(ours("2026-03-03"), logged=(logged("2026-03-20", answered=False),))).rule == "step-due"


# the stage


FIRST = (ours("2026-03-03"), theirs("2026-03-05", Signal.INTEREST))


@pytest.mark.parametrize("stage", [Stage.CONTACT, Stage.QUALIFIED, Stage.PROPOSAL, Stage.CLIENT, Stage.DECLINED])
def test_a_stage_in_the_owners_word_wins(stage: Stage) -> None:
    """Over the one detected, which is kept beside it."""
    case = told(*FIRST, stage=said(stage))

    assert stage_of(case) is stage
    assert case.verdict is not None
    assert case.verdict.rule == "owner-says"
    assert case.detected is not None
    assert case.detected.stage is Stage.PROSPECT


@pytest.mark.parametrize(
    ("owners", "later", "stage"),
    [
        (Stage.QUALIFIED, theirs("2026-03-09", Signal.NEED), Stage.QUALIFIED),
        (Stage.QUALIFIED, theirs("2026-03-09"), Stage.QUALIFIED),
        (Stage.QUALIFIED, theirs("2026-03-09", Signal.ACCEPTANCE), Stage.CLIENT),
        (Stage.QUALIFIED, theirs("2026-03-09", Signal.DECLINE), Stage.DECLINED),
        (Stage.CLIENT, theirs("2026-03-09", Signal.PRICE_QUESTION), Stage.CLIENT),
        (Stage.CONTACT, theirs("2026-03-09"), Stage.CONTACT),
        (Stage.CONTACT, theirs("2026-03-09", Signal.NEED), Stage.PROSPECT),
        (Stage.DECLINED, theirs("2026-03-09"), Stage.DECLINED),
        (Stage.DECLINED, theirs("2026-03-09", Signal.PRICE_QUESTION), Stage.PROSPECT),
        (Stage.QUALIFIED, automatic("2026-03-09", Kind.OUT_OF_OFFICE), Stage.QUALIFIED),
    ],
)
def test_new_evidence_ends_it_where_it_says_more_or_the_contrary(owners: Stage, later: Mail, stage: Stage) -> None:
    """What says no more than the owner knew leaves the word standing."""
    assert stage_of(told(*FIRST, later, stage=said(owners))) is stage


def test_the_same_mail_is_no_new_evidence_however_late_its_date() -> None:
    """It was known when the word was said."""
    assert stage_of(told(*FIRST, theirs("2026-03-09", Signal.ACCEPTANCE), stage=said(Stage.CONTACT, upto=3))) is Stage.CONTACT


@pytest.mark.parametrize("mail", [theirs("2026-03-05", Signal.OPT_OUT), automatic("2026-03-05", Kind.BOUNCE_HARD)])
def test_no_stage_undoes_a_no_or_a_dead_address(mail: Mail) -> None:
    """P6."""
    case = told(ours("2026-03-03"), mail, stage=said(Stage.PROSPECT))

    assert stage_of(case) in (Stage.OPTED_OUT, Stage.UNREACHABLE)
    assert planned(case).action is Action.STOP


@pytest.mark.parametrize(
    ("mails", "what", "stage"),
    [
        ((ours("2026-03-03"),), (heard("result"),), Stage.PROSPECT),
        (FIRST, (heard("result"), heard("measure")), Stage.QUALIFIED),
        ((*FIRST, theirs("2026-03-06", Signal.RESULT)), (heard("measure"),), Stage.QUALIFIED),
        (FIRST, (heard("result"), heard("measure"), heard("measure", "")), Stage.PROSPECT),
        (FIRST, (heard("result"),), Stage.PROSPECT),
    ],
)
def test_what_the_owner_heard_counts_as_said(mails: tuple[Mail, ...], what: tuple[Heard, ...], stage: Stage) -> None:
    """Result and measure together qualify, by whatever way they came; what is taken back counts no more."""
    assert stage_of(told(*mails, heard=what)) is stage


def test_what_was_heard_is_not_asked() -> None:
    """Expectations first, each once; heard is known."""
    mails = (*FIRST, ours("2026-03-06"))
    now = "2026-03-20"

    assert planned(told(*mails), now).step == "ask-result"
    assert planned(told(*mails, heard=(heard("result", day="2026-03-07"),)), now).step == "ask-measure"


# go or no-go


WANTS = (
    ours("2026-03-03"),
    theirs("2026-03-04", Signal.RESULT, Signal.MEASURE, quote="half as many calls by June"),
    ours("2026-03-05"),
)
ASKS = (*WANTS, theirs("2026-03-09", Signal.PROPOSAL_REQUEST))


def fit(yes: bool, day: str = "2026-03-10") -> Fit:
    return Fit(yes=yes, at=at(day, 12), upto=ALL)


def test_at_qualified_the_owner_is_asked_before_anything_is_followed_up() -> None:
    """With their words, and the command that answers."""
    item = planned(told(*WANTS))

    assert (item.action, item.rule) == (Action.SHEET, "go-or-no-go")
    assert item.why == (
        "They expect « half as many calls by June », measured by « half as many calls by June »: can you satisfy this? "
        "Say `nurture log anna@client.example fit yes|no`."
    )
    assert item.evidence.quote == "half as many calls by June"


@pytest.mark.parametrize("signal", [Signal.PRICE_QUESTION, Signal.PROPOSAL_REQUEST])
def test_an_answer_goes_its_way_with_the_question_beside_it(signal: Signal) -> None:
    """Nobody is left waiting for the owner's word."""
    item = planned(told(*WANTS, theirs("2026-03-09", signal)))

    assert (item.action, item.signal) == (Action.DRAFT, signal.value)
    assert "fit yes|no" in item.question


@pytest.mark.parametrize(("mails", "rule"), [(WANTS, "step-not-due"), (ASKS, "answer-due")])
def test_a_yes_opens_the_way_to_the_offer(mails: tuple[Mail, ...], rule: str) -> None:
    """And nothing more is asked."""
    item = planned(told(*mails, fit=fit(True)))

    assert (item.rule, item.question) == (rule, "")


@pytest.mark.parametrize("mails", [WANTS, ASKS, (*WANTS[:2], ours("2026-03-05", Awaits.NOTHING))])
def test_a_no_has_a_kind_refusal_written_at_once(mails: tuple[Mail, ...]) -> None:
    """Whatever our last mail left open, and whoever's turn it is."""
    item = planned(told(*mails, fit=fit(False)))

    assert (item.action, item.rule, item.template) == (Action.DRAFT, "no-go", "refusal")
    assert item.occasion is not None
    assert item.occasion.step == "every-stage/refusal"


@pytest.mark.parametrize(
    ("state", "action", "rule"),
    [
        (DraftState.SENT, Action.REST, "no-go"),
        (DraftState.DELETED, Action.REST, "no-go"),
        (DraftState.CLOSED, Action.REST, "no-go"),
        (DraftState.WITHDRAWN, Action.SHEET, "withdrawn"),
        (DraftState.OPEN, Action.HOLD, "open-draft"),
        (DraftState.FAILED, Action.DRAFT, "no-go"),
    ],
)
def test_the_refusal_is_written_once(state: DraftState, action: Action, rule: str) -> None:
    """Sent, thrown away or written by hand: they are left in peace."""
    row = a_row("2026-03-11", "refusal", state, sequence="every-stage", anchor="<us-2026-03-05@atelier.example>")
    item = planned(replace(told(*WANTS, fit=fit(False)), ledger=(row,)))

    assert (item.action, item.rule) == (action, rule)


def test_what_the_owner_wrote_by_hand_counts_as_told() -> None:
    """No refusal on top of it."""
    assert planned(told(*WANTS, ours("2026-03-11", Awaits.QUESTION), fit=fit(False)), "2026-03-13").rule == "no-go"


def test_after_a_refusal_a_request_for_an_offer_is_the_owners_to_answer() -> None:
    """Anything else is answered as always."""
    row = a_row("2026-03-06", "refusal", sequence="every-stage", anchor="<us-2026-03-05@atelier.example>")
    refused = (*WANTS, ours("2026-03-06", Awaits.REFUSAL))
    outside = {"fit": fit(False, "2026-03-05")}

    again = told(*refused, theirs("2026-03-09", Signal.PROPOSAL_REQUEST), **outside)
    other = told(*refused, theirs("2026-03-09", Signal.REFERRAL), **outside)
    assert (planned(replace(again, ledger=(row,))).rule, planned(replace(again, ledger=(row,))).action) == ("no-go", Action.SHEET)
    assert planned(replace(other, ledger=(row,))).signal == "referral"


def test_when_they_say_anew_what_they_expect_it_is_asked_anew() -> None:
    """The old word was about other wishes."""
    anew = replace(theirs("2026-03-10", Signal.MEASURE, quote="ten fewer calls"))
    case = told(*WANTS, anew, ours("2026-03-11"), fit=Fit(yes=False, at=at("2026-03-09"), upto=3))

    assert planned(case, "2026-03-12").rule == "go-or-no-go"


@pytest.mark.parametrize("mail", [theirs("2026-03-09", Signal.OPT_OUT), theirs("2026-03-09", Signal.DECLINE)])
def test_nobody_who_said_no_is_refused(mail: Mail) -> None:
    """Theirs comes before ours."""
    assert planned(told(*WANTS, mail, fit=fit(False))).template != "refusal"


def test_an_answer_that_lies_there_is_taken_back_after_a_no() -> None:
    """It would lead them on."""
    row = a_row("2026-03-10", "answer:measure", DraftState.OPEN, lane=Lane.ANSWERS)

    assert withdrawal(told(*WANTS, fit=fit(False)), row) == ("no-go", "you said that what they expect cannot be satisfied")
    assert withdrawal(told(*WANTS, fit=fit(True)), row) is None


# taken up again


@pytest.mark.parametrize(
    ("mails", "before", "after"),
    [
        ((ours("2025-12-01"),), "overdue", "step-due"),
        (
            (ours("2026-02-02"), theirs("2026-02-03", Signal.INTEREST), ours("2026-02-04", Awaits.NOTHING)),
            "awaits-nothing",
            "step-due",
        ),
    ],
)
def test_a_rest_is_taken_up_again(mails: tuple[Mail, ...], before: str, after: str) -> None:
    """By the owner's word."""
    case = told(*mails)

    assert planned(case).rule == before
    assert planned(replace(case, outside=Outside(revived_at=at("2026-03-11", 7)))).rule == after


def test_a_full_silence_is_taken_up_with_the_one_letter_after_a_rest() -> None:
    """Only with somebody who has answered at some time, and who has not had it."""
    silent = (ours("2026-01-05"), ours("2026-01-19"), ours("2026-02-02"))
    known = (ours("2025-12-01"), theirs("2025-12-02", Signal.INTEREST), *silent)
    word = Outside(revived_at=at("2026-03-11", 7))
    had = a_row("2025-06-02", "after-rest", sequence="every-stage")

    assert planned(replace(told(*known), outside=word)).step == "after-rest"
    assert planned(replace(told(*known), outside=word, ledger=(had,))).rule == "ceiling"
    assert planned(replace(told(*silent), outside=word)).rule == "ceiling"


@pytest.mark.parametrize(
    "later",
    [{"ledger": (a_row("2026-03-11", "other", DraftState.DELETED),)}, {"outside": Outside(revived_at=at("2026-03-11", 7), logged=(logged("2026-03-11", hour=8),))}],
    ids=["a draft was made", "they spoke"],
)  # fmt: skip
def test_the_word_counts_once(later: dict[str, Any]) -> None:
    """For one draft, or until something else has happened."""
    now = datetime.fromisoformat("2026-06-30T08:00:00+02:00")
    case = replace(told(ours("2025-12-01")), outside=Outside(revived_at=at("2026-03-11", 6)))

    assert planned(case, now).action is Action.DRAFT
    assert planned(replace(case, **later), now).action is not Action.DRAFT


@pytest.mark.parametrize("mail", [theirs("2025-12-05", Signal.OPT_OUT), automatic("2025-12-05", Kind.BOUNCE_HARD), theirs("2025-12-05", Signal.DECLINE)])  # fmt: skip
def test_no_word_revives_who_said_no_or_is_gone(mail: Mail) -> None:
    """P6."""
    case = replace(told(ours("2025-12-01"), mail), outside=Outside(revived_at=at("2026-03-11", 7)))

    assert planned(case).action is not Action.DRAFT


# a client's measure


YES = (
    ours("2026-02-02"),
    theirs("2026-02-03", Signal.RESULT, Signal.MEASURE, quote="Si on passe de 40 à 20 appels d'ici fin juin, c'est gagné."),
    theirs("2026-03-02", Signal.ACCEPTANCE),
    ours("2026-03-03", Awaits.NOTHING),
)


def test_a_client_is_asked_on_the_day_of_their_measure() -> None:
    """Not before, whatever our last mail left open, and on a working day."""
    waiting, asked = planned(told(*YES)), planned(told(*YES), "2026-06-30")

    assert (waiting.action, str(waiting.due), str(waiting.look_again)) == (Action.WAIT, "2026-06-30", "2026-06-30")
    assert (asked.action, asked.rule, asked.template) == (Action.DRAFT, "measure-day", "measure-day")
    assert "40 à 20 appels" in asked.evidence.quote


def test_the_owners_day_wins_over_theirs() -> None:
    """A Saturday becomes the Monday."""
    assert str(planned(told(*YES, measure_day=date(2026, 5, 16))).due) == "2026-05-18"


def test_without_a_day_the_steps_own_wait_counts() -> None:
    """As long as our last mail left something open."""
    mails = (ours("2026-02-02"), theirs("2026-02-09", Signal.ACCEPTANCE), ours("2026-02-10"))

    assert str(planned(told(*mails)).due) == "2026-02-24"
    assert planned(told(*YES[:1], theirs("2026-03-02", Signal.ACCEPTANCE), YES[-1])).rule == "awaits-nothing"


@pytest.mark.parametrize(
    ("state", "step"),
    [(DraftState.SENT, "open-door"), (DraftState.DELETED, "open-door"), (DraftState.FAILED, "measure-day")],
)
def test_the_question_comes_once(state: DraftState, step: str) -> None:
    """Also when they have answered it, and are silent again."""
    row = a_row("2026-06-30", "measure-day", state, sequence="client")
    mails = (*YES, ours("2026-06-30"), theirs("2026-07-01", Signal.INTEREST), ours("2026-07-02"))
    item = planned(replace(told(*mails), ledger=(row,)), "2026-09-01")

    assert item.step == step


def test_a_day_before_their_yes_is_no_measure_day() -> None:
    """They spoke of it while they were deciding."""
    early = theirs("2026-01-05", Signal.MEASURE, quote="Si d'ici fin janvier on a vingt inscrits, c'est bon.")
    mails = (ours("2026-01-02"), early, theirs("2026-03-02", Signal.ACCEPTANCE), ours("2026-03-03"))

    assert str(planned(told(*mails)).due) == "2026-03-17"


def test_nobody_is_asked_the_day_after_a_mail_of_ours() -> None:
    """Three working days lie between."""
    assert str(planned(told(*YES[:-1], ours("2026-06-29"), measure_day=date(2026, 6, 30)), "2026-06-30").due) == "2026-07-02"


# a welcome, and a summary


OFFERED = (ours("2026-02-02"), theirs("2026-02-03", Signal.PROPOSAL_REQUEST), ours("2026-03-02", Awaits.OFFER))
CHATTED = (ours("2026-02-02"), theirs("2026-02-03", Signal.INTEREST), ours("2026-03-02", Awaits.NOTHING))


@pytest.mark.parametrize("mails", [OFFERED, CHATTED], ids=["an offer is out", "nothing is open"])
def test_a_yes_by_word_of_mouth_is_welcomed(mails: tuple[Mail, ...]) -> None:
    """The working day after the owner said so, whatever our last mail left open; nothing follows it up at once."""
    case = told(*mails, stage=said(Stage.CLIENT, "2026-03-10", ALL))
    before, due = planned(case, "2026-03-10"), planned(case)

    assert (before.action, str(before.due), before.step) == (Action.WAIT, "2026-03-11", "welcome")
    assert (due.action, due.rule, due.template, due.sequence) == (
        Action.DRAFT,
        "welcome-due",
        "answer-acceptance",
        "every-stage",
    )


@pytest.mark.parametrize(
    "case",
    [
        told(ours("2026-03-02"), stage=said(Stage.CLIENT, "2026-03-10", ALL)),
        told(*OFFERED, ours("2026-03-10"), stage=said(Stage.CLIENT, "2026-03-09", ALL)),
        told(*OFFERED, theirs("2026-03-04", Signal.ACCEPTANCE), ours("2026-03-05"), stage=said(Stage.CLIENT, "2026-03-10", ALL)),
        told(*OFFERED, stage=said(Stage.CLIENT, "2026-02-27", ALL)),
        told(*OFFERED, stage=said(Stage.QUALIFIED, "2026-03-10", ALL)),
        replace(
            told(*OFFERED, stage=said(Stage.CLIENT, "2026-03-03", ALL)),
            ledger=(a_row("2026-03-04", "welcome", DraftState.DELETED, sequence="every-stage"),),
        ),
    ],
    ids=["a correction", "the owner has written", "their mail said it", "long ago", "another stage", "thrown away"],
)
def test_nobody_is_welcomed_who_is_no_new_client_or_was_written_to(case: Case) -> None:
    """An old client who was taken for a stranger is put right, not thanked for a yes."""
    assert planned(case).step != "welcome"


def test_a_stranger_who_says_yes_on_the_telephone_is_welcomed() -> None:
    """The talk was the event; no mail had to come before it."""
    happened = logged("2026-03-10")
    case = told(ours("2026-03-02"), logged=(happened,), stage=StageSaid(stage=Stage.CLIENT, at=happened.at, upto=ALL))

    assert planned(case).step == "welcome"


@pytest.mark.parametrize("mails", [OFFERED, CHATTED], ids=["an offer is out", "nothing is open"])
def test_after_a_talk_in_which_they_told_what_they_expect_it_is_summed_up(mails: tuple[Mail, ...]) -> None:
    """The working day after it; the words come from the owner. Once both are known the owner first says whether it can be done."""
    case = told(*mails, logged=(logged("2026-03-10"),), heard=(heard("result", day="2026-03-10"),))
    item = planned(case)

    assert (item.action, item.rule, item.template) == (Action.DRAFT, "summary-due", "call-summary")
    assert item.evidence.quote == "half as many calls"
    assert planned(case, at("2026-03-10", 18)).action is Action.WAIT
    both = told(*CHATTED, logged=(logged("2026-03-10"),), heard=tuple(heard(n, day="2026-03-10") for n in ("result", "measure")))
    assert planned(both).rule == "go-or-no-go"
    yes = replace(both, outside=replace(both.outside, fit=Fit(yes=True, at=at("2026-03-10", 14), upto=ALL)))
    assert planned(yes).step == "call-summary"


@pytest.mark.parametrize(
    "case",
    [
        told(*CHATTED, logged=(logged("2026-03-10"),)),
        told(*CHATTED, logged=(logged("2026-03-10", answered=False),), heard=(heard("result", day="2026-03-10"),)),
        told(*CHATTED, logged=(logged("2026-03-10"),), heard=(heard("result", day="2026-03-09"),)),
        told(*CHATTED, logged=(logged("2026-02-27"),), heard=(heard("result", day="2026-02-27"),)),
        told(*CHATTED, ours("2026-03-11"), logged=(logged("2026-03-10"),), heard=(heard("result", day="2026-03-10"),)),
        replace(
            told(*CHATTED, logged=(logged("2026-03-10"),), heard=(heard("result", day="2026-03-10"),)),
            ledger=(a_row("2026-03-09", "call-summary", DraftState.WITHDRAWN, sequence="every-stage"),),
        ),
    ],
    ids=["nothing new", "nobody there", "heard before", "long ago", "the owner has written", "taken back for a second talk"],
)
def test_nothing_is_summed_up_where_nothing_was_heard_or_it_was_done(case: Case) -> None:
    """The ordinary steps go on then."""
    assert planned(case).step != "call-summary"
