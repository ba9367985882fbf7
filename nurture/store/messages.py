"""Messages of people: header facts, what the words said, where each lies. No text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from nurture.messages import Address, Kind, Notice
from nurture.store.people import parts
from nurture.store.records import Kept, Unread
from nurture.store.tables import MessagePeople, Messages, Said

GIVEN_UP = 3  # looks at a message whose words cannot be had before it is set aside for good


def add_many(session: Session, kept: Sequence[Kept]) -> list[int]:
    """Keep messages; one that is known already learns its new place and whom else it concerns. Returns their keys in order."""
    known = _known(session, kept)
    fresh = {(k.account, k.id): k for k in kept if (k.account, k.id) not in known}
    if fresh:
        rows = session.execute(
            insert(Messages).returning(Messages.id, Messages.account, Messages.mid), [_columns(k) for k in fresh.values()]
        )
        known |= {(account, mid): key for key, account, mid in rows}
    for k in kept:
        if fresh.get((k.account, k.id)) is not k:
            _learn_place(session, known[k.account, k.id], k)
    _relate(session, [(known[k.account, k.id], k) for k in kept])
    return [known[k.account, k.id] for k in kept]


def _known(session: Session, kept: Sequence[Kept]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for part in _chunks([k.id for k in kept]):
        rows = session.execute(select(Messages.account, Messages.mid, Messages.id).where(Messages.mid.in_(part)))
        found |= {(account, mid): key for account, mid, key in rows}
    return found


def _chunks(ids: list[str], size: int = 500) -> Iterable[list[str]]:
    return (ids[i : i + size] for i in range(0, len(ids), size))


def _columns(k: Kept) -> dict[str, Any]:
    h = k.headers
    return {
        "account": k.account, "mid": k.id, "message_id": h.message_id, "folder": k.folder, "uid": k.uid, "uidvalidity": k.uidvalidity,
        "size": k.size, "sent": h.sent or k.received, "received": k.received, "offset": h.offset or 0, "ours": k.ours,
        "sender": h.sender.addr if h.sender else "", "sender_name": (h.sender.name if h.sender else "")[:200],
        "to": [[a.addr, a.name] for a in h.to], "cc": [[a.addr, a.name] for a in h.cc], "parents": list(h.parents)[-50:],
        "subject": h.subject[:1000], "kind": k.kind.value, "notice": notice_data(k.notice), "lang": k.lang, "junk": k.junk,
        "failed": list(h.failed_recipients)[:20], "reader": 0, "tries": 0, "reading": None,
    }  # fmt: skip


def _learn_place(session: Session, key: int, k: Kept) -> None:
    """A copy elsewhere, or the same message after a move: where it was seen last is where its words are looked for."""
    session.execute(
        update(Messages).where(Messages.id == key).values(folder=k.folder, uid=k.uid, uidvalidity=k.uidvalidity, tries=0)
    )


def _relate(session: Session, kept: list[tuple[int, Kept]]) -> None:
    wanted = {(key, person): by for key, k in kept for person, by in k.relations.items()}
    there: set[tuple[int, int]] = set()
    for part in parts({key for key, _ in wanted}):
        there |= {
            (m, p)
            for m, p in session.execute(
                select(MessagePeople.message, MessagePeople.person).where(MessagePeople.message.in_(part))
            )
        }
    rows = [{"message": m, "person": p, "by": by} for (m, p), by in wanted.items() if (m, p) not in there]
    if rows:
        session.execute(insert(MessagePeople), rows)


def unread_keys(session: Session, reader: int, *, account: str, alive_since: datetime) -> tuple[int, ...]:
    """Messages that this reader has not read, of people alive since a day, oldest first.

    Bulk mail is never read, nor what only concerns somebody's company; a message whose words could not be had is tried a few times.
    """
    wanted = (
        select(Messages.id, MessagePeople.person)
        .join(MessagePeople, MessagePeople.message == Messages.id)
        .where(
            Messages.account == account, Messages.reader < reader, Messages.tries < GIVEN_UP, Messages.kind != Kind.BULK.value,
            MessagePeople.by != "company",
        )
        .order_by(Messages.sent, Messages.id)
    )  # fmt: skip
    rows = session.execute(wanted).all()
    living = _alive(session, alive_since) if rows else frozenset()
    return tuple(dict.fromkeys(row.id for row in rows if row.person in living))


def _alive(session: Session, since: datetime) -> frozenset[int]:
    """Everybody with whom anything was exchanged since a moment. Asked for apart: one statement for both took seconds."""
    people = select(MessagePeople.person).join(Messages, Messages.id == MessagePeople.message).where(Messages.sent >= since)
    return frozenset(session.scalars(people.distinct()))


def unread(session: Session, keys: Collection[int]) -> tuple[Unread, ...]:
    """Where these messages lie and whom they concern, oldest first."""
    rows = [r for part in parts(keys) for r in session.scalars(select(Messages).where(Messages.id.in_(part)))]
    people = _people_of(session, keys)
    return tuple(_unread(row, people.get(row.id, {})) for row in sorted(rows, key=lambda r: (r.sent, r.id)))


def _unread(row: Messages, relations: dict[int, str]) -> Unread:
    return Unread(
        key=row.id, folder=row.folder, uid=row.uid, uidvalidity=row.uidvalidity, mid=row.mid, headers_message_id=row.message_id,
        sent=row.sent, received=row.received, offset=row.offset, ours=row.ours, lang=row.lang, relations=relations,
    )  # fmt: skip


def _people_of(session: Session, keys: Collection[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for part in parts(keys):
        rows = session.execute(
            select(MessagePeople.message, MessagePeople.person, MessagePeople.by).where(MessagePeople.message.in_(part))
        )
        for message, person, by in rows:
            found.setdefault(message, {})[person] = by
    return found


def give_up(session: Session, key: int) -> None:
    """The words of a message could not be had this time."""
    session.execute(update(Messages).where(Messages.id == key).values(tries=Messages.tries + 1))


def newest(session: Session, person: int) -> int:
    """The key of the message that was kept last of all that concern this person; 0: none."""
    return session.scalar(select(func.max(MessagePeople.message)).where(MessagePeople.person == person)) or 0


def said(session: Session, person: int) -> frozenset[str]:
    """The hashes of every sentence that this person has had from us."""
    rows = select(Said.sentence).join(MessagePeople, MessagePeople.message == Said.message).where(MessagePeople.person == person)
    return frozenset(session.scalars(rows))


def notice_data(notice: Notice) -> dict[str, Any] | None:
    """A notice as JSON; None for an empty one."""
    if notice == Notice():
        return None
    return {
        "resume_on": notice.resume_on.isoformat() if notice.resume_on else None, "quote": notice.quote[:200],
        "successor": notice.successor.addr if notice.successor else None, "failed": list(notice.failed)[:20], "status": notice.status,
        "method": notice.method, "partstat": notice.partstat, "starts": notice.starts.isoformat() if notice.starts else None,
    }  # fmt: skip


def addresses_value(data: Iterable[Sequence[str]]) -> tuple[Address, ...]:
    """Addresses from their JSON."""
    return tuple(Address(addr=addr, name=name) for addr, name in data)
