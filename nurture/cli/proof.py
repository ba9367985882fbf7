"""`nurture check --proof`: evidence for the promises P1 (never sends) and P2 (touches nothing but its own), gathered live."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nurture.errors import NurtureError, OutOfBounds

if TYPE_CHECKING:
    from nurture.cli.looked_at import Finding
    from nurture.config import Config, Home
    from nurture.mailbox import Mailbox

SENDERS = frozenset(
    {"smtplib", "aiosmtplib", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "telnetlib"}
)


def prove(config: Config, home: Home) -> Iterator[Finding]:
    """Try what must not be possible, and look at what was left behind."""
    from nurture.cli import opening

    opening.guard_for(config)
    yield _finding("P1: no sending library in the code", *_imports())
    yield _finding("P1: a connection to a mail relay is refused", *_connection())
    yield _finding("P1: a mail program cannot be started", *_program())
    for account in config.accounts:
        try:
            with opening.opener(account, home)() as box:
                yield _finding(f"P1: the drafts folder of {box.account} is no outbox", *_no_outbox(box))
                yield _finding(f"P2: reading {box.account} changes no flag", *_flags(box))
        except NurtureError as fault:
            yield _finding(f"P2: {account.mailbox}", ok=False, says=str(fault))


def _finding(what: str, ok: bool, says: str) -> Finding:
    from nurture.cli.looked_at import Finding

    return Finding(what=what, ok=ok, says=says, code=70)


def _imports() -> tuple[bool, str]:
    files = sorted(Path(__file__).resolve().parent.parent.rglob("*.py"))
    bad = [f"{f.name}: {name}" for f in files for name in imported(f) if name in SENDERS]
    loaded = sorted(SENDERS.intersection(sys.modules))
    if bad:
        return False, f"imported: {', '.join(bad)}"
    return True, f"{len(files)} source files import none of {', '.join(sorted(SENDERS))}" + (
        f" (loaded by others: {', '.join(loaded)})" if loaded else ""
    )


def imported(file: Path) -> set[str]:
    """The modules a source file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _connection() -> tuple[bool, str]:
    probe = socket.socket()
    try:
        probe.settimeout(0.2)
        probe.connect(("127.0.0.1", 25))
    except OutOfBounds as refused:
        return True, str(refused)
    except OSError as reached:
        return False, f"the connection was tried ({reached})"
    finally:
        probe.close()
    return False, "the connection was made"


def _program() -> tuple[bool, str]:
    try:
        subprocess.run(["sendmail", "-V"], check=False, capture_output=True, timeout=5)
    except OutOfBounds as refused:
        return True, str(refused)
    except OSError as reached:
        return False, f"the program was looked for ({reached})"
    return False, "the program was started"


def _no_outbox(box: Mailbox) -> tuple[bool, str]:
    from nurture.mailbox import Role
    from nurture.reconcile import role_folder

    folder = role_folder(box, Role.DRAFTS)
    return True, f"drafts go to {folder.name}" + (
        ", which the server itself calls its Drafts folder" if folder.special_use else ", by its name"
    )


def _flags(box: Mailbox) -> tuple[bool, str]:
    """Read the newest messages of each folder the way a run does, and compare all their flags before and after."""
    from nurture.mailbox import reading_folders

    looked = 0
    for folder in reading_folders(box.folders()):
        uids = box.uids(folder)[-50:]
        before = box.flags(folder, uids)
        for _ in box.bodies(folder, uids, 1024):
            looked += 1
        if box.flags(folder, uids) != before:
            return False, f"flags changed in {folder.name}"
    return True, f"{looked} messages read, every flag as it was"
