"""Which messages belong together: References, In-Reply-To, then the base subject with the same person (RFC 5256 in spirit)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nurture.conversations.conversation import Entry
from nurture.messages import fold

# fr en de es it nl pt and the Nordic ones that come along in chains; "r" and "i" stand alone in Italian mail.
_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)*"
    r"(?:(?:re|rep|reponse|aw|antw|antwort|sv|vs|rv|rif|ref|res|r|tr|fwd?|wg|doorst|enc|i|pd|"
    r"reponse automatique|automatic reply|auto|automatische antwort|respuesta automatica|risposta automatica|automatisch antwoord|resposta automatica)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:\s*)"
)
_TAG = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


def base_subject(subject: str) -> str:
    """The subject folded, without reply and forward prefixes and list tags; "" where nothing is left."""
    text = fold(subject[:1000])
    for _ in range(50):
        shorter = _PREFIX.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    return " ".join(_TAG.sub("", text, count=1).split())


def thread(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Every entry exactly once, in threads ordered by their first message; the order of the input does not matter."""
    ordered = sorted({e.key: e for e in entries}.values(), key=lambda e: (e.sent, e.key))
    groups = _Groups(e.key for e in ordered)
    by_id = {e.message_id: e.key for e in reversed(ordered) if e.message_id}
    shared: dict[str, int] = {}
    for e in ordered:
        for parent in e.parents:
            # A parent that nobody holds still joins the messages that name it.
            groups.join(e.key, by_id[parent] if parent in by_id else shared.setdefault(parent, e.key))
    subjects: dict[str, int] = {}
    for e in ordered:
        if (base := base_subject(e.subject)) and not e.parents:
            groups.join(e.key, subjects.setdefault(base, e.key))
        elif base:
            subjects.setdefault(base, e.key)
    found: dict[int, list[Entry]] = {}
    for e in ordered:
        found.setdefault(groups.root(e.key), []).append(e)
    return tuple(tuple(members) for members in found.values())


class _Groups:
    """Disjoint sets; cycles and forged parents are harmless to them."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.parent = {key: key for key in keys}

    def root(self, key: int) -> int:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, a: int, b: int) -> None:
        one, other = sorted((self.root(a), self.root(b)))
        self.parent[other] = one
