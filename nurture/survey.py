"""Before anything is read: how each folder of an account stands beside what was known of it, and whether that looks wrong.

A person archives, sorts and deletes; folders come, go and are emptied. What looks wrong is a mailbox most of which has vanished
between two runs, or that was numbered anew as a whole, or that counts backwards: another mailbox, an empty one in place of the
old, a backup. From such a one no silence is concluded, until the owner says that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from nurture.errors import MailboxSuspicious
from nurture.mailbox import Folder, Mailbox, Position, Role, life_folders
from nurture.steps import reached
from nurture.store import Store, Watermark, folders

MANY = 20  # messages that an account must have held for their loss to look wrong
LEFT = 4  # a quarter of them must be there still
ASIDE = frozenset({Role.JUNK, Role.TRASH})  # emptied by users and servers alike
NEXT = "Look at it with your mail client. If it is right as it is (you moved, deleted or restored mail yourself), run `nurture run --mailbox-changed` once."


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The folders to be read, in the order of reading, where each stands, and where the last run had come to."""

    folders: tuple[Folder, ...]
    positions: dict[str, Position]
    marks: dict[str, Watermark]

    @property
    def fresh(self) -> bool:
        """Nothing but sent mail has ever been read here: whoever is met in it is met in time."""
        return not any(f.name in self.marks for f in self.folders if f.role is not Role.SENT)

    def first_new_uid(self, folder: Folder) -> int:
        """Where to read on."""
        position, mark = self.positions[folder.name], self.marks.get(folder.name)
        if mark is None or mark.uidvalidity != position.uidvalidity:
            return 1  # UIDs mean nothing any more; messages are recognised by their Message-IDs
        if position.uidnext < mark.next_uid:
            return 1 if position.told else position.uidnext
        return mark.next_uid

    def unchanged(self, folder: Folder) -> bool:
        """Whether nothing has come into it, and nothing can have been left unread."""
        position, mark = self.positions[folder.name], self.marks.get(folder.name)
        same = mark is not None and mark.uidvalidity == position.uidvalidity
        return same and self.first_new_uid(folder) >= position.uidnext


def survey(box: Mailbox, store: Store) -> Survey:
    """Look at every folder."""
    listed = box.folders()
    reached("list")
    to_read = life_folders(listed)
    with store.begin() as session:
        marks = folders.watermarks(session, box.account)
    unread = {f.name for f in listed} - {f.name for f in to_read}
    positions: dict[str, Position] = {}
    for folder in to_read:
        positions[folder.name] = box.position(folder)
        reached("select")
    # What is there and not read any more (by the configuration) has not vanished.
    return Survey(folders=to_read, positions=positions, marks={n: m for n, m in marks.items() if n not in unread})


def refuse_what_looks_wrong(account: str, found: Survey) -> None:
    """Raises MailboxSuspicious, which says what to do."""
    roles = {f.name: f.role for f in found.folders}
    before = sum(mark.exists for name, mark in found.marks.items() if roles.get(name) not in ASIDE)
    now = sum(position.exists for position in found.positions.values())
    if before >= MANY and now * LEFT < before:
        raise MailboxSuspicious(
            f"{account} held {before} messages when it was last read and holds {now} now. Nothing was concluded from it. {NEXT}"
        )
    held = [name for name, mark in found.marks.items() if mark.exists and name in found.positions]
    if len(held) > 1 and all(_is_numbered_anew(found.marks[n], found.positions[n]) for n in held):
        raise MailboxSuspicious(
            f"All folders of {account} were numbered anew, as if it were another mailbox. Nothing was concluded from it. {NEXT}"
        )
    if backwards := next((n for n in held if _counts_backwards(found.marks[n], found.positions[n])), None):
        told = f"UIDNEXT {found.positions[backwards].uidnext} after {found.marks[backwards].next_uid}"
        raise MailboxSuspicious(
            f"The folder {backwards} of {account} counts backwards ({told}), as after a restored backup. Nothing was concluded from it. {NEXT}"
        )


def _is_numbered_anew(mark: Watermark, position: Position) -> bool:
    return mark.uidvalidity != position.uidvalidity and not position.numbered_here


def _counts_backwards(mark: Watermark, position: Position) -> bool:
    return position.told and mark.uidvalidity == position.uidvalidity and position.uidnext < mark.next_uid
