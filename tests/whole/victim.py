"""A run that dies: `python -m tests.whole.victim POINT TIMES ARGS…` is `nurture ARGS…`, killed when POINT is reached the TIMES-th time."""

from __future__ import annotations

import os
import signal
import sys

from nurture import steps
from nurture.cli import main


def kill_at(point: str, times: int) -> None:
    """SIGKILL this very process at a named point: no handler runs, no buffer is flushed."""
    left = times

    def watcher(name: str) -> None:
        nonlocal left
        left -= name == point
        if name == point and left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.watch(watcher)


if __name__ == "__main__":
    kill_at(sys.argv[1], int(sys.argv[2]))
    main(sys.argv[3:])
