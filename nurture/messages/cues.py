"""What words and lines tell: the lists of `phrases/*.toml`, compiled to RE2 sets, so that a few passes over a text find all of them.

Everything is matched on folded text (`words.fold`). RE2 takes time linear in the text, whatever the text is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import re2

from nurture.messages.words import fold

HERE = Path(__file__).parent / "phrases"
SERVED = ("fr", "en", "de", "es", "it", "nl", "pt")
MEMORY = 32 << 20  # bytes that RE2 may take for one set
FIELDS = ("from", "sent", "to", "cc", "subject", "other")  # the roles of header lines in a quoted mail

_EDGE, _END = r"(?:^|[^a-z0-9])", r"(?:$|[^a-z0-9])"  # \b knows ASCII letters only
_START = r"^[\s\W]*(?:{})"
# Each section's lists, by name, and how an entry is anchored; {} stands for the entries. Lists that begin at a line's start share
# one set; lists that may begin anywhere get sets of their own, for the states of their union would multiply.
SECTIONS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "line": (
        {
            **dict.fromkeys(FIELDS, r"^[\s>*_|]*(?:{})[*_]*\s?:"),
            "opener": r"^[\s>*_|\"(\[-]*(?:{})[\s,.:(]",
            "banner": r"^[\s>*_=#~+-]*(?:{})[\s*_=#~+:.-]*$",
            "above": r"^[^a-z0-9]*(?:{})",
            "footer": r"^[\s>*_(<\[~.+-]*(?:{})[\s>*_)\].!~-]*$",
            "closing": r"^[\s*_~-]*(?:{})(?:[ ,;.!:)(*_-].*)?$",
            "greeting": r"^\W*(?:{})\b",
            "postscript": r"^\W*(?:{})(?:[\s:.,-]|$)",
            "answer": r"^\W*(?:{})\W*$",
            "colon": r":[\s*_-]*$",
        },
        {"disclaimer": r"^[\s>*_(\[-]*(?:{})"},
        {"verb": _EDGE + "(?:{})" + _END, "email": "{}", "time": "{}", "personal": "{}"},
        {"date": "{}"},
    ),
    "end": (
        {"contact": "{}", "label": r"(?:^|[^a-z0-9])(?:{})\.? ?(?:: ?\S|[+(0]\d?\d)"},
        {"chatter": "{}"},
        {"title": r"(?:^|[^a-z0-9.@/])(?:{})(?:$|[^a-z0-9.@/])"},
        {"spoken": _EDGE + "(?:{})" + _END, "formal": "{}"},
        {"voice": _EDGE + "(?:{})" + _END, "unsubscribe": "{}"},
    ),
    "subject": (
        dict.fromkeys(
            (
                "subject_auto",
                "subject_away",
                "subject_received",
                "accepted",
                "declined",
                "tentative",
                "counter",
                "cancelled",
                "invitation",
            ),
            _START,
        ),
        {"subject_left": r"\b(?:{})", "challenge": "{}"},
    ),
    "notice": (
        {"away": "{}"},
        {"received": "{}", "slow": r"\b(?:{})"},
        {"automatic": "{}", "bulk": "{}"},
        {"challenge": "{}", "calendar": "{}"},
        {"helps": r"\b(?:{})", "been": r"\b(?:{})"},
        {"topic": r"\b(?:{})", "left": r"\b(?:{})"},
        {"refuses": r"\b(?:{})"},
    ),
}


@cache
def phrases(language: str) -> Mapping[str, Mapping[str, Any]]:
    """One file of `phrases/`."""
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))


def lists(section: str, name: str) -> tuple[str, ...]:
    """One list of a section, of all languages together."""
    found = (p for file in sorted(HERE.glob("*.toml")) for p in phrases(file.stem).get(section, {}).get(name, ()))
    return tuple(_filled(p) for p in found)


def _filled(pattern: str) -> str:
    """Folded as the texts are, with the names of months and weekdays put in."""
    folded = "".join(c if c.isascii() else fold(c) for c in pattern)
    if "{" not in folded:
        return folded
    return folded.replace("{month}", _any_of("months")).replace("{weekday}", _any_of("weekdays"))


@cache
def _any_of(name: str) -> str:
    """Names of months or weekdays, the short forms too."""
    return (
        "(?:"
        + "|".join(p for language in SERVED for key in (name, f"{name}_short") for p in phrases(language)["notice"].get(key, ()))
        + ")"
    )


def compiled(pattern: str) -> Any:
    """A pattern for the whole of a text, in RE2."""
    return re2.compile(pattern, _options())


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    return options


class Cues:
    """Named lists of patterns, looked for together."""

    def __init__(self, groups: Iterable[Mapping[str, str]]) -> None:
        """Each group maps a name to one pattern; a group is one set."""
        self._sets: list[tuple[Any, list[str]]] = []
        for group in groups:
            found = re2.Set.SearchSet(_options())
            for pattern in group.values():
                found.Add(pattern)
            found.Compile()
            self._sets.append((found, list(group)))

    def of(self, folded: str) -> frozenset[str]:
        """The names of all lists of which something stands in the text."""
        text = folded.encode()
        return frozenset([names[i] for found, names in self._sets for i in found.Match(text) or ()])


def alternatives(patterns: Iterable[str], anchor: str = "{}") -> str:
    """Patterns as one, anchored."""
    return anchor.replace("{}", "(?:" + "|".join(f"(?:{p})" for p in patterns) + ")")


@cache
def section(name: str) -> Cues:
    """The cues of one section; the lists of subjects stand among the notices', those of a mail's end among the lines'."""
    source = {"subject": "notice", "end": "line"}.get(name, name)
    return Cues({key: alternatives(lists(source, key), anchor) for key, anchor in group.items()} for group in SECTIONS[name])


def line_cues(folded: str) -> frozenset[str]:
    """What one folded line could be in the frame of a mail: attribution, header, closing line, footer."""
    return section("line").of(folded)


def end_cues(folded: str) -> frozenset[str]:
    """What one folded line at the end of a mail could be in a signature: contact, title, advertisement; or that it talks."""
    return section("end").of(folded)


def subject_cues(folded: str) -> frozenset[str]:
    """What a folded subject says of who sent the mail."""
    return section("subject").of(folded)


def notice_cues(folded: str) -> frozenset[str]:
    """What one folded sentence, or a whole text, could say as a notice."""
    return section("notice").of(folded)
