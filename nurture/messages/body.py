"""The words that a mail's author newly wrote: history, footers and the signature block cut away.

Losing a prospect's words is worse than keeping too many: where the cut is not certain, text is kept and marked unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nurture.messages.history import without_history
from nurture.messages.ours import OurWords
from nurture.messages.page import Page
from nurture.messages.signature import cut_signature
from nurture.messages.words import plain_words

MOSTLY = 0.6  # of the words of a text
MAX_TEXT = 256 * 1024  # characters that are read
_TRACKS = re.compile("[ᐧ\x00\ufeff\u200b]")  # what trackers and editors leave behind


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What a body says: `new` words; all that was `said` in this mail, signature and footers included; whether it quotes history."""

    new: str
    said: str
    quotes: bool = False
    unsure: bool = False


def our_words(mails: Iterable[str], key: bytes = b"") -> OurWords:
    """The hashes of everything that we said in whole mails of ours, signature included, quotes not; `key` as they are stored."""
    pages = (_page(text) for text in mails)
    return OurWords.of((page.text(without_history(page, OurWords()).lines) for page in pages), key)


def new_words(text: str, *, ours: Sequence[str] | OurWords = (), author: str = "") -> tuple[str, bool]:
    """(the newly written words, whether that is unsure).

    `ours`: our own earlier texts, or their hashes; `author`: what is known of how the sender signs (display name, address).
    Greeting and closing line stay; the signature block goes. White space at both ends is stripped.
    """
    body = read_body(text, ours=ours, author=author)
    return body.new, body.unsure


def read_body(text: str, *, ours: Sequence[str] | OurWords = (), author: str = "") -> Body:
    """As `new_words`, and what stands around them."""
    page = _page(text)
    known = ours if isinstance(ours, OurWords) else our_words(ours)
    found = without_history(page, known)
    kept, doubtful = cut_signature(page, found.lines, author)
    new, said = page.text(kept), page.text(found.lines)
    if new:
        return Body(new=new, said=said, quotes=found.cut, unsure=doubtful or found.unsure)
    left = _nothing_new(page, said, author)
    return Body(new="" if _is_ours(left, known) else left, said=said, quotes=found.cut, unsure=bool(text.strip()))


def _page(text: str) -> Page:
    plain = text[:MAX_TEXT]
    if "\r" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return Page(_TRACKS.sub("", plain))


def _is_ours(text: str, ours: OurWords) -> bool:
    """Whether most of a text stands in our own mails: who sends only that back has said nothing."""
    hits = ours.said(plain_words(text)) if ours.runs else []
    return bool(hits) and sum(hits) > MOSTLY * len(hits)


def _nothing_new(page: Page, said: str, author: str) -> str:
    """All of it is history or signature: what is left of it, else what carries no mark of a quote, else the quotes. Always unsure."""
    if said:
        return said
    unmarked = [i for i in range(len(page)) if not page.quoted(i)]
    if page.text(unmarked):
        return page.text(cut_signature(page, unmarked, author)[0])
    return page.text(range(len(page)))
