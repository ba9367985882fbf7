"""The ledger of drafts: one open draft a person, one draft an occasion, legal moves only, whatever the code does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from nurture.errors import DatabaseFault, OutOfBounds
from nurture.followups import OPEN_STATES, DraftState
from nurture.store import Baseline, Store, ledger
from nurture.store.ledger import LEGAL
from nurture.store.tables import Drafts
from tests.store.builders import ACCOUNT, NOW, a_kept, a_person, add, an_occasion, intend

BASELINE = Baseline(uid=7, uidvalidity=4_000_000_001, digest="d" * 64, text_hash="t" * 64, size=321)
WAYS: dict[DraftState, tuple[DraftState, ...]] = {
    DraftState.INTENDED: (), DraftState.OPEN: (DraftState.OPEN,), DraftState.EDITED: (DraftState.OPEN, DraftState.EDITED),
    DraftState.MISSING: (DraftState.OPEN, DraftState.MISSING), DraftState.SENT: (DraftState.OPEN, DraftState.SENT), DraftState.DELETED: (DraftState.OPEN, DraftState.DELETED),
    DraftState.WITHDRAWN: (DraftState.OPEN, DraftState.WITHDRAWN), DraftState.CLOSED: (DraftState.OPEN, DraftState.CLOSED), DraftState.FAILED: (DraftState.FAILED,),
}  # fmt: skip


def bring(store: Store, key: int, state: DraftState) -> None:
    """Take a draft to a state by legal moves."""
    for step in WAYS[state]:
        with store.begin() as session:
            if step is DraftState.OPEN:
                ledger.confirm(session, key, BASELINE, NOW)
            else:
                ledger.move(session, key, step, NOW, "because")


def test_an_intent_is_whole_before_anything_is_written(store: Store) -> None:
    """Occasion, identity, where the folder stood, template and revision; UIDs of 32 bits."""
    occasion = an_occasion(anchor="<a|b@atelier.example>", person="an|na@client.example")
    with store.begin() as session:
        key = intend(session, a_person(session), occasion)
        row = ledger.get(session, key)

    assert row.ledger.occasion == occasion
    assert (row.state, row.uidvalidity, row.uid, row.text) == (DraftState.INTENDED, 4_000_000_000, None, "Bonjour")
    assert (row.ledger.template, row.ledger.variant, row.ledger.revision, row.created) == ("useful-news", "a", 1, NOW)


def test_what_the_mailbox_holds_is_the_measure(store: Store) -> None:
    """Confirmed: open, with UID, size and digests."""
    with store.begin() as session:
        key = intend(session, a_person(session))
        ledger.confirm(session, key, BASELINE, NOW)
        row = ledger.get(session, key)

    assert (row.state, row.uid, row.uidvalidity, row.size, row.digest, row.text_hash) == (
        DraftState.OPEN,
        7,
        4_000_000_001,
        321,
        "d" * 64,
        "t" * 64,
    )


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_nobody_has_two_open_drafts(store: Store, state: DraftState) -> None:
    """Refused by the code, and by the index where the code would let it through."""
    with store.begin() as session:
        person = a_person(session)
        key = intend(session, person)
    bring(store, key, state)

    with pytest.raises(OutOfBounds), store.begin() as session:
        intend(session, person, an_occasion(step="stranger/open-door"))
    with store.begin() as session:
        row = session.scalars(select(Drafts).where(Drafts.id == key)).one()
        twin = {c.name: getattr(row, c.name) for c in Drafts.__table__.columns if c.name != "id"}
    with pytest.raises((DatabaseFault, IntegrityError)), store.begin() as session:
        session.execute(insert(Drafts).values(**twin | {"occasion": "another"}))


def test_no_occasion_has_two_drafts_but_a_failed_one_is_free_again(store: Store) -> None:
    """Sent, deleted, withdrawn: done for ever. Never reached the mailbox: free."""
    with store.begin() as session:
        person = a_person(session)
        key = intend(session, person)
    bring(store, key, DraftState.DELETED)
    with pytest.raises(OutOfBounds), store.begin() as session:
        intend(session, person)
    with store.begin() as session:
        other = intend(session, person, an_occasion(step="stranger/open-door"))
    bring(store, other, DraftState.FAILED)
    with store.begin() as session:
        assert intend(session, person, an_occasion(step="stranger/open-door")) != other


@pytest.mark.parametrize("state", list(DraftState))
def test_only_legal_moves_are_made(store: Store, state: DraftState) -> None:
    """From each state to each other: as the table says, and no other way."""
    allowed = LEGAL.get(state, frozenset())
    for target in DraftState:
        with store.begin() as session:
            person = a_person(session, f"p{target}")
            key = intend(session, person, an_occasion(step=f"s/{target}", person=f"p{target}@client.example"))
        bring(store, key, state)
        if target in allowed:
            with store.begin() as session:
                ledger.move(session, key, target, NOW)
                assert ledger.get(session, key).state is target
        else:
            with pytest.raises(OutOfBounds), store.begin() as session:
                ledger.move(session, key, target, NOW)


def test_the_text_is_let_go_with_the_outcome(store: Store) -> None:
    """Kept while it may still be compared, no longer."""
    with store.begin() as session:
        key = intend(session, a_person(session))
    bring(store, key, DraftState.EDITED)
    with store.begin() as session:
        assert ledger.get(session, key).text == "Bonjour"
        ledger.move(session, key, DraftState.SENT, NOW, "found in Sent")
        row = ledger.get(session, key)

    assert (row.text, row.why, row.ledger.closed) == ("", "found in Sent", NOW)


def test_what_counts_for_the_caps(store: Store) -> None:
    """Untouched drafts lie open; drafts of the owner's own day were made today; failed ones were not."""
    evening = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)  # already the 11th in Paris
    with store.begin() as session:
        keys = [intend(session, a_person(session, f"p{n}"), an_occasion(person=f"p{n}@c.example"), now=evening) for n in range(4)]
    for key, state in zip(keys, (DraftState.OPEN, DraftState.EDITED, DraftState.SENT, DraftState.FAILED), strict=True):
        bring(store, key, state)
    with store.begin() as session:
        assert ledger.counts(session, NOW, ZoneInfo("Europe/Paris")) == (1, 3)
        assert ledger.counts(session, NOW, UTC) == (1, 0)


