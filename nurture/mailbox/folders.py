"""Which folder is which: the configured name, then the server's word (RFC 6154), then known names; never a guess between two."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nurture.config import FolderChoices
from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox.contract import Folder, Role
from nurture.messages import fold

SPECIAL = {
    "\\drafts": Role.DRAFTS, "\\sent": Role.SENT, "\\trash": Role.TRASH, "\\junk": Role.JUNK, "\\spam": Role.JUNK, "\\archive": Role.ARCHIVE, "\\all": Role.ALL,
}  # fmt: skip
UNREAD = frozenset({Role.DRAFTS, Role.TRASH, Role.OUTBOX})
# laposte.net files sent mail in a folder called OUTBOX (mail-facts 2.5).
SENT_IN_OUTBOX = frozenset({"imap.laposte.net"})
NEW_NAME = re.compile(r"[A-Za-z][A-Za-z -]{0,40}")
LEVELS = 2  # of a new folder's name
SHEET = "Nurture"  # where the review sheet lies
GMAIL = ("[Gmail]/", "[Google Mail]/")


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
    folders = [_first_role(row, host) for row in _distinct(listed)]
    _check_choices(folders, choices)
    return _settle_doubles([_by_choice(f, choices) for f in folders])


def _distinct(listed: Iterable[Listed]) -> list[Listed]:
    """No folder twice, and no two folders under one name: everything that is kept of a folder is kept under its name."""
    rows: dict[str, Listed] = {}
    wires: set[str] = set()
    for row in listed:
        if row.wire and row.wire in wires:
            continue
        wires.add(row.wire)
        name = row.name if row.name not in rows else f"{row.name} ({row.wire!a})"
        rows.setdefault(name, replace(row, name=name))
    return list(rows.values())


def _first_role(row: Listed, host: str) -> Folder:
    attributes = {a.lower() for a in row.attributes}
    selectable = not attributes & {"\\noselect", "\\nonexistent"}
    stated = next((role for flag, role in SPECIAL.items() if flag in attributes), None)
    named = _by_name(row, host)
    role = Role.OUTBOX if named is Role.OUTBOX else stated or named
    return Folder(name=row.name, role=role, selectable=selectable, special_use=stated is role, wire=row.wire or row.name)


def _by_name(row: Listed, host: str) -> Role:
    if row.name.upper() == "INBOX":
        return Role.INBOX
    last = fold(row.name.rpartition(row.delimiter)[2] if row.delimiter else row.name).strip()
    role = known_names().get(last, Role.OTHER)
    if role is Role.OUTBOX and host in SENT_IN_OUTBOX:
        return Role.SENT
    if role is Role.ALL and not row.name.startswith(GMAIL):
        return Role.OTHER  # a folder "Todos" of the user's own is not all their mail: INBOX would not be read any more
    depth = row.name.count(row.delimiter) if row.delimiter else 0
    # A folder "Projects/2024/Sent" of the user's own is no Sent folder; one level below INBOX or a namespace is.
    return role if depth <= 1 or role is Role.OUTBOX else Role.OTHER


def _by_choice(folder: Folder, choices: FolderChoices) -> Folder:
    if _is(folder, *choices.ignore):
        return replace(folder, role=Role.OTHER, selectable=False)
    chosen = {Role.DRAFTS: choices.drafts, Role.TRASH: choices.trash, Role.JUNK: choices.junk}
    for role, name in chosen.items():
        if _is(folder, name):
            return replace(folder, role=role, special_use=True)
    if _is(folder, *choices.sent):
        return replace(folder, role=Role.SENT, special_use=True)
    if choices.sent and folder.role is Role.SENT:
        return replace(folder, role=Role.OTHER, special_use=False)
    if chosen.get(folder.role):
        return replace(folder, special_use=False)  # the chosen one wins
    return folder


def _is(folder: Folder, *names: str) -> bool:
    return any(n and (unicodedata.normalize("NFC", n) == folder.name or n == folder.wire) for n in names)


def _check_choices(folders: Sequence[Folder], choices: FolderChoices) -> None:
    chosen = [("drafts", choices.drafts), ("trash", choices.trash), ("junk", choices.junk), *(("sent", s) for s in choices.sent)]
    for key, name in chosen:
        found = next((f for f in folders if _is(f, name)), None)
        if name and found is None:
            raise FoldersFault(f"There is no folder {name!r}, which [account.folders] {key} names. `nurture check` lists them.")
        if found is not None and key != "sent" and found.role in (Role.INBOX, Role.ALL):
            raise FoldersFault(f"{name} holds ordinary mail. Name another folder in [account.folders] {key}.")
        if found is not None and not found.selectable:
            raise FoldersFault(
                f"The folder {name!r}, which [account.folders] {key} names, holds no mail. `nurture check` lists them."
            )
        if found is not None and key in ("drafts", "trash") and found.role is Role.OUTBOX:
            raise FoldersFault(
                f"{name} is an outbox: what lies there may be sent. Name another folder in [account.folders] {key}."
            )


def _settle_doubles(folders: list[Folder]) -> tuple[Folder, ...]:
    """One Drafts, one Trash: what the server says wins over what a name suggests; two equals are asked of the user.

    The losers are no ordinary mail either. A second Drafts is set aside; a second Trash or Junk stays one, after the first.
    """
    for role in (Role.DRAFTS, Role.TRASH):
        mine = [f for f in folders if f.role is role and f.selectable]
        stated = [f for f in mine if f.special_use]
        if len(mine) > 1 and len(stated) != 1:
            names = " and ".join(repr(f.name) for f in stated or mine)
            raise FoldersFault(
                f"{names} could both be the {role.value} folder. Name the right one in config.toml: [account.folders] {role.value} = …"
            )
        if role is Role.DRAFTS:
            folders = [
                replace(f, role=Role.OTHER, selectable=False) if f in mine and len(mine) > 1 and f not in stated else f
                for f in folders
            ]
    return tuple(sorted(folders, key=lambda f: not f.special_use))


def prefix_of(folders: Sequence[Folder]) -> str:
    """What new folders' names begin with: "INBOX." on servers that keep everything below it, else nothing."""
    others = [f.name for f in folders if f.role is not Role.INBOX]
    for delimiter in "./":
        if others and all(name.upper().startswith(f"INBOX{delimiter}") for name in others):
            return others[0][: len("INBOX") + 1]
    return ""


