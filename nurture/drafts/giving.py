"""What a text brings, and what it keeps to itself: `gives-something`, `not-twice`, `no-pressure`, `scope`, `discretion`, `confidential`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nurture.drafts.confidential import SAYS, leaks
from nurture.drafts.draft import Remark
from nurture.drafts.page import QUOTE, Page, error, warning
from nurture.drafts.phrasing import hits
from nurture.messages import sentence_hashes, sentences
from nurture.stages import Stage

_LIKE_AN_ANSWER = re.compile(r"^\s*(?:re|aw|fwd?|tr|rv)\s?:", re.IGNORECASE)


def confidential(page: Page) -> Iterator[Remark]:
    """Nothing that is known from somebody else only. The reason names nobody: it is kept, and told to who watches."""
    for kind in dict.fromkeys(m.kind for m in leaks(page.text, page.capsule, page.reader.others)):
        yield error("confidential", f"{SAYS[kind]} in it is known from somebody else only")


def gives_something(page: Page) -> Iterator[Remark]:
    """Every text brings something: a resource, an answer, their own words remembered, or a slot for it; a mere chaser never."""
    gives = page.text.meta.gives
    goodbye = Stage.DECLINED in page.text.meta.stages  # owes nothing
    if gives == "nothing" and not goodbye:
        yield warning("gives-something", "it brings them nothing")
    if gives in GIVEN and not goodbye and not GIVEN[gives](page):
        yield warning("gives-something", f"it means to bring them a {gives}, and there is none in it")
    yield from (hit.remark() for hit in hits(page, "gives-something"))


def _has_slot(page: Page) -> bool:
    return bool(page.text.slots)


def _remembers(page: Page) -> bool:
    """In quotation marks, or word for word."""
    words = page.capsule.words
    known = (words.need, words.result, words.measure, words.deferral, words.answered)
    verbatim = any(w and w.rstrip(". ") in page.text.said for w in known)
    return verbatim or _has_slot(page) or any(any(map(str.isalnum, found[0])) for found in QUOTE.finditer(page.text.said))


def _shares(page: Page) -> bool:
    resource = page.capsule.resource
    shared = resource is not None and any(
        part and part in page.text.said for part in (resource.url, resource.title, resource.sentence)
    )
    return _has_slot(page) or shared


# What the first line of a template says that it gives -> whether the text does. An answer is known only to who reads it.
GIVEN: dict[str, Callable[[Page], bool]] = {"memory": _remembers, "resource": _shares, "slot": _has_slot}


def no_pressure(page: Page) -> Iterator[Remark]:
    """No guilt, no false urgency, no scarcity, no threat; no new subject that looks like an answer."""
    if page.text.subject and _LIKE_AN_ANSWER.search(page.text.subject):
        yield error("no-pressure", f"a new subject that looks like an answer: {page.text.subject!r}")
    yield from (hit.remark() for hit in hits(page, "no-pressure"))


def scope(page: Page) -> Iterator[Remark]:
    """No promise of something that is not offered."""
    yield from (hit.remark() for hit in hits(page, "scope"))


def discretion(page: Page) -> Iterator[Remark]:
    """No craft detail, no hours, no reasons for the price."""
    yield from (hit.remark() for hit in hits(page, "discretion"))


def not_twice(page: Page) -> Iterator[Remark]:
    """No sentence that this person has had from us; their own words and slots excepted."""
    for sentence in sentences(page.words_only):
        if sentence_hashes(sentence, page.reader.key) & page.capsule.said:
            at = max(page.words_only.find(sentence), 0)
            yield error("not-twice", f"they have had this sentence from us: {sentence[:80]!r}", (at, at + len(sentence)))
