"""Verdicts, ledger, policy and the day -> a plan: sequences, cadence, silence, holds, courtesy, planner."""

from nurture.followups.answers import ORDER, scope_of
from nurture.followups.cadence import Calendar, Wait, calendar_of
from nurture.followups.country import country_of
from nurture.followups.courtesy import ASKS, LIMITS, OFFERED, allows, limit, missing
from nurture.followups.holds import LAST, RULES, Rule
from nurture.followups.plan import (
    OPEN_STATES,
    Action,
    Case,
    Colleagues,
    DraftState,
    Item,
    Lane,
    LedgerRow,
    Occasion,
    OwnersWord,
    Plan,
)
from nurture.followups.planner import expectations_to_ask, language_of, plan, plan_one, untouched_too_long
from nurture.followups.policy import LANGUAGES, Policy, policy_of
from nurture.followups.revisions import Sequences, shipped_sequences
from nurture.followups.sequence import Answer, Criterion, Sequence, SequenceFault, Step, parse_sequence
from nurture.followups.silence import SIGNS, Silence, State, silence_of
from nurture.followups.stops import Hold
from nurture.followups.withdrawal import withdrawal

__all__ = [
    "ASKS",
    "LANGUAGES",
    "LAST",
    "LIMITS",
    "OFFERED",
    "OPEN_STATES",
    "ORDER",
    "RULES",
    "SIGNS",
    "Action",
    "Answer",
    "Calendar",
    "Case",
    "Colleagues",
    "Criterion",
    "DraftState",
    "Hold",
    "Item",
    "Lane",
    "LedgerRow",
    "Occasion",
    "OwnersWord",
    "Plan",
    "Policy",
    "Rule",
    "Sequence",
    "SequenceFault",
    "Sequences",
    "Silence",
    "State",
    "Step",
    "Wait",
    "allows",
    "calendar_of",
    "country_of",
    "expectations_to_ask",
    "language_of",
    "limit",
    "missing",
    "parse_sequence",
    "plan",
    "plan_one",
    "policy_of",
    "scope_of",
    "shipped_sequences",
    "silence_of",
    "untouched_too_long",
    "withdrawal",
]
