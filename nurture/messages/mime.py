"""The parts of a mail, opened without trust: depth, number and size are bounded, so that a bomb costs no more than a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nurture.messages.encoded import decode, undo_transfer
from nurture.messages.fields import split_header
from nurture.messages.html import html_text

MAX_PARTS = 100
MAX_DEPTH = 20
MAX_TEXT = 256 * 1024  # bytes of one text part that are decoded
MAX_RETURNED = 16 * 1024  # bytes of a returned message that are kept
_PARAMETER = re.compile(r';\s*([a-z0-9*-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,500})"|([^\s;"]{0,500}))', re.IGNORECASE)
_EXCUSE = re.compile(
    r"\bhtml\b|navigateur|browser|cannot display|ne peut pas afficher", re.IGNORECASE
)  # of a plain part that says nothing else
_KIND = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part: its type, parameters, header fields, raw body, and the parts in it."""

    kind: str
    parameters: Mapping[str, str]
    fields: Mapping[str, Sequence[str]]
    body: bytes = b""
    parts: tuple[Part, ...] = ()

    @property
    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return undo_transfer(self.body, self._first("content-transfer-encoding").partition(";")[0].strip().lower())

    @property
    def text(self) -> str:
        """The body as text with LF line ends."""
        text = decode(self.content[:MAX_TEXT], self.parameters.get("charset", "")).replace("\x00", "")
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    @property
    def attached(self) -> bool:
        """Whether it is a file beside the letter."""
        disposition = self._first("content-disposition").lower()
        return disposition.startswith("attachment") or "filename" in disposition

    def _first(self, name: str) -> str:
        return self.fields.get(name, ("",))[0]


@dataclass
class _Budget:
    parts: int = field(default=MAX_PARTS)


def open_part(raw: bytes) -> Part:
    """A mail (LF line ends) as its tree of parts."""
    return _open(raw, "text/plain", 0, _Budget())


def walk(part: Part) -> Iterator[Part]:
    """The parts that hold no others, in order."""
    if part.parts:
        for inner in part.parts:
            yield from walk(inner)
    else:
        yield part


def _open(raw: bytes, default: str, depth: int, budget: _Budget) -> Part:
    head, _, body = (b"", b"", raw[1:]) if raw.startswith(b"\n") else raw.partition(b"\n\n")
    fields = split_header(head + b"\n\n")
    kind, parameters = content_type(fields.get("content-type", [""])[0], default)
    budget.parts -= 1
    boundary = parameters.get("boundary", "")
    if not (kind.startswith("multipart/") and boundary and depth < MAX_DEPTH):
        return Part(kind=kind, parameters=parameters, fields=fields, body=body)
    inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    opened: list[Part] = []
    for piece in _pieces(body, boundary):
        if budget.parts <= 0:
            break
        opened.append(_open(piece, inner, depth + 1, budget))
    return Part(kind=kind, parameters=parameters, fields=fields, body=b"" if opened else body, parts=tuple(opened))


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundary lines; the end may be missing."""
    mark = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*$", re.MULTILINE)
    start = -1
    for found in mark.finditer(body):
        if start >= 0:
            yield body[start : max(start, found.start() - 1)]
        if found[1]:
            return
        start = found.end() + 1
    if start >= 0:
        yield body[start:]


def content_type(value: str, default: str = "text/plain") -> tuple[str, dict[str, str]]:
    """(type/subtype in lower case, parameters); `default` where there is none or it is none."""
    kind = value.partition(";")[0].strip().lower()
    parameters = {m[1].lower().rstrip("*"): (m[2] or m[3] or "").replace('\\"', '"') for m in _PARAMETER.finditer(value[:4000])}
    return (kind if _KIND.fullmatch(kind) else default), parameters


def readable(part: Part) -> str:
    """The letter that a reader sees: of alternatives the best one, of other parts those with text one below the other."""
    if part.kind == "multipart/alternative":
        return _best(part.parts)
    if part.parts:
        return "\n".join(text for inner in part.parts if (text := readable(inner)).strip())
    if part.attached or not part.kind.startswith("text/") or part.kind in ("text/calendar", "text/rfc822-headers"):
        return ""
    if part.kind == "text/html":
        return html_text(part.text)
    flowed = part.parameters.get("format", "").lower() == "flowed"
    return unflow(part.text, delsp=part.parameters.get("delsp", "").lower() == "yes") if flowed else part.text


def _best(parts: tuple[Part, ...]) -> str:
    """The plain text, unless there is none, or it only excuses itself, or has lost its lines while the HTML has kept them."""
    plain = next((t for p in parts if not _is_html(p) and (t := readable(p)).strip()), "")
    if plain and not _collapsed(plain) and not (len(plain) < 200 and _EXCUSE.search(plain)):
        return plain
    return next((t for p in parts if _is_html(p) and (t := readable(p)).strip()), plain)


def _is_html(part: Part) -> bool:
    return part.kind == "text/html" or any(_is_html(inner) for inner in part.parts)


def _collapsed(text: str) -> bool:
    """One very long line: somebody stripped the HTML and its breaks."""
    stripped = text.strip()
    return len(stripped) > 300 and "\n" not in stripped


def unflow(text: str, *, delsp: bool = False) -> str:
    """RFC 3676: lines that end in a space go on in the next one of the same quote depth; stuffing is taken off."""
    out: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        level = len(line) - len(content)
        content = content.removeprefix(" ")
        if pieces and (level != depth or content == "-- "):
            out.append(_quoted(depth, "".join(pieces)))
            pieces = []
        depth = level
        flowed = content.endswith(" ") and content != "-- "
        pieces.append(content[:-1] if flowed and delsp else content)
        if not flowed:
            out.append(_quoted(depth, "".join(pieces)))
            pieces = []
    if pieces:
        out.append(_quoted(depth, "".join(pieces)))
    return "\n".join(out)


def _quoted(depth: int, content: str) -> str:
    return (">" * depth + " " + content) if depth else content
