"""Lint: the relationship rules that a text can break. An error means no draft; a warning is shown to the owner.

What a text may ask and promise depends on how far the conversation has come; the phrases that no text may hold are data
(`phrases/<lang>.toml`), matched on folded text in linear time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import re2

from nurture.drafts.confidential import NOBODY, SAYS, Others, leaks
from nurture.drafts.draft import Capsule, Remark, Severity, Text
from nurture.followups import allows, limit
from nurture.messages import fold, fold_same, sentence_hashes, sentences
from nurture.stages import Stage, Verdict

EARLY_WORDS = 120  # until they have revealed something
LATE_WORDS = 220
_LINK = re.compile(r"https?://\S{1,500}|\bwww\.\S{1,300}")
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\[|\]\]|<[A-Z_]{2,30}>|\bNone\b|\bTODO\b|\bXXX\b|\blorem ipsum\b|%\([a-z_]{1,30}\)s|\$\{[a-z_]{1,30}\}"
)
_GAP = re.compile(r"«\s*»|“\s*”|\"\s*\"|\(\s*\)|\s,|,,|\s\.(?=\s|$)")
_QUOTE = re.compile(r"«[^«»]{0,400}»|“[^“”]{0,400}”")
_THEIRS_OR_SLOT = re.compile(rf"{_QUOTE.pattern}|⟦[^⟦⟧]{{0,300}}⟧")
TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|t'\w+)\b")
VOUS = re.compile(r"\b(?:vous|votre|vos)\b")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom a text is: what the rules need to know about them, and of `others`. `key` is that of the sentence hashes."""

    capsule: Capsule
    verdict: Verdict
    to: str  # addr-spec
    own: frozenset[str] = frozenset()  # the owner's addresses
    key: bytes = b""
    others: Others = NOBODY

    @property
    def early(self) -> bool:
        """They have revealed nothing yet: the beginning is fragile."""
        return not self.verdict.revealed and self.verdict.stage is not Stage.CLIENT


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text and its reader."""

    text: Text
    reader: Reader

    @property
    def capsule(self) -> Capsule:
        return self.reader.capsule

    @property
    def words_only(self) -> str:
        """The text without what it quotes of them and without slots: our own words."""
        return _THEIRS_OR_SLOT.sub(lambda m: " " * len(m[0]), self.text.said)


Rule = Callable[[Page], Iterator[Remark]]


def _error(rule: str, says: str, span: tuple[int, int] = (0, 0)) -> Remark:
    return Remark(rule=rule, severity=Severity.ERROR, says=says, span=span)


def _warning(rule: str, says: str, span: tuple[int, int] = (0, 0)) -> Remark:
    return Remark(rule=rule, severity=Severity.WARNING, says=says, span=span)


def complete(page: Page) -> Iterator[Remark]:
    """Nothing left over from a template, no empty variable, something said. What they wrote may hold anything."""
    ours = _QUOTE.sub(lambda m: f"«{'x' * (len(m[0]) - 2)}»" if any(map(str.isalnum, m[0])) else m[0], page.text.said)
    for found in (*_LEFT_OVER.finditer(ours), *_GAP.finditer(ours)):
        yield _error("complete", f"something is missing or left over: {found[0].strip() or 'a gap'!r}", found.span())
    if len(page.text.said.split()) < 4:
        yield _error("complete", "the text says next to nothing")


def addressed_right(page: Page) -> Iterator[Remark]:
    """The right person at the right address, not the owner; one register; never the owner's own name as a greeting."""
    if not page.reader.to or page.reader.to in page.reader.own:
        yield _error("addressed-right", "the draft would go to the owner")
    greeted = {w.strip(",. ") for w in fold(page.text.greeting).split()}
    if (
        page.capsule.first_name
        and fold(page.capsule.owner_first_name) in greeted
        and fold(page.capsule.first_name) != fold(page.capsule.owner_first_name)
    ):
        yield _error("addressed-right", "the greeting names the owner")
    if page.capsule.lang != "fr":
        return
    ours = fold_same(f"{page.text.greeting}\n{page.words_only}")
    tu, vous = TU.search(ours), VOUS.search(ours)
    wrong = vous if page.capsule.register == "tu" else tu
    if wrong:
        yield _error("addressed-right", f"{wrong[0]!r} does not go with {page.capsule.register}", wrong.span())


def ask_fits_stage(page: Page) -> Iterator[Remark]:
    """What the text asks is bounded by how far the relationship has come."""
    asks = page.text.meta.asks
    if not allows(page.reader.verdict, asks):
        yield _error("ask-fits-stage", f"it asks for {asks}, and at this point {limit(page.reader.verdict)} is the most")
    if page.text.meta.stages and page.reader.verdict.stage not in page.text.meta.stages:
        yield _error(
            "ask-fits-stage", f"it is written for {', '.join(page.text.meta.stages)}, not for {page.reader.verdict.stage}"
        )


