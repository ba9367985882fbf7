"""Windows of header rows taken in: what concerns somebody is kept, together with how far the folder has been read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from nurture.mailbox import Folder, Position, Role, Row
from nurture.recognise import Arrival, Desk, Place, arrivals, recognise, waits_for
from nurture.steps import reached
from nurture.store import Kept, Session, Watermark, cases, folders, messages

WINDOW = 500
ROUNDS = 10  # of looking again at what was left out: each finds parents of what the one before found


@dataclass(frozen=True, kw_only=True)
class FolderRead:
    """What one folder gave: `new` messages seen, `kept` because they concern somebody, `aside` because they could not be read."""

    folder: str
    new: int = 0
    kept: int = 0
    aside: int = 0


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What rows are taken in for: all that is new, or (`past`) what was read before; `only` what concerns these people."""

    past: bool = False
    only: frozenset[int] | None = None

    def wants(self, kept: Kept) -> bool:
        return self.only is None or not self.only.isdisjoint(kept.relations)


NEW = Aim()
PAST = Aim(past=True)


def windows(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in portions."""
    stream = iter(rows)
    while window := list(islice(stream, WINDOW)):
        reached("rows")
        yield window


def take_in(desk: Desk, folder: Folder, window: list[Row], aim: Aim = NEW, *, next_uid: int | None = None) -> int:
    """Keep what concerns somebody in one window of rows, with the watermark where `next_uid` is given; returns how many."""
    position = desk.survey.positions[folder.name]
    with desk.world.store.begin() as session:
        met = arrivals(desk, session, folder, position.uidvalidity, window, past=aim.past)
        found = _without_drafts(desk, folder, [kept for a in met if (kept := _recognised(desk, session, a)) and aim.wants(kept)])
        messages.add_many(session, found)
        cases.touch(session, {person for kept in found for person in kept.relations})
        if next_uid is not None:
            keep_mark(session, desk, folder, position, next_uid)
    reached("commit_rows")
    return len(found)


def _recognised(desk: Desk, session: Session, arrival: Arrival) -> Kept | None:
    """What concerns somebody; later rows of this run are recognised as part of it, earlier ones looked at again."""
    kept = recognise(desk, session, arrival)
    for person, by in kept.relations.items() if kept else ():
        if by != "company":  # what is written outside the exchange is no part of it, nor are answers to that
            desk.add_message(person, arrival.headers)
    place = Place(account=desk.box.account, folder=arrival.folder.name, uid=arrival.row.uid)
    desk.people.wait(place, waits_for(desk, session, arrival, kept))
    return kept


def _without_drafts(desk: Desk, folder: Folder, found: list[Kept]) -> list[Kept]:
    """Gmail's All Mail holds drafts too, and clients leave some elsewhere: what was never sent is no letter."""
    ours = [kept.uid for kept in found if kept.ours] if folder.role is not Role.SENT else []
    flags = desk.box.flags(folder, ours) if ours else {}
    return [kept for kept in found if not (kept.ours and "\\Draft" in flags.get(kept.uid, ()))]


def keep_mark(session: Session, desk: Desk, folder: Folder, position: Position, next_uid: int) -> None:
    """Take down how far a folder has been read."""
    mark = Watermark(uidvalidity=position.uidvalidity, next_uid=next_uid, exists=position.exists)
    folders.keep(session, desk.box.account, folder.name, folder.role, mark)


def take_in_uids(desk: Desk, folder: Folder, uids: Collection[int], aim: Aim = PAST) -> int:
    """The same for single messages that were read before, or should have been."""
    return sum(take_in(desk, folder, window, aim) for window in windows(desk.box.rows_of(folder, sorted(uids)))) if uids else 0


def look_again(desks: Iterable[Desk]) -> None:
    """What was left out because its people or its parents were not known yet, and are now."""
    everything = tuple(desks)
    for _ in range(ROUNDS):
        todo = [(desk, folder) for desk in everything for folder in desk.survey.folders]
        found = [(d, f, uids) for d, f in todo if (uids := d.people.again.pop((d.box.account, f.name), None))]
        for desk, folder, uids in found:
            take_in_uids(desk, folder, uids)
        if not found:
            break
