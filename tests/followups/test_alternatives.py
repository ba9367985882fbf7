"""Everything that does not come next has its reason, and what comes next is never among what lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nurture.followups import (
    Action,
    Alternative,
    Case,
    DraftState,
    Fit,
    Outside,
    Policy,
    Sequences,
    alternatives,
    plan_one,
    shipped_sequences,
)
from nurture.stages import Signal, Stage, Turn
from tests.followups.builders import NOW, PARIS, SHIPPED, a_case, a_deferral, a_row, at, ours, planned, theirs

LETTER, OLD = ours("2026-03-02"), ours("2026-02-02")
CASES = {
    "stranger": a_case(LETTER),
    "second-letter": a_case(LETTER, ours("2026-03-04"), ledger=(a_row("2026-03-04"),)),
    "prospect": a_case(LETTER, theirs("2026-03-03", Signal.NEED), ours("2026-03-04")),
    "one-is-known": a_case(LETTER, theirs("2026-03-03", Signal.NEED, Signal.RESULT), ours("2026-03-04")),
    "price": a_case(LETTER, theirs("2026-03-09", Signal.PRICE_QUESTION, Signal.NEED)),
    "required": a_case(LETTER, theirs("2026-03-09", Signal.FEATURE_REQUEST, Signal.MEETING)),
    "late": a_case(OLD, theirs("2026-02-10", Signal.PRICE_QUESTION)),
    "paused": a_deferral(a_case(LETTER, theirs("2026-03-03", Signal.DEFERRAL)), "2026-03-09"),
    "feature": a_case(LETTER, theirs("2026-03-09", Signal.FEATURE_REQUEST)),
    "exhausted": a_case(
        ours("2025-02-01"), theirs("2025-02-03"), ours("2025-02-10"), ours("2025-02-24"), ours("2025-03-14"), stage=Stage.CONTACT
    ),
    "client": a_case(OLD, theirs("2026-02-10", Signal.ACCEPTANCE), ours("2026-02-11"), stage=Stage.CLIENT),
}


ANSWER = '[[answers]]\nto = "price_question"\ntemplate = "special"\n'
PROSPECT = f'name = "prospect"\ntitle = "x"\nstage = "prospect"\n{ANSWER}'
ALWAYS = ("every-stage", 1, dict(shipped_sequences())["every-stage"], True)
WITH_ENGLISH = Sequences.of([ALWAYS, ("prospect", 1, f'{PROSPECT}lang = "en"\n', True)])
WITH_OWN = Sequences.of([ALWAYS, ("prospect", 1, PROSPECT, True)])


def lost(case: Case, sequences: Sequences = SHIPPED) -> dict[str, str]:
    """Name -> why, of everything that lost."""
    item = planned(case, sequences=sequences)
    return {a.name: a.why for a in alternatives(case, item, sequences, Policy(), NOW, PARIS)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_other_way_is_named_with_its_reason(case: Case) -> None:
    """All steps of the stage and of every stage but the chosen one, or all other answers; and the other lane."""
    item = plan_one(case, SHIPPED, Policy(), NOW, PARIS)
    found = alternatives(case, item, SHIPPED, Policy(), NOW, PARIS)
    assert item.action in (Action.DRAFT, Action.WAIT), item.why
    assert case.verdict is not None
    own, always = SHIPPED.for_stage(case.verdict.stage), SHIPPED.always()
    assert own is not None
    assert always is not None
    names = {a.name for a in found}

    assert all(a.why and "None" not in a.why for a in found)
    assert len({a.name for a in found if a.kind == "lane"}) == 1
    assert f"{item.sequence}/{item.step}" not in names
    if item.lane == "followups":
        steps = {f"{s.name}/{step.name}" for s in (own, always) for step in s.steps}
        assert {a.name for a in found if a.kind == "step"} == steps - {f"{item.sequence}/{item.step}"}


def test_the_reasons_of_steps() -> None:
    """What was done, what comes later, what is asked first, what is no matter yet."""
    assert lost(CASES["stranger"])["stranger/open-door"] == "it comes after useful-news"
    assert lost(CASES["second-letter"])["stranger/useful-news"] == "it is done in this silence"
    assert lost(CASES["prospect"])["prospect/ask-measure"] == "the result is asked first"
    assert lost(CASES["one-is-known"])["prospect/ask-result"] == "their result is known, or an offer is out"
    assert lost(CASES["paused"])["contact/open-door"] == "deferral-due comes first"
    assert lost(CASES["stranger"])["every-stage/after-rest"].startswith("they have never answered")
    by_hand = a_case(OLD, theirs("2026-02-03"), ours("2026-02-10"), ours("2026-02-24"), stage=Stage.CONTACT)
    assert lost(by_hand)["contact/question-about-their-world"].startswith("one more letter is all")


def test_the_reasons_of_answers() -> None:
    """What they said besides, and in which other ways the same is answered."""
    price, required = lost(CASES["price"]), lost(CASES["required"])

    assert price["answer:need"] == "price_question is answered before it"
    assert price["every-stage/late-answer"] == "it is for an answer that comes late"
    assert price["followups"].startswith("their message of 9 March 2026 waits")
    assert required["answer:feature_request"] == "meeting is answered before it"
    assert lost(CASES["late"])["every-stage/answer-price-question"] == "the answer comes late, and has to own that"


def test_the_other_ways_of_one_answer() -> None:
    """Each scope, and the one that is for nobody here."""
    found = lost(CASES["feature"])

    assert found["every-stage/kind-no"] == "it is for the case outside"
    assert found["every-stage/late-answer"] == "it is for an answer that comes late"
    assert "every-stage/feature-question" not in found
    assert lost(CASES["price"], WITH_ENGLISH)["prospect/special"] == "it is meant for others (its lang, tag or list)"
    assert lost(CASES["price"], WITH_OWN)["every-stage/answer-price-question"] == "a more particular answer comes before it"


def test_a_refusal_is_told_before_anything_else() -> None:
    """Both lanes wait for it."""
    case = a_case(LETTER, theirs("2026-03-03", Signal.RESULT, Signal.MEASURE), ours("2026-03-04"), stage=Stage.QUALIFIED)
    case = replace(case, outside=Outside(fit=Fit(yes=False, at=at("2026-03-05"), upto=99)))

    assert set(lost(case)) == {"answers", "followups"}


def test_the_reasons_of_special_steps() -> None:
    """The letter after a rest, a pause in all its states, the day of a measure."""
    resting = lost(CASES["exhausted"])
    assert resting["contact/question-about-their-world"] == "2 reminders of ours in this silence went unanswered, and no more may"
    assert resting["every-stage/deferral-due"] == "they have asked for no pause"
    had = replace(CASES["prospect"], ledger=(a_row("2025-09-01", step="after-rest", sequence="every-stage"),))
    assert lost(had)["every-stage/after-rest"] == "the one letter after a rest has been written"
    assert lost(CASES["prospect"])["every-stage/after-rest"] == "it comes months after the last letter of a silence"
    asked = replace(CASES["client"], ledger=(a_row("2026-02-20", step="measure-day", sequence="client"),))
    assert lost(asked)["client/measure-day"] == "how it came out was asked already"


@pytest.mark.parametrize(
    ("until", "why"),
    [(None, "they named no day for coming back to them"), ("2026-05-01", "their pause lasts until 1 May 2026")],
)
def test_a_pause_that_is_not_what_comes_next(until: str | None, why: str) -> None:
    """Asked of a decision that stands for another reason."""
    case = a_deferral(a_case(LETTER, theirs("2026-03-03", Signal.DEFERRAL)), until)
    item = planned(CASES["prospect"])
    found = {a.name: a.why for a in alternatives(case, item, SHIPPED, Policy(), NOW, PARIS)}

    assert found["every-stage/deferral-due"] == why
    assert found["answers"] == "they asked to be written to later"


def test_where_nothing_comes_nothing_lost() -> None:
    """A hold, a rest, a stop: the rule says why."""
    stopped = a_case(LETTER, theirs("2026-03-03", Signal.OPT_OUT), stage=Stage.OPTED_OUT)

    assert lost(stopped) == {}
    assert lost(replace(CASES["stranger"], verdict=None)) == {}


def test_a_withdrawn_step_and_the_turn_are_told() -> None:
    """Nothing waits for an answer, although they wrote: the turn says so."""
    case = a_case(LETTER, theirs("2026-03-03"), turn=Turn.THEIRS, turn_rule="their-word")
    item = planned(CASES["stranger"])
    found = alternatives(case, item, SHIPPED, Policy(), NOW, PARIS)

    assert Alternative(kind="lane", name="answers", why="it is their turn (their-word)") in found


def test_a_sequence_that_lost_is_told() -> None:
    """One that is meant for others, one that another stands before, and a newer revision than the pinned one."""
    base = 'title = "x"\nstage = "stranger"\n[[steps]]\nname = "x"\nafter = "1 day"\ntemplate = "x"\n'
    rows = [
        ("stranger", 1, f'name = "stranger"\n{base}', False),
        ("stranger", 2, f'name = "stranger"\n{base}', True),
        ("cold", 1, f'name = "cold"\n{base}', True),
        ("english", 1, f'name = "english"\nfor = {{ lang = "en" }}\n{base}', True),
    ]
    case = replace(CASES["stranger"], pinned=(("stranger", 1),))
    found = lost(case, Sequences.of(rows))

    assert found["stranger 2"] == "the conversation began with revision 1"
    assert found["cold"] == "stranger comes before it"
    assert found["english"] == "it is meant for others (its `for`)"


def test_a_step_that_was_thrown_away_is_over() -> None:
    """It lost, and the next one comes after its own wait."""
    case = a_case(LETTER, ledger=(a_row("2026-03-09", state=DraftState.DELETED, closed="2026-03-10"),))
    item = planned(case, at("2026-04-01", 8))

    found = {a.name: a.why for a in alternatives(case, item, SHIPPED, Policy(), at("2026-04-01", 8), PARIS)}
    assert found["stranger/useful-news"] == "it is done in this silence"
