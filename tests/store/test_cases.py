"""Everything that the plan may know about people, and what was decided about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from nurture.followups import Action, DraftState, Item, Lane
from nurture.messages import Kind, Notice
from nurture.stages import Evidence, Reading, Stage, Turn, Verdict
from nurture.store import Baseline, Store, Understood, cases, ledger, people, readings, runs, sequences, words
from tests.store.builders import NOW, a_kept, a_person, add, an_occasion, intend

TODAY = NOW.date()
VERDICT = Verdict(stage=Stage.CONTACT, turn=Turn.OURS, rule="test")


def an_item(person: int, action: Action = Action.WAIT, why: str = "Because.", **more: Any) -> Item:
    """One decision."""
    return Item(
        person=person,
        address="anna@client.example",
        action=action,
        rule="test",
        why=why,
        lane=Lane.ANSWERS,
        evidence=Evidence(quote="« quote »"),
        **more,
    )


def test_a_case_is_loaded_whole(store: Store) -> None:
    """Messages in their order with their readings, drafts, pins, the owner's word."""
    with store.begin() as session:
        anna = a_person(session)
        [late, early] = add(
            session,
            a_kept(anna, days=1, kind=Kind.OUT_OF_OFFICE, notice=Notice(resume_on=date(2026, 3, 16), quote="Le 16.")),
            a_kept(anna, "us", days=5),
        )
        said = Understood(key=early, reading=Reading(reader=1, register="vous"), kind=Kind.HUMAN, notice=Notice(), lang="fr")
        readings.keep(session, [said])
        intend(session, anna)
        sequences.seed(session, [("stranger", "x")], NOW)
        sequences.pin(session, anna, "stranger", 1)
        sequences.pin(session, anna, "stranger", 2)
        words.pause(session, anna, date(2026, 9, 1), NOW)
        [case] = cases.load(session, [anna], today=TODAY)

    assert [(e.key, e.by) for e in case.conversation.entries] == [(early, "us"), (late, "them")]
    assert (case.conversation.entries[1].resume_on, case.conversation.entries[1].notice_quote) == (date(2026, 3, 16), "Le 16.")
    assert case.readings == {early: Reading(reader=1, register="vous")}
    assert [r.state for r in case.ledger] == [DraftState.INTENDED]
    assert case.pinned == (("stranger", 1),)
    assert case.word.paused_until == date(2026, 9, 1)
    assert case.verdict is None


def test_what_goes_on_with_colleagues_is_days_only(store: Store) -> None:
    """An open draft for one, a live mail of another; oneself is not one's colleague, and freemail has no company."""
    with store.begin() as session:
        anna, paul = a_person(session), a_person(session, "paul")
        lone = a_person(session, "lone", domain="gmail.com")
        add(
            session,
            a_kept(paul, days=4),
            a_kept(paul, "us", days=2),
            a_kept(paul, days=3, kind=Kind.BULK, id="<b@x.example>"),
            a_kept(lone, days=1, id="<l@x.example>"),
        )
        intend(session, paul, now=NOW - timedelta(days=6))
        found = {c.conversation.person.key: c.colleagues for c in cases.load(session, [anna, paul, lone], today=TODAY)}

    assert (found[anna].open_draft_since, found[anna].live_since) == (date(2026, 3, 5), date(2026, 3, 7))
    assert (found[paul].open_draft_since, found[paul].live_since) == (None, None)
    assert (found[lone].open_draft_since, found[lone].live_since) == (None, None)


def test_whom_the_plan_looks_at(store: Store) -> None:
    """Followed people whom something touched, or whose day has come."""
    with store.begin() as session:
        number = runs.start(session, NOW)
        touched, due, later, unfollowed = (a_person(session, n) for n in ("touched", "due", "later", "gone"))
        people.unfollow(session, unfollowed, NOW)
        items = [
            an_item(due, look_again=TODAY),
            an_item(later, look_again=TODAY + timedelta(days=1)),
            an_item(touched),
            an_item(unfollowed),
        ]
        cases.keep(session, items, {}, NOW, number)
        assert cases.due(session, TODAY) == (due,)
        assert cases.due(session, TODAY + timedelta(days=1)) == (due, later)
        cases.touch(session, {touched})
        assert cases.touched(session) == {touched}
        assert cases.due(session, TODAY) == (touched, due)


def test_a_line_of_history_is_written_only_where_something_changed(store: Store) -> None:
    """Whoever gets a draft stays touched, so that a failed APPEND is not forgotten."""
    with store.begin() as session:
        number, anna = runs.start(session, NOW), a_person(session)
        for item in (an_item(anna), an_item(anna), an_item(anna, why="Another reason."), an_item(anna, Action.DRAFT)):
            cases.keep(session, [item], {anna: VERDICT}, NOW, number)
        story = cases.decisions(session, anna)

        assert [(d.action, d.why, d.stage, d.quote) for d in story] == [
            ("wait", "Because.", "contact", "« quote »"), ("wait", "Another reason.", "contact", "« quote »"), ("draft", "Because.", "contact", "« quote »"),
        ]  # fmt: skip
        assert [d.action for d in cases.last(session)] == ["draft"]
        assert cases.touched(session) == {anna}


def test_the_log_of_runs_counts_deferred_ones_in_a_row(store: Store) -> None:
    """The third in a row speaks; a done one begins anew."""
    with store.begin() as session:
        assert runs.last(session) is None
        runs.finish_last(session, NOW, outcome="nothing to finish", deferred=True)
        for deferred in (True, False, True, True):
            number = runs.start(session, NOW)
            runs.finish(session, number, NOW, outcome="Offline" if deferred else "done", counts={}, deferred=deferred)
        assert runs.deferred_in_a_row(session) == 2
        runs.start(session, NOW + timedelta(hours=1))
        runs.finish_last(session, NOW + timedelta(hours=2), outcome="TlsFault", deferred=False)
        last = runs.last(session)

    assert last is not None
    assert (last.started, last.ended, last.outcome) == (NOW + timedelta(hours=1), NOW + timedelta(hours=2), "TlsFault")


def test_shipped_sequences_are_seeded_once_and_upgrades_wait(store: Store) -> None:
    """Revision 1 in force; a changed one arrives as a revision that is not."""
    with store.begin() as session:
        for source in ("one", "one", "two"):
            sequences.seed(session, [("stranger", source)], NOW)
        assert sequences.everything(session) == (("stranger", 1, "one", True), ("stranger", 2, "two", False))


def test_a_draft_that_is_written_stays_in_the_case(store: Store) -> None:
    """Open, with its step, until its outcome is known."""
    with store.begin() as session:
        anna = a_person(session)
        key = intend(session, anna, an_occasion())
        ledger.confirm(session, key, Baseline(uid=1, uidvalidity=1, digest="d", text_hash="t", size=1), NOW)
        [case] = cases.load(session, [anna], today=TODAY)

    assert [(r.state, r.step) for r in case.ledger] == [(DraftState.OPEN, "useful-news")]
