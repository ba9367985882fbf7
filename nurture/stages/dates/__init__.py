"""Days that a sentence names, counted from the day it was written: a closed grammar whose words are each language's data."""

from nurture.stages.dates.choice import day_to_resume, first_day, last_day
from nurture.stages.dates.grammar import named
from nurture.stages.dates.named import Edge, Named

__all__ = ["Edge", "Named", "day_to_resume", "first_day", "last_day", "named"]
