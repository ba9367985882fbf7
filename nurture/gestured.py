"""What a gesture came to, by rule: as it is heeded, and as the review sheet and the terminal tell of it."""

from __future__ import annotations

from datetime import timedelta

from nurture.mailbox import Gesture
from nurture.store import gestures

TOLD_DAYS = timedelta(days=7)  # so long the review sheet tells of it, and who it was about is kept
DONE = tuple(f"gesture-{g}" for g in Gesture)  # it was done
AGAIN = "gesture-again"
ASKS = (
    AGAIN, "gesture-stopped", "gesture-unknown", "gesture-several", "gesture-machine", "gesture-excluded", "gesture-nobody",
    gestures.UNREADABLE,
)  # fmt: skip
