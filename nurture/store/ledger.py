"""The ledger of our drafts: what was intended, appended, and became of it. Two indexes keep it honest, whatever the code does:
one open draft a person, one draft an occasion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from sqlalchemy import func, insert, or_, select, update

from nurture.drafts import Identity
from nurture.errors import OutOfBounds
from nurture.followups import OPEN_STATES, DraftState, Lane, LedgerRow, Occasion
from nurture.store.plan_rows import Baseline, OpenDraft
from nurture.store.session import Session
from nurture.store.tables import Drafts, MessagePeople, Messages

S = DraftState
ENDS = frozenset({S.SENT, S.DELETED, S.WITHDRAWN, S.CLOSED})
LEGAL: dict[DraftState, frozenset[DraftState]] = {
    S.INTENDED: frozenset({S.OPEN, S.SENT, S.DELETED, S.WITHDRAWN, S.FAILED, S.EDITED, S.CLOSED}),
    S.OPEN: ENDS | {S.EDITED, S.MISSING},
    S.EDITED: ENDS | {S.MISSING},
    S.MISSING: ENDS | {S.EDITED},
}


def intend(
    session: Session, occasion: Occasion, *, person: int, account: str, folder: str, uidvalidity: int, uidnext: int, identity: Identity,
    sequence: str, revision: int, step: str, template: str, variant: str, template_digest: str, signal: str, text: str, to: str, now: datetime,
    resource: int | None = None, challenged: bool = False, asks: str = "", gives: str = "", warnings: Sequence[str] = (),
) -> int:  # fmt: skip
    """Commit what is about to be written, before it is. Raises OutOfBounds where the person or the occasion has a draft."""
    open_there = session.scalar(select(func.count()).where(Drafts.person == person, Drafts.state.in_(OPEN_STATES)))
    twice = session.scalar(select(func.count()).where(Drafts.occasion == occasion.text, Drafts.state != S.FAILED))
    if open_there or twice:
        raise OutOfBounds("A second draft for one person or occasion was about to be written. Please report this.")
    wanted = insert(Drafts).values(
        person=person, account=account, occasion=occasion.text, lane=occasion.lane.value, anchor=occasion.anchor, state=S.INTENDED.value,
        message_id=identity.message_id, token=identity.token, to=to, folder=folder, uidvalidity=uidvalidity, uidnext=uidnext, text=text,
        sequence=sequence, revision=revision, step=step, template=template, variant=variant, template_digest=template_digest, signal=signal,
        created=now, resource=resource, challenged=challenged, asks=asks, gives=gives, warnings=list(warnings),
    )  # fmt: skip
    return session.scalars(wanted.returning(Drafts.id)).one()


def confirm(session: Session, key: int, baseline: Baseline, now: datetime) -> None:  # noqa: ARG001
    """The mailbox holds it: from here on any difference is a human's hand."""
    _legal(_row(session, key), S.OPEN)
    _change(session, key, state=S.OPEN.value, **_measures(baseline))


def renumber(session: Session, key: int, baseline: Baseline, now: datetime) -> None:  # noqa: ARG001
    """It lies there untouched under another number: the server numbered the folder anew."""
    row = _row(session, key)
    if row.state != S.OPEN or row.digest != baseline.digest:
        raise OutOfBounds("A draft that somebody touched was about to be taken for untouched. Please report this.")
    _change(session, key, **_measures(baseline))


def _measures(baseline: Baseline) -> dict[str, object]:
    return {name: getattr(baseline, name) for name in ("uid", "uidvalidity", "size", "digest", "text_hash")}


def move(session: Session, key: int, state: DraftState, now: datetime, why: str = "") -> None:
    """The next state of a draft; its text, and what lint said of it, are let go with its outcome."""
    _legal(_row(session, key), state)
    gone = {} if state in OPEN_STATES else {"closed": now, "text": "", "warnings": []}
    _change(session, key, state=state.value, why=why[:300], **gone)


def _legal(row: Drafts, state: DraftState) -> None:
    if state not in LEGAL.get(DraftState(row.state), frozenset()):
        raise OutOfBounds(f"A draft cannot go from {row.state} to {state}. Please report this.")


def _row(session: Session, key: int) -> Drafts:
    return session.scalars(select(Drafts).where(Drafts.id == key)).one()


def _change(session: Session, key: int, **facts: object) -> None:
    session.execute(update(Drafts).where(Drafts.id == key).values(**facts))


def withdrawing(session: Session, key: int, why: str) -> None:
    """Commit that we are about to move it to Trash, so that finding it there is not taken for the owner's no."""
    _change(session, key, withdrawing=why[:300])


