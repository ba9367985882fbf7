"""Bytes -> Message. Tolerant: it never raises on any bytes, and its work is bounded (depth, parts, size)."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nurture.messages.automatic import Parts, classify
from nurture.messages.body import new_words
from nurture.messages.fields import parse_headers, split_header
from nurture.messages.html import html_text
from nurture.messages.language import detect_language
from nurture.messages.message import Headers, Kind, Message

MAX_BYTES = 1024 * 1024
MAX_TEXT = 256 * 1024  # characters of body that are read
MAX_PARTS = 100
MAX_DEPTH = 20
_PARAMETER = re.compile(r';\s*([a-z0-9*-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,500})"|([^\s;"]{0,500}))', re.IGNORECASE)


@dataclass
class _Leaf:
    """One part that is no container."""

    kind: str
    parameters: dict[str, str]
    encoding: str
    body: bytes
    attached: bool
    headers: dict[str, list[str]] = field(default_factory=dict)


def parse(raw: bytes, *, received: datetime | None = None, prior: str | None = None, ours: Sequence[str] = ()) -> Message:
    """One mail. `prior` is the language of the thread so far; `ours` are texts of our own earlier mails, to cut their quotes."""
    capped = raw[:MAX_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    headers = parse_headers(capped, received)
    leaves = list(_leaves(capped))
    text = _readable(leaves)[:MAX_TEXT]
    parts = Parts(
        report=next((_decoded(leaf) for leaf in leaves if leaf.kind in ("message/delivery-status", "message/global-delivery-status")), ""),
        calendar=next((leaf_bytes(leaf) for leaf in leaves if leaf.kind in ("text/calendar", "application/ics")), b""),
        returned=next((leaf.body[:16_384] for leaf in leaves if leaf.kind in ("message/rfc822", "text/rfc822-headers")), b""),
    )
    return _message(headers, text, parts, prior=prior, ours=ours, size=len(raw), truncated=len(raw) > MAX_BYTES)


def parse_text(text: str, headers: Headers, *, prior: str | None = None, ours: Sequence[str] = ()) -> Message:
    """A mail whose body is decoded already."""
    return _message(headers, text[:MAX_TEXT].replace("\r\n", "\n"), Parts(), prior=prior, ours=ours, size=len(text), truncated=len(text) > MAX_TEXT)


def _message(headers: Headers, text: str, parts: Parts, *, prior: str | None, ours: Sequence[str], size: int, truncated: bool) -> Message:
    new, unsure = new_words(text, ours=ours, author=_author(headers))
    lang = detect_language(new or text, prior)
    kind, notice = classify(headers, text, new, parts, lang=lang)
    if kind is not Kind.HUMAN:
        new = new or text
    return Message(headers=headers, text=text, new_text=new, unsure=unsure, kind=kind, notice=notice, lang=lang, size=size, truncated=truncated)


def _author(headers: Headers) -> str:
    """The words under which the author may sign: the display name, and what the address says of it."""
    if headers.sender is None:
        return ""
    return f"{headers.sender.name} {re.sub(r'[._+-]', ' ', headers.sender.addr.partition('@')[0])}"


def _leaves(raw: bytes) -> Iterator[_Leaf]:
    """The parts that are no containers, in order, iteratively: a bomb of nested or flat parts ends at the limits."""
    waiting: list[tuple[bytes, int, str]] = [(raw, 0, "text/plain")]
    count = 0
    while waiting and count < MAX_PARTS:
        data, depth, default = waiting.pop()
        head, _, body = _split(data)
        fields = split_header(head + b"\n\n")
        kind, parameters = _content_type(fields.get("content-type", [""])[0], default)
        boundary = parameters.get("boundary", "")
        count += 1
        if kind.startswith("multipart/") and boundary and depth < MAX_DEPTH:
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            waiting += [(part, depth + 1, inner) for part in reversed(_cut(body, boundary))]
            continue
        disposition = fields.get("content-disposition", [""])[0].lower()
        encoding = fields.get("content-transfer-encoding", [""])[0].strip().lower()
        yield _Leaf(kind=kind, parameters=parameters, encoding=encoding, body=body, attached=disposition.startswith("attachment"), headers=fields)


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    if data.startswith(b"\n"):
        return b"", b"\n", data[1:]
    return data.partition(b"\n\n")


def _cut(body: bytes, boundary: str) -> list[bytes]:
    """The parts between boundary lines; at most MAX_PARTS of them."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    if body.startswith(mark):
        body = b"\n" + body
    pieces = body.split(b"\n" + mark, MAX_PARTS + 1)[1:]
    found: list[bytes] = []
    for piece in pieces:
        if piece.startswith(b"--"):
            break
        line, _, rest = piece.partition(b"\n")
        if not line.strip():
            found.append(rest)
    return found


