"""What looking ahead and back is played in: a world whose database, list of noes and mailboxes are in memory, and an owner's hand.

The runs played there are those of `nurture.run`: there is no second planner. Nothing of it reaches a server, a file or the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from nurture.apply import Done
from nurture.config import Config
from nurture.followups import DraftState
from nurture.mailbox import Folder, MemoryMailbox, Role
from nurture.messages import one_line
from nurture.run import Report, Word, run
from nurture.store import FolderRow, NoesOfThen, OpenDraft, Scratch, cases, folders, ledger, messages, people
from nurture.world import World

NEEDED = ((Role.INBOX, "INBOX"), (Role.SENT, "Sent"), (Role.DRAFTS, "Drafts"), (Role.TRASH, "Trash"))
UNCHANGED = Word(mailbox_changed=True)  # the played mailbox holds less than the real one, and that is right


@contextmanager
def played_world(world: World, *, before: date | None = None) -> Iterator[World]:
    """A world of its own: a copy of everything that is known; or, `before` a day, of the rules alone, and the noes of then."""
    scratch = Scratch.with_rules_of(world.store) if before else Scratch.copy_of(world.store)
    try:
        yield replace(world, store=scratch, suppression=NoesOfThen(world.suppression, before))
    finally:
        scratch.close()


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A played world with its mailboxes."""

    world: World
    boxes: tuple[MemoryMailbox, ...]

    def run(self, moment: datetime, *, dry_run: bool = False) -> Report:
        """One run, as cron would start it."""
        return run(self.world, [lambda box=box: box for box in self.boxes], moment, dry_run=dry_run, word=UNCHANGED)  # type: ignore[misc]

    def box(self, account: str) -> MemoryMailbox:
        return next(box for box in self.boxes if box.account == account)

    def send_all(self, report: Report, moment: datetime) -> None:
        """The owner sends every draft of a run as it is."""
        for applied in report.applied:
            if applied.done is Done.APPENDED and applied.written.draft:
                _send(self.box(applied.written.account), applied.written.draft.identity.message_id, moment)


def hollow_mailbox(world: World, account: str) -> MemoryMailbox:
    """A mailbox with the folders of the real one, each read to its end: nothing is new in it, nor is there anything to read anew."""
    with world.store.begin() as session:
        rows = folders.rows(session, account)
        messages.give_up_all(session, account)  # after an upgrade each day would try, and look at everybody over it
    listed = [Folder(name=row.name, role=Role(row.role)) for row in rows]
    box = MemoryMailbox(account, [*listed, *_missing(listed)])
    for row in rows:
        _stand_at_its_end(box, row)
    return box


def _stand_at_its_end(box: MemoryMailbox, row: FolderRow) -> None:
    shelf = box.shelves[row.name]
    shelf.uidvalidity, shelf.uidnext = row.mark.uidvalidity, row.mark.next_uid


def _missing(listed: Iterable[Folder]) -> Iterator[Folder]:
    """What every run needs beside what was read."""
    there = tuple(listed)
    for role, name in NEEDED:
        if not any(folder.role is role for folder in there):
            taken = {folder.name for folder in there}
            yield Folder(name=next(n for n in (name, f"{name} (played)") if n not in taken), role=role)


def folder_of(box: MemoryMailbox, role: Role) -> str:
    """The name of the first folder of this role."""
    return next(folder.name for folder in box.folders() if folder.role is role)


def lay_own_drafts(world: World, box: MemoryMailbox) -> int:
    """The drafts that the owner was writing by hand when the mailbox was read last lie there still; returns how many."""
    with world.store.begin() as session:
        rows = people.by_keys(session, cases.with_own_drafts(session))
    for row in rows:
        mail = EmailMessage()
        mail["To"] = row.person.addresses[0]
        box.deliver(folder_of(box, Role.DRAFTS), bytes(mail), flags=("\\Draft",))
    return len(rows)


def send_what_lies_open(world: World, box: MemoryMailbox, moment: datetime) -> int:
    """The owner sends the drafts that lie there already, as nurture wrote them; returns how many. A missing one stays missing."""
    with world.store.begin() as session:
        lying = [row for row in ledger.open(session, box.account) if row.state is not DraftState.MISSING]
        subjects = {row.id: messages.subject(session, row.ledger.occasion.anchor) for row in lying}
    for row in lying:
        mail = _as_sent(world.config, row, subjects[row.id], moment)
        box.deliver(folder_of(box, Role.SENT), bytes(mail), moment, ("\\Seen",))
    return len(lying)


def _as_sent(config: Config, row: OpenDraft, subject: str, moment: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = formataddr((config.owner.name, config.owner.addresses[0]))
    mail["To"], mail["Subject"], mail["Date"] = row.to, one_line(subject), format_datetime(moment)
    mail["Message-ID"], mail["References"] = row.identity.message_id, row.identity.token
    mail.set_content(row.text or "…")
    return mail


def _send(box: MemoryMailbox, message_id: str, moment: datetime) -> None:
    drafts = next(folder for folder in box.folders() if folder.role is Role.DRAFTS)
    found = box.find(message_id, drafts)[-1]
    raw = box.shelves[drafts.name].messages.pop(found.uid).raw
    box.deliver(folder_of(box, Role.SENT), dated(raw, moment), moment, ("\\Seen",))


def dated(raw: bytes, moment: datetime) -> bytes:
    """The same message with another Date."""
    head, _, body = raw.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"date:")]
    return b"\r\n".join([*kept, b"Date: " + format_datetime(moment).encode(), b"", body])
