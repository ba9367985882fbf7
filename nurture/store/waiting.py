"""What the review sheet is made of: decisions in force, what was drafted and why, who insists, who writes from an account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import Select, and_, case, func, or_, select

from nurture.followups import Happening
from nurture.stages import Signal
from nurture.store.cases import decision_value
from nurture.store.people import parts
from nurture.store.plan_rows import Decision, Insistent
from nurture.store.session import Session
from nurture.store.tables import Decisions, MessagePeople, Messages, OwnersLog, People, PlanState, Signals

Said = TypeVarTuple("Said")
HOW = (Signal.HOW_QUESTION.value, Signal.HOW_DICTATED.value)
OVER = ("declined", "no-go", "refused")  # the insistent questions of whoever is done with are nobody's worry


def asking(session: Session, news: Collection[str], since: datetime) -> tuple[Decision, ...]:
    """The decisions in force that wait for the owner, and those of the rules in `news` that were taken since a moment."""
    told = and_(Decisions.rule.in_(news), Decisions.at >= since)
    rows = _in_force().where(or_(Decisions.action == "sheet", told)).order_by(Decisions.id)
    return tuple(decision_value(row) for row in session.scalars(rows))


def _in_force() -> Select[Decisions]:
    rows = select(Decisions).join(PlanState, PlanState.decision == Decisions.id)
    return rows.join(People, People.id == PlanState.person).where(People.followed)


def counts(session: Session) -> dict[str, int]:
    """How many people are in each action now; whoever has an open draft is counted as "draft"."""
    shown = case((Decisions.rule == "open-draft", "draft"), else_=Decisions.action)
    rows = select(shown, func.count()).join(PlanState, PlanState.decision == Decisions.id)
    found = session.execute(rows.join(People, People.id == PlanState.person).where(People.followed).group_by(shown)).all()
    return {str(action): number for action, number in found}


def drafted(session: Session, people: Collection[int]) -> dict[int, Decision]:
    """The decision by which each of these people was last drafted to."""
    found: dict[int, Decision] = {}
    for part in parts(people):
        rows = select(Decisions).where(Decisions.person.in_(part), Decisions.action == "draft").order_by(Decisions.id)
        found |= {row.person: decision_value(row) for row in session.scalars(rows)}
    return found


def insistent(session: Session, least: int, since: datetime) -> tuple[Insistent, ...]:
    """Who asked how the work is done, or dictated it, at least so often over all messages, and again since a moment."""
    number, last = func.count(), func.max(Messages.sent)
    rows = session.execute(
        _how(select(MessagePeople.person, number, last))
        .join(PlanState, PlanState.person == MessagePeople.person)
        .join(Decisions, Decisions.id == PlanState.decision)
        .join(People, People.id == MessagePeople.person)
        .where(People.followed, Decisions.action != "stop", Decisions.rule.not_in(OVER))
        .group_by(MessagePeople.person)
        .having(number >= least, last >= since)
        .order_by(number.desc(), MessagePeople.person)
    ).all()
    return tuple(Insistent(person=p, count=n, last=at, quote=_last_how(session, p)) for p, n, at in rows)


def _how(rows: Select[*Said]) -> Select[*Said]:
    told = rows.join(Messages, Messages.id == MessagePeople.message).join(Signals, Signals.message == Messages.id)
    return told.where(MessagePeople.by == "them", Signals.signal.in_(HOW), Signals.unsure.is_(False))


def _last_how(session: Session, person: int) -> str:
    rows = _how(select(Signals.quote).select_from(MessagePeople)).where(MessagePeople.person == person)
    return session.scalar(rows.order_by(Messages.sent.desc(), Signals.id).limit(1)) or ""


def notes(session: Session, people: Collection[int]) -> dict[int, str]:
    """The owner's last note on each of these people, where there is one."""
    found: dict[int, str] = {}
    for part in parts(people):
        rows = select(OwnersLog.person, OwnersLog.text).where(OwnersLog.person.in_(part), OwnersLog.kind == Happening.NOTE.value)
        found |= {person: text for person, text in session.execute(rows.order_by(OwnersLog.id))}  # noqa: C416
    return found


def senders(session: Session, account: str) -> tuple[tuple[str, str], ...]:
    """(address, name) of everybody in whose name mail left an account, as far as it is kept."""
    rows = select(Messages.sender, Messages.sender_name).where(Messages.ours, Messages.account == account).distinct()
    return tuple((address, name) for address, name in session.execute(rows))
