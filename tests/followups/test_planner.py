"""One decision a person, caps and order over all of them."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from nurture.config import CadenceConfig, Caps, Near
from nurture.followups import (
    ORDER,
    Action,
    Case,
    Lane,
    Occasion,
    Policy,
    Sequences,
    allows,
    expectations_to_ask,
    language_of,
    limit,
    missing,
    plan,
    scope_of,
)
from nurture.stages import Awaits, Signal, Stage, Turn, Verdict
from tests.followups.builders import (
    ANNA,
    NOW,
    PARIS,
    SHIPPED,
    a_case,
    a_person,
    a_row,
    ours,
    planned,
    theirs,
)  # fmt: skip
from tests.slowness import slowness


def somebody(number: int, *mails: object, company: str | None = None, **changes: object) -> Case:
    """One of many people."""
    person = a_person(key=number, addresses=(f"p{number}@c{number}.example",), company=company)
    return a_case(*mails, person=person, to_set=frozenset(person.addresses), **changes)  # type: ignore[arg-type]


# what is answered


@pytest.mark.parametrize("weaker", range(1, len(ORDER)))
def test_the_strongest_signal_is_answered(weaker: int) -> None:
    """In the design's order, each before the next, with its sentence and its template."""
    strong, weak = ORDER[weaker - 1], ORDER[weaker]
    item = planned(a_case(ours("2026-03-03"), theirs("2026-03-09", weak, strong), stage=Stage.PROSPECT))

    assert (item.action, item.signal, item.step) == (Action.DRAFT, strong.value, f"answer:{strong.value}")
    assert item.template == (
        "feature-question" if strong is Signal.FEATURE_REQUEST else f"answer-{strong.value.replace('_', '-')}"
    )
    assert item.evidence.quote == f"their words: {strong}"
    assert item.why.startswith("They ")


def test_the_owner_may_reorder_but_a_no_leads() -> None:
    """Names that do not exist are passed over."""
    policy = Policy(cadence=CadenceConfig(answer_order=("measure", "nonsense", "need")))
    mail = theirs("2026-03-09", Signal.PRICE_QUESTION, Signal.NEED, Signal.MEASURE)

    assert planned(a_case(ours("2026-03-03"), mail), policy=policy).signal == "measure"
    no = theirs("2026-03-09", Signal.MEASURE, Signal.DECLINE)
    assert planned(a_case(ours("2026-03-03"), no), policy=policy).signal == "decline"


def test_everything_unanswered_is_answered_together() -> None:
    """The question of the mail before, though the last one only adds a detail; the reply goes to the last one."""
    mails = (theirs("2026-03-06", Signal.PRICE_QUESTION), theirs("2026-03-09", Signal.NEED))

    item = planned(a_case(ours("2026-03-03"), *mails))

    assert (item.signal, item.anchor, item.evidence.entry) == ("price_question", 3, 2)
    assert "6 March 2026" in item.why


def test_a_question_without_a_known_answer_goes_to_the_sheet() -> None:
    """No signal found, or none that any sequence answers."""
    assert (planned(a_case(ours("2026-03-03"), theirs("2026-03-09"))).rule) == "no-answer-known"
    empty = Sequences.of([])
    assert planned(a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.NEED)), sequences=empty).action is Action.SHEET


def test_an_answer_of_the_stages_own_sequence_comes_before_the_common_one() -> None:
    """By scope too, the most particular first."""
    source = """
name = "prospect"
title = "t"
stage = "prospect"
[[answers]]
to = "feature_request"
scope = "outside"
template = "kind-no"
[[answers]]
to = "feature_request"
template = "a-question"
"""
    always = next(s for n, s in _shipped() if n == "every-stage")
    sequences = Sequences.of([("prospect", 4, source, True), ("every-stage", 1, always, True)])
    outside = Policy(outside=(Near(name="e-learning", fr=("plateforme e-learning",), en=("course platform",)),))
    mail = theirs("2026-03-09", Signal.FEATURE_REQUEST, quote="Il nous faut des Plateformes E-Learning !")
    case = a_case(ours("2026-03-03"), mail)

    item = planned(case, sequences=sequences, policy=outside)

    assert (item.template, item.scope, item.sequence, item.revision) == ("kind-no", "outside", "prospect", 4)
    assert planned(case, sequences=sequences).template == "a-question"
    assert planned(case, policy=outside).template == "kind-no"


