"""How a text sounds: `marketing-tone`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import re2

from nurture.drafts.draft import Remark, Severity
from nurture.drafts.page import Page, error
from nurture.drafts.phrasing import hits

SHOUTED = 4  # words in a row: a name, a firm and an authority are shorter
_CAPITALS = re2.compile(r"(?:\p{Lu}+[ ,'’-]+){3,}\p{Lu}{2,}")


def marketing_tone(page: Page) -> Iterator[Remark]:
    """No praise of oneself, no slogans, no shouting, as an advertisement has them: a person writes to a person.

    An error until they have revealed something; to those who know the owner, the owner may sound as they like.
    """
    found = [hit.remark() for hit in hits(page, "marketing-tone") if not _is_a_name(page, hit.span)]
    if at := _shouted(page):
        found.append(error("marketing-tone", f"a whole line in capitals: {page.text.said[slice(*at)]!r}", at))
    yield from found if page.reader.early else (replace(remark, severity=Severity.WARNING) for remark in found)


def _names(page: Page) -> list[str]:
    """Of people, of their company, of what is shared: written as their owners write them."""
    c = page.capsule
    return [name for name in (c.company, c.person_name, c.owner_name, c.owner_signature, c.resource and c.resource.title) if name]


def _is_a_name(page: Page, span: tuple[int, int]) -> bool:
    places = ((page.text.said.find(name), len(name)) for name in _names(page))
    return any(at >= 0 and at <= span[0] and span[1] <= at + length for at, length in places)


def _shouted(page: Page) -> tuple[int, int] | None:
    """The first place in capitals that is no name."""
    known = frozenset(_words(" ".join(_names(page))))
    for found in _CAPITALS.finditer(page.words_only):
        if sum(len(word) > 1 and word not in known for word in _words(found[0])) >= SHOUTED:
            start, end = found.span()
            return start, end
    return None


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()
