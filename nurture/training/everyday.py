"""Everyday mail, one letter at a time: plain answers of every kind, and mails of our own, in the shape of the phrase bank.

What is measured on hard conversations says little about the mail of most days. Nothing here was written by whom the bank was written by, nor
looked at while anything was taught.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nurture.messages import headers_of, parse_text
from nurture.stages import Context, Reading, Signal, read
from nurture.training.bank import Phrase, phrases, replies
from nurture.training.labelled import CORPUS

SENT = date(2026, 3, 2)
THEIRS, OURS = "Anna Roux <anna@client.example>", "Camille <camille@atelier.example>"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter with what it says (`wanted`) and what was found in it."""

    text: str
    wanted: frozenset[str]
    found: frozenset[str]


def theirs(lang: str) -> Iterator[Letter]:
    """Answers to a mail of ours."""
    for letter in replies(phrases([CORPUS / "everyday" / f"{lang}.jsonl"])):
        asked = _read(letter[0].asked, Context(ours=True, lang=lang, sent=SENT))
        offered = Signal.PROPOSAL_SENT in asked.signals
        context = Context(ours=False, lang=lang, sent=SENT, awaits=asked.awaits, awaits_quote=letter[0].asked, offer_out=offered)
        yield _compared(letter, context)


def ours(lang: str) -> Iterator[Letter]:
    """Mails that hand over an offer, or seem to."""
    for letter in replies(phrases([CORPUS / "everyday" / f"{lang}.ours.jsonl"])):
        yield _compared(letter, Context(ours=True, lang=lang, sent=SENT))


def share_right(letters: Sequence[Letter]) -> float:
    """How many were read without any error."""
    return sum(letter.wanted == letter.found for letter in letters) / len(letters)


def _compared(letter: Sequence[Phrase], context: Context) -> Letter:
    text = "\n".join(phrase.text for phrase in letter)
    wanted = frozenset(signal for phrase in letter for signal in phrase.signals)
    return Letter(text=text, wanted=wanted, found=frozenset(signal.value for signal in _read(text, context).signals))


def _read(text: str, context: Context) -> Reading:
    sender, to = (OURS, THEIRS) if context.ours else (THEIRS, OURS)
    headers = headers_of(sender=sender, to=to, date=f"{SENT.isoformat()}T10:00:00+01:00", subject="Re: x")
    return read(parse_text(text, headers, prior=context.lang), context)
