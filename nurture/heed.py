"""Line one, the owner's hand: a message that was copied into a folder of gestures is a word on its other side, once.

No mail is touched: a copy is remembered by its place and by its Message-ID, so that a folder that was numbered anew, a database
that was put back, or a run that died says nothing twice. What the owner said since counts more than a copy that lies there still;
a copy that is made after that is a new word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from nurture.gestured import TOLD_DAYS
from nurture.honour import Copy, Done, honour, others_of
from nurture.intake import windows
from nurture.mailbox import Folder, Gesture, Position, Role, Row, gesture_folders
from nurture.messages import check_message_id, one_line, parse_headers
from nurture.recognise import Desk, message_key
from nurture.steps import reached
from nurture.store import GestureRow, Session, gestures, messages

NAMED = 10  # recipients
LOOKED_FOR = 20  # messages a run that are looked for elsewhere: were they moved?
QUIET = frozenset({gestures.KNOWN, gestures.TAKEN_OUT})


def heed(desks: Sequence[Desk]) -> tuple[GestureRow, ...]:
    """Do what was said since the last run, in all accounts, noes first. What is to be told of it comes back."""
    places = [(g, desk, folder) for desk in desks for g, folder in gesture_folders(desk.box.folders())]
    if not places:
        return ()
    with desks[0].world.store.begin() as session:
        gestures.forget_who(session, desks[0].now - TOLD_DAYS)
    order = list(Gesture)
    found = [row for g, desk, folder in sorted(places, key=lambda p: order.index(p[0])) for row in _folder(desk, g, folder)]
    moved = {_place(row): row.moved for desk in desks for row in _look_for(desk)}
    return tuple(replace(row, moved=moved.get(_place(row), row.moved)) for row in found if row.rule not in QUIET)


def _place(row: GestureRow) -> tuple[str, str, int, int]:
    return row.account, row.folder, row.uidvalidity, row.uid


def _folder(desk: Desk, gesture: Gesture, folder: Folder) -> Iterator[GestureRow]:
    """Everything new in one folder, a portion a transaction."""
    position = desk.survey.positions.get(folder.name) or desk.box.position(folder)
    first, waiting = _first_new(desk, folder, position)
    if waiting:
        yield from _portion(desk, gesture, folder, position, list(desk.box.rows_of(folder, waiting)), waiting)
    if first >= position.uidnext:
        return
    seen: set[int] = set()
    for window in windows(row for row in desk.box.rows(folder, first) if row.uid < position.uidnext):
        seen.update(row.uid for row in window)
        yield from _portion(desk, gesture, folder, position, window)
    if len(seen) < position.uidnext - first:
        there = {uid for uid in desk.box.uids(folder) if first <= uid < position.uidnext}
        yield from _unreadable(desk, gesture, folder, position.uidvalidity, there - seen)


def _first_new(desk: Desk, folder: Folder, position: Position) -> tuple[int, tuple[int, ...]]:
    """Where to read on, and what could not be read so far."""
    place = (desk.box.account, folder.name, position.uidvalidity)
    with desk.world.store.begin() as session:
        last = gestures.newest(session, *place)
        if position.told and position.uidnext <= last:  # it counts backwards: its numbers mean nothing any more
            gestures.set_aside(session, *place)
            last = 0
        return last + 1, gestures.unreadable(session, *place)


def _portion(
    desk: Desk, gesture: Gesture, folder: Folder, position: Position, rows: list[Row], waiting: Collection[int] = ()
) -> list[GestureRow]:
    """Heed these copies. `waiting`: what could not be read so far and, where it still cannot, waits on."""
    account, validity = desk.box.account, position.uidvalidity
    flags = desk.box.flags(folder, [row.uid for row in rows]) if rows else {}
    there = set(desk.box.uids(folder)) if waiting else set()
    over = {row.uid for row in rows} | (set(waiting) - there)
    done: list[GestureRow] = []
    with desk.world.store.begin() as session:
        gestures.drop(session, account, folder.name, validity, sorted(over.intersection(waiting)))
        for row in rows:
            headers = parse_headers(row.header, row.received)
            copy = Copy(desk=desk, gesture=gesture, folder=folder, uidvalidity=validity, row=row, headers=headers)
            done.append(_kept(session, copy, taken_out="\\Deleted" in flags.get(row.uid, ())))
    reached("commit_gestures")
    return done


def _kept(session: Session, copy: Copy, *, taken_out: bool) -> GestureRow:
    """Heed one copy, and take down what it was taken for."""
    before = gestures.numberings(session, copy.desk.box.account, copy.gesture, copy.mid)
    old = bool(before) and (copy.folder.name, copy.uidvalidity) not in before
    others = others_of(session, copy)
    done = Done(rule=gestures.TAKEN_OUT, why="") if taken_out else honour(session, copy, others, old=old)
    if before and not done.anew:
        done = replace(done, rule=gestures.KNOWN, why="")
    row = GestureRow(
        account=copy.desk.box.account, folder=copy.folder.name, uidvalidity=copy.uidvalidity, uid=copy.row.uid, gesture=copy.gesture,
        mid=copy.mid, at=copy.desk.now, rule=done.rule, why=done.why, person=done.person, moved=False,
    )  # fmt: skip
    if done.rule not in QUIET:
        name = others[0].name if len(others) == 1 else ""
        addresses, subject = tuple(a.addr for a in others[:NAMED]), one_line(copy.headers.subject)
        row = replace(row, addresses=addresses, name=name, subject=subject, moved=None)
    gestures.keep(session, row)
    return row


def _unreadable(desk: Desk, gesture: Gesture, folder: Folder, uidvalidity: int, uids: Collection[int]) -> list[GestureRow]:
    """Copies that nobody can read: told, and tried again by every run."""
    why = f"A message in {folder.name} cannot be read, so that nobody knows whom it means. It is tried again by every run."
    rows = [
        GestureRow(
            account=desk.box.account, folder=folder.name, uidvalidity=uidvalidity, uid=uid, gesture=gesture, mid="", at=desk.now,
            rule=gestures.UNREADABLE, why=why, moved=False,
        )
        for uid in sorted(uids)
    ]  # fmt: skip
    with desk.world.store.begin() as session:
        for row in rows:
            gestures.keep(session, row)
    return rows


# moved, not copied


def _look_for(desk: Desk) -> list[GestureRow]:
    """Which of the messages that are told of lie nowhere else: these are their only copies. It takes a search in every folder."""
    with desk.world.store.begin() as session:
        rows = gestures.not_looked_for(session, desk.box.account, LOOKED_FOR)
    found = [replace(row, moved=_lies_nowhere_else(desk, row)) for row in rows]
    with desk.world.store.begin() as session:
        for row in found:
            gestures.keep(session, row)
            if row.moved:
                messages.moved(session, row)
    return found


def _lies_nowhere_else(desk: Desk, row: GestureRow) -> bool:
    listed = desk.box.folders()
    here = {folder.name for _, folder in gesture_folders(listed)}
    others = {f.name: f for f in listed if f.selectable and f.name not in here and f.role is not Role.OUTBOX}
    with desk.world.store.begin() as session:
        known = messages.place(session, row.account, row.mid)
    if known and known.folder in others:
        there = desk.box.rows_of(others[known.folder], [known.uid])
        if any(message_key(parse_headers(r.header, r.received)) == row.mid for r in there):
            return False
    if check_message_id(row.mid) != row.mid:
        return False  # it has no Message-ID that could be looked for
    order = {Role.INBOX: 0, Role.ALL: 0, Role.SENT: 1}
    return not any(_holds(desk, f, row.mid) for f in sorted(others.values(), key=lambda f: order.get(f.role, 2)))


def _holds(desk: Desk, folder: Folder, mid: str) -> bool:
    """Whether the message lies there; its answers name it too."""
    return any(parse_headers(found.header).message_id == mid for found in desk.box.find(mid, folder))
