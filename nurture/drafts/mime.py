"""A draft -> bytes, and the proof that these bytes are what was meant (mail-facts 3.2, T2).

Header values are built from checked atoms only; afterwards the message is parsed again and its header list compared with the
intended one, since an encoder that turns a name into a second header is a known fault of the standard library.
"""

from __future__ import annotations

import quopri
import re
import textwrap
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.utils import format_datetime

from nurture.drafts.draft import Draft
from nurture.errors import OutOfBounds
from nurture.messages import Address, check_address, check_message_id, one_line, parse, parse_headers

FLOW = 72  # columns of a flowed line (RFC 3676)
LONGEST = 998  # octets of a line (RFC 5322 2.1.1)
# QUIRK: Thunderbird cuts References above 986 characters and keeps the first and the newest (MimeMessageUtils.getReferences); a
# chain that is shorter keeps the token as well.
LONGEST_CHAIN = 900
HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]{1,60}")


def compose(draft: Draft) -> bytes:
    """text/plain, format=flowed, CRLF line ends. Raises OutOfBounds for a value that could break out of its header."""
    fields = [
        ("From", _address(draft.sender)),
        ("To", ", ".join(_address(a) for a in draft.to)),
        ("Subject", _words(draft.subject, len("Subject: "))),
        ("Date", format_datetime(_aware(draft.date))),
        ("Message-ID", _id(draft.identity.message_id)),
        *([("In-Reply-To", _id(draft.in_reply_to))] if draft.in_reply_to else []),
        ("References", "\r\n ".join(_id(i) for i in references(draft))),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8; format=flowed"),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    body = quopri.encodestring(flow(draft.text.body).encode("utf-8")).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"\r\n" + body


def references(draft: Draft) -> tuple[str, ...]:
    """The chain with our token second, where every client we know keeps it; the anchor stays last, where Thunderbird looks for it."""
    chain = draft.references
    room = LONGEST_CHAIN - len(draft.identity.token)
    while len(chain) > 2 and sum(len(i) + 1 for i in chain) > room:
        chain = (chain[0], *chain[2:])
    at = 1 if len(chain) > 1 else 0
    return (*chain[:at], draft.identity.token, *chain[at:])


def flow(text: str) -> str:
    """RFC 3676: paragraphs are single lines for who un-flows them, and wrapped at 72 columns for who does not."""
    return "".join(f"{line}\n" for paragraph in text.strip("\n").split("\n") for line in _flowed(paragraph))


def _flowed(paragraph: str) -> list[str]:
    text = paragraph.rstrip()
    if text == "--" and paragraph.startswith("-- "):
        return ["-- "]
    wrapped = textwrap.wrap(text, FLOW, break_long_words=False, break_on_hyphens=False) or [""]
    lines = [*(f"{line} " for line in wrapped[:-1]), wrapped[-1]]
    return [f" {line}" if line.startswith((" ", ">", "From ")) else line for line in lines]


def _address(address: Address) -> str:
    if check_address(address.addr) != address.addr:
        raise OutOfBounds("A draft was about to be addressed to something that is no address.")
    name = one_line(address.name, 120)
    if not name or "@" in name:
        return address.addr
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} <{address.addr}>"
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address.addr}>'
    return f"{_encoded(name, 0)} <{address.addr}>"


def _words(text: str, used: int) -> str:
    clean = one_line(text, 998)
    return clean if clean.isascii() and len(clean) + used <= FLOW and "=?" not in clean else _encoded(clean, used)


def _encoded(text: str, used: int) -> str:
    """RFC 2047 words, folded; `used` columns of the first line are taken."""
    return Header(text, "utf-8", maxlinelen=75, header_name="x" * max(0, used - 2)).encode(linesep="\r\n")


def _id(value: str) -> str:
    if check_message_id(value) != value:
        raise OutOfBounds("A draft was about to refer to something that is no message-id.")
    return value


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise OutOfBounds("A draft was about to be dated without a time zone.")
    return moment.replace(microsecond=0)


def verify(raw: bytes, draft: Draft) -> None:
    """Parse the bytes again and compare with what was meant. Raises OutOfBounds where anything differs."""
    parsed = message_from_bytes(raw)
    wanted = [name for name in HEADERS if name != "In-Reply-To" or draft.in_reply_to]
    if list(parsed.keys()) != wanted:
        raise OutOfBounds("A draft came out with other headers than it was given. It was not written; please report this.")
    headers = parse_headers(raw)
    meant = (
        headers.message_id == draft.identity.message_id,
        headers.sender is not None and headers.sender.addr == draft.sender.addr,
        [a.addr for a in headers.to] == [a.addr for a in draft.to],
        headers.in_reply_to == ((draft.in_reply_to,) if draft.in_reply_to else ()),
        headers.references == tuple(dict.fromkeys(references(draft))),
        headers.subject == one_line(draft.subject, 998),
        _lines(parse(raw).text) == _lines(draft.text.body),  # as a client that knows format=flowed shows it
        all(len(line) <= LONGEST for line in raw.split(b"\r\n")),
        b"\n" not in raw.replace(b"\r\n", b""),
    )
    if not all(meant):
        raise OutOfBounds(
            f"A draft came out other than it was meant (check {meant.index(False) + 1}). It was not written; please report this."
        )


def _lines(text: str) -> list[str]:
    return [re.sub(" {2,}", " ", line).strip(" ") for line in text.strip("\n").split("\n")]
