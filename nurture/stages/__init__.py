"""What messages say (`read`) and where a conversation stands (`judge`). The lexicons are compiled at first use."""

from nurture.stages.context import context_after
from nurture.stages.dates.measured import measure_day
from nurture.stages.dates.own import feasts_of
from nurture.stages.judgement import judge
from nurture.stages.reader import READER, read
from nurture.stages.verdict import (
    Awaits,
    Context,
    Evidence,
    Finding,
    Reading,
    Signal,
    Stage,
    Turn,
    Verdict,
)

__all__ = [
    "READER",
    "Awaits",
    "Context",
    "Evidence",
    "Finding",
    "Reading",
    "Signal",
    "Stage",
    "Turn",
    "Verdict",
    "context_after",
    "feasts_of",
    "judge",
    "measure_day",
    "read",
]
