"""When a draft of ours that nobody touched has lost its reason: the sentence says why it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from nurture.conversations import THEIR_SIDE, Entry
from nurture.followups.planned import Case, LedgerRow, anchor_id
from nurture.messages import Kind
from nurture.stages import Stage

Rule = Callable[[Case, LedgerRow], str | None]


def they_opted_out(case: Case, _row: LedgerRow) -> str | None:
    """They asked not to be written to, or the owner stopped everything."""
    if case.word.stopped:
        return "the owner stopped it, or they are on the list of those who said no"
    return "they asked not to be written to again" if case.verdict and case.verdict.stage is Stage.OPTED_OUT else None


def excluded(case: Case, _row: LedgerRow) -> str | None:
    """The configuration excludes them."""
    return "the configuration excludes them" if case.word.excluded else None


def since_its_anchor(case: Case, row: LedgerRow) -> tuple[Entry, ...]:
    """What came after the mail that the draft answers or follows up. Mails travel slowly and clocks go wrong: a mail that was sent
    before the draft was made may arrive after it, and one that answers the anchor is later than it whatever its date says."""
    entries, anchor = case.conversation.entries, row.occasion.anchor
    at = next((n for n, e in enumerate(entries) if anchor_id(e) == anchor), None)
    if at is None:
        return tuple(e for e in entries if e.sent > row.created)
    return (*(e for e in entries[:at] if anchor in e.parents), *entries[at + 1 :])


def they_wrote(case: Case, row: LedgerRow) -> str | None:
    """A human of theirs wrote after what the draft refers to: it answers a moment that has passed."""
    wrote = any(e.by in THEIR_SIDE and e.kind is Kind.HUMAN for e in since_its_anchor(case, row))
    return "they wrote in the meantime" if wrote else None


def the_owner_wrote(case: Case, row: LedgerRow) -> str | None:
    """The owner wrote by hand after what the draft refers to."""
    return "the owner wrote in the meantime" if any(e.ours for e in since_its_anchor(case, row)) else None


def unreachable(case: Case, _row: LedgerRow) -> str | None:
    """Their address is dead."""
    return "their address is dead" if case.verdict and case.verdict.stage is Stage.UNREACHABLE else None


def talked(case: Case, row: LedgerRow) -> str | None:
    """They spoke with the owner since: what the draft says was written before that."""
    spoke = any(one.happened > row.created for one in case.outside.talks)
    return "you spoke with them in the meantime" if spoke else None


def no_go(case: Case, row: LedgerRow) -> str | None:
    """The owner said meanwhile that what they expect cannot be satisfied."""
    fit = case.outside.fit
    return "you said that what they expect cannot be satisfied" if fit and not fit.yes and fit.at > row.created else None


RULES: tuple[tuple[str, Rule], ...] = (
    ("opted-out", they_opted_out),
    ("excluded", excluded),
    ("they-wrote", they_wrote),
    ("owner-wrote", the_owner_wrote),
    ("talked", talked),
    ("no-go", no_go),
    ("unreachable", unreachable),
)


def withdrawal(case: Case, row: LedgerRow) -> tuple[str, str] | None:
    """(rule, why) when this untouched draft must be taken back, else None. A draft too old is the planner's (clock) matter."""
    for name, rule in RULES:
        if why := rule(case, row):
            return name, why
    return None
