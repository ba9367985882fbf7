"""HTML bodies -> text, as a plain-text client would have sent them: quoted containers behind `>`, signatures below `-- `,
hidden text dropped, lines where a reader sees lines (selectolax). What is quoted is then cut by the rules for plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

MAX_HTML = 1024 * 1024  # characters
MAX_DEPTH = 400  # open elements: the parser takes quadratic time in their number
MAX_MARKS = 300  # quotes and signatures that are marked
MAX_BLOCKS = 8_000  # paragraphs and the like that get a line of their own
# Containers that mail clients put around what is answered.
QUOTES = (
    "blockquote[type=cite]", "blockquote.gmail_quote", "blockquote.protonmail_quote", "div.gmail_attr", "div.yahoo_quoted", "div[id^=yahoo_quoted]",
    "div.moz-cite-prefix", "div.moz-forward-container", "#isForwardContent", "blockquote#isReplyContent", "div.zmail_extra", ".tutanota_quote",
    "#mail-editor-reference-message-container", "div.ms-outlook-mobile-reference-message", "#reply-intro", "#forwardbody1",
    "[data-marker=__QUOTED_TEXT__]", "[data-marker=__HEADERS__]", ".ik_mail_quote", ".mailspring-quoted", ".front-blockquote",
    "[name=messageReplySection]", ".sh-quoted-content", "div[name=quote]", "div.gs_quote", ".bm_quote", "#OLK_SRC_BODY_SECTION",
)  # fmt: skip
# From these on everything to the end of the container around them is what is answered.
ONWARDS = ("#divRplyFwdMsg", "#appendonsend", "hr#stopSpelling", "div.OutlookMessageHeader", "#zwchr")
# Containers that hold a blockquote beside what the author writes between its parts, or else, in a forwarded mail, only what is forwarded.
AROUND = ("div.gmail_quote", "div.protonmail_quote", "div.gmail_extra")
SIGNATURES = (
    "div.gmail_signature", "[data-smartmail=gmail_signature]", ".moz-signature", "#ms-outlook-mobile-signature", "#AppleMailSignature", "#Signature",
    ".protonmail_signature_block", "#composer_signature", ".yahoo_signature", "[data-marker=__SIG_PRE__]", "[name=messageSignatureSection]",
    "#signature", ".ik_mail_signature", ".tutanota_signature",
)  # fmt: skip
HIDDEN = (
    "style", "script", "head", "title", "template", "noscript", "[hidden]", "[style*='display:none' i]", "[style*='display: none' i]",
    "[style*='mso-hide:all' i]", "[style*='mso-hide: all' i]",
)  # fmt: skip
BLOCKS = (
    "div,tr,li,h1,h2,h3,h4,h5,h6,table,ul,ol,blockquote,pre,section,article,header,footer,center,form,fieldset,dd,dt,hr,address"
)
_OPEN, _SHUT, _LINE, _BREAK, _GAP, _SIGN = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_MARKS = re.compile("([\x01-\x06])")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_UNCLOSED = frozenset("p li td th tr dd dt br img hr input meta link col source area base wbr tbody thead tfoot option".split())
_INDENTED = re.compile(r"border(?:-left)?\s*:\s*(?:none|0|medium none)|margin-left", re.IGNORECASE)
_BARRED = re.compile(r"border(?:-left)?(?:-\w+)?\s*:[^;]*(?:solid|\dpx)", re.IGNORECASE)


def html_text(html: str) -> str:
    """The readable text of an HTML body, quotes marked."""
    from selectolax.lexbor import LexborHTMLParser

    clean = _MARKS.sub("", html[:MAX_HTML])
    if _too_deep(clean):
        return _stripped(clean)
    tree = LexborHTMLParser(clean)
    for node in tree.css(",".join(HIDDEN)):
        node.decompose()
    if tree.body is None:
        return ""
    _mark(tree)
    return _laid_out(_MARKS.split("".join(_pieces(tree.body))))


def _too_deep(html: str) -> bool:
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _UNCLOSED:
            depth = depth + 1 if not found[1] else max(0, depth - 1)
            if depth > MAX_DEPTH:
                return True
    return False


def _stripped(html: str) -> str:
    """A last resort: the text between the tags."""
    text = re.sub(r"<(?:br|p|div|tr|li)\b", "\n<", html, flags=re.IGNORECASE)
    return unescape(re.sub(r"<[^<>]{0,2000}>", " ", text)).strip()


def _mark(tree: Any) -> None:
    """Text nodes around what is quoted, signed, or a block of its own."""
    for node in tree.css("pre")[:MAX_MARKS]:
        for text in [n for n in node.traverse(include_text=True) if n.tag == "-text"]:
            text.replace_with((text.text_content or "").replace("\n", _BREAK))
    for node in _quoted(tree):
        node.insert_before(_OPEN)
        node.insert_after(_SHUT)
    for node in tree.css(",".join(ONWARDS))[:MAX_MARKS]:
        node.insert_before(_OPEN)
        if node.parent is not None and node.parent.tag != "body":
            node.parent.insert_after(_SHUT)
    for node in tree.css(",".join(SIGNATURES))[:MAX_MARKS]:
        node.insert_before(_SIGN)
    for node in tree.css(BLOCKS)[:MAX_BLOCKS]:
        node.insert_before(_LINE)
        node.insert_after(_LINE)
    for node in tree.css("p")[:MAX_BLOCKS]:
        node.insert_before(_GAP)
        node.insert_after(_GAP)
    for node in tree.css("td,th")[:MAX_BLOCKS]:
        node.insert_after(" ")


def _quoted(tree: Any) -> list[Any]:
    found: list[Any] = tree.css(",".join(QUOTES))[:MAX_MARKS]
    found += [node for node in tree.css(",".join(AROUND))[:MAX_MARKS] if not node.css("blockquote")]
    return found + [
        node for node in tree.css("blockquote:not([type=cite]):not([class*=quote])")[:MAX_MARKS] if not _only_indents(node)
    ]


def _only_indents(node: Any) -> bool:
    """A blockquote that some editors make of an indented paragraph."""
    style = node.attributes.get("style") or ""
    return bool(_INDENTED.search(style)) and not _BARRED.search(style)


def _pieces(body: Any) -> Iterable[str]:
    for node in body.traverse(include_text=True):
        if node.tag == "-text":
            yield _SPACE.sub(" ", node.text_content or "")
        elif node.tag == "br":
            yield _BREAK
        elif node.tag == "li":
            yield "- "


def _laid_out(pieces: Iterable[str]) -> str:
    """Lines with `>` for each quote they stand in; no more than one blank line at a time."""
    lines: list[str] = []
    line, depth = "", 0

    def end(*, blank: bool = False) -> None:
        nonlocal line
        text = line.strip()
        line = ""
        mark = ">" * min(depth, 20)
        if text:
            lines.append(f"{mark} {text}" if mark else text)
        elif blank and lines and lines[-1].strip("> "):
            lines.append(mark)

    for piece in pieces:
        if piece == _BREAK:
            end(blank=not line.strip())
        elif piece in (_LINE, _GAP, _OPEN, _SHUT, _SIGN):
            end()
            if piece == _GAP:
                end(blank=True)
            elif piece == _SIGN:
                lines.append((">" * min(depth, 20) + " " if depth else "") + "-- ")
            depth += (piece == _OPEN) - (piece == _SHUT and depth > 0)
        else:
            line += piece
    end()
    return "\n".join(lines).strip()
