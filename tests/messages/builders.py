"""Mails by hand: `a_mail("Bonjour", subject="Re: x")` is bytes as they come from a server; `headers(...)` what a reader makes of a head."""

from __future__ import annotations

from nurture.messages import Headers, Kind, Message, headers_of, parse_text

PAUL = "Paul Marchand <paul.marchand@marchand-bois.example>"
CLAIRE = "Claire Morvan <claire@morvanfilms.example>"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"
WEDNESDAY = "2026-03-04T10:00:00+01:00"
FIELDS = {"From": PAUL, "To": CLAIRE, "Subject": "Re: Une video", "Date": "Wed, 04 Mar 2026 10:00:00 +0100"}


def a_mail(body: str | bytes, **fields: str) -> bytes:
    """A mail with this body; an underscore in a field's name stands for a dash, "" leaves a field out."""
    named = FIELDS | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\n" for name, value in named.items() if value)
    return head.encode() + b"\n" + (body.encode() if isinstance(body, str) else body)


def parts(*inner: str | bytes, kind: str = "mixed", parameters: str = "", **fields: str) -> bytes:
    """A mail of several parts; each part brings its own head."""
    pieces = b"".join(b"--cut\n" + (p.encode() if isinstance(p, str) else p) + b"\n" for p in inner)
    return a_mail(pieces + b"--cut--\n", Content_Type=f'multipart/{kind}; boundary="cut"{parameters}', **fields)


def headers(*, sender: str = PAUL, subject: str = "Re: Une vidéo", **given: str) -> Headers:
    """The headers of a mail of a Wednesday; further fields by name."""
    named = {name.replace("_", "-"): value for name, value in given.items()}
    return headers_of(sender=sender, to=[CLAIRE], date=WEDNESDAY, subject=subject, headers=named)


def read(text: str, *, sender: str = PAUL, subject: str = "Re: Une vidéo", **given: str) -> Message:
    """A mail whose body is text already, read."""
    return parse_text(text, headers(sender=sender, subject=subject, **given))


def kind(text: str, *, sender: str = PAUL, subject: str = "Re: Une vidéo", **given: str) -> Kind:
    """What sent such a mail."""
    return read(text, sender=sender, subject=subject, **given).kind
