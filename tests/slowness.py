"""How much slower the machine at hand is than the one on which limits in seconds were set; never less than one."""

from __future__ import annotations

import time
from functools import cache

QUICK = 0.04  # seconds of processor that `_work` takes there


@cache
def slowness() -> float:
    """By a piece of plain work, the best of five; what else the machine does at the time is in it."""
    return max(1.0, min(_took() for _ in range(5)) / QUICK)


def _took() -> float:
    started = time.process_time()
    _work()
    return time.process_time() - started


def _work() -> int:
    counts: dict[int, int] = {}
    for n in range(200_000):
        counts[n % 997] = counts.get(n % 997, 0) + len(str(n))
    return len(counts)
