"""HTML bodies -> text: quoted containers cut first, hidden text dropped, lines where a reader sees lines (selectolax)."""

from __future__ import annotations

import re
from typing import Any

MAX_HTML = 1024 * 1024
QUOTES = (
    "div.gmail_quote", "div.gmail_extra blockquote", "blockquote[type=cite]", "blockquote.gmail_quote", "#divRplyFwdMsg", "#divRplyFwdMsg ~ *",
    "#appendonsend ~ *", "div.moz-cite-prefix", "div.moz-cite-prefix ~ *", "div.moz-forward-container", "div.yahoo_quoted", "div.protonmail_quote",
    "div.ms-outlook-mobile-reference-message", "#mail-editor-reference-message-container", "div.gmail_attr", "#isForwardContent", "div.zmail_extra",
    "blockquote#isReplyContent", "div.tutanota_quote", "#reply-intro ~ blockquote",
)  # fmt: skip
HIDDEN = ("style", "script", "head", "title", "template", "noscript", "[hidden]", "[style*='display:none']", "[style*='display: none']", "[style*='mso-hide:all']")
BLOCKS = frozenset("p div tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre section article header footer center form fieldset dd dt hr".split())
_BLANKS = re.compile(r"\n{3,}")


def html_text(html: str) -> str:
    """The readable text of an HTML body with its quoted history cut; if nothing is left, the whole of it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html[:MAX_HTML])
    _drop(tree, HIDDEN)
    whole = _text_of(tree)
    _drop(tree, QUOTES)
    cut = _text_of(tree)
    return cut if cut.strip() else whole


def _drop(tree: Any, selectors: tuple[str, ...]) -> None:
    for selector in selectors:
        for node in tree.css(selector):
            node.decompose()


def _text_of(tree: Any) -> str:
    if tree.body is None:
        return ""
    out: list[str] = []
    for node in tree.body.traverse(include_text=True):
        if node.tag == "-text":
            text = node.text_content or ""
            out.append(re.sub(r"[ \t\r\n\f]+", " ", text))
        elif node.tag == "br":
            out.append("\n")
        elif node.tag == "p":
            out.append("\n\n")
        elif node.tag in BLOCKS:
            out.append("\n")
            if node.tag == "li":
                out.append("- ")
    lines = ("".join(out)).split("\n")
    return _BLANKS.sub("\n\n", "\n".join(line.strip() for line in lines)).strip()
