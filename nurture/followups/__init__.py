"""Verdicts, ledger, policy and the day -> a plan: sequences, cadence, silence, holds, courtesy, planner."""

from nurture.followups.alternatives import Alternative, alternatives
from nurture.followups.answers import ORDER
from nurture.followups.cadence import Calendar, Wait, calendar_of, in_words
from nurture.followups.country import country_of
from nurture.followups.courtesy import ASKS, LIMITS, OFFERED, allows, as_agreed, limit, missing
from nurture.followups.expectations import Expectation, expectation, expectations
from nurture.followups.holds import LAST, RULES, Rule
from nurture.followups.outside import Fit, Happening, Heard, Logged, Outside, StageSaid
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
from nurture.followups.planner import (
    challenged_before,
    expectations_to_ask,
    fit_question,
    language_of,
    plan,
    plan_one,
    untouched_too_long,
    wanted,
)
from nurture.followups.policy import LANGUAGES, Policy, policy_of
from nurture.followups.revisions import Sequences, readable, shipped_sequences
from nurture.followups.scope import AGREED, Named, feature_name, named, required, scope_of
from nurture.followups.scripted import (
    answer_set,
    head_set,
    named_step,
    renamed,
    step_moved,
    step_set,
    with_answer,
    with_step,
    without,
)
from nurture.followups.sequence import ANY, LADDER, LONGEST, Answer, Criterion, Sequence, SequenceFault, Step
from nurture.followups.sequence_document import parse_sequence
from nurture.followups.silence import SIGNS, Silence, State, silence_of
from nurture.followups.steps import Standing, standing
from nurture.followups.stops import Hold
from nurture.followups.toml_lines import Lines
from nurture.followups.wanted import Wanted
from nurture.followups.withdrawal import withdrawal
from nurture.followups.word import FINAL, SAYABLE, as_told

__all__ = [
    "AGREED",
    "ANY",
    "ASKS",
    "FINAL",
    "LADDER",
    "LANGUAGES",
    "LAST",
    "LIMITS",
    "LONGEST",
    "OFFERED",
    "OPEN_STATES",
    "ORDER",
    "RULES",
    "SAYABLE",
    "SIGNS",
    "Action",
    "Alternative",
    "Answer",
    "Calendar",
    "Case",
    "Colleagues",
    "Criterion",
    "DraftState",
    "Expectation",
    "Fit",
    "Happening",
    "Heard",
    "Hold",
    "Item",
    "Lane",
    "LedgerRow",
    "Lines",
    "Logged",
    "Named",
    "Occasion",
    "Outside",
    "OwnersWord",
    "Plan",
    "Policy",
    "Rule",
    "Sequence",
    "SequenceFault",
    "Sequences",
    "Silence",
    "StageSaid",
    "Standing",
    "State",
    "Step",
    "Wait",
    "Wanted",
    "allows",
    "alternatives",
    "answer_set",
    "as_agreed",
    "as_told",
    "calendar_of",
    "challenged_before",
    "country_of",
    "expectation",
    "expectations",
    "expectations_to_ask",
    "feature_name",
    "fit_question",
    "head_set",
    "in_words",
    "language_of",
    "limit",
    "missing",
    "named",
    "named_step",
    "parse_sequence",
    "plan",
    "plan_one",
    "policy_of",
    "readable",
    "renamed",
    "required",
    "scope_of",
    "shipped_sequences",
    "silence_of",
    "standing",
    "step_moved",
    "step_set",
    "untouched_too_long",
    "wanted",
    "with_answer",
    "with_step",
    "withdrawal",
    "without",
]