def get(session: Session, key: int) -> OpenDraft:
    """One row."""
    return draft_value(_row(session, key))


def open(session: Session, account: str) -> tuple[OpenDraft, ...]:
    """Every draft of an account whose outcome is not known."""
    rows = session.scalars(select(Drafts).where(Drafts.account == account, Drafts.state.in_(OPEN_STATES)).order_by(Drafts.id))
    return tuple(draft_value(row) for row in rows)


def people_with_drafts(session: Session) -> tuple[int, ...]:
    """For whom an untouched draft lies open."""
    return tuple(session.scalars(select(Drafts.person).where(Drafts.state == S.OPEN).order_by(Drafts.person)))


def untouched(session: Session) -> tuple[OpenDraft, ...]:
    """Every draft that lies open as it was written, in any account."""
    rows = session.scalars(select(Drafts).where(Drafts.state.in_((S.OPEN, S.INTENDED))).order_by(Drafts.id))
    return tuple(draft_value(row) for row in rows)


def states(session: Session, since: datetime) -> dict[DraftState, int]:
    """How many drafts are in each open state, and how many came to each end since a moment."""
    wanted = or_(Drafts.state.in_(OPEN_STATES), Drafts.closed >= since)
    rows = session.execute(select(Drafts.state, func.count()).where(wanted).group_by(Drafts.state))
    return {DraftState(state): number for state, number in rows}


def for_person(session: Session, person: int) -> tuple[OpenDraft, ...]:
    """Every draft that one person ever had, oldest first."""
    return tuple(draft_value(row) for row in session.scalars(select(Drafts).where(Drafts.person == person).order_by(Drafts.id)))


def used_variants(session: Session, person: int) -> frozenset[str]:
    """ "template.variant" of the drafts that this person was sent, or may have been."""
    rows = session.execute(select(Drafts.template, Drafts.variant).where(Drafts.person == person, Drafts.state != S.FAILED))
    return frozenset(f"{template}.{variant}" for template, variant in rows)


def counts(session: Session, now: datetime, tz: tzinfo) -> tuple[int, int]:
    """(untouched drafts lying open, drafts made today), for the caps."""
    midnight = now.astimezone(tz).replace(hour=0, minute=0, second=0, microsecond=0)
    lying = session.scalar(select(func.count()).where(Drafts.state.in_((S.OPEN, S.INTENDED)))) or 0
    made = (
        session.scalar(select(func.count()).where(Drafts.created >= midnight, Drafts.created <= now, Drafts.state != S.FAILED))
        or 0
    )
    return lying, made


def written_since(session: Session, person: int, moment: datetime, message_id: str) -> bool:
    """Whether a mail of ours to this person is later than a moment, the draft itself not counted."""
    rows = select(func.count()).select_from(Messages).join(MessagePeople, MessagePeople.message == Messages.id)
    wanted = rows.where(MessagePeople.person == person, Messages.ours, Messages.sent > moment, Messages.mid != message_id)
    return bool(session.scalar(wanted))


def ledger_rows(rows: Iterable[Drafts]) -> tuple[LedgerRow, ...]:
    """Rows as the planner sees them."""
    return tuple(draft_value(row).ledger for row in rows)


def draft_value(row: Drafts) -> OpenDraft:
    """A row as a value."""
    # an address or a message-id may hold a "|" itself; lane, anchor and step may be told apart from what is kept beside them
    person = row.occasion.partition(f"|{row.lane}|{row.anchor}|")[0]
    occasion = Occasion(person=person, lane=Lane(row.lane), anchor=row.anchor, step=row.occasion.rpartition("|")[2])
    ledger = LedgerRow(
        occasion=occasion, state=DraftState(row.state), created=row.created, closed=row.closed, sequence=row.sequence,
        revision=row.revision, step=row.step, template=row.template, variant=row.variant, challenged=row.challenged,
    )  # fmt: skip
    return OpenDraft(
        id=row.id, person=row.person, account=row.account, ledger=ledger, identity=Identity(message_id=row.message_id, token=row.token),
        to=row.to, folder=row.folder, uidvalidity=row.uidvalidity, uidnext=row.uidnext, uid=row.uid, size=row.size, digest=row.digest,
        text_hash=row.text_hash, text=row.text, withdrawing=row.withdrawing, why=row.why, template_digest=row.template_digest,
        resource=row.resource, asks=row.asks, gives=row.gives, warnings=tuple(map(str, row.warnings)),
    )  # fmt: skip
