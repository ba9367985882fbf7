"""The form of a text: `complete`, `fragile-start`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nurture.drafts.draft import Remark
from nurture.drafts.page import QUOTE, Page, error, warning
from nurture.drafts.phrasing import hits

EARLY_WORDS = 120  # until they have revealed something
LATE_WORDS = 220
_LINK = re.compile(r"https?://\S{1,500}|\bwww\.\S{1,300}")
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\[|\]\]|<[A-Za-zÀ-ÿ][\wÀ-ÿ -]{1,40}>|\bundefined\b|\bNone\b(?! of\b)|\bX{2,9}\b|\b[Ll]orem ipsum\b"
    r"|_{3,40}|\{[a-zà-ÿ_]{2,30}\}|%\([a-z_]{1,30}\)s|%[A-Z][A-Z_]{1,30}%|\$\{?[a-z_]{2,30}\b\}?"
)
_TO_DO = re.compile(r"(?:\b(\w{1,20})[ -])?\b(?:TODO|TBD|FIXME)\b")
_ARTICLES = frozenset("le la un une du au ce cette son the a an this that".split())
_BRACKETS = re.compile(r"\[([^\[\]\n]{1,60})\]|\(([^()\n]{1,60})\)")
_LABEL = re.compile(
    r"(?i)^\s*(?:(?:votre|leur|le|la|l['’]|your|their|the|insert|insérer|ins[eé]rez)\s*)?"
    r"(?:pr[ée]nom|nom|entreprise|soci[ée]t[ée]|poste|ville|first ?name|last ?name|name|company|job title|city|recipient|destinataire)\b"
)
_TO_FILL = re.compile(
    r"(?i)^\s*(?:[àa] (?:compl[ée]ter|remplir|pr[ée]ciser|d[ée]finir|v[ée]rifier)|to be (?:completed|filled(?: in)?|defined|confirmed))\s*$"
)
_CAPITALS = re.compile(r"^[A-ZÀ-Ý][A-ZÀ-Ý_ ]{2,}$")
_GAP = re.compile(r"«\s*»|“\s*”|\"\s*\"|\(\s*\)|\s,|,,|\s\.(?=\s|$)")
_QUESTION = re.compile(r"\?+")


def complete(page: Page) -> Iterator[Remark]:
    """Nothing left over from a template, no empty variable, something said. What they wrote may hold anything."""
    ours = QUOTE.sub(lambda m: f"«{'x' * (len(m[0]) - 2)}»" if any(map(str.isalnum, m[0])) else m[0], page.text.said)
    for found in (*_LEFT_OVER.finditer(ours), *_GAP.finditer(ours), *_places(ours)):
        yield error("complete", f"something is missing or left over: {found[0].strip() or 'a gap'!r}", found.span())
    if len(page.text.said.split()) < 4:
        yield error("complete", "the text says next to nothing")


def _places(ours: str) -> Iterator[re.Match[str]]:
    """Notes that a writer left for later: [First name], (to be completed), TODO."""
    for found in _BRACKETS.finditer(ours):
        named = found[1] and (_LABEL.search(found[1]) or _CAPITALS.search(found[1]))
        if named or _TO_FILL.search(found[1] or found[2]):
            yield found
    for found in _TO_DO.finditer(ours):
        if (found[1] or "").lower() not in _ARTICLES:
            yield found


def fragile_start(page: Page) -> Iterator[Remark]:
    """Short, calm, one question, one link, no attachment, no exclamation mark, no jokes, until they have revealed something."""
    count = sum(any(c.isalnum() for c in word[:100]) for word in page.text.said.split())
    if not page.reader.early:
        if count > LATE_WORDS:
            yield warning("fragile-start", f"{count} words are many")
        return
    if count > EARLY_WORDS:
        yield error("fragile-start", f"{count} words, where {EARLY_WORDS} are the most")
    questions = list(_QUESTION.finditer(page.words_only))
    if len(questions) > 1:
        yield error("fragile-start", f"{len(questions)} questions, where one is the most", questions[1].span())
    links = list(_LINK.finditer(page.text.said))
    if len(links) > 1:
        yield error("fragile-start", "more than one link", links[1].span())
    if (mark := page.words_only.find("!")) >= 0:
        yield error("fragile-start", "an exclamation mark", (mark, mark + 1))
    yield from (hit.remark() for hit in hits(page, "fragile-start"))
