"""Time as tests measure it: seconds of processor, and how much slower the machine at hand is than that on which limits were set."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

QUICK = 0.04  # seconds of processor that `_work` takes there


def processor(work: Callable[[], object], times: int = 3) -> float:
    """Seconds that some work takes, the best of several times."""
    took = []
    for _ in range(times):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took)


@cache
def slowness() -> float:
    """By a piece of plain work; what else the machine does at the time is in it. Never less than one."""
    return max(1.0, processor(_work, 5) / QUICK)


def _work() -> int:
    counts: dict[int, int] = {}
    for n in range(200_000):
        counts[n % 997] = counts.get(n % 997, 0) + len(str(n))
    return len(counts)
