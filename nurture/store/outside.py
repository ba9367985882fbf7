"""What the owner tells that no mail says: facts, happenings, decisions. Only ever added to; the newest of a kind counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update

from nurture.conversations import company_of
from nurture.errors import WrongUsage
from nurture.followups import NOTHING_OUTSIDE, Fit, Happening, Heard, Logged, Outside, StageSaid
from nurture.stages import Stage
from nurture.store.people import DETECTED, detected, newest_message, parts
from nurture.store.person_rows import FactSaid, Told
from nurture.store.session import Session
from nurture.store.tables import OwnersFacts, OwnersLog, People

LABELS_APART = "|"
LONGEST = 300  # characters of a fact
HAPPENINGS = frozenset(h.value for h in Happening)
HEARD = frozenset({"result", "measure"})
FIT, REVIVE, MERGE, SPLIT = "fit", "revive", "merge", "split"


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """Who the owner speaks of, by which address, when, and with which command."""

    person: int
    address: str
    at: datetime
    via: str


def log(
    session: Session, saying: Saying, kind: str, *, happened: datetime, day: date, text: str = "", answered: bool = True
) -> None:
    """One more line about a person."""
    line = insert(OwnersLog).values(
        person=saying.person, address=saying.address, at=saying.at, happened=happened, day=day, kind=kind, answered=answered, text=text,
        upto=newest_message(session, saying.person),
    )  # fmt: skip
    session.execute(line)


def tell(
    session: Session, saying: Saying, field: str, value: str, *, quoted: bool = False, detected_as: str | None = None
) -> None:
    """One fact in the owner's word; "" takes an earlier word back. `detected_as`: what is detected of a stage now."""
    row = session.scalars(select(People).where(People.id == saying.person)).one()
    was = detected(row).get(field, row.company if field == "company" else detected_as)
    if field == "company":  # mail tells no company: the address did, once
        company = value or company_of(saying.address)
        session.execute(update(People).where(People.id == saying.person).values(company=company))
    fact = insert(OwnersFacts).values(
        person=saying.person, address=saying.address, at=saying.at, field=field, value=value, quoted=quoted, detected=was, via=saying.via,
        upto=newest_message(session, saying.person),
    )  # fmt: skip
    session.execute(fact)


def labels_value(names: Iterable[str]) -> str:
    """Tags or lists as one fact. Raises WrongUsage where they are too many."""
    value = LABELS_APART.join(sorted(names))
    if len(value) > LONGEST:
        raise WrongUsage(f"Tags, or lists, of one person may have {LONGEST} characters in all; “{value[:60]}…” has {len(value)}.")
    return value


def label(session: Session, saying: Saying, wanted: Iterable[tuple[str, str]]) -> bool:
    """Give somebody tags and put them on lists ("tag" or "list", name). False: they had all of them."""
    given = False
    had = outside_of(session, [saying.person])[saying.person]
    for field, there, kind in (("tags", had.tags, "tag"), ("lists", had.lists, "list")):
        names = there | {name for k, name in wanted if k == kind}
        if names != there:
            tell(session, saying, field, labels_value(names))
            given = True
    return given


def outside_of(session: Session, keys: Collection[int]) -> dict[int, Outside]:
    """Everything of this kind about each of these people."""
    facts: dict[int, list[OwnersFacts]] = {key: [] for key in keys}
    lines: dict[int, list[OwnersLog]] = {key: [] for key in keys}
    for part in parts(keys):
        wanted = select(OwnersFacts).where(OwnersFacts.person.in_(part), OwnersFacts.field.not_in(DETECTED))
        for fact in session.scalars(wanted.order_by(OwnersFacts.at, OwnersFacts.id)):
            facts[fact.person].append(fact)
        for line in session.scalars(select(OwnersLog).where(OwnersLog.person.in_(part)).order_by(OwnersLog.at, OwnersLog.id)):
            lines[line.person].append(line)
    return {key: _outside(facts[key], lines[key]) if facts[key] or lines[key] else NOTHING_OUTSIDE for key in keys}


def _outside(facts: list[OwnersFacts], lines: list[OwnersLog]) -> Outside:
    newest = {fact.field: fact for fact in facts}
    decided = {line.kind: line for line in lines}
    fit, revived = decided.get(FIT), decided.get(REVIVE)
    day = _value(newest, "measure_day")
    return Outside(
        logged=tuple(_logged(line) for line in sorted(lines, key=lambda one: one.happened) if line.kind in HAPPENINGS),
        heard=tuple(Heard(name=f.field, words=f.value, at=f.at, upto=f.upto, quoted=f.quoted) for f in facts if f.field in HEARD),
        stage=_stage(newest.get("stage"), lines),
        fit=Fit(yes=fit.text == "yes", at=fit.at, upto=fit.upto) if fit else None,
        revived_at=revived.at if revived else None,
        measure_day=date.fromisoformat(day) if day else None,
        country=_value(newest, "country"),
        tags=_labels(newest, "tags"),
        lists=_labels(newest, "lists"),
    )


def _labels(newest: dict[str, OwnersFacts], field: str) -> frozenset[str]:
    return frozenset(filter(None, _value(newest, field).split(LABELS_APART)))


def _value(newest: dict[str, OwnersFacts], field: str) -> str:
    return newest[field].value if field in newest else ""


def _stage(fact: OwnersFacts | None, lines: list[OwnersLog]) -> StageSaid | None:
    if fact is None or not fact.value:
        return None
    why = next((line.text for line in reversed(lines) if line.at == fact.at and line.kind in HAPPENINGS), "")
    return StageSaid(stage=Stage(fact.value), at=fact.at, upto=fact.upto, why=why)


def _logged(line: OwnersLog) -> Logged:
    return Logged(
        kind=Happening(line.kind), day=line.day, happened=line.happened, at=line.at, upto=line.upto, text=line.text, answered=line.answered
    )  # fmt: skip


def facts(session: Session, person: int) -> tuple[FactSaid, ...]:
    """Every fact that the owner told of one person, oldest first."""
    rows = session.scalars(select(OwnersFacts).where(OwnersFacts.person == person).order_by(OwnersFacts.at, OwnersFacts.id))
    return tuple(_fact(row) for row in rows)


def corrections(session: Session) -> tuple[FactSaid, ...]:
    """Every stage that the owner set, with the one detected at that moment: what the reader is measured by."""
    rows = session.scalars(
        select(OwnersFacts).where(OwnersFacts.field == "stage", OwnersFacts.value != "").order_by(OwnersFacts.id)
    )
    return tuple(_fact(row) for row in rows)


def _fact(row: OwnersFacts) -> FactSaid:
    return FactSaid(field=row.field, value=row.value, at=row.at, quoted=row.quoted, detected=row.detected, via=row.via)


def lines(session: Session, person: int) -> tuple[Told, ...]:
    """Every line of the log about one person, oldest first."""
    rows = session.scalars(select(OwnersLog).where(OwnersLog.person == person).order_by(OwnersLog.day, OwnersLog.id))
    return tuple(Told(kind=r.kind, day=r.day, at=r.at, answered=r.answered, text=r.text) for r in rows)