def sheet_folder(folders: Sequence[Folder]) -> Folder | None:
    """The folder for the review sheet; None where nobody has made it. One that is anything else beside is none."""
    wanted = (prefix_of(folders) + SHEET, SHEET)
    found = [f for name in wanted for f in folders if f.name == name and f.selectable and f.role is Role.OTHER]
    return next(iter(found), None)


def check_sheet_folder(folder: Folder, folders: Sequence[Folder]) -> None:
    """Raises OutOfBounds for any other folder."""
    if folder != sheet_folder(folders):
        raise OutOfBounds(f"A review sheet was about to be written into {folder.name}, which is not its folder.")


def check_withdrawal(folder: Folder, trash: Folder, folders: Sequence[Folder]) -> None:
    """Only drafts and sheets are ever moved, and to Trash only. Else OutOfBounds."""
    if (folder.role is not Role.DRAFTS and folder != sheet_folder(folders)) or trash.role is not Role.TRASH:
        raise OutOfBounds(f"Something was about to be moved from {folder.name} to {trash.name}.")


def check_new_name(name: str) -> str:
    """The name of a folder that nurture may make: letters of English, so that it reads the same everywhere. Else OutOfBounds."""
    if not NEW_NAME.fullmatch(name):
        raise OutOfBounds("A folder of an unusual name was about to be made.")
    return name


def new_name(name: str, delimiter: str) -> str:
    """What a new folder is called here: `name` has a slash where it lies within another, the server has its own `delimiter`.

    Raises FoldersFault where it knows no folders within folders, OutOfBounds for a name that is not to be made.
    """
    parts = [check_new_name(part) for part in name.split("/")]
    if len(parts) > LEVELS:
        raise OutOfBounds("A folder of an unusual name was about to be made.")
    if len(parts) > 1 and not delimiter:
        raise FoldersFault(f"The server keeps no folders within folders, so that {name} cannot be made.")
    return delimiter.join(parts)


def life_folders(folders: Sequence[Folder]) -> tuple[Folder, ...]:
    """The folders to be read, and Trash behind them: for signs of life alone. A deleted answer is one."""
    return (*reading_folders(folders), *(f for f in folders if f.role is Role.TRASH and f.selectable))


def reading_folders(folders: Sequence[Folder]) -> tuple[Folder, ...]:
    """The folders to be read, Sent first, Junk last. Where there is an All Mail (Gmail), it stands for all but Sent and Junk."""
    readable = [f for f in folders if f.selectable and f.role not in UNREAD]
    if any(f.role is Role.ALL for f in readable):
        readable = [f for f in readable if f.role in (Role.SENT, Role.ALL, Role.JUNK)]
    order = {Role.SENT: 0, Role.INBOX: 1, Role.ALL: 1, Role.JUNK: 3}
    return tuple(sorted(readable, key=lambda f: (order.get(f.role, 2), f.name)))