def _shipped() -> tuple[tuple[str, str], ...]:
    from nurture.followups import shipped_sequences

    return shipped_sequences()


@pytest.mark.parametrize(
    ("quote", "scope"),
    [
        ("we need SAP export", "outside"),
        ("train our trainers, please", "near"),
        ("SAP export and train our trainers", ""),  # of two minds: a question
        ("a sapling", ""),
        ("", ""),
    ],
)
def test_the_scope_of_a_request_is_what_the_configuration_names(quote: str, scope: str) -> None:
    """Whole words only; unknown means a question, never a promise."""
    policy = Policy(outside=(Near(name="SAP"),), near=(Near(name="training", en=("train our trainers", " ")),))

    assert scope_of(quote, policy) == scope


# to whom, on what occasion


def test_a_draft_goes_where_they_last_wrote_from_if_proven_theirs() -> None:
    """Else where the owner wrote to; a strange sender is never a recipient."""
    both = a_person(addresses=(ANNA, "anna@home.example"))
    mail = theirs("2026-03-09", Signal.NEED, sender="anna@home.example")

    assert planned(a_case(ours("2026-03-03"), mail, person=both)).address == "anna@home.example"
    assert planned(a_case(ours("2026-03-03"), mail)).address == ANNA
    assert (
        planned(a_case(ours("2026-03-03", to="anna@home.example"), person=both, to_set=frozenset())).address
        == "anna@home.example"
    )
    junk = theirs("2026-01-09", Signal.NEED, sender="anna@home.example", junk=True)
    assert planned(a_case(junk, ours("2026-03-03"), person=both)).address == ANNA


def test_the_occasion_names_person_lane_message_and_step() -> None:
    """The same in every database; a message without an id is named by its key."""
    follow_up = planned(a_case(ours("2026-03-03")))
    answer = planned(a_case(ours("2026-03-03"), theirs("2026-03-09", Signal.NEED, message_id=None)))

    assert follow_up.occasion == Occasion(
        person=ANNA, lane=Lane.FOLLOWUPS, anchor="<us-2026-03-03@atelier.example>", step="stranger/useful-news"
    )  # fmt: skip
    assert answer.occasion == Occasion(person=ANNA, lane=Lane.ANSWERS, anchor="key:2", step="every-stage/answer:need")
    assert (follow_up.sequence, follow_up.revision, follow_up.template, follow_up.anchor) == ("stranger", 1, "useful-news", 1)


def test_they_may_write_first() -> None:
    """An answer is due though nothing of ours exists."""
    assert planned(a_case(theirs("2026-03-09", Signal.PRICE_QUESTION))).action is Action.DRAFT


def test_an_occasion_that_has_had_its_draft_gets_no_second_one() -> None:
    """Even where the sequence was renamed around it."""
    row = a_row("2026-03-10", "useful-news", sequence="elsewhere", anchor="<us-2026-03-03@atelier.example>")
    row = replace(row, occasion=replace(row.occasion, step="stranger/useful-news"), created=row.created - timedelta(days=10))
    first = theirs("2026-03-02", Signal.NEED)

    assert planned(a_case(first, ours("2026-03-03"), stage=Stage.STRANGER, ledger=(row,))).rule == "occasion-closed"


def test_a_stage_without_a_sequence_rests() -> None:
    """Nothing to write."""
    assert planned(a_case(ours("2026-03-03")), sequences=Sequences.of([])).rule == "sequence-done"


# the relationship rules


