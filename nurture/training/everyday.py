"""Single letters in the shape of the phrase bank: everyday mail (plain answers of every kind, and mails of our own), and final words (a stop,
a no, a yes, a pause, and what only looks like one).

What is measured on hard conversations says little about the mail of most days, and too little about what ends a conversation. Nothing here
was written by whom the bank was written by, nor looked at while anything was taught.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nurture.messages import headers_of, parse_text
from nurture.stages import Context, Reading, Signal, read
from nurture.training.bank import Phrase, phrases, replies
from nurture.training.figures import Figures
from nurture.training.labelled import CORPUS

SENT = date(2026, 3, 2)
THEIRS, OURS = "Anna Roux <anna@client.example>", "Camille <camille@atelier.example>"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter with what it says (`wanted`) and what was found in it."""

    text: str
    wanted: frozenset[str]
    found: frozenset[str]
    suspected: frozenset[str] = frozenset()


def theirs(lang: str) -> Iterator[Letter]:
    """Everyday answers to a mail of ours."""
    yield from _answers(CORPUS / "everyday" / f"{lang}.jsonl", lang)


def final_words(lang: str, part: str) -> Iterator[Letter]:
    """Answers to a mail of ours while an offer is out. Part « a » has been looked at, « b » is only measured."""
    yield from _answers(CORPUS / "final" / f"{lang}.{part}.jsonl", lang, offered=True)


def _answers(path: Path, lang: str, *, offered: bool = False) -> Iterator[Letter]:
    for letter in replies(phrases([path])):
        asked = _read(letter[0].asked, Context(ours=True, lang=lang, sent=SENT))
        out = offered or Signal.PROPOSAL_SENT in asked.signals
        context = Context(ours=False, lang=lang, sent=SENT, awaits=asked.awaits, awaits_quote=letter[0].asked, offer_out=out)
        yield _compared(letter, context)


def ours(lang: str) -> Iterator[Letter]:
    """Mails that hand over an offer, or seem to."""
    for letter in replies(phrases([CORPUS / "everyday" / f"{lang}.ours.jsonl"])):
        yield _compared(letter, Context(ours=True, lang=lang, sent=SENT))


def share_right(letters: Sequence[Letter]) -> float:
    """How many were read without any error."""
    return sum(letter.wanted == letter.found for letter in letters) / len(letters)


def heard(letters: Sequence[Letter]) -> Figures:
    """What was found and missed of each signal."""
    found = Figures()
    for letter in letters:
        found.compare(letter.wanted, letter.found, letter.text)
    return found


def safe(letters: Sequence[Letter], signal: str) -> float | None:
    """How often nothing is written after a signal that is there: it is said, or some suspicion holds; None where it never was."""
    there = [letter for letter in letters if signal in letter.wanted]
    return sum(signal in letter.found or bool(letter.suspected) for letter in there) / len(there) if there else None


def _compared(letter: Sequence[Phrase], context: Context) -> Letter:
    text = "\n".join(phrase.text for phrase in letter)
    wanted = frozenset(signal for phrase in letter for signal in phrase.signals)
    reading = _read(text, context)
    suspected = frozenset(finding.signal.value for finding in reading.unsure)
    return Letter(text=text, wanted=wanted, found=frozenset(s.value for s in reading.signals), suspected=suspected)


def _read(text: str, context: Context) -> Reading:
    sender, to = (OURS, THEIRS) if context.ours else (THEIRS, OURS)
    headers = headers_of(sender=sender, to=to, date=f"{SENT.isoformat()}T10:00:00+01:00", subject="Re: x")
    return read(parse_text(text, headers, prior=context.lang), context)
