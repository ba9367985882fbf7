"""What one mail is to nurture: frozen values, no behaviour beyond small questions.

Terms are RFC 5322's; `Kind` is the labels' vocabulary (docs/labels.md) and one more, `CHALLENGE`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sent a message."""

    HUMAN = "human"
    OUT_OF_OFFICE = "out_of_office"
    ACKNOWLEDGEMENT = "acknowledgement"
    BOUNCE_HARD = "bounce_hard"
    BOUNCE_SOFT = "bounce_soft"
    CALENDAR = "calendar"
    BULK = "bulk"
    LEFT = "left"
    CHALLENGE = "challenge"


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One mailbox: `addr` is a checked addr-spec, lower case, domain in ASCII (IDNA); `name` the display name, one clean line, may be ""."""

    addr: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.addr.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Headers:
    """The header fields that threading and judging need. Never raises on access; what could not be read is None or ()."""

    message_id: str | None = None  # with angle brackets, checked grammar, else None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()  # oldest first
    sender: Address | None = None  # From, None where it contradicts itself; never Reply-To
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()  # stands in the sender's own copy only
    subject: str = ""  # decoded, one line, no control characters
    sent: datetime | None = None  # Date, aware, UTC
    offset: int | None = None  # minutes east of UTC that the Date header stated
    marks: frozenset[str] = frozenset()  # see `Mark`
    failed_recipients: tuple[str, ...] = ()  # X-Failed-Recipients

    @property
    def parents(self) -> tuple[str, ...]:
        """Message-IDs this message answers, oldest first, without repeats: References, then In-Reply-To."""
        return tuple(dict.fromkeys((*self.references, *self.in_reply_to)))


class Mark(StrEnum):
    """A fact of the headers that speaks for an automatic message (RFC 3834, RFC 2369, and the wild)."""

    AUTO_REPLIED = "auto-replied"  # Auto-Submitted: auto-replied, X-Autoreply, X-Autorespond …
    AUTO_GENERATED = "auto-generated"
    LIST = "list"  # List-Id, List-Unsubscribe, List-Post
    BULK = "bulk"  # Precedence: bulk, junk, list; campaign headers
    NULL_SENDER = "null-sender"  # Return-Path: <>
    REPORT = "report"  # multipart/report
    MAILER_DAEMON = "mailer-daemon"  # From is a mail system
    NO_REPLY = "no-reply"
    CALENDAR = "calendar"  # text/calendar
    MEETING = "meeting"  # Exchange: it has to do with a meeting, be it an answer that somebody typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What an automatic message states. All may be empty."""

    resume_on: date | None = None  # first day back of an out-of-office
    quote: str = ""  # the sentence that says so, at most 200 characters
    successor: Address | None = None  # stand-in or successor, if an address is named
    failed: tuple[str, ...] = ()  # addr-specs that a delivery report names
    status: str = ""  # RFC 3463 status ("5.1.1") or SMTP code ("550")
    method: str = ""  # iTIP METHOD (REQUEST, REPLY, COUNTER, CANCEL) of a calendar part
    partstat: str = ""  # ACCEPTED, DECLINED, TENTATIVE of a REPLY
    starts: datetime | None = None  # DTSTART of the calendar part


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One parsed mail.

    `text` is the whole readable body (decoded, un-flowed, HTML turned to text, LF line ends, capped). `new_text` is what
    its author newly wrote: no quotes, no signature block, no disclaimer; `said` the same with signature and footers. `unsure` says
    that the cut was not certain and text was kept. `lang` is None where the words do not tell.
    """

    headers: Headers
    text: str = ""
    new_text: str = ""
    said: str = ""
    unsure: bool = False
    kind: Kind = Kind.HUMAN
    notice: Notice = field(default_factory=Notice)
    lang: str | None = None
    size: int = 0
    truncated: bool = False
