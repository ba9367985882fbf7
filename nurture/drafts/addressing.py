"""The right person at the right address, spoken to in one register and in their language: `addressed-right`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nurture.drafts.draft import Remark
from nurture.drafts.greeting import words_of
from nurture.drafts.page import Page, error
from nurture.drafts.phrasing import hits
from nurture.messages import detect_language, fold_same
from nurture.stages import without_nouns

_OBJECT = "(?:moi|nous|le|la|les|lui|leur|en|y)"
_TU_ORDERS = (
    "dis|reponds|ecris|fais|tiens|laisse|appelle|raconte|previens|reviens|prends|envoie|regarde|donne|crois|rappelle|explique"
)
TU = re.compile(
    rf"\b(?:ton(?= [a-z])|tu|te|toi|ta|tes|t'\w+|le tien|la tienne|les tiens|les tiennes)\b|\b(?:{_TU_ORDERS})-{_OBJECT}\b"
)
VOUS = re.compile(rf"(?<!chez )\bvous\b|\b(?:votre|vos|\w{{2,20}}ez-{_OBJECT})\b")
# « ton associée et toi, vous … »: several people, one of them « tu ».
SEVERAL = re.compile(r"\b(?:et toi|toi et|toi comme|tous les deux|tous les trois|toute l'equipe)\b")


def addressed_right(page: Page) -> Iterator[Remark]:
    """The right person at the right address, not the owner; one register; their language; nobody greeted by the owner's own name."""
    if not page.reader.to or page.reader.to in page.reader.own:
        yield error("addressed-right", "the draft would go to the owner")
    capsule = page.capsule
    if _greets_the_owner(page):
        yield error("addressed-right", "the greeting names the owner")
    spoken = detect_language(page.words_only, capsule.lang)
    if spoken not in (None, capsule.lang):
        yield error("addressed-right", f"the text is not in their language ({capsule.lang})")
    if capsule.lang == "fr" and spoken in (None, "fr"):
        yield from _one_register(page)
    yield from (hit.remark() for hit in hits(page, "addressed-right"))


def _greets_the_owner(page: Page) -> bool:
    """Whether the owner's own first name is in the greeting of somebody who does not bear it. Whose name is unknown may not be greeted by
    it either: nothing but a mistake tells of it."""
    capsule = page.capsule
    owner, greeted = words_of(capsule.owner_first_name), words_of(page.text.greeting)
    return bool(owner) and owner <= greeted and not owner <= words_of(capsule.first_name or capsule.person_name or "")


def _one_register(page: Page) -> Iterator[Remark]:
    register, wrong = page.capsule.register, VOUS if page.capsule.register == "tu" else TU
    if found := wrong.search(without_nouns(fold_same(page.text.greeting))):
        yield error("addressed-right", f"{found[0]!r} in the greeting does not go with {register}")
    for found in wrong.finditer(without_nouns(page.folded)):
        if register == "vous" or not SEVERAL.search(page.sentence(*found.span())):
            yield error("addressed-right", f"{found[0]!r} does not go with {register}", found.span())
            return
