"""Days that a sentence names, counted from the day it was written: a closed grammar whose words are each language's data."""

from nurture.stages.dates.choice import day_to_resume, days_ahead, first_day
from nurture.stages.dates.grammar import named
from nurture.stages.dates.named import PASSING, Edge, Named

__all__ = ["PASSING", "Edge", "Named", "day_to_resume", "days_ahead", "first_day", "named"]
