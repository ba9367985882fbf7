"""Each kind of mailbox with the hands around it: mail that comes in, the owner's mail client, other programs.

A test talks to the mailbox through `open()` and plays everybody else through the rest.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import imapclient
from imapclient.imap_utf7 import encode

from nurture.config import FolderChoices
from nurture.mailbox import Folder, Mailbox, MaildirMailbox, MemoryMailbox
from nurture.mailbox.folders import Listed, assign
from nurture.mailbox.imap import ImapMailbox
from nurture.mailbox.maildir import FLAGS
from nurture.mailbox.memory import Shelf, Stored
from tests.mailbox.letters import ARRIVED, lf
from tests.servers.dovecot import PASSWORD, Dovecot

USUAL = ("Sent", "Drafts", "Trash", "Junk")
LETTERS = {flag: letter for letter, flag in FLAGS.items()}


class House(ABC):
    """Where the mail of one owner lives. Folders are named as users see them, levels divided by a dot."""

    def __init__(self) -> None:
        self.choices = FolderChoices()

    @abstractmethod
    def open(self) -> AbstractContextManager[Mailbox]:
        """The mailbox, as nurture opens it anew in each run."""

    @abstractmethod
    def make(self, *folders: str) -> None: ...

    @abstractmethod
    def drop(self, folder: str) -> None: ...

    @abstractmethod
    def deliver(self, folder: str, raw: bytes, *flags: str, received: datetime = ARRIVED) -> None: ...

    @abstractmethod
    def mark(self, folder: str, message_id: str, *flags: str) -> None:
        """The owner sets flags."""

    @abstractmethod
    def remove(self, folder: str, message_id: str) -> None:
        """The owner deletes a message for good."""

    @abstractmethod
    def content(self, folder: str) -> dict[bytes, frozenset[str]]:
        """Every message (with LF) and its flags, as the store itself has them."""


class NamedMailbox(MemoryMailbox):
    """A mailbox in memory whose folders have their roles by name, as the real ones have."""

    def __init__(self, shelves: dict[str, Shelf], choices: FolderChoices) -> None:
        super().__init__(folders=())
        self.shelves, self.choices, self.delimiter = shelves, choices, "."

    def folders(self) -> tuple[Folder, ...]:
        self._folders = list(assign([Listed(name=name, delimiter=".") for name in self.shelves], self.choices))
        return super().folders()


class MemoryHouse(House):
    """The mailbox that the other rooms' tests use."""

    def __init__(self) -> None:
        super().__init__()
        self.shelves: dict[str, Shelf] = {}
        self.made = 0
        self.make("INBOX", *USUAL)

    def open(self) -> MemoryMailbox:
        return NamedMailbox(self.shelves, self.choices)

    def make(self, *folders: str) -> None:
        for name in folders:
            self.made += 1
            self.shelves[name] = Shelf(uidvalidity=self.made)

    def drop(self, folder: str) -> None:
        del self.shelves[folder]

    def deliver(self, folder: str, raw: bytes, *flags: str, received: datetime = ARRIVED) -> None:
        self.shelves[folder].put(Stored(raw, received, frozenset(flags)))

    def _of(self, folder: str, message_id: str) -> int:
        return next(u for u, m in self.shelves[folder].messages.items() if f"Message-ID: {message_id}".encode() in m.raw)

    def mark(self, folder: str, message_id: str, *flags: str) -> None:
        self.shelves[folder].messages[self._of(folder, message_id)].flags |= frozenset(flags)

    def remove(self, folder: str, message_id: str) -> None:
        del self.shelves[folder].messages[self._of(folder, message_id)]

    def content(self, folder: str) -> dict[bytes, frozenset[str]]:
        return {lf(m.raw): m.flags for m in self.shelves[folder].messages.values()}