def _content_type(value: str, default: str) -> tuple[str, dict[str, str]]:
    kind = value.partition(";")[0].strip().lower()
    parameters = {m[1].lower().rstrip("*"): (m[2] or m[3] or "").replace('\\"', '"') for m in _PARAMETER.finditer(value[:4000])}
    return kind if re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}", kind) else default, parameters


def leaf_bytes(leaf: _Leaf) -> bytes:
    """A part's bytes with its transfer encoding undone; what cannot be undone stays."""
    try:
        if leaf.encoding == "base64":
            clean = re.sub(rb"[^A-Za-z0-9+/]", b"", leaf.body)
            return binascii.a2b_base64(clean[: len(clean) - len(clean) % 4] + clean[len(clean) - len(clean) % 4 :] + b"=" * (-len(clean) % 4))
        if leaf.encoding == "quoted-printable":
            return quopri.decodestring(leaf.body)
    except (binascii.Error, ValueError):
        pass
    return leaf.body


def _decoded(leaf: _Leaf) -> str:
    raw = leaf_bytes(leaf)
    for charset in (leaf.parameters.get("charset", "utf-8").strip("'\" "), "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def _readable(leaves: list[_Leaf]) -> str:
    """The first text/plain that says something, else the HTML turned to text, else whatever text there is."""
    shown = [leaf for leaf in leaves if not leaf.attached]
    for leaf in shown:
        if leaf.kind == "text/plain" and (text := _plain(leaf)).strip():
            return text
    for leaf in shown:
        if leaf.kind == "text/html" and (text := html_text(_decoded(leaf))).strip():
            return text
    return next((_plain(leaf) for leaf in shown if leaf.kind.startswith("text/") and leaf.kind != "text/calendar"), "")


def _plain(leaf: _Leaf) -> str:
    text = _decoded(leaf)[:MAX_TEXT].replace("\x00", "")
    return unflow(text, delsp=leaf.parameters.get("delsp", "").lower() == "yes") if leaf.parameters.get("format", "").lower() == "flowed" else text


def unflow(text: str, *, delsp: bool = False) -> str:
    """RFC 3676: lines that end in a space go on in the next one of the same quote depth; stuffing is taken off."""
    out: list[str] = []
    current: str | None = None
    depth = 0
    for line in text.split("\n"):
        level = len(line) - len(line.lstrip(">"))
        content = line[level:]
        content = content.removeprefix(" ")
        flowed = content.endswith(" ") and content != "-- "
        piece = content[:-1] if flowed and delsp else content
        if current is not None and level == depth and content != "-- ":
            current += piece
        else:
            if current is not None:
                out.append(_quoted(depth, current))
            current, depth = piece, level
        if not flowed:
            out.append(_quoted(depth, current))
            current = None
    if current is not None:
        out.append(_quoted(depth, current))
    return "\n".join(out)


def _quoted(depth: int, content: str) -> str:
    return (">" * depth + " " + content) if depth else content
