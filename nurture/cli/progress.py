"""A progress bar on stderr that shows itself only where a step takes longer than a second."""

from __future__ import annotations

import sys
import time


class Bar:
    """One line, redrawn at most ten times a second; the last one is wiped away."""

    def __init__(self, after: float = 1.0, *, plain: bool = False) -> None:
        self.after = after
        self.plain = plain  # no escape sequences
        self.what, self.width = "", 0
        self.begun = self.drawn = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        moment = time.monotonic()
        if what != self.what:
            self.wipe()
            self.what, self.begun = what, moment
        if done >= total:
            self.wipe()
        elif moment - self.begun >= self.after and moment - self.drawn >= 0.1:
            self.drawn = moment
            full = 30 * done // max(total, 1)
            told = "".join(c if c.isprintable() else " " for c in what[:30])
            line = f"{told:30} [{'#' * full}{'.' * (30 - full)}] {done}/{total}"[:79]
            self.width = len(line)
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Take the line away again."""
        if self.what and self.drawn > self.begun:
            sys.stderr.write(f"\r{' ' * self.width}\r" if self.plain else "\r\x1b[K")
            sys.stderr.flush()