class MaildirHouse(House):
    """Files, as Dovecot, mutt or mbsync leave them: LF, half of them still in `new`."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.path, self.state, self.counted = place / "Maildir", place / "state", 0
        self.make("", *USUAL)

    def open(self) -> MaildirMailbox:
        return MaildirMailbox(self.path, "camille", self.choices, uid_store=self.state)

    def place(self, folder: str) -> Path:
        """The folder's directory."""
        return self.path if folder in ("", "INBOX") else self.path / ("." + encode(folder).decode("ascii"))

    def make(self, *folders: str) -> None:
        for folder in folders:
            for part in ("cur", "new", "tmp"):
                (self.place(folder) / part).mkdir(parents=True)

    def drop(self, folder: str) -> None:
        shutil.rmtree(self.place(folder))

    def deliver(self, folder: str, raw: bytes, *flags: str, received: datetime = ARRIVED) -> None:
        self.counted += 1
        name = f"{int(received.timestamp())}.M{self.counted}P1.host"
        part = "cur" if flags or self.counted % 2 else "new"
        info = f":2,{''.join(sorted(LETTERS[f] for f in flags))}" if part == "cur" else ""
        new = self.place(folder) / "tmp" / name
        new.write_bytes(lf(raw))
        os.utime(new, (received.timestamp(),) * 2)
        new.rename(self.place(folder) / part / (name + info))

    def file(self, folder: str, message_id: str) -> Path:
        """The file of a message."""
        places = (p for part in ("cur", "new") for p in (self.place(folder) / part).iterdir())
        return next(p for p in places if f"Message-ID: {message_id}".encode() in p.read_bytes())

    def mark(self, folder: str, message_id: str, *flags: str) -> None:
        path = self.file(folder, message_id)
        base, _, now = path.name.partition(":2,")
        info = "".join(sorted({*now, *(LETTERS[f] for f in flags)}))
        path.rename(path.parent.parent / "cur" / f"{base}:2,{info}")

    def remove(self, folder: str, message_id: str) -> None:
        self.file(folder, message_id).unlink()

    def content(self, folder: str) -> dict[bytes, frozenset[str]]:
        files = (p for part in ("cur", "new") for p in (self.place(folder) / part).iterdir())
        return {lf(p.read_bytes()): frozenset(FLAGS[c] for c in p.name.partition(":2,")[2]) for p in files}


class DovecotHouse(House):
    """A real server; the owner's hand is a second session that says so in its first command."""

    MAY_BE_SAID = re.compile(
        r'CAPABILITY|LOGOUT|LIST "" "\*"|EXAMINE ".*"|UID SEARCH .*|UID FETCH [0-9,]+ \((?:FLAGS|BODY\.PEEK|INTERNALDATE|RFC822\.SIZE).*\)'
        r'|APPEND ".*" \(\\Draft \\Seen\) \{\d+\}|APPEND "Nurture" \((?:\\Seen)?\) \{\d+\}|CREATE "[A-Za-z./ ]+"|SELECT "(?:Drafts|Nurture)"|UID MOVE \d+ "Trash"'
    )

    def __init__(self, server: Dovecot) -> None:
        super().__init__()
        self.server, self.user, self.opened = server, server.new_user(), 0
        self.owner = self._hand()
        self.make(*USUAL)

    def _hand(self) -> imapclient.IMAPClient:
        hand = imapclient.IMAPClient("127.0.0.1", port=self.server.plain_port, ssl=False, timeout=20)
        hand.login(self.user, PASSWORD)
        hand.id_({"name": "the hand of the owner"})
        return hand

    def open(self) -> ImapMailbox:
        self.opened += 1
        return ImapMailbox(self.server.account(self.user, folders=self.choices), PASSWORD)

    def make(self, *folders: str) -> None:
        for folder in folders:
            self.owner.create_folder(folder)

    def drop(self, folder: str) -> None:
        self.owner.select_folder("INBOX", readonly=True)
        self.owner.delete_folder(folder)

    def deliver(self, folder: str, raw: bytes, *flags: str, received: datetime = ARRIVED) -> None:
        self.owner.append(folder, raw, flags=flags, msg_time=received)

    def _choose(self, folder: str, message_id: str) -> list[int]:
        self.owner.select_folder(folder)
        return [int(u) for u in self.owner.search(["HEADER", "Message-ID", message_id])][:1]

    def mark(self, folder: str, message_id: str, *flags: str) -> None:
        self.owner.add_flags(self._choose(folder, message_id), list(flags))

    def remove(self, folder: str, message_id: str) -> None:
        uids = self._choose(folder, message_id)
        self.owner.delete_messages(uids)
        self.owner.uid_expunge(uids)

    def content(self, folder: str) -> dict[bytes, frozenset[str]]:
        self.owner.select_folder(folder, readonly=True)
        uids = [int(u) for u in self.owner.search("ALL")]
        found = self.owner.fetch(uids, ["BODY.PEEK[]", "FLAGS"])
        return {lf(a[b"BODY[]"]): frozenset(f.decode() for f in a[b"FLAGS"]) - {"\\Recent"} for a in found.values()}

    def said(self) -> list[str]:
        """Every command that nurture gave, once its sessions have come to their ends."""
        end = time.monotonic() + 5
        while (said := self.server.commands(self.user, but_not="the hand of the owner")).count("LOGOUT") < self.opened:
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        return said

    def close(self) -> None:
        """P2, on the wire: nothing but reads, drafts, and removals of own drafts was ever commanded; and no error was logged."""
        self.owner.logout()
        said = self.said()
        assert said.count("LOGOUT") == self.opened
        assert [line for line in said if not self.MAY_BE_SAID.fullmatch(line)] == []
        assert self.server.errors(self.user) == ""


def role_of(folders: Sequence[Folder], name: str) -> str:
    """The role of the folder of this name."""
    return next(f.role.value for f in folders if f.name == name)
