"""The sheet as one mail, from the owner to the owner: text/plain and HTML, and the proof that the bytes are what was meant."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.utils import format_datetime

from nurture.errors import OutOfBounds
from nurture.messages import Address, check_address, one_line
from nurture.sheet.lines import headline
from nurture.sheet.page import page
from nurture.sheet.sheet import Sheet
from nurture.sheet.text import text
from nurture.sheet.wording import Wording

DIGITS = 32  # hex digits: 128 bits
HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type")
FORM = policy.SMTP.clone(cte_type="7bit", max_line_length=76)


def identity_of(account: str, day: date, number: int, key: bytes, domain: str) -> str:
    """The Message-ID of an account's sheet of a day; only the key can make it. `number`: which one of that day."""
    told = f"sheet:{account}|{day.isoformat()}|{number}".encode()
    return f"<{hmac.new(key, told, hashlib.sha256).hexdigest()[:DIGITS]}@{domain}>"


def compose(sheet: Sheet, wording: Wording, *, owner: Address, message_id: str, now: datetime) -> bytes:
    """CRLF bytes. `owner` is sender and recipient: nobody else ever is."""
    mail = EmailMessage(policy=FORM)
    subject = one_line(wording.label("title", what=headline(sheet, wording)).replace("\u00a0", " "), 200)
    mail["From"] = mail["To"] = _mailbox(owner)
    mail["Subject"], mail["Date"], mail["Message-ID"] = subject, format_datetime(now.replace(microsecond=0)), message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text(sheet, wording), cte="quoted-printable")
    mail.add_alternative(page(sheet, wording), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{message_id[1 : DIGITS + 1]}")
    raw = mail.as_bytes()
    _verify(raw, owner, message_id)
    return raw


def _mailbox(owner: Address) -> Mailbox:
    if check_address(owner.addr) != owner.addr:
        raise OutOfBounds("The review sheet was about to be addressed to something that is no address.")
    return Mailbox(display_name=one_line(owner.name, 120), addr_spec=owner.addr)


def _verify(raw: bytes, owner: Address, message_id: str) -> None:
    """Nothing but what was meant: an encoder may turn a name into a second header."""
    parsed = message_from_bytes(raw, policy=policy.default)
    kinds = [part.get_content_type() for part in parsed.walk()]
    to = [a.addr_spec for a in parsed["To"].addresses]
    meant = (
        sorted(parsed.keys()) == sorted(HEADERS),
        kinds == ["multipart/alternative", "text/plain", "text/html"],
        to == [owner.addr] == [a.addr_spec for a in parsed["From"].addresses],
        str(parsed["Message-ID"]) == message_id,
        b"\n" not in raw.replace(b"\r\n", b""),
    )
    if not all(meant):
        raise OutOfBounds(
            f"The review sheet came out other than it was meant (check {meant.index(False) + 1}). Please report this."
        )
