from nurture.stages.verdict import (
    Awaits,
    Context,
    Evidence,
    Finding,
    Reading,
    Signal,
    Stage,
    Turn,
    Verdict,
)

__all__ = [
    "Awaits",
    "Context",
    "Evidence",
    "Finding",
    "Reading",
    "Signal",
    "Stage",
    "Turn",
    "Verdict",
]