def test_open_drafts_of_an_account_and_all_of_a_person(store: Store) -> None:
    """By account while open; by person for ever, with the variants they have had."""
    with store.begin() as session:
        person = a_person(session)
        first = intend(session, person)
    bring(store, first, DraftState.SENT)
    with store.begin() as session:
        second = intend(session, person, an_occasion(step="s/next"), template="open-door", variant="b")
        third = intend(session, a_person(session, "paul"), an_occasion(person="paul@c.example"), account="other")

        assert [r.id for r in ledger.open(session, ACCOUNT)] == [second]
        assert [r.id for r in ledger.open(session, "other")] == [third]
        assert [r.id for r in ledger.for_person(session, person)] == [first, second]
        assert ledger.used_variants(session, person) == {"useful-news.a", "open-door.b"}


def test_a_withdrawal_is_told_before_it_happens(store: Store) -> None:
    """So that finding the draft in Trash is not taken for the owner's no."""
    with store.begin() as session:
        key = intend(session, a_person(session))
        ledger.withdrawing(session, key, "they wrote")

        assert ledger.get(session, key).withdrawing == "they wrote"


def test_a_mail_of_the_owners_after_a_draft_is_seen(store: Store) -> None:
    """The draft's own copy in Sent is not one."""
    made = NOW - timedelta(days=2)
    with store.begin() as session:
        person = a_person(session)
        add(session, a_kept(person, "us", days=5), a_kept(person, "them", days=1))
        assert not ledger.written_since(session, person, made, "<own@x.example>")
        add(session, a_kept(person, "us", days=1, id="<own@x.example>"))
        assert not ledger.written_since(session, person, made, "<own@x.example>")
        assert ledger.written_since(session, person, made, "<other@x.example>")
