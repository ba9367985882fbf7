"""The sample's source: TOML files -> people with their mails, in values."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from nurture.sample.owner import ADDRESS, NAME

HERE = Path(__file__).resolve().parent
US = f"{NAME} <{ADDRESS}>"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail of the source. `form` names its MIME shape, `quote` the client whose way of quoting the mail before it shows."""

    by: str  # "Name <address>"
    to: tuple[str, ...]
    at: datetime
    text: str  # newly written words only
    subject: str
    form: str = "plain"
    quote: str = ""
    charset: str = "utf-8"
    folder: str = "inbox"
    cc: str = ""
    status: str = ""  # of a bounce: RFC 3463
    meeting: datetime | None = None
    lang: str = "fr"

    @property
    def ours(self) -> bool:
        return self.by == US

    @property
    def automatic(self) -> bool:
        return self.form not in ("plain", "html", "invitation")

    @property
    def sender(self) -> str:
        return parseaddr(self.by)[1]

    @property
    def digest(self) -> str:
        """Sixteen hex digits that stay the same from build to build."""
        return hashlib.sha256(f"{self.by}|{self.at.isoformat()}|{self.subject}".encode()).hexdigest()[:16]

    @property
    def message_id(self) -> str:
        return f"<{self.at:%Y%m%d%H%M%S}.{self.digest}@{self.sender.partition('@')[2]}>"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody in the sample, with what a run at SAMPLE_NOW is expected to do about them."""

    who: str  # "Name <address>"
    lang: str
    register: str | None
    shows: str
    action: str  # a `followups.Action` value
    about: str
    mails: tuple[Mail, ...] = field(default=())

    @property
    def address(self) -> str:
        return parseaddr(self.who)[1]


def people() -> tuple[Person, ...]:
    """Everybody of the sample, the French half first, in the order of the source."""
    return tuple(_person(row, lang) for lang in ("fr", "en") for row in _rows(f"{lang}.toml")["person"])


def ordinary() -> tuple[Mail, ...]:
    """The ordinary traffic around them."""
    return tuple(_mail(row, by=row["by"], to=(US,), subject=row["subject"], lang="fr") for row in _rows("ordinary.toml")["mail"])


def _rows(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _person(row: dict[str, Any], lang: str) -> Person:
    mails: list[Mail] = []
    for mail in row["mail"]:
        by = {"us": US, "them": row["who"]}.get(mail.get("by", "us"), mail.get("by", ""))
        to = tuple(mail.get("to", (row["who"],))) if by == US else (US,)
        mails.append(_mail(mail, by=by, to=to, subject=_subject(mail, row["subject"], lang, answers=bool(mails)), lang=lang))
    register = row.get("register", "vous") if lang == "fr" else None
    return Person(
        who=row["who"],
        lang=lang,
        register=register,
        shows=row["shows"],
        action=row["action"],
        about=row["about"],
        mails=tuple(mails),
    )


def _mail(row: dict[str, Any], *, by: str, to: tuple[str, ...], subject: str, lang: str) -> Mail:
    folder = row.get("folder", "sent" if by == US else "inbox")
    kept = {key: row[key] for key in ("form", "quote", "charset", "cc", "status") if key in row}
    meeting = datetime.fromisoformat(row["meeting"]) if "meeting" in row else None
    at = datetime.fromisoformat(row["at"])
    return Mail(by=by, to=to, at=at, text=row["text"].strip(), subject=subject, folder=folder, meeting=meeting, lang=lang, **kept)


def _subject(mail: dict[str, Any], first: str, lang: str, *, answers: bool) -> str:
    """The subject as its client writes it: Outlook says "RE:", and in French « RE : », an iPhone « Re : »."""
    if "subject" in mail:
        return str(mail["subject"])
    space = " " if lang == "fr" else ""
    prefix = {"outlook": f"RE{space}: ", "iphone": f"Re{space}: "}.get(mail.get("quote", ""), "Re: ")
    return prefix + first if answers else first
