"""Messages of people: header facts, what the words said, where each lies. No text."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, select, update

from nurture.messages import Address, Kind, Notice
from nurture.store.mail_rows import GestureRow, Kept, Unread, Where
from nurture.store.people import parts
from nurture.store.session import Session
from nurture.store.tables import Folders, MessagePeople, Messages, Said

COPIES = timedelta(days=2)  # between the Dates of two copies of one message, at most (one without a Date has its arrival)
CLOSER = ("company", "other", "thread", "them", "us")  # what is known later of a message may say more: the parent came after it
TRASH = "trash"  # the role of a folder whose words are never read
GIVEN_UP = 3  # looks at a message whose words cannot be had before it is set aside for good


def add_many(session: Session, kept: Sequence[Kept]) -> list[int]:
    """Keep messages; one that is known already learns its new place and whom else it concerns. Returns their keys in order."""
    kept = _told_apart(session, kept)
    known = {mid: row[0] for mid, row in _known(session, kept).items()}
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


def _known(session: Session, kept: Sequence[Kept]) -> dict[tuple[str, str], tuple[int, str, datetime]]:
    """(account, mid) -> key, sender, moment."""
    found: dict[tuple[str, str], tuple[int, str, datetime]] = {}
    for part in _chunks([k.id for k in kept]):
        rows = session.execute(
            select(Messages.account, Messages.mid, Messages.id, Messages.sender, Messages.sent).where(Messages.mid.in_(part))
        )
        found |= {(account, mid): (key, sender, sent) for account, mid, key, sender, sent in rows}
    return found


def _told_apart(session: Session, kept: Sequence[Kept]) -> list[Kept]:
    """The same messages; one that only borrows the Message-ID of another gets an id of its own.

    There are programs that give every mail the same one, and a Message-ID can be forged: it must hide no answer.
    """
    owners = {place: (sender, sent) for place, (_, sender, sent) in _known(session, kept).items()}
    told: list[Kept] = []
    for k in kept:
        mine = (_sender(k), k.headers.sent or k.received)
        sender, sent = owners.setdefault((k.account, k.id), mine)
        if sender != mine[0] or abs(sent - mine[1]) > COPIES:
            facts = f"{mine[0]}\n{mine[1]:%Y-%m-%d %H:%M:%S}".encode()
            k = replace(k, id=f"{k.id}#{hashlib.sha256(facts).hexdigest()[:16]}")
        told.append(k)
    return told


def _sender(k: Kept) -> str:
    return k.headers.sender.addr if k.headers.sender else ""


def _chunks(ids: list[str], size: int = 500) -> Iterable[list[str]]:
    return (ids[i : i + size] for i in range(0, len(ids), size))


def _columns(k: Kept) -> dict[str, Any]:
    h = k.headers
    return {
        "account": k.account, "mid": k.id, "message_id": h.message_id, "folder": k.folder, "uid": k.uid, "uidvalidity": k.uidvalidity,
        "size": k.size, "sent": h.sent or k.received, "received": k.received, "offset": h.offset or 0, "ours": k.ours,
        "sender": _sender(k), "sender_name": (h.sender.name if h.sender else "")[:200],
        "to": [[a.addr, a.name] for a in h.to], "cc": [[a.addr, a.name] for a in (*h.cc, *h.bcc)], "parents": list(h.parents)[-50:],
        "subject": h.subject[:1000], "kind": k.kind.value, "notice": notice_data(k.notice), "lang": k.lang, "junk": k.junk,
        "failed": list(h.failed_recipients)[:20], "reader": 0, "tries": 0, "reading": None,
    }  # fmt: skip


def _learn_place(session: Session, key: int, k: Kept) -> None:
    """A copy elsewhere, or the same message after a move: where it was seen last is where its words are looked for."""
    place = {"folder": k.folder, "uid": k.uid, "uidvalidity": k.uidvalidity, "tries": 0, "junk": k.junk}
    if k.ours:  # a copy that came back told nothing of whose it is
        session.execute(update(Messages).where(Messages.id == key).values(ours=True))
    elsewhere = update(Messages).where(Messages.id == key)
    aside = k.trashed or k.junk or k.copied  # a copy there is no better place than the one that is known
    session.execute((elsewhere.where(Messages.folder == k.folder) if aside else elsewhere).values(**place))


def place(session: Session, account: str, mid: str) -> Where | None:
    """Where a message lies, as far as is known; None: it is not kept."""
    rows = select(Messages.folder, Messages.uid, Messages.ours).where(Messages.account == account, Messages.mid == mid)
    row = session.execute(rows).first()
    return Where(folder=row.folder, uid=row.uid, ours=row.ours) if row else None


def moved(session: Session, to: GestureRow) -> None:
    """It lies there now, and nowhere else."""
    here = {"folder": to.folder, "uid": to.uid, "uidvalidity": to.uidvalidity, "tries": 0}
    session.execute(update(Messages).where(Messages.account == to.account, Messages.mid == to.mid).values(**here))


def _relate(session: Session, kept: list[tuple[int, Kept]]) -> None:
    wanted = {(key, person): by for key, k in kept for person, by in k.relations.items()}
    there: dict[tuple[int, int], str] = {}
    for part in parts({key for key, _ in wanted}):
        chosen = select(MessagePeople.message, MessagePeople.person, MessagePeople.by).where(MessagePeople.message.in_(part))
        there |= {(m, p): by for m, p, by in session.execute(chosen)}
    rows = [{"message": m, "person": p, "by": by} for (m, p), by in wanted.items() if (m, p) not in there]
    session.each(insert(MessagePeople), rows)
    for (m, p), by in wanted.items():
        if CLOSER.index(by) > CLOSER.index(there.get((m, p), by)):
            chosen_row = (MessagePeople.message == m, MessagePeople.person == p)
            session.execute(update(MessagePeople).where(*chosen_row).values(by=by))


def unread_keys(session: Session, reader: int, *, account: str, alive_since: datetime) -> tuple[int, ...]:
    """Messages that this reader has not read, of people alive since a day, oldest first.

    Bulk mail is never read, nor what only concerns somebody's company, nor what lies in Trash; a message whose words could not be
    had is tried a few times.
    """
    wanted = (
        select(Messages.id, MessagePeople.person)
        .join(MessagePeople, MessagePeople.message == Messages.id)
        .join(Folders, and_(Folders.account == Messages.account, Folders.name == Messages.folder), isouter=True)
        .where(
            Messages.account == account, Messages.reader < reader, Messages.tries < GIVEN_UP, Messages.kind != Kind.BULK.value,
            MessagePeople.by != "company", func.coalesce(Folders.role, "") != TRASH,
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
            select(MessagePeople.message, MessagePeople.person, MessagePeople.by)
            .where(MessagePeople.message.in_(part))
            .order_by(MessagePeople.message, MessagePeople.person)
        )
        for message, person, by in rows:
            found.setdefault(message, {})[person] = by
    return found


def give_up(session: Session, key: int) -> None:
    """The words of a message could not be had this time."""
    session.execute(update(Messages).where(Messages.id == key).values(tries=Messages.tries + 1))


def give_up_all(session: Session, account: str) -> None:
    """No words of this account can be had, nor will be: what no newer reader has read stays as it was understood."""
    session.execute(update(Messages).where(Messages.account == account).values(tries=GIVEN_UP))


def ids_with(session: Session, people: Collection[int], since: datetime) -> dict[str, int]:
    """The Message-IDs of what was exchanged with these people since a moment -> one of them."""
    found: dict[str, int] = {}
    for part in parts(people):
        rows = session.execute(
            select(Messages.message_id, MessagePeople.person)
            .join(MessagePeople, MessagePeople.message == Messages.id)
            .where(MessagePeople.person.in_(part), MessagePeople.by != "company", Messages.received >= since)
        )
        found |= {mid: person for mid, person in rows if mid}
    return found


def subject(session: Session, message_id: str) -> str:
    """The subject of a message; "" where it is not known."""
    return session.scalar(select(Messages.subject).where(Messages.message_id == message_id).order_by(Messages.id).limit(1)) or ""


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
