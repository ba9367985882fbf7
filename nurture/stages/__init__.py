"""What messages say (`read`) and where a conversation stands (`judge`). The lexicons are compiled at first use."""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.stages.context import context_after
    from nurture.stages.dates.measured import measure_day
    from nurture.stages.dates.own import feasts_of
    from nurture.stages.judgement import judge
    from nurture.stages.reader import READER, read
    from nurture.stages.register import between, without_nouns
    from nurture.stages.verdict import Awaits, Context, Evidence, Finding, Reading, Signal, Stage, Turn, Verdict
else:
    __getattr__ = door(
        __name__,
        {
            "context": "context_after",
            "dates.measured": "measure_day",
            "dates.own": "feasts_of",
            "judgement": "judge",
            "reader": "READER read",
            "register": "between without_nouns",
            "verdict": "Awaits Context Evidence Finding Reading Signal Stage Turn Verdict",
        },
    )
