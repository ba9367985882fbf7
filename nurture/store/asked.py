"""What people asked for: every kept sentence that requires something, with who said it and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from nurture.stages import Signal
from nurture.store.people import by_keys
from nurture.store.plan_rows import Asked
from nurture.store.session import Session
from nurture.store.tables import Decisions, MessagePeople, Messages, PlanState, Signals


def all(session: Session) -> Iterator[Asked]:
    """Every requirement that somebody wrote themselves, oldest first; what was only suspected is left out."""
    rows = session.execute(
        select(MessagePeople.person, Messages.sent, Messages.lang, Signals.quote, Decisions.stage)
        .join(Messages, Messages.id == Signals.message)
        .join(MessagePeople, MessagePeople.message == Messages.id)
        .join(PlanState, PlanState.person == MessagePeople.person, isouter=True)
        .join(Decisions, Decisions.id == PlanState.decision, isouter=True)
        .where(
            Signals.signal == Signal.FEATURE_REQUEST.value,
            Signals.unsure.is_(False),
            MessagePeople.by == "them",
            Messages.ours.is_(False),
        )
        .order_by(Messages.sent, Signals.id)
    ).all()
    known = {row.person.key: row.person for row in by_keys(session, {r.person for r in rows})}
    for person, sent, lang, quote, stage in rows:
        yield Asked(person=known[person], at=sent, lang=lang, quote=quote, stage=stage or "")
