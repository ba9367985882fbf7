"""Which folder is which: the configured name, then the server's word (RFC 6154), then known names; never a guess between two."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nurture.config import FolderChoices
from nurture.errors import FoldersFault
from nurture.mailbox.contract import Folder, Role
from nurture.messages import fold

SPECIAL = {
    "\\drafts": Role.DRAFTS, "\\sent": Role.SENT, "\\trash": Role.TRASH, "\\junk": Role.JUNK, "\\spam": Role.JUNK, "\\archive": Role.ARCHIVE, "\\all": Role.ALL,
}  # fmt: skip
UNREAD = frozenset({Role.DRAFTS, Role.TRASH, Role.OUTBOX})
# laposte.net files sent mail in a folder called OUTBOX (mail-facts 2.5).
SENT_IN_OUTBOX = frozenset({"imap.laposte.net"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One line of a LIST: the decoded name, the hierarchy delimiter, the attributes, the name on the wire."""

    name: str
    delimiter: str = "/"
    attributes: tuple[str, ...] = ()
    wire: str = ""


@lru_cache(maxsize=1)
def known_names() -> dict[str, Role]:
    """Folded folder name -> role."""
    data = tomllib.loads((Path(__file__).parent / "folder_names.toml").read_text(encoding="utf-8"))
    return {name: Role(role) for role, names in data.items() for name in names}


def assign(listed: Iterable[Listed], choices: FolderChoices, *, host: str = "") -> tuple[Folder, ...]:
    """Every folder with its role. Raises FoldersFault for two equal Drafts candidates, or a configured one that is missing or an outbox."""
    rows = list(listed)
    folders = [_first_role(row, host) for row in rows]
    folders = [_by_choice(f, choices) for f in folders]
    _check_choices(folders, choices)
    return _settle_doubles(folders, choices)


def _first_role(row: Listed, host: str) -> Folder:
    attributes = {a.lower() for a in row.attributes}
    selectable = not attributes & {"\\noselect", "\\nonexistent"}
    stated = next((role for flag, role in SPECIAL.items() if flag in attributes), None)
    named = _by_name(row, host)
    role = Role.OUTBOX if named is Role.OUTBOX else stated or named
    return Folder(name=row.name, role=role, selectable=selectable, special_use=stated is not None, wire=row.wire or row.name)


def _by_name(row: Listed, host: str) -> Role:
    if row.name.upper() == "INBOX":
        return Role.INBOX
    last = fold(row.name.rpartition(row.delimiter)[2] if row.delimiter else row.name).strip()
    role = known_names().get(last, Role.OTHER)
    if role is Role.OUTBOX and host in SENT_IN_OUTBOX:
        return Role.SENT
    depth = row.name.count(row.delimiter) if row.delimiter else 0
    # A folder "Projects/2024/Sent" of the user's own is no Sent folder; one level below INBOX or a namespace is.
    return role if depth <= 1 or role is Role.OUTBOX else Role.OTHER


def _by_choice(folder: Folder, choices: FolderChoices) -> Folder:
    if folder.name in choices.ignore:
        return replace(folder, role=Role.OTHER, selectable=False)
    for role, chosen in ((Role.DRAFTS, choices.drafts), (Role.TRASH, choices.trash), (Role.JUNK, choices.junk)):
        if chosen and folder.name == chosen:
            if role is Role.DRAFTS and folder.role is Role.OUTBOX:
                raise FoldersFault(f"{folder.name} is an outbox: what lies there may be sent. Name another folder in [account.folders] drafts.")
            return replace(folder, role=role, special_use=True)
        if chosen and folder.role is role:
            return replace(folder, role=Role.OTHER, special_use=False)
    if choices.sent:
        chosen_sent = folder.name in choices.sent
        return replace(folder, role=Role.SENT) if chosen_sent else replace(folder, role=Role.OTHER) if folder.role is Role.SENT else folder
    return folder


def _check_choices(folders: Sequence[Folder], choices: FolderChoices) -> None:
    names = {f.name for f in folders}
    for key, chosen in (("drafts", choices.drafts), ("trash", choices.trash), ("junk", choices.junk), *(("sent", s) for s in choices.sent)):
        if chosen and chosen not in names:
            raise FoldersFault(f"There is no folder {chosen!r}, which [account.folders] {key} names. There are: {', '.join(sorted(names)[:20])}.")


def _settle_doubles(folders: list[Folder], choices: FolderChoices) -> tuple[Folder, ...]:
    """One Drafts, one Trash: what the server says wins over what a name suggests; two equals are asked of the user."""
    for role in (Role.DRAFTS, Role.TRASH, Role.JUNK, Role.ALL):
        mine = [f for f in folders if f.role is role and f.selectable]
        stated = [f for f in mine if f.special_use]
        if len(stated) == 1 and len(mine) > 1:
            folders = [replace(f, role=Role.OTHER) if f in mine and f is not stated[0] else f for f in folders]
        elif len(mine) > 1 and role in (Role.DRAFTS, Role.TRASH):
            names = " and ".join(repr(f.name) for f in mine)
            raise FoldersFault(f"{names} could both be the {role.value} folder. Name the right one in config.toml: [account.folders] {role.value} = …")
    return tuple(folders)


def reading_folders(folders: Sequence[Folder]) -> tuple[Folder, ...]:
    """The folders to be read, Sent first, Junk last. Where there is an All Mail (Gmail), it stands for all but Sent and Junk."""
    readable = [f for f in folders if f.selectable and f.role not in UNREAD]
    if any(f.role is Role.ALL for f in readable):
        readable = [f for f in readable if f.role in (Role.SENT, Role.ALL, Role.JUNK)]
    order = {Role.SENT: 0, Role.INBOX: 1, Role.ALL: 1, Role.JUNK: 3}
    return tuple(sorted(readable, key=lambda f: (order.get(f.role, 2), f.name)))
