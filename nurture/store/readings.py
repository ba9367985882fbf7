"""What the words of messages say: kept in portions, remembered as the context of what comes next. No text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from nurture.conversations import EXCHANGE
from nurture.stages import Awaits, Finding, Reading, Signal
from nurture.store.mail_rows import Past, Understood
from nurture.store.messages import notice_data
from nurture.store.people import parts
from nurture.store.session import Session
from nurture.store.tables import MessagePeople, Messages, Said, Shingles, Signals


def keep(session: Session, understood: Sequence[Understood]) -> None:
    """Take down what messages say, in place of what an older reader made of them."""
    if not understood:
        return
    session.execute(update(Messages).where(Messages.id == bindparam("key")), [_columns(u) for u in understood])
    for part in parts(u.key for u in understood):
        session.execute(delete(Signals).where(Signals.message.in_(part)))
        session.execute(delete(Said).where(Said.message.in_(part)))
        session.execute(delete(Shingles).where(Shingles.message.in_(part)))
    session.each(insert(Signals), [row for u in understood for row in _findings(u)])
    session.each(insert(Said), [{"message": u.key, "sentence": h} for u in understood for h in sorted(u.said)])
    session.each(insert(Shingles), [{"message": u.key, "runs": u.runs} for u in understood if u.runs])


def _columns(u: Understood) -> dict[str, Any]:
    return {
        "key": u.key, "reader": u.reading.reader, "reading": reading_data(u.reading), "kind": u.kind.value, "notice": notice_data(u.notice),
        "lang": u.lang or u.reading.lang,
    }  # fmt: skip


def _findings(u: Understood) -> list[dict[str, Any]]:
    found = [(f, False) for f in u.reading.findings] + [(f, True) for f in u.reading.unsure]
    return [
        {
            "message": u.key, "signal": f.signal.value, "quote": f.quote[:200], "confidence": f.confidence, "rule": f.rule[:80], "unsure": unsure,
        }
        for f, unsure in found
    ]  # fmt: skip


def our_runs(session: Session, people: Collection[int]) -> dict[int, list[bytes]]:
    """The packed word runs of everything that we wrote to each of these people."""
    found: dict[int, list[bytes]] = defaultdict(list)
    for part in parts(people):
        rows = session.execute(
            select(MessagePeople.person, Shingles.runs)
            .join(Shingles, Shingles.message == MessagePeople.message)
            .where(MessagePeople.person.in_(part))
        )
        for person, packed in rows:
            found[person].append(packed)
    return found


def histories(session: Session, people: Collection[int]) -> dict[int, list[Past]]:
    """Everything exchanged with each of these people, oldest first, as far as it has been read."""
    found: dict[int, list[Past]] = defaultdict(list)
    for part in parts(people):
        rows = session.execute(
            select(MessagePeople.person, Messages.id, Messages.sent, Messages.ours, Messages.lang, Messages.reading)
            .join(Messages, Messages.id == MessagePeople.message)
            .where(MessagePeople.person.in_(part), MessagePeople.by.in_(EXCHANGE))
            .order_by(Messages.sent, Messages.id)
        )
        for person, key, sent, ours, lang, data in rows:
            found[person].append(Past(key=key, sent=sent, ours=ours, lang=lang, reading=reading_value(data) if data else None))
    return found


def reading_data(reading: Reading) -> dict[str, Any]:
    """A reading as JSON."""
    plain = asdict(reading)
    for name in ("findings", "unsure"):
        plain[name] = [[f.signal.value, f.quote, round(f.confidence, 3), f.rule] for f in getattr(reading, name)]
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in plain.items()}


def reading_value(data: dict[str, Any]) -> Reading:
    """A reading from its JSON; a key that an older program wrote and this one does not know is left out."""
    values = {k: v for k, v in data.items() if k in Reading.__dataclass_fields__}
    for name in ("findings", "unsure"):
        values[name] = tuple(Finding(signal=Signal(s), quote=q, confidence=c, rule=r) for s, q, c, r in values.get(name, ()))
    for name in ("resume_on", "promise_on", "meeting_on", "meeting_off_on"):
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    values["awaits"] = Awaits(values["awaits"]) if values.get("awaits") else None
    return Reading(**values)
