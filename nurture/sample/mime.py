"""A mail of the source -> the bytes that a mail server would have stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from email.message import EmailMessage, Message
from email.utils import format_datetime, parseaddr
from html import escape

from nurture.sample.owner import ADDRESS
from nurture.sample.quoting import body, intro
from nurture.sample.source import Mail

CLIENTS = {
    "outlook": "Microsoft Outlook 16.0",
    "iphone": "iPhone Mail (22D82)",
    "thunderbird": "Mozilla Thunderbird",
}


def compose(mail: Mail, earlier: tuple[Mail, ...] = ()) -> bytes:
    """The whole message. `earlier` are the mails of the same conversation before it, oldest first."""
    message = EmailMessage()
    _envelope(message, mail)
    _thread(message, mail, earlier)
    FORMS.get(mail.form, _plain)(message, mail, earlier)
    _settle_boundaries(message, mail.digest)
    return message.as_bytes()


def _envelope(message: EmailMessage, mail: Mail) -> None:
    if not mail.ours:
        message["Return-Path"] = "<>" if mail.form in ("bounce", "absence", "challenge") else f"<{mail.sender}>"
        host = f"mx.{mail.sender.partition('@')[2].removeprefix('mx.')}"
        when = format_datetime(mail.at)
        message["Received"] = (
            f"from {host} ({host} [192.0.2.25]) by imap.atelier-laurent.example with ESMTPS id {mail.digest}; {when}"
        )
    message["From"] = mail.by
    message["To"] = ", ".join(mail.to)
    if mail.cc:
        message["Cc"] = mail.cc
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = mail.message_id
    if client := CLIENTS.get("thunderbird" if mail.ours else mail.quote):
        message["User-Agent" if mail.ours else "X-Mailer"] = client


def _thread(message: EmailMessage, mail: Mail, earlier: tuple[Mail, ...]) -> None:
    """In-Reply-To and References, as clients and absence robots set them; delivery reports have neither."""
    parents = [m.message_id for m in earlier if not m.automatic]
    if parents and mail.form not in ("bounce", "challenge"):
        message["In-Reply-To"] = parents[-1]
        message["References"] = " ".join(parents)


def _plain(message: EmailMessage, mail: Mail, earlier: tuple[Mail, ...]) -> None:
    """Plain text; Gmail adds the same words in HTML, its quote in a container of its own."""
    text = body(mail, earlier) + "\n"
    if mail.charset != "utf-8":  # the narrow no-break space is known to Unicode only
        text = text.replace("\u202f", "\u00a0")
    message.set_content(text, charset=mail.charset)
    if mail.quote == "gmail":
        last = [m for m in earlier if not m.automatic][-1]
        quote = f'<div class="gmail_quote"><div class="gmail_attr">{escape(intro(mail, last))}<br></div>'
        quote += f'<blockquote class="gmail_quote">{_html(body(last, earlier[: earlier.index(last)]))}</blockquote></div>'
        message.add_alternative(f'<div dir="ltr">{_html(mail.text)}</div><br>{quote}\n', subtype="html")


def _html_only(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    head = '<html><head><meta charset="utf-8"><style>p { font-family: Georgia, serif }</style></head>'
    paragraphs = "".join(f"<p>{_html(part)}</p>\n" for part in mail.text.split("\n\n"))
    message.set_content(f"{head}<body>\n{paragraphs}</body></html>\n", subtype="html")


def _absence(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text + "\n")


def _challenge(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(mail.text + "\n")


def _newsletter(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    domain = mail.sender.partition("@")[2]
    message["List-Id"] = f"<news.{domain}>"
    message["List-Unsubscribe"] = f"<https://{domain}/unsubscribe>"
    message["Precedence"] = "bulk"
    message.set_content(mail.text + "\n")
    message.add_alternative(f"<table><tr><td>{_html(mail.text)}</td></tr></table>\n", subtype="html")


def _receipt(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text + "\n")


def _bounce(message: EmailMessage, mail: Mail, earlier: tuple[Mail, ...]) -> None:
    """A delivery report (RFC 3464) of Postfix's shape: notice, machine-readable status, header of the mail that failed."""
    failed = earlier[-1]
    address = parseaddr(failed.to[0])[1]
    message["Auto-Submitted"] = "auto-replied"
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/report; report-type=delivery-status"
    notice, original = EmailMessage(), EmailMessage()
    notice.set_content(
        "This is the mail system at host mx.atelier-laurent.example.\n\n"
        "I'm sorry to have to inform you that your message could not be delivered to one or more recipients.\n\n"
        f"<{address}>: host mx.{address.partition('@')[2]} said:\n    {mail.text}\n"
    )
    original.set_content(f"From: {failed.by}\nTo: {address}\nMessage-ID: {failed.message_id}\n", subtype="rfc822-headers")
    message.set_payload([notice, _delivery_status(mail, failed, address), original])


