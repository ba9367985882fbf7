"""A mailbox that is lived through: mail arrives in its order, a run each working day, and an owner who sends the drafts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent / "data" / "corpus"
OWNER_NAME = "Alex Moreau"
OWNER = "alex@atelier-moreau.example"
FOLDERS = ("", ".Sent", ".Drafts", ".Trash", ".Junk", ".Nurture")
OWN_HEADERS = frozenset(
    {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "content-type",
        "mime-version",
        "content-transfer-encoding",
    }
)
REPLIES = ("re", "fwd", "fw", "tr", "rép", "aw", "réponse automatique", "automatic reply")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message of the corpus, ready to be delivered, with what its labels say about the conversation after it."""

    when: datetime
    ours: bool
    raw: bytes
    person: str  # whom it says something about, by address
    stage: str
    turn: str
    kind: str
    resume_on: date | None
    signals: frozenset[str]


def base(subject: str) -> str:
    """A subject without its reply prefixes, as mail clients compare them."""
    text = subject.strip().lower()
    while True:
        head, colon, tail = text.partition(":")
        if not (colon and head.strip() in REPLIES):
            return text
        text = tail.strip()


def letters(*languages: str) -> list[Letter]:
    """Every message of the labelled conversations as mail to and from one owner, oldest first."""
    found = [
        letter
        for lang in languages
        for line in (CORPUS / f"{lang}.dev.jsonl").read_text(encoding="utf-8").splitlines()
        for letter in _letters(json.loads(line))
    ]
    return sorted(found, key=lambda letter: letter.when)


def _letters(conversation: dict[str, Any]) -> Iterator[Letter]:
    own, threads = conversation["owner"]["address"].lower(), dict[str, list[str]]()
    written_to: list[str] = []
    for i, m in enumerate(conversation["messages"]):
        gold, ours = m["gold"], own in m["from"].lower()
        raw = _raw(conversation["id"], own, threads, i, m)
        if ours:
            written_to.append(parseaddr(m["to"][0])[1].lower())
        yield Letter(
            when=datetime.fromisoformat(m["date"]).astimezone(UTC),
            ours=ours,
            raw=raw,
            person=_concerned(parseaddr(m["from"])[1].lower(), written_to, raw, gold["kind"], ours=ours),
            stage=gold["stage"],
            turn=gold["turn"],
            kind=gold["kind"],
            resume_on=date.fromisoformat(gold["resume_on"]) if gold["resume_on"] else None,
            signals=frozenset(gold["signals"]),
        )


def _concerned(sender: str, written_to: list[str], raw: bytes, kind: str, *, ours: bool) -> str:
    """Whom a message says something about. The labels speak of a conversation; where it was passed on to somebody else, of the
    newest correspondent. A stranger who writes in a thread of their own (a mother for her son) can be told by nobody: ""."""
    if not written_to:
        return sender
    if ours or sender in written_to:
        return written_to[-1] if ours else sender
    return written_to[-1] if b"\nReferences:" in raw or kind.startswith("bounce") else ""


def _raw(name: str, own: str, threads: dict[str, list[str]], i: int, m: dict[str, Any]) -> bytes:
    def swap(address: str) -> str:
        return formataddr((OWNER_NAME, OWNER)) if parseaddr(address)[1].lower() == own else address

    mail = EmailMessage()
    mail["From"], mail["To"] = swap(m["from"]), ", ".join(map(swap, m["to"]))
    mail["Subject"], mail["Date"] = m["subject"], format_datetime(datetime.fromisoformat(m["date"]))
    mail["Message-ID"] = f"<{name}.{i}@{parseaddr(str(mail['From']))[1].split('@')[-1] or 'mail.example'}>"
    chain = threads.setdefault(base(m["subject"]), [])
    if not chain and i:
        chain = next((t for k, t in threads.items() if t and (base(m["subject"]) in k or k in base(m["subject"]))), chain)
    if chain:
        mail["In-Reply-To"], mail["References"] = chain[-1], " ".join(chain)
    chain.append(str(mail["Message-ID"]))
    for key, value in (m.get("headers") or {}).items():
        if key.lower() not in OWN_HEADERS:
            mail[key] = str(value)
    mail.set_content(m["text"] if m["text"].endswith("\n") else m["text"] + "\n")
    return mail.as_bytes()


@dataclass
class Place:
    """A Maildir++ on disk, delivered to as a mail server would, and lived in by an owner with a mail client."""

    root: Path
    count: int = 0
    own: Callable[[Path], None] = field(default=lambda _path: None)  # gives a new file to the mail server's user

    def __post_init__(self) -> None:
        for folder in FOLDERS:
            for part in ("cur", "new", "tmp"):
                (self.root / folder / part).mkdir(parents=True, exist_ok=True)

    def deliver(self, folder: str, raw: bytes, when: datetime) -> Path:
        """Put one message into a folder; what comes in is unread."""
        flags = "S" if folder else ""
        self.count += 1
        path = self.root / folder / "cur" / f"{int(when.timestamp())}.M{self.count}P1.life:2,{flags}"
        path.write_bytes(raw)
        os.utime(path, (when.timestamp(),) * 2)
        self.own(path)
        return path

    def files(self, folder: str) -> list[Path]:
        """The messages of a folder."""
        return sorted(p for part in ("cur", "new") for p in (self.root / folder / part).iterdir() if not p.name.startswith("."))

    def send(self, draft: Path, now: datetime) -> None:
        """What the owner's mail client does with a draft as it is: a copy in Sent, dated now; the draft is gone."""
        raw = draft.read_bytes()
        head, _, body = raw.partition(b"\r\n\r\n") if b"\r\n\r\n" in raw else raw.partition(b"\n\n")
        kept = [line for line in head.splitlines() if not line.lower().startswith(b"date:")]
        self.deliver(".Sent", b"\n".join([*kept, b"Date: " + format_datetime(now).encode(), b"", body]), now)
        draft.unlink()


def working_days(first: datetime, last: datetime) -> Iterator[datetime]:
    """Seven o'clock UTC of every working day from the first to the last."""
    day = first.replace(hour=7, minute=0, second=0, microsecond=0)
    while day <= last + timedelta(days=1):
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
