"""What is remembered of a person when their next text is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from nurture.drafts.confidential import NOBODY, Others
from nurture.drafts.library import Had


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What one person has had from us, the key of these memories; and what is known of `others`."""

    key: bytes
    said: frozenset[str] = frozenset()  # keyed hashes of sentences and links
    used_variants: frozenset[str] = frozenset()
    had: Had = field(default_factory=Had)  # what was shared
    others: Others = NOBODY
