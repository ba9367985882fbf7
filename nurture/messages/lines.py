"""What one line near the end of a mail is: a name, a contact, a caption of a signature, a closing line, or something said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nurture.messages.page import Page
from nurture.messages.signer import Signer

CLOSING = 70  # characters of a closing line
FOOTER = 120  # characters of a footer
SENTENCE = 4  # words from which on a full stop ends a sentence (fewer may be a title); letters of a first word in small letters
BARE_WORD = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'’-]{1,14}|[A-ZÀ-Ý]{2}")
ON_BEHALF = re.compile(r"(?:[pP]\.? ?[pPoO]\.?|[oO]n behalf of) [A-ZÀ-Ý]")
_BROKEN = re.compile(
    r"\b(?:broken|error|dead|mort|nothing|rien|svp|stp|please|veuillez|no|aucun|(?:marche|fonctionne|work)s? (?:pas|not))\b|n't work|not work"
)
_CLICK = re.compile(r"https?:|www\.|\bcli(?:qu|ck)|\b(?:here|ici)\W*$")
_WORD = re.compile(r"[^\W\d_]+")
_GOES_ON = re.compile(r"\w{3}[.!?…] +[A-ZÀ-Ý]")
_CONTACT = frozenset({"contact", "label"})


@dataclass(frozen=True)
class Lines:
    """The lines of a page, by their numbers on it, as they look to one who knows whose signature may follow."""

    page: Page
    signer: Signer

    def asks(self, i: int) -> bool:
        return self.page.lines[i].rstrip().endswith("?")

    def answers(self, i: int) -> bool:
        return "answer" in self.page.cues(i)

    def speaks_up(self, i: int) -> bool:
        """Whether somebody says "I" or asks: legal texts do not."""
        return self.asks(i) or ("voice" in self.page.end_cues(i) and "disclaimer" not in self.page.cues(i))

    def is_talk(self, i: int) -> bool:
        """A sentence that its author may have meant for the reader: no contact line, no caption, no advertisement."""
        cues, line = self.page.end_cues(i), self.page.lines[i]
        chatter = "chatter" in cues and not ("voice" in cues and len(line) > FOOTER)  # a long one who says "I" advertises nothing
        return len(line.split()) >= 4 and "spoken" in cues and not chatter

    def is_sentence(self, i: int) -> bool:
        """Words that end as a sentence does, or go on behind one; titles, companies and addresses do not."""
        line = self.page.lines[i].strip()
        words, least = _WORD.findall(line), 2 * SENTENCE if self.is_contact(i) else SENTENCE
        if len(words) >= least and (line[-1] in ".!?…" or (words[0].islower() and len(words[0]) >= SENTENCE)):
            return True
        return not self.is_contact(i) and _GOES_ON.search(line) is not None

    def only_greets(self, i: int) -> bool:
        return "greeting" in self.page.cues(i) and len(self.page.lines[i].split()) <= 6

    def closes(self, i: int) -> bool:
        """A closing line: a known formula, a formal one, or a short line that ends in a comma and greets nobody."""
        cues, line = self.page.end_cues(i), self.page.lines[i].strip()
        if "formal" in cues or self.closes_by_formula(i):
            return True
        return "closing" not in cues and line.endswith(",") and len(line.split()) <= 8 and "greeting" not in cues

    def closes_by_formula(self, i: int) -> bool:
        return "closing" in self.page.cues(i) and len(self.page.lines[i].strip()) <= CLOSING

    def is_name(self, i: int) -> bool:
        return len(self.page.lines[i]) <= CLOSING and self.signer.is_name(self.page.lines[i])

    def is_nickname(self, i: int) -> bool:
        line = self.page.lines[i].strip()
        if self.answers(i) or self.closes_by_formula(i):
            return False
        if self.signer.nicknamed(line):
            return True
        return BARE_WORD.fullmatch(line.rstrip("x ").rstrip(",")) is not None and not line.rstrip(",").endswith("ez")

    def may_sign(self, i: int) -> bool:
        line = self.page.lines[i].strip()
        return (
            len(line) <= 90
            and (not line[0].islower() or " " not in line)
            and any(c.isalnum() for c in line)
            and line[-1] not in "?!:"
            and not (line[-1] == "." and len(line.split()) >= 4)
            and not self.is_talk(i)
            and not _GOES_ON.search(line)
            and not self.answers(i)
            and not self.page.end_cues(i) & {"time", "greeting", "unsubscribe"}
        )

    def is_contact(self, i: int) -> bool:
        """A phone, an address, a link with its caption; not a sentence that names one."""
        cues = self.page.end_cues(i)
        return bool(cues & _CONTACT) and not ("spoken" in cues and len(self.page.lines[i].split()) > 2)

    def is_caption(self, i: int) -> bool:
        """A line that could stand in a signature: a title, a company, a place; no sentence."""
        line = self.page.lines[i].strip(" \t_*") or "-"
        if (
            len(line) > 70
            or line[-1] in "?!:;…"
            or self.page.lines[i].lstrip().startswith(("- ", "* ", "• ", "-\t"))
            or self.answers(i)
        ):
            return False
        if "title" in self.page.end_cues(i) or any(c in line for c in "|•·"):
            return True
        return len(line.split()) <= 10 and line[-1] not in ".," and line[0].isupper()

    def belongs(self, i: int) -> bool:
        if self.signer.signs(self.page.lines[i]) or ON_BEHALF.match(self.page.lines[i]):
            return True
        return self.is_contact(i) or (("chatter" in self.page.end_cues(i) or self.is_caption(i)) and not self.is_talk(i))

    def unsubscribes(self, i: int) -> bool:
        """A line that offers to unsubscribe by a link; one who asks for it gives none."""
        cues = self.page.end_cues(i)
        if "unsubscribe" not in cues or "voice" in cues:
            return False
        words = self.page.folded[i]
        return _CLICK.search(words) is not None and _BROKEN.search(words) is None
