"""Who might be followed: people the owner wrote to, ranked by what their headers show. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from nurture.conversations.conversation import Owner
from nurture.conversations.people import company_of, is_no_reply, is_ours, is_role_address, looks_bulk
from nurture.messages import Address, Headers

LONG = 12  # messages of theirs that make somebody an old acquaintance rather than a prospect


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who might be followed; `score` orders them, higher first."""

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
    theirs: int = 0
    we_first: bool = False
    automatic: bool = False
    first: datetime | None = None
    last: datetime | None = None


def rank(headers: Iterable[Headers], owner: Owner, now: datetime) -> tuple[Candidate, ...]:
    """People who look like prospects, best first: the owner wrote first, lately, to a person rather than a machine."""
    tallies: dict[str, _Tally] = {}
    for h in headers:
        _count(tallies, h, owner)
    found = (_candidate(address, t, owner, now) for address, t in tallies.items() if t.ours and not t.automatic)
    return tuple(sorted((c for c in found if c), key=lambda c: (-c.score, c.address)))


def _count(tallies: dict[str, _Tally], h: Headers, owner: Owner) -> None:
    if h.sender is None or h.sent is None:
        return
    ours = is_ours(h.sender.addr, owner)
    others: tuple[Address, ...] = h.to[:5] if ours else (h.sender,)
    for other in others:
        if is_ours(other.addr, owner) or looks_bulk(other.addr) or is_no_reply(other.addr):
            continue
        tally = tallies.setdefault(other.addr, _Tally())
        tally.name = tally.name or other.name
        tally.ours, tally.theirs = tally.ours + ours, tally.theirs + (not ours)
        tally.automatic = tally.automatic or (not ours and bool(h.marks))
        if tally.first is None or h.sent < tally.first:
            tally.first, tally.we_first = h.sent, ours
        tally.last = max(tally.last or h.sent, h.sent)


def _candidate(address: str, t: _Tally, owner: Owner, now: datetime) -> Candidate | None:
    company = company_of(address)
    if company in owner.domains or t.last is None or t.theirs > LONG:
        return None
    age = (now - t.last).days
    score = (
        2.0 * t.we_first
        + 1.5 * bool(t.theirs)
        + 1.0 * bool(company)
        + max(0.0, 2.0 - age / 90)
        - 0.5 * is_role_address(address)
        - 0.1 * t.theirs
    )
    told = f"{'you wrote first' if t.we_first else 'they wrote first'}, {t.ours} of yours, {t.theirs} of theirs, last on {t.last:%Y-%m-%d}"
    return Candidate(address=address, name=t.name, company=company, reason=told, score=round(score, 2), last=t.last.date())