def a_verdict(stage: Stage, **changes: object) -> Verdict:
    return Verdict(**{"stage": stage, "turn": Turn.THEIRS, "rule": "test", "revealed": True} | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stage", "revealed", "hidden"),
    [
        (Stage.STRANGER, "opinion", "opinion"),
        (Stage.CONTACT, "conversation", "conversation"),
        (Stage.PROSPECT, "meeting", "opinion"),
        (Stage.QUALIFIED, "agreement", "opinion"),
        (Stage.PROPOSAL, "agreement", "opinion"),
        (Stage.CLIENT, "meeting", "meeting"),
        (Stage.DECLINED, "none", "none"),
        (Stage.OPTED_OUT, "none", "none"),
        (Stage.UNREACHABLE, "none", "none"),
    ],
)
def test_what_may_be_asked_is_bounded_by_the_stage(stage: Stage, revealed: str, hidden: str) -> None:
    """And by what they have revealed: an offer in a stranger's hands does not make it a courtship."""
    assert limit(a_verdict(stage)) == revealed
    assert limit(a_verdict(stage, revealed=False)) == hidden
    assert limit(a_verdict(Stage.PROPOSAL, revealed=False, known=frozenset({Signal.OBJECTION_TRUST}))) == "conversation"


def test_a_text_that_asks_for_more_than_the_limit_does_not_fit() -> None:
    """Nor one that asks for something unheard of."""
    verdict = a_verdict(Stage.CONTACT)

    assert [allows(verdict, a) for a in ("none", "opinion", "conversation", "meeting", "agreement", "marriage")] == [True] * 3 + [
        False
    ] * 3


def test_what_is_missing_is_asked_before_an_offer_only() -> None:
    """Result, then measure; nothing once an offer is out."""
    assert missing(a_verdict(Stage.PROSPECT)) == ("result", "measure")
    assert missing(a_verdict(Stage.PROSPECT, known=frozenset({Signal.RESULT}))) == ("measure",)
    assert missing(a_verdict(Stage.PROSPECT, offer_out=True)) == missing(a_verdict(Stage.PROPOSAL)) == ()


def test_each_expectation_is_asked_once() -> None:
    """By a step or by an answer; then the recap takes its place."""
    mails = (theirs("2026-02-20", Signal.NEED), ours("2026-02-25"))
    result = a_row("2026-01-05", "ask-result", sequence="prospect")
    by_answer = a_row("2026-02-24", "answer:need", sequence="every-stage", lane=Lane.ANSWERS, template="answer-need")
    measure = a_row("2026-01-20", "answer:result", sequence="every-stage", lane=Lane.ANSWERS, template="answer-result")

    assert planned(a_case(*mails)).step == "ask-result"
    assert planned(a_case(*mails, ledger=(result,))).step == "ask-measure"
    assert planned(a_case(*mails, ledger=(by_answer,))).step == "ask-measure"
    assert planned(a_case(*mails, ledger=(result, measure))).step == "recap"
    known = a_case(theirs("2026-02-20", Signal.NEED, Signal.RESULT), ours("2026-02-25"), ledger=(by_answer,))
    assert planned(known).step == "recap"  # the answer asked for the measure, since the result was known by then
    assert expectations_to_ask(a_case(*mails, ledger=(result,)), SHIPPED, Policy(), NOW, PARIS) == ("measure",)
    assert expectations_to_ask(a_case(*mails, verdict=None), SHIPPED, Policy(), NOW, PARIS) == ()
    strange = (a_row("2026-01-05", "ask-result", sequence="gone"), a_row("2026-01-06", "gone", sequence="prospect"))
    assert planned(a_case(*mails, ledger=strange)).step == "ask-result"


def test_the_language_is_theirs_else_that_of_our_mail_else_none() -> None:
    """Only where there are templates."""
    mail = ours("2026-03-03", lang="en")

    assert language_of(a_case(mail), Policy(), NOW, PARIS) == "fr"
    assert language_of(a_case(mail, person=a_person(lang=None)), Policy(), NOW, PARIS) == "en"
    assert language_of(a_case(mail, person=a_person(lang="nl")), Policy(), NOW, PARIS) is None


# all of them