def expectations_first(page: Page) -> Iterator[Remark]:
    """An offer waits until what is missing of result and measure has been asked, each once."""
    if page.text.meta.offers and page.capsule.missing:
        yield _error("expectations-first", f"an offer, before {' and '.join(page.capsule.missing)} was asked")


def fragile_start(page: Page) -> Iterator[Remark]:
    """Short, calm, one question, one link, no exclamation mark, until they have revealed something."""
    count = sum(any(c.isalnum() for c in word[:100]) for word in page.text.said.split())
    if not page.reader.early:
        if count > LATE_WORDS:
            yield _warning("fragile-start", f"{count} words are many")
        return
    if count > EARLY_WORDS:
        yield _error("fragile-start", f"{count} words, where {EARLY_WORDS} are the most")
    questions = list(re.finditer(r"\?+", page.words_only))
    if len(questions) > 1:
        yield _error("fragile-start", f"{len(questions)} questions, where one is the most", questions[1].span())
    links = list(_LINK.finditer(page.text.said))
    if len(links) > 1:
        yield _error("fragile-start", "more than one link", links[1].span())
    if found := re.search("!", page.words_only):
        yield _error("fragile-start", "an exclamation mark", found.span())


def gives_something(page: Page) -> Iterator[Remark]:
    """Every text brings something: a resource, an answer, their own words remembered, or a slot for it."""
    gives = page.text.meta.gives
    if gives == "nothing" and Stage.DECLINED not in page.text.meta.stages:  # a goodbye owes nothing
        yield _warning("gives-something", "it brings them nothing")
    if gives in GIVEN and not GIVEN[gives](page):
        yield _warning("gives-something", f"it means to bring them a {gives}, and there is none in it")


def _has_slot(page: Page) -> bool:
    return bool(page.text.slots)


def _remembers(page: Page) -> bool:
    """In quotation marks, or word for word."""
    words = page.capsule.words
    known = (words.need, words.result, words.measure, words.deferral, words.answered)
    verbatim = any(w and w.rstrip(". ") in page.text.said for w in known)
    return verbatim or _has_slot(page) or any(any(map(str.isalnum, found[0])) for found in _QUOTE.finditer(page.text.said))


def _shares(page: Page) -> bool:
    return _has_slot(page) or page.capsule.resource is not None


# What the first line of a template says that it gives -> whether the text does. An answer is known only to who reads it.
GIVEN: dict[str, Callable[[Page], bool]] = {"memory": _remembers, "resource": _shares, "slot": _has_slot}


def phrases(page: Page) -> Iterator[Remark]:
    """What no text of ours may say: chasers, guilt, urgency, promises of a feature, craft detail."""
    text = fold_same(page.words_only)
    for phrase in known_phrases(page.capsule.lang):
        if found := phrase.pattern.search(text):
            yield Remark(
                rule=phrase.rule,
                severity=phrase.severity,
                says=f"{phrase.says}: {page.text.said[found.start() : found.end()]!r}",
                span=found.span(),
            )


def not_twice(page: Page) -> Iterator[Remark]:
    """No sentence that this person has had from us; their own words and slots excepted."""
    for sentence in sentences(page.words_only):
        if sentence_hashes(sentence, page.reader.key) & page.capsule.said:
            at = max(page.words_only.find(sentence), 0)
            yield _error("not-twice", f"they have had this sentence from us: {sentence[:80]!r}", (at, at + len(sentence)))


def confidential(page: Page) -> Iterator[Remark]:
    """Nothing that is known from somebody else only. The reason names nobody: it is kept, and told to who watches."""
    for kind in dict.fromkeys(m.kind for m in leaks(page.text, page.capsule, page.reader.others)):
        yield _error("confidential", f"{SAYS[kind]} in it is known from somebody else only")


RULES: tuple[Rule, ...] = (
    confidential,
    complete,
    addressed_right,
    ask_fits_stage,
    expectations_first,
    fragile_start,
    gives_something,
    phrases,
    not_twice,
)


def lint(page: Page) -> tuple[Remark, ...]:
    """Every remark on a text, errors first."""
    found = [remark for rule in RULES for remark in rule(page)]
    return tuple(sorted(found, key=lambda r: r.severity is not Severity.ERROR))


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One kind of phrase that no text may hold."""

    rule: str
    severity: Severity
    says: str
    pattern: re2._Regexp


@lru_cache(maxsize=8)
def known_phrases(lang: str) -> tuple[Phrase, ...]:
    """The phrases of a language; a language without a file has none."""
    path = Path(__file__).parent / "phrases" / f"{lang}.toml"
    if not path.exists():
        return ()
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]
    return tuple(
        Phrase(
            rule=row["rule"], severity=Severity(row.get("severity", "error")), says=row["says"],
            pattern=re2.compile("|".join(f"(?:{p})" for p in row["patterns"])),
        )
        for row in rows
    )  # fmt: skip
