"""One thing that `nurture check` looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at. `code` is the exit code that it asks for when it is wrong; None: only a remark."""

    what: str
    ok: bool
    says: str
    code: int | None = None
