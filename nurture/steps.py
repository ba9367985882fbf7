"""The named points of a run. Tests stop the program at each of them; in production reaching a point does nothing."""

from __future__ import annotations

from collections.abc import Callable

POINTS = (
    "start",
    "lock",
    "db_open",
    "connect",
    "list",
    "select",
    "rows",
    "commit_rows",
    "gesture_stop",
    "commit_gestures",
    "bodies",
    "commit_reading",
    "reconcile",
    "commit_outcome",
    "plan",
    "commit_plan",
    "recheck",
    "commit_intent",
    "before_append",
    "after_append",
    "commit_done",
    "before_withdraw",
    "after_withdraw",
    "commit_withdrawn",
    "before_sheet_moved",
    "after_sheet_moved",
    "commit_sheet_moved",
    "commit_sheet_intent",
    "after_sheet",
    "commit_sheet",
    "logout",
    "unlock",
)

_watchers: list[Callable[[str], None]] = []


def reached(point: str) -> None:
    """Tell that the run has come to `point`, one of `POINTS`."""
    for watcher in _watchers:
        watcher(point)


def watch(watcher: Callable[[str], None]) -> None:
    """Have `watcher` called at every point; for tests that kill a run or change the mailbox under it."""
    _watchers.append(watcher)


def unwatch(watcher: Callable[[str], None]) -> None:
    """Take a watcher back."""
    _watchers.remove(watcher)
