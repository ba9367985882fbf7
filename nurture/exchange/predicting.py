"""What was understood of an exchange, in the shape in which labelled conversations are scored (docs/labels.md)."""

from __future__ import annotations

from typing import Any

from nurture.exchange.retold import Retold, Told
from nurture.stages import Finding


def prediction(retold: Retold) -> dict[str, Any]:
    """`id`, `lang`, `register`, and every message in order."""
    return {
        "id": retold.name,
        "lang": retold.lang,
        "register": retold.register,
        "messages": [_message(told) for told in retold.told],
    }


def _message(told: Told) -> dict[str, Any]:
    back = told.reading.resume_on or told.message.notice.resume_on
    return {
        "kind": told.message.kind.value,
        "new_text": told.message.new_text,
        "signals": [_finding(found) for found in told.reading.findings],
        "unsure": [_finding(found) for found in told.reading.unsure],
        "resume_on": back.isoformat() if back else None,
        "stage": told.verdict.stage.value,
        "turn": told.verdict.turn.value,
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {"signal": found.signal.value, "quote": found.quote, "confidence": found.confidence, "rule": found.rule}
