"""Who might be followed: people to whom the owner wrote, or who ask for something, ranked by what their headers show. Values in, values out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from nurture.conversations.conversation import Owner
from nurture.conversations.people import company_of, is_no_reply, is_ours, is_role_address, looks_bulk
from nurture.conversations.threads import base_subject
from nurture.messages import Address, Headers, fold

LONG = 12  # messages of theirs that make somebody an old acquaintance rather than a prospect
CROWD = 8  # recipients of one mail from which on it was written to nobody in particular
TOGETHER = 3  # … and up to which it is still a letter
CODE = re.compile(r"[0-9a-f]{12}|\d{7}|[a-z0-9=_-]{40}")  # what a machine puts into an address


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who might be followed; `score` orders them, higher first, `reason` says why they stand here."""

    address: str
    name: str
    company: str | None
    reason: str
    score: float
    last: date


@dataclass
class _Tally:
    name: str = ""
    ours: int = 0
    alone: int = 0  # letters of ours to them and at most two others
    theirs: int = 0
    asked: bool = False  # they opened a thread about what one asks a supplier for
    refused: bool = False  # a machine, a list, a supplier
    first: datetime | None = None
    last: datetime | None = None
    we_first: bool = False
    first_letter: bool = False  # our first mail was a letter to them alone that opened a thread


def rank(headers: Iterable[Headers], owner: Owner, now: datetime) -> tuple[Candidate, ...]:
    """People who look like prospects, best first: the owner wrote to them first, alone, lately; persons rather than machines,
    desks, suppliers and crowds."""
    tallies: dict[str, _Tally] = {}
    for h in headers:
        _count(tallies, h, owner)
    found = (_candidate(address, t, owner, now) for address, t in tallies.items() if (t.alone or t.asked) and not t.refused)
    return tuple(sorted((c for c in found if c), key=lambda c: (-c.score, c.address)))


def _count(tallies: dict[str, _Tally], h: Headers, owner: Owner) -> None:
    if h.sender is None or h.sent is None:
        return
    ours = is_ours(h.sender.addr, owner)
    others = [a for a in h.to if not is_ours(a.addr, owner)] if ours else [h.sender]
    if ours and len(h.to) + len(h.cc) > CROWD:
        return
    for other in others:
        if is_ours(other.addr, owner) or looks_bulk(other.addr) or is_no_reply(other.addr) or is_desk(other.addr):
            continue
        _add(tallies.setdefault(other.addr, _Tally()), h, other, ours=ours, together=len(others))


def _add(tally: _Tally, h: Headers, other: Address, *, ours: bool, together: int) -> None:
    assert h.sent is not None  # `_count` has looked
    opens = not h.parents and base_subject(h.subject) == " ".join(fold(h.subject).split())
    tally.name = tally.name or other.name
    tally.ours, tally.theirs = tally.ours + ours, tally.theirs + (not ours and not h.marks)
    tally.alone += ours and together <= TOGETHER
    tally.refused = (
        tally.refused or (not ours and is_machines(h)) or (opens and _is_about("we_buy" if ours else "they_sell", h.subject))
    )
    tally.asked = tally.asked or (not ours and opens and not h.marks and _is_about("they_ask", h.subject))
    if tally.first is None or h.sent < tally.first:
        tally.first, tally.we_first, tally.first_letter = h.sent, ours, ours and opens and together == 1 and not h.cc
    tally.last = max(tally.last or h.sent, h.sent)


def is_machines(h: Headers) -> bool:
    """A newsletter, a list, a notice; not the automatic answer of somebody who is away."""
    return any(mark in h.marks for mark in ("list", "bulk", "mailer-daemon", "report", "no-reply", "auto-generated"))


def is_desk(address: str) -> bool:
    """A support desk, a mailing list, or an address that a machine has made."""
    local, _, domain = address.partition("@")
    plain = re.sub(r"[._-]+", " ", fold(local.partition("+")[0])).strip()
    words = _words()
    return plain in words["desks"] or bool(CODE.search(local)) or not words["machines"].isdisjoint(domain.split("."))


def _is_about(what: str, subject: str) -> bool:
    """Whether a subject names one of these things: what the owner buys, what is sold to them, what they are asked for."""
    text = f" {' '.join(re.findall(r'[a-z0-9]+', fold(subject[:300])))} "
    return any(f" {word} " in text for word in _words()[what])


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((Path(__file__).parent / "candidates.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def _candidate(address: str, t: _Tally, owner: Owner, now: datetime) -> Candidate | None:
    company = company_of(address)
    if company in owner.domains or t.last is None or t.theirs > LONG:
        return None
    age = max((now - t.last).days, 0)
    score = (
        3.0 * t.first_letter
        + 1.0 * (t.we_first and not t.first_letter)
        + 1.0 * (t.asked and not t.we_first)
        + 1.5 * bool(t.theirs)
        + 1.0 * bool(company)
        + max(0.0, 2.0 - age / 90)
        - 1.0 * is_role_address(address)
        - 0.1 * t.theirs
    )
    return Candidate(
        address=address, name=t.name, company=company, reason=_reason(address, t, company), score=round(score, 2), last=t.last.date()
    )  # fmt: skip


def _reason(address: str, t: _Tally, company: str | None) -> str:
    theirs = "they wrote first and ask for something" if t.asked else "they wrote first"
    begun = "you wrote first, to them alone" if t.first_letter else "you wrote first" if t.we_first else theirs
    answered = f"{t.theirs} of theirs" if t.theirs else "no answer" if t.we_first else "0 of theirs"
    kind = "a shared address" if is_role_address(address) else "at a company" if company else "a private mailbox"
    return f"{begun}: {t.ours} of yours, {answered}, last on {t.last:%Y-%m-%d}; {kind}"