def test_drafts_come_first_answers_before_follow_ups_the_oldest_due_first() -> None:
    """Then everybody else in the order in which they came."""
    cases = [
        somebody(1, ours("2026-03-10")),
        somebody(2, ours("2026-03-04")),
        somebody(3, ours("2026-03-03")),
        somebody(4, ours("2026-03-02"), theirs("2026-03-09", Signal.NEED)),
        somebody(5, ours("2026-03-02"), theirs("2026-03-06", Signal.NEED)),
        somebody(6, ours("2026-03-03"), stage=Stage.OPTED_OUT),
    ]

    made = plan(cases, SHIPPED, Policy(), NOW, PARIS, open_now=0, created_today=0)

    assert [i.person for i in made.items] == [5, 4, 3, 2, 1, 6]
    assert [i.person for i in made.drafts] == [5, 4, 3, 2]


@pytest.mark.parametrize(
    ("open_now", "created_today", "drafts"), [(0, 0, 10), (7, 0, 3), (10, 0, 0), (99, 0, 0), (0, 5, 7), (0, 12, 0), (5, 9, 3)]
)
def test_no_more_drafts_than_the_caps_allow(open_now: int, created_today: int, drafts: int) -> None:
    """Ten open in all, twelve new a day; who is left over waits for another day."""
    cases = [somebody(n, ours("2026-03-03")) for n in range(20)]

    made = plan(cases, SHIPPED, Policy(), NOW, PARIS, open_now=open_now, created_today=created_today)

    assert len(made.drafts) == drafts
    over = [i for i in made.items if i.rule == "cap"]
    assert len(over) == 20 - drafts
    assert {(i.action, i.look_again, i.occasion) for i in over} == {(Action.WAIT, date(2026, 3, 12), None)}


def test_one_company_is_not_followed_up_twice_in_one_plan() -> None:
    """Answers go to all who wrote."""
    cases = [
        somebody(1, ours("2026-03-03"), company="same.example"),
        somebody(2, ours("2026-03-04"), company="same.example"),
        somebody(3, ours("2026-03-04"), company=None),
        somebody(4, ours("2026-03-04"), company=None),
        somebody(5, ours("2026-03-03"), theirs("2026-03-09", Signal.NEED), company="other.example"),
        somebody(6, ours("2026-03-03"), theirs("2026-03-09", Signal.NEED), company="other.example"),
    ]

    made = plan(cases, SHIPPED, Policy(), NOW, PARIS, open_now=0, created_today=0)

    assert [i.person for i in made.drafts] == [5, 6, 1, 3, 4]
    assert next(i for i in made.items if i.person == 2).rule == "company-draft"


def test_a_person_who_comes_twice_is_planned_once() -> None:
    """One draft a person."""
    made = plan([somebody(1, ours("2026-03-03"))] * 3, SHIPPED, Policy(), NOW, PARIS, open_now=0, created_today=0)

    assert len(made.items) == 1


def test_smaller_caps_are_the_owners_choice() -> None:
    """From the configuration."""
    policy = Policy(caps=Caps(open_drafts=1))
    cases = [somebody(n, ours("2026-03-03")) for n in range(3)]

    assert len(plan(cases, SHIPPED, policy, NOW, PARIS, open_now=0, created_today=0).drafts) == 1


@pytest.mark.slow
def test_ten_thousand_people_are_planned_in_three_seconds() -> None:
    """Both lanes, all signals, several countries."""
    tops = ("fr", "de", "co.uk", "com", "example")
    cases = []
    for n in range(10_000):
        person = a_person(key=n, addresses=(f"p@c{n}.{tops[n % 5]}",), company=f"c{n}.example", lang=("fr", "en")[n % 2])
        mails = [ours(f"2026-02-{1 + n % 28:02}"), ours(f"2026-03-{1 + n % 9:02}")]
        if n % 3 == 0:
            mails.append(theirs(f"2026-03-{1 + n % 10:02}", list(Signal)[n % 20], offset=(-300, 60, 0)[n % 3]))
        cases.append(a_case(*mails, person=person, to_set=frozenset(person.addresses)))

    started = time.process_time()
    made = plan(cases, SHIPPED, Policy(), NOW, PARIS, open_now=0, created_today=0)
    took = time.process_time() - started

    assert len(made.items) == 10_000
    assert took < 3 * slowness(), took
    assert Awaits.QUESTION in {r.awaits for r in cases[0].readings.values()}
