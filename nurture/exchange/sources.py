"""What a path holds -> exchanges: a file of conversations, one mail, an mbox, a Maildir, or a folder of any of them.

Nothing is written, moved or flagged. Mails are joined as the owner lived them: by thread, then by the address at the other end.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nurture.conversations import Entry, Owner, is_ours, looks_bulk, owner_of, thread
from nurture.exchange.conversation_file import exchanges_of
from nurture.exchange.retold import NEVER, NOBODY, Exchange, Mail
from nurture.exchange.text_file import BadFile
from nurture.messages import Mark, parse_headers

MAX_BYTES = 8 * 1024 * 1024  # of one mail
CONVERSATIONS = (".jsonl", ".ndjson", ".json")
NOT_READ = (".drafts", ".trash", ".deleted messages", ".brouillons", ".corbeille", ".templates")
SENT = (".sent", ".sent messages", ".sent items", ".envoyes", ".elements envoyes")
UNASKED = frozenset({Mark.LIST, Mark.BULK})


def open_path(path: Path, owner: Owner | None = None) -> Iterator[Exchange]:
    """The exchanges of a path. `owner`: whose mail it is; guessed from a folder of sent mail where nobody says. Raises BadFile."""
    try:
        if path.is_file() and path.suffix.lower() in CONVERSATIONS:
            yield from exchanges_of(path)
        elif path.is_file():
            yield from _joined(path, tuple(_of_file(path)), owner)
        elif _is_maildir(path):
            yield from _joined(path, tuple(_of_maildir(path)), owner or _owner_of_maildir(path))
        elif path.is_dir():
            yield from _of_folder(path, owner)
        else:
            raise BadFile(path, "there is no such file or folder")
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror})") from error


def _of_folder(path: Path, owner: Owner | None) -> Iterator[Exchange]:
    """A plain folder: its mails together, then every other thing in it by itself."""
    inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    single = [p for p in inside if p.is_file() and p.suffix.lower() == ".eml"]
    if not inside:
        raise BadFile(path, "the folder is empty")
    yield from _joined(path, tuple(mail for p in single for mail in _of_file(p)), owner)
    for other in inside:
        if other not in single and (other.is_dir() or other.suffix.lower() in (*CONVERSATIONS, ".mbox", "")):
            yield from open_path(other, owner)


def _of_file(path: Path) -> Iterator[Mail]:
    """One mail, or an mbox of them."""
    with path.open("rb") as file:
        if file.read(5) != b"From ":
            file.seek(0)
            yield _mail(file.read(MAX_BYTES), path)
            return
        file.readline()
        lines: list[bytes] = []
        blank = True
        for line in file:
            if blank and line.startswith(b"From "):
                yield _mail(b"".join(lines), path)
                lines = []
            else:
                lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
            blank = not line.strip()
        yield _mail(b"".join(lines), path)


def _mail(raw: bytes, path: Path) -> Mail:
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    headers = parse_headers(head[: 256 * 1024] + b"\n\n", None)
    if headers.sender is None and headers.message_id is None and headers.sent is None:
        raise BadFile(path, "neither a mail nor a file of conversations (those end in .jsonl)")
    return Mail(headers=headers, raw=raw[:MAX_BYTES])


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _of_maildir(path: Path) -> Iterator[Mail]:
    for folder in (path, *sorted(p for p in path.iterdir() if p.name.startswith(".") and _is_maildir(p))):
        if folder.name.lower() not in NOT_READ:
            for file in sorted((*(folder / "cur").iterdir(), *(folder / "new").iterdir())):
                if file.is_file() and os.stat(file).st_size:
                    yield _of_maildir_file(file)


def _of_maildir_file(file: Path) -> Mail:
    with file.open("rb") as raw:
        return _mail(raw.read(MAX_BYTES), file)


def _owner_of_maildir(path: Path) -> Owner | None:
    """Who wrote most of what lies in Sent."""
    senders: Counter[str] = Counter()
    for folder in path.iterdir():
        if folder.name.lower() in SENT and _is_maildir(folder):
            mails = [_of_maildir_file(f) for f in sorted((folder / "cur").iterdir())[:200]]
            senders.update(m.headers.sender.addr for m in mails if m.headers.sender)
    return owner_of([next(iter(senders.most_common(1)))[0]], "") if senders else None


def _joined(path: Path, mails: Sequence[Mail], owner: Owner | None) -> Iterator[Exchange]:
    """Mails -> exchanges, in the order of their first messages; newsletters that nobody answered are left out of a whole mailbox."""
    whose = owner or owner_of([], "")
    for number, group in enumerate(_groups(mails, whose), 1):
        kept = tuple(sorted(group, key=lambda m: m.sent))
        if len(mails) == 1 or any(not m.headers.marks & UNASKED for m in kept):
            yield Exchange(name=f"{path.name or path}#{number}", owner=whose, mails=kept)


def _groups(mails: Sequence[Mail], owner: Owner) -> Iterable[list[Mail]]:
    entries = [_entry(n, mail) for n, mail in enumerate(mails)]
    home: dict[str, int] = {}
    groups: dict[int, list[Mail]] = {}
    seen: set[str] = set()
    for number, members in enumerate(thread(entries)):
        others = [a for e in members for a in _others(mails[e.key], owner)]
        place = next((home[a] for a in others if a in home), number)
        for address in others:
            home.setdefault(address, place)
        for entry in members:
            if not (entry.message_id and entry.message_id in seen):
                groups.setdefault(place, []).append(mails[entry.key])
            seen.add(entry.message_id or "")
    return groups.values()


def _others(mail: Mail, owner: Owner) -> list[str]:
    """Who stands at the other end: whom we wrote to, or who wrote."""
    sender = mail.headers.sender
    if sender is not None and is_ours(sender.addr, owner):
        return [a.addr for a in mail.headers.to if not is_ours(a.addr, owner)]
    return [sender.addr] if sender is not None and not looks_bulk(sender.addr) else []


def _entry(key: int, mail: Mail) -> Entry:
    headers = mail.headers
    return Entry(
        key=key, by="them", message_id=headers.message_id, sent=headers.sent or NEVER, sender=headers.sender or NOBODY,
        parents=headers.parents, subject=headers.subject,
    )  # fmt: skip
