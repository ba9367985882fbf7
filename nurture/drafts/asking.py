"""What a text asks, offers and contradicts: `ask-fits-stage`, `expectations-first`, `tactful-challenge`."""

from __future__ import annotations

from collections.abc import Iterator

from nurture.drafts.draft import Challenge, Remark
from nurture.drafts.page import Page, error, warning
from nurture.drafts.phrasing import Hit, hits
from nurture.followups import ASKS, OFFERED, allows, limit
from nurture.messages import fold
from nurture.stages import Signal, Stage

AGAIN = "a second contradiction, and one is the most in a conversation"
BEGINNING = 30  # letters by which a quotation is known again: it may be cut
EXPECTED = {"result": Signal.RESULT, "measure": Signal.MEASURE}


def ask_fits_stage(page: Page) -> Iterator[Remark]:
    """What the text asks is bounded by how far the relationship has come: by its first line, and by its words."""
    meta, verdict = page.text.meta, page.reader.verdict
    if not allows(verdict, meta.asks):
        yield error("ask-fits-stage", f"it asks for {meta.asks}, and at this point {limit(verdict)} is the most")
    if meta.stages and verdict.stage not in meta.stages:
        yield error("ask-fits-stage", f"it is written for {', '.join(meta.stages)}, not for {verdict.stage}")
    if limit(verdict) == "none" and (mark := page.words_only.find("?")) >= 0:
        yield error("ask-fits-stage", "a question, where nothing is asked any more", (mark, mark + 1))
    for hit in hits(page, "ask-fits-stage"):
        yield from _asked(page, hit)


def _asked(page: Page, hit: Hit) -> Iterator[Remark]:
    asks, verdict = hit.phrase.asks, page.reader.verdict
    if verdict.stage is Stage.CLIENT and asks == "agreement":
        return  # they have agreed: when to begin is no new yes
    if not allows(verdict, asks):
        yield error(
            "ask-fits-stage", f"it asks for {asks}, and at this point {limit(verdict)} is the most: {hit.words!r}", hit.span
        )
    elif ASKS.index(asks) > ASKS.index(page.text.meta.asks):
        yield warning(
            "ask-fits-stage", f"it asks for {asks}, and its first line says {page.text.meta.asks}: {hit.words!r}", hit.span
        )


def expectations_first(page: Page) -> Iterator[Remark]:
    """An offer waits until what is missing of result and measure has been asked; each is asked once, and not of who has said it."""
    missing = page.capsule.missing
    if page.text.meta.offers and missing:
        yield error("expectations-first", f"an offer, before {' and '.join(missing)} was asked")
    for hit in hits(page, "expectations-first"):
        if hit.phrase.offers and missing:
            yield error(
                "expectations-first", f"{hit.phrase.says}, before {' and '.join(missing)} was asked: {hit.words!r}", hit.span
            )
        if hit.phrase.asks_for:
            yield from _needless(page, hit, hit.phrase.asks_for)


def _needless(page: Page, hit: Hit, name: str) -> Iterator[Remark]:
    """That this of result and measure is not to be asked: they have said it, or were asked already."""
    verdict = page.reader.verdict
    if getattr(page.capsule.words, name) or EXPECTED[name] in verdict.known:
        yield error("expectations-first", f"it asks for the {name}, which they have said: {hit.words!r}", hit.span)
    elif name not in page.capsule.missing and not verdict.offer_out and verdict.stage not in OFFERED:
        yield warning("expectations-first", f"it asks for the {name}, which was asked before: {hit.words!r}", hit.span)


def tactful_challenge(page: Page) -> Iterator[Remark]:
    """From prospect on, once, for their result, with its reason, and the choice left to them; never bluntly."""
    for hit in hits(page, "tactful-challenge"):
        if hit.phrase.until != "prospect" or page.reader.before_prospect:
            yield hit.remark()
        elif page.reader.challenged:
            yield error("tactful-challenge", f"{AGAIN}: {hit.words!r}", hit.span)
    challenge = page.capsule.challenge
    if challenge is not None and (at := page.text.said.find(challenge.answer.rstrip(". "))) >= 0 and challenge.answer.strip():
        yield from _challenged(page, challenge, (at, at + len(challenge.answer.rstrip(". "))))


def _challenged(page: Page, challenge: Challenge, span: tuple[int, int]) -> Iterator[Remark]:
    said, result = fold(page.text.said), fold(page.capsule.words.result).rstrip(". ")
    if page.reader.before_prospect:
        yield error("tactful-challenge", "a contradiction, where a question is the most", span)
    if page.reader.challenged:
        yield error("tactful-challenge", AGAIN, span)
    if fold(challenge.reason).rstrip(". ") not in said:
        yield error("tactful-challenge", "a contradiction without its reason", span)
    if result[:BEGINNING] not in said:
        yield error("tactful-challenge", "a contradiction that is not tied to the result they want", span)
    if "?" not in page.words_only:
        yield error("tactful-challenge", "a contradiction that leaves them no choice", span)
