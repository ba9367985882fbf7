"""What a text may name: addresses, domains, phone numbers, amounts, and every run of capitalised words, in normal forms.

The same reading serves both ends of the confidentiality check: what a mail tells (`entities`), and what a draft would say. Accents,
case, spaces and spellings of figures make no difference; a form is compared whole, so words have borders by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nurture.conversations.capitals import Word, common_words, named, runs_of
from nurture.conversations.first_names import is_common
from nurture.conversations.people import company_of, mailbox_of
from nurture.messages import check_address, fold

MOST = 64 * 1024  # characters of a text that are read


class EntityKind(StrEnum):
    """What is named."""

    NAME = "name"
    COMPANY = "company"
    ADDRESS = "address"
    DOMAIN = "domain"
    PHONE = "phone"
    AMOUNT = "amount"
    PROJECT = "project"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One thing that a text may name: as it is written there, in its normal form, and where.

    `plain`: an everyday word or first name alone, which names nobody by itself; `first`: the word with which a sentence begins.
    """

    kind: EntityKind
    form: str
    span: tuple[int, int]
    text: str = ""
    plain: bool = False
    first: bool = False

    @property
    def key(self) -> tuple[EntityKind, str]:
        return self.kind, self.form


_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HOST = re.compile(r"(?:(?<=//)|(?<=@)|(?<![\w./-]))(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@-]|\.\w)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\d|\(?0|\(\d)[\d\s().\u00a0\u202f/-]{6,20}\d(?![\w])|(?<![\w.,/-])\d{3}[-. ]\d{3}[-. ]\d{4}(?![\w])"
)
_NUMBER = r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?"
_UNIT = r"€|£|\$|eur(?:os?)?\b|gbp\b|pounds?\b|quid\b|usd\b|dollars?\b|chf\b|francs?\b"
_AMOUNT = re.compile(
    rf"(?P<before>€|£|\$|\b(?:eur|gbp|usd|chf)\b)\s?(?P<n1>{_NUMBER})\s?(?P<k1>[km](?!\w))?"
    rf"|(?:(?<![\w.,])(?P<low>{_NUMBER})\s?(?:-|–|—|à|a|to|et|and)\s?)?(?<![\w.,])(?P<n2>{_NUMBER})\s?(?P<k2>[km](?=\s?(?:{_UNIT})))?\s?(?P<behind>{_UNIT})",
    re.IGNORECASE,
)
_MONEY_AT_ALL = re.compile(rf"\d[\s.,]{{0,2}}[km]?\s?(?:{_UNIT})|(?:€|£|\$|eur|gbp|usd|chf)\s?\d", re.IGNORECASE)
_MONEY = {
    "€": "eur",
    "£": "gbp",
    "$": "usd",
    "p": "gbp",
    "q": "gbp",
    "d": "usd",
    "c": "chf",
    "f": "chf",
    "e": "eur",
    "g": "gbp",
    "u": "usd",
}
_FACTOR = {"": 1, "k": 1_000, "m": 1_000_000}
NAME_WORDS = range(2, 5)
LEAST = 3  # letters of a company


def named_in(text: str) -> tuple[Mention, ...]:
    """Everything that a text may name, in all the ways in which it can be read."""
    return (*contacts(text), *_capitals(text[:MOST]))


def contacts(text: str) -> tuple[Mention, ...]:
    """Addresses, domains, phone numbers, amounts."""
    capped = text[:MOST]
    return (*_addresses(capped), *_domains(capped), *_phones(capped), *_amounts(capped))


def _addresses(text: str) -> Iterator[Mention]:
    for found in _ADDRESS.finditer(text) if "@" in text else ():
        if address := check_address(found[0].strip(".'")):
            yield Mention(kind=EntityKind.ADDRESS, form=mailbox_of(address), span=found.span(), text=found[0])


