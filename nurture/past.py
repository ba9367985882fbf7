"""The past of people who have become known: what was exchanged with them before, in every folder of every account.

Few people are searched for by the server: their addresses, their company's domain, and the threads that were found. Where many
are asked for at once, one look over all header rows is cheaper, and finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from nurture.intake import Aim, FolderRead, look_again, take_in, take_in_uids, windows
from nurture.mailbox import Folder, Role
from nurture.recognise import Desk
from nurture.store import PersonRow, Session, messages, people

Search = Callable[[Desk, Folder], Collection[int]]
FEW = 20  # addresses that are searched for one by one
THREADS = 40  # messages whose answers are
COLLEAGUES = 200  # messages of one company in one folder that are looked at, the newest
ROUNDS = 5  # whoever is met in somebody's past has one too


def read_pasts(desks: Sequence[Desk]) -> Iterator[FolderRead]:
    """Find it for everybody whose past has not been read yet."""
    for _ in range(ROUNDS):
        wanted = {desk.box.account: _unsearched(desk) for desk in desks}
        newcomers = {row.person.key: row for rows in wanted.values() for row in rows}
        if not newcomers:
            return
        yield from _read(desks, tuple(newcomers.values()))
        for desk in desks:
            with desk.world.store.begin() as session:
                people.searched(session, desk.box.account, _done(session, wanted[desk.box.account]))


def _done(session: Session, rows: tuple[PersonRow, ...]) -> list[int]:
    """Whose past has been read whole: an address that was proven theirs meanwhile has one of its own."""
    now = {row.person.key: row.person.addresses for row in people.by_keys(session, [row.person.key for row in rows])}
    return [row.person.key for row in rows if now.get(row.person.key) == row.person.addresses]


def _unsearched(desk: Desk) -> tuple[PersonRow, ...]:
    with desk.world.store.begin() as session:
        return people.unsearched(session, desk.box.account)


def _read(desks: Sequence[Desk], newcomers: tuple[PersonRow, ...]) -> Iterator[FolderRead]:
    keys = frozenset(row.person.key for row in newcomers)
    aim = Aim(past=True, only=keys)
    addresses = {a for row in newcomers for a in row.person.addresses}
    if len(addresses) <= FEW:
        companies = {row.person.company for row in newcomers if row.person.company}
        yield from _each(desks, aim, lambda desk, folder: _by_address(desk, folder, addresses, companies))
        threads = _threads(desks, keys)
        if len(threads) <= THREADS:
            yield from _each(desks, aim, lambda desk, folder: _by_thread(desk, folder, threads))
            look_again(desks)
            return
    for desk, folder in _in_order(desks):
        kept = sum(take_in(desk, folder, window, aim) for window in windows(desk.box.rows(folder)))
        if kept:
            yield FolderRead(folder=folder.name, kept=kept)
    look_again(desks)


def _in_order(desks: Sequence[Desk]) -> list[tuple[Desk, Folder]]:
    """Sent first: what we wrote tells the threads apart."""
    everything = [(desk, folder) for desk in desks for folder in desk.survey.folders]
    return sorted(everything, key=lambda place: place[1].role is not Role.SENT)


def _each(desks: Sequence[Desk], aim: Aim, search: Search) -> Iterator[FolderRead]:
    for desk, folder in _in_order(desks):
        if desk.survey.positions[folder.name].exists and (kept := take_in_uids(desk, folder, search(desk, folder), aim)):
            yield FolderRead(folder=folder.name, kept=kept)


def _by_address(desk: Desk, folder: Folder, addresses: Collection[str], companies: Collection[str]) -> set[int]:
    found = {uid for address in sorted(addresses) for uid in desk.box.search_address(folder, address)}
    for company in sorted(companies):
        found.update(desk.box.search_domain(folder, company)[-COLLEAGUES:])
    return found


def _by_thread(desk: Desk, folder: Folder, threads: Collection[str]) -> set[int]:
    return {uid for message_id in sorted(threads) for uid in desk.box.search_thread(folder, message_id)}


def _threads(desks: Sequence[Desk], keys: Collection[int]) -> frozenset[str]:
    with desks[0].world.store.begin() as session:
        return frozenset(messages.ids_with(session, keys, desks[0].since))
