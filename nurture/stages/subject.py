"""A mail without words in its body: the subject may carry them (« STOP », "Not interested")."""

from __future__ import annotations

import re
from dataclasses import replace

from nurture.conversations import base_subject
from nurture.messages import Headers, Message, fold, one_line
from nurture.stages.findings import findings
from nurture.stages.lexical import by_lexicon
from nurture.stages.scored import NEVER_DROPPED
from nurture.stages.sentences import Letter
from nurture.stages.verdict import Finding

LONGEST = 200  # characters of a subject that are read
_MARK = re.compile(r"\b(?:re|rép|rep|tr|fwd?|aw|sv)\s?(?:\[\d{1,3}\])?\s?:", re.IGNORECASE)


def is_empty(letter: Letter) -> bool:
    """Nothing stands between greeting and closing."""
    return not any(any(c.isalnum() for c in s.text) for s in letter.body)


def with_subject(message: Message) -> Message:
    """The same mail with the words of its subject in front of its body."""
    line = one_line(message.headers.subject, LONGEST)
    new = _before_a_mark(line) or _MARK.split(line)[-1].strip()
    return replace(message, new_text=f"{new}\n\n{message.new_text}".strip())


def may_be_ours(headers: Headers) -> bool:
    """The subject only repeats an earlier one, or may: that of an answer, unless something new stands in front of its « Re: »."""
    line = one_line(headers.subject, LONGEST)
    marked = base_subject(line) != " ".join(fold(line).split())
    return not _before_a_mark(line) and (marked or bool(headers.parents))


def final_words(letter: Letter) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(found, suspected) in a subject that may be ours: a stop, a no, a pause, which no subject of ours says; the rest is dropped."""
    found, unsure = findings(letter, (by_lexicon,))
    return tuple(f for f in found if f.signal in NEVER_DROPPED), unsure


def _before_a_mark(line: str) -> str:
    """« STOP - Re: Vos clients » -> « STOP »."""
    mark = _MARK.search(line)
    return line[: mark.start()].strip(" -–—|:[](),") if mark else ""