def _domains(text: str) -> Iterator[Mention]:
    for found in _HOST.finditer(text):
        if company := domain_of(found[0]):
            yield Mention(kind=EntityKind.DOMAIN, form=company, span=found.span(), text=found[0])


def domain_of(host: str) -> str | None:
    """The registrable domain of a host, None where it is a mail provider's or none at all."""
    address = check_address(f"x@{host}")
    return company_of(address) if address else None


def _phones(text: str) -> Iterator[Mention]:
    for found in _PHONE.finditer(text):
        if form := phone_form(found[0]):
            yield Mention(kind=EntityKind.PHONE, form=form, span=found.span(), text=found[0])


def phone_form(text: str) -> str:
    """The last nine digits: national and international spellings end in the same; "" where there are too few or too many."""
    digits = "".join(c for c in text if c.isdigit())
    return digits[-9:] if 9 <= len(digits) <= 16 else ""


def _amounts(text: str) -> Iterator[Mention]:
    if not _MONEY_AT_ALL.search(text):
        return
    for found in _AMOUNT.finditer(text):
        unit = _MONEY[(found["before"] or found["behind"])[0].lower()]
        thousands = (found["k1"] or found["k2"] or "").lower()
        for number in filter(None, (found["low"], found["n1"] or found["n2"])):
            form = f"{_worth(number) * _FACTOR[thousands]:.2f}{unit}"
            yield Mention(kind=EntityKind.AMOUNT, form=form, span=found.span(), text=found[0])


def _worth(number: str) -> float:
    """« 1 900,50 », "1,900.50", « 1.900 », "12.5"."""
    plain = re.sub(r"[ '’\u00a0\u202f]", "", number)
    whole, mark, rest = plain.rpartition("," if plain.rfind(",") > plain.rfind(".") else ".")
    if mark and len(rest) <= 2:
        return float(f"{re.sub('[.,]', '', whole) or '0'}.{rest}")
    return float(re.sub("[.,]", "", plain))


# Capitalised words.


def _capitals(text: str) -> Iterator[Mention]:
    for run in runs_of(text):
        for start in range(len(run)):
            if run[start].small:
                continue
            for end in range(start + 1, len(run) + 1):
                if not run[end - 1].small:
                    yield from _readings(text, run[start:end])


def _readings(text: str, window: Sequence[Word]) -> Iterator[Mention]:
    plain, span, alone = [w.plain for w in window], (window[0].start, window[-1].end), len(window) == 1
    there = text[span[0] : span[1]]
    if form := company_form(plain):
        everyday, first = alone and is_plain(form), alone and window[0].first
        yield Mention(kind=EntityKind.COMPANY, form=form, span=span, text=there, plain=everyday, first=first)
    if not alone:
        yield Mention(kind=EntityKind.PROJECT, form=project_form(plain), span=span, text=there)
    if form := name_form([w.plain for w in named(window)]):
        yield Mention(kind=EntityKind.NAME, form=form, span=span, text=there)


def is_plain(word: str) -> bool:
    """An everyday word, or a first name that many have: alone it names nobody."""
    return word in common_words() or is_common(word)


def name_words(name: str) -> frozenset[str]:
    """The words of a name by which somebody may be called."""
    return frozenset(w for w in map(fold, re.findall(r"[^\W\d_]+", name)) if len(w) >= LEAST)


def company_form(words: Sequence[str]) -> str:
    """Written as one word: « Comptoir Clair », "comptoir-clair", "ComptoirClair"; "" for what is too short to tell."""
    form = "".join(words)
    return form if len(form) >= LEAST and not form.isdigit() else ""


def project_form(words: Sequence[str]) -> str:
    """The words in their order."""
    return " ".join(words)


def name_form(words: Sequence[str]) -> str:
    """The words of a full name in either order, without particles; "" for less than two real ones, or too many."""
    whole = [w for w in words if len(w) > 1 and not w.isdigit()]
    return " ".join(sorted(whole)) if len(whole) in NAME_WORDS else ""