def _delivery_status(mail: Mail, failed: Mail, address: str) -> Message:
    by_message, by_recipient, part = Message(), Message(), Message()
    by_message["Reporting-MTA"] = "dns; mx.atelier-laurent.example"
    by_message["Arrival-Date"] = format_datetime(failed.at)
    by_recipient["Final-Recipient"] = f"rfc822; {address}"
    by_recipient["Action"] = "failed"
    by_recipient["Status"] = mail.status
    by_recipient["Diagnostic-Code"] = f"smtp; {mail.text}"
    part["Content-Type"] = "message/delivery-status"
    part.set_payload([by_message, by_recipient])
    return part


def _invitation(message: EmailMessage, mail: Mail, earlier: tuple[Mail, ...]) -> None:
    message.set_content(body(mail, earlier) + "\n")
    message.add_alternative(_calendar(mail, "REQUEST", mail.to[0]), subtype="calendar", params={"method": "REQUEST"})


def _accepted(message: EmailMessage, mail: Mail, _earlier: tuple[Mail, ...]) -> None:
    message["Content-Class"] = "urn:content-classes:calendarmessage"
    message.set_content("\n")
    message.add_alternative(_calendar(mail, "REPLY", mail.by), subtype="calendar", params={"method": "REPLY"})


def _calendar(mail: Mail, method: str, attendee: str) -> str:
    """An iCalendar object (RFC 5546); the UID joins the request and its reply."""
    assert mail.meeting is not None
    name, address = parseaddr(attendee)
    stamp, starts = "%Y%m%dT%H%M%SZ", mail.meeting.astimezone(UTC)
    partstat = "ACCEPTED" if method == "REPLY" else "NEEDS-ACTION"
    lines = [
        *("BEGIN:VCALENDAR", "PRODID:-//Sample//Calendar//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT"),
        f"UID:{starts:{stamp}}-{address}",
        f"DTSTAMP:{mail.at.astimezone(UTC):{stamp}}",
        f"DTSTART:{starts:{stamp}}",
        f"DTEND:{starts + timedelta(minutes=30):{stamp}}",
        "SUMMARY:Appel",
        f"ORGANIZER:mailto:{ADDRESS}",
        f'ATTENDEE;PARTSTAT={partstat};CN="{name}":mailto:{address}',
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\n".join(lines)


def _html(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>\n")


def _settle_boundaries(message: Message, digest: str) -> None:
    """Boundaries that are the same in every build."""
    for number, part in enumerate(p for p in message.walk() if p.get_content_maintype() == "multipart"):
        part.set_boundary(f"=_{number}_{digest}")


FORMS: dict[str, Callable[[EmailMessage, Mail, tuple[Mail, ...]], None]] = {
    "plain": _plain,
    "html": _html_only,
    "absence": _absence,
    "challenge": _challenge,
    "newsletter": _newsletter,
    "receipt": _receipt,
    "bounce": _bounce,
    "invitation": _invitation,
    "accepted": _accepted,
}
