"""What the owner tells that no mail says, as it is kept: facts until mail tells something else, a log, corrections."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nurture.followups import Happening
from nurture.stages import Stage
from nurture.store import Learnt, Session, Store, cases, outside, people
from tests.store.builders import NOW, a_kept, a_person, add

ANNA = "anna@client.example"


def saying(person: int, days: int = 0, via: str = "person set") -> outside.Saying:
    """The owner speaks of Anna, so many days from now."""
    return outside.Saying(person=person, address=ANNA, at=NOW + timedelta(days=days), via=via)


def facts(session: Session, person: int) -> tuple[str | None, str | None, frozenset[str]]:
    """(language, register, where the owner's word is in force)."""
    row = people.by_keys(session, [person])[0]
    return row.person.lang, row.person.register, row.in_force


@pytest.mark.parametrize(
    ("detected", "later", "register"),
    [("vous", "vous", "tu"), ("vous", None, "tu"), (None, None, "tu"), (None, "vous", "vous"), ("tu", "vous", "vous")],
)
def test_the_owners_word_on_a_fact_counts_until_mail_tells_something_else(
    store: Store, detected: str | None, later: str | None, register: str
) -> None:
    """Than it told when the word was said; the same once more is no news."""
    with store.begin() as session:
        anna = a_person(session)
        people.learn(session, anna, Learnt(register=detected))
        outside.tell(session, saying(anna), "register", "tu")
        people.learn(session, anna, Learnt(register=later))

        assert facts(session, anna)[1] == register
        assert ("register" in facts(session, anna)[2]) is (register == "tu")


def test_the_newest_word_counts_and_an_empty_one_takes_it_back(store: Store) -> None:
    """What was said stays in the log of facts."""
    with store.begin() as session:
        anna = a_person(session)
        people.learn(session, anna, Learnt(lang="fr"))
        for value in ("en", "fr", ""):
            outside.tell(session, saying(anna), "language", value)

        assert facts(session, anna) == ("fr", None, frozenset())
        assert [f.value for f in outside.facts(session, anna)] == ["en", "fr", ""]


def test_the_log_comes_into_the_case_with_what_was_known_then(store: Store) -> None:
    """In the order in which it happened, not in that of telling."""
    with store.begin() as session:
        anna = a_person(session)
        first, second = add(session, a_kept(anna, days=3), a_kept(anna, days=2))
        outside.log(session, saying(anna), "call", happened=NOW, day=NOW.date(), text="about June")
        add(session, a_kept(anna, days=1))
        outside.log(session, saying(anna, 1), "meeting", happened=NOW - timedelta(days=9), day=date(2026, 3, 2), answered=False)
        outside.log(session, saying(anna, 2), outside.FIT, happened=NOW, day=NOW.date(), text="no")
        outside.log(session, saying(anna, 3), outside.FIT, happened=NOW, day=NOW.date(), text="yes")
        outside.log(session, saying(anna, 4), outside.REVIVE, happened=NOW, day=NOW.date())
        found = cases.load(session, [anna], today=NOW.date())[0].outside

        assert [(one.kind, one.answered) for one in found.logged] == [(Happening.MEETING, False), (Happening.CALL, True)]
        assert found.logged[1].upto == max(first, second)
        assert found.fit is not None
        assert found.fit.yes
        assert found.revived_at == NOW + timedelta(days=4)


def test_a_stage_is_kept_with_what_was_detected_and_can_be_evaluated(store: Store) -> None:
    """What was detected, when, what the owner said, and why."""
    with store.begin() as session:
        anna = a_person(session)
        outside.log(session, saying(anna, via="log call"), "call", happened=NOW, day=NOW.date(), text="they want it")
        outside.tell(session, saying(anna, via="log call"), "stage", "qualified", detected_as="contact")
        outside.tell(session, saying(anna), "register", "tu")
        found = cases.load(session, [anna], today=NOW.date())[0].outside
        [correction] = outside.corrections(session)

        assert found.stage is not None
        assert (found.stage.stage, found.stage.why) == (Stage.QUALIFIED, "they want it")
        assert (correction.value, correction.detected, correction.at, correction.via) == ("qualified", "contact", NOW, "log call")


def test_what_is_heard_measured_and_located_comes_along(store: Store) -> None:
    """Each in its place."""
    with store.begin() as session:
        anna = a_person(session)
        outside.tell(session, saying(anna), "result", "fewer calls", quoted=True)
        outside.tell(session, saying(anna), "measure_day", "2026-06-30")
        outside.tell(session, saying(anna), "country", "GB")
        outside.tell(session, saying(anna), "company", "other.example")
        case = cases.load(session, [anna], today=NOW.date())[0]

        assert [(h.name, h.words, h.quoted) for h in case.outside.heard] == [("result", "fewer calls", True)]
        assert (case.outside.measure_day, case.outside.country) == (date(2026, 6, 30), "GB")
        assert case.conversation.person.company == "other.example"
        outside.tell(session, saying(anna), "company", "")
        assert people.by_keys(session, [anna])[0].person.company == "client.example"


@pytest.mark.parametrize(("kind", "answered", "live"), [("call", True, True), ("call", False, False), ("note", True, False)])
def test_a_talk_with_a_colleague_is_a_live_conversation(store: Store, kind: str, answered: bool, live: bool) -> None:
    """As a mail of theirs would be."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        outside.log(session, saying(anna), kind, happened=NOW, day=NOW.date(), text="x", answered=answered)
        around = {c.conversation.person.key: c.colleagues for c in cases.load(session, [anna, paul], today=NOW.date())}

        assert around[paul].live_since == (NOW.date() if live else None)
        assert around[anna].live_since is None
