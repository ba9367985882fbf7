"""Verdicts, ledger, policy and the day -> a plan: sequences, cadence, silence, holds, courtesy, planner."""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.followups.answers import ORDER
    from nurture.followups.cadence import Calendar, Wait, calendar_of, in_words
    from nurture.followups.contest import Wanted
    from nurture.followups.country import country_of
    from nurture.followups.courtesy import ASKS, LIMITS, OFFERED, allows, as_agreed, limit, missing
    from nurture.followups.expected import Expectation, expectation, expectations
    from nurture.followups.holds import LAST, RULES, Rule
    from nurture.followups.otherwise import Alternative, alternatives
    from nurture.followups.outside import NOTHING_OUTSIDE, Fit, Happening, Heard, Logged, Outside, StageSaid
    from nurture.followups.planned import (
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
    from nurture.followups.policy import Policy, policy_of
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
    from nurture.followups.withdrawing import withdrawal
    from nurture.followups.word import FINAL, SAYABLE, as_told
else:
    __getattr__ = door(
        __name__,
        {
            "otherwise": "Alternative alternatives",
            "answers": "ORDER",
            "cadence": "Calendar Wait calendar_of in_words",
            "country": "country_of",
            "courtesy": "ASKS LIMITS OFFERED allows as_agreed limit missing",
            "expected": "Expectation expectation expectations",
            "holds": "LAST RULES Rule",
            "outside": "NOTHING_OUTSIDE Fit Happening Heard Logged Outside StageSaid",
            "planned": "OPEN_STATES Action Case Colleagues DraftState Item Lane LedgerRow Occasion OwnersWord Plan",
            "planner": "challenged_before expectations_to_ask fit_question language_of plan plan_one untouched_too_long wanted",
            "policy": "Policy policy_of",
            "revisions": "Sequences readable shipped_sequences",
            "scope": "AGREED Named feature_name named required scope_of",
            "scripted": "answer_set head_set named_step renamed step_moved step_set with_answer with_step without",
            "sequence": "ANY LADDER LONGEST Answer Criterion Sequence SequenceFault Step",
            "sequence_document": "parse_sequence",
            "silence": "SIGNS Silence State silence_of",
            "steps": "Standing standing",
            "stops": "Hold",
            "toml_lines": "Lines",
            "contest": "Wanted",
            "withdrawing": "withdrawal",
            "word": "FINAL SAYABLE as_told",
        },
    )
