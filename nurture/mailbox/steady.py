"""A mailbox that is read for hours: where its connection is lost (servers hang up on whoever is idle), it is connected anew.

Only for reading. What was handed out is not handed out again. A run needs none of this: it is short, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from nurture.errors import MailboxSuspicious, Offline
from nurture.mailbox.contract import Folder, Mailbox, Position, Row

T = TypeVar("T")


class SteadyMailbox:
    """The reading part of `nurture.mailbox.contract`. Raises Offline where a new connection is lost, too, before anything has come."""

    def __init__(self, opener: Callable[[], Mailbox]) -> None:
        """`opener` makes a mailbox that is not connected yet; each connection asks for the secret anew."""
        self._opener = opener
        self._box = opener()
        self.account = self._box.account
        self._validity: dict[str, int] = {}  # folder -> UIDVALIDITY when it was read first
        self._entered: set[str] = set()  # folders that were looked at over this connection

    def __enter__(self) -> SteadyMailbox:
        self._box.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._box.__exit__(*exc)

    def folders(self) -> tuple[Folder, ...]:
        return self._asked(lambda: self._box.folders())

    def position(self, folder: Folder) -> Position:
        return self._asked(lambda: self._in(folder).position(folder))

    def flags(self, folder: Folder, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        return self._asked(lambda: self._in(folder).flags(folder, uids))

    def rows(self, folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        found = self._resumed(lambda first: ((row.uid, row) for row in self._in(folder).rows(folder, first)), first_uid)
        return (row for _, row in found)

    def bodies(self, folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        return self._resumed(lambda first: self._in(folder).bodies(folder, [uid for uid in uids if uid >= first], cap), 1)

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Offline:
            self._connect_anew()
            return ask()

    def _resumed(self, ask: Callable[[int], Iterator[tuple[int, T]]], first: int) -> Iterator[tuple[int, T]]:
        """By number, ascending; from the next one on after a loss."""
        anew = False  # nothing has come over this connection yet, which is not the first
        while True:
            try:
                for uid, what in ask(first):
                    first, anew = max(first, uid + 1), False
                    yield uid, what
            except Offline:
                if anew:
                    raise
                self._connect_anew()
                anew = True
            else:
                return

    def _connect_anew(self) -> None:
        self._box.__exit__(None, None, None)
        self._box = self._opener()
        self._box.__enter__()
        self._entered.clear()
        self._box.folders()  # a folder is opened only after it was listed

    def _in(self, folder: Folder) -> Mailbox:
        """The mailbox, if the folder has its numbers still."""
        if folder.name not in self._entered:
            validity = self._box.position(folder).uidvalidity
            if self._validity.setdefault(folder.name, validity) != validity:
                raise MailboxSuspicious(f"The folder {folder.name} was numbered anew while it was read. Run it again.")
            self._entered.add(folder.name)
        return self._box
