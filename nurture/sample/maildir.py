"""The sample as a Maildir++: INBOX at the top, `.Sent`, `.Drafts`, `.Trash`, `.Junk` and `.Nurture` beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nurture.sample.mime import compose
from nurture.sample.source import Mail, ordinary, people

FOLDERS = {"inbox": "", "sent": ".Sent", "drafts": ".Drafts", "trash": ".Trash", "junk": ".Junk", "nurture": ".Nurture"}


def build(dest: Path) -> None:
    """Write the sample mailbox to `dest`: always the same bytes, names and times. What lies there already is left alone."""
    for folder in FOLDERS.values():
        for part in ("cur", "new", "tmp"):
            (dest / folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder:
            (dest / folder / "maildirfolder").touch()
    for number, (mail, flags, raw) in enumerate(sorted(_mails(), key=lambda found: found[0].at), start=1):
        _store(dest / FOLDERS[mail.folder], f"{int(mail.at.timestamp())}.M{number:04d}P1.sample", flags, mail, raw)


def _mails() -> Iterator[tuple[Mail, str, bytes]]:
    for person in people():
        for place, mail in enumerate(person.mails):
            answered = any(later.ours and later.folder == "sent" for later in person.mails[place + 1 :])
            yield mail, _flags(mail, answered=answered), compose(mail, person.mails[:place])
    for mail in ordinary():
        yield mail, "S", compose(mail)


def _flags(mail: Mail, *, answered: bool) -> str:
    if mail.folder == "drafts":
        return "DS"
    return "RS" if answered and not mail.ours else "S"


def _store(folder: Path, name: str, flags: str, mail: Mail, raw: bytes) -> None:
    written, kept = folder / "tmp" / name, folder / "cur" / f"{name}:2,{flags}"
    written.write_bytes(raw)
    os.utime(written, (mail.at.timestamp(), mail.at.timestamp()))
    written.rename(kept)
