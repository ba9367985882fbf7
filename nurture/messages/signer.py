"""How somebody may sign: name, first name, initials, nickname, company. Known from the display name and the address."""

from __future__ import annotations

import re

from nurture.messages.words import fold

_SMALL = frozenset(["et", "and", "de", "du", "des", "la", "le", "les", "d", "l", "von", "van", "der", "y", "e", "pour", "for", "p", "o", "of", "the", "&", "x", "xx", "xo", "dr", "mr", "mrs", "ms", "m", "mme", "mlle", "me", "pr", "prof", "cdt", "cne", "cpt", "lt", "col", "sgt", "rev", "sir"])  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r"\s*[,|–—/•·(:]\s*|\s+-\s+|\s{3,}")
_SPEAKS = re.compile(
    r"(?:it|that|here|he|she|who)['’]s |i['’]m |c['’]est |this is |je suis ", re.IGNORECASE
)  # "It's Gus, not Angus"
_KISSES = re.compile(r"(?:\s+(?:x+|xo|xoxo))+$", re.IGNORECASE)
LONGEST = 90  # characters of a line on which a name stands
TOO_LONG = 2 * LONGEST  # with its blanks: longer ones are not looked at, for the patterns below try every blank anew


class Signer:
    """The author of a mail, as far as it is known; false where nothing is known."""

    def __init__(self, author: str) -> None:
        words = _WORD.findall(fold(author))
        self.words = frozenset(w for w in words if len(w) >= 2)
        self.initials = frozenset(w[0] for w in words)

    def __bool__(self) -> bool:
        return bool(self.words)

    def signs(self, line: str) -> bool:
        """Whether the line is the author's name: whole or in part, initials, a short form; a title may follow it."""
        if len(line) > TOO_LONG:
            return False
        text = _KISSES.sub("", line.strip(" \t*_~-–—>"))
        if not self.words or not text or len(text) > LONGEST:
            return False
        return self.is_name(text) or self._is_initials(text) or self._heads(text) or self._is_among(text)

    def stands_in(self, text: str) -> bool:
        """One of the author's words, or of the company's, among others."""
        return "@" not in text and bool(self.words & set(_WORD.findall(fold(text))))

    def is_name(self, text: str) -> bool:
        """Nothing but words of the author's name, and a rank or particle."""
        words = _WORD.findall(fold(text))
        return bool(words) and set(words) <= self.words | _SMALL and bool(set(words) & self.words)

    def _is_initials(self, text: str) -> bool:
        letters = re.sub(r"[\s.\-&/+]", "", text)
        return 1 <= len(letters) <= 3 and letters.isalpha() and len(text) <= 8 and set(fold(letters)) <= self.initials

    def _heads(self, text: str) -> bool:
        """ "Noé Jaquier, CTO", "Jules – CEO & homme à tout faire"."""
        head = _HEAD.split(text, maxsplit=1)[0]
        return head != text and (self.is_name(head) or self._is_among(head))

    def _is_among(self, text: str) -> bool:
        """A line of capitalised words with one of the author's among them: "Mrs E. Roberts", "Wei Lim BDS MJDF"."""
        words = text.replace("’", "'").split()
        named = [w for w in words if w[0].isalpha() and fold(w).strip(".,'") not in _SMALL]
        return (
            len(words) <= 8 and bool(named) and "me" not in words  # "Call me Gus"; the title is a capital Me
            and not _SPEAKS.match(text)
            and all(w[0].isupper() or w[:2].lower() in ("d'", "l'") for w in named)
            and bool(self.words & set(_WORD.findall(fold(text))))
        )  # fmt: skip

    def nicknamed(self, line: str) -> bool:
        """A short form of one of the author's names alone on a line: "Robbo" for Robinson, "Rosa" for Rosalie."""
        if len(line) > TOO_LONG:
            return False
        words = _WORD.findall(fold(_KISSES.sub("", line)))
        if len(words) != 1 or not 3 <= len(words[0]) <= 14 or len(line.strip()) > 20:
            return False
        return any(name[:3] == words[0][:3] and len(words[0]) <= len(name) + 2 for name in self.words)


_NAME = re.compile(
    r"(?:(?:mr|mrs|ms|dr|m|mme|mlle|me|pr|prof)\.? )?"
    r"(?:[A-ZÀ-Ý][a-zà-ÿ]{0,2}\.[ -]?){0,3}[A-ZÀ-Ý][\w'’-]{1,20}(?: (?:d[eu] |d'|la |le |van |von |der |den |di |[A-ZÀ-Ý]\. ?){0,2}[A-ZÀ-Ý][\w'’-]{1,20}){0,3}[.,]?",
    re.IGNORECASE,
)


def looks_like_a_name(line: str) -> bool:
    """Two to four capitalised words, or initials and a surname; nothing else. Without knowing whose."""
    if len(line) > TOO_LONG:
        return False
    text = line.strip(" \t*_~-–—")
    words = text.replace(".", ". ").split()
    capital = [w for w in words if w[0].isupper()]
    return (
        2 <= len(words) <= 5 and len(text) <= 40 and len(capital) >= 2 and _NAME.fullmatch(text) is not None and text[-1] != "."
    )


def introduces_itself(line: str) -> bool:
    """A first name or two, then after a dash or comma who that is: "Audrey – ComptoClair", "Margot & Hugo – Les Grands Soirs"."""
    if len(line) > TOO_LONG:
        return False
    text = line.strip(" \t*_~")
    head = _HEAD.split(text, maxsplit=1)[0]
    words = head.replace("&", " ").split()
    named = [w for w in words if w not in ("et", "and")]
    return (
        head != text and 1 <= len(named) <= 4 and len(text) <= 70 and text[-1] not in ".?!:,;"
        and all(w[0].isupper() and w.replace("-", "").replace("'", "").replace("’", "").isalpha() for w in named)
        and not any(c.isdigit() for c in text)
    )  # fmt: skip
