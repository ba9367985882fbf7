"""The end of a mail: closing line, signature block, mobile footer, disclaimer. The closing line stays, what is below it goes.

docs/labels.md rules: a name alone on the last line belongs to the signature block; a name on the closing line stays. Where
the author is not known, only what cannot be meant for the reader goes: delimiters, contact lines, footers, disclaimers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nurture.messages.lines import BARE_WORD, FOOTER, ON_BEHALF, Lines
from nurture.messages.page import Page
from nurture.messages.signer import Signer, introduces_itself, looks_like_a_name

BLOCK = 16  # lines a signature block may have
NEAR = 3 * BLOCK  # lines from the end among which a delimiter is looked for
CARD = 6  # lines of one that no name of the author opens
TALK = 2  # sentences that may stand in one: mottos, opening hours, "I don't work on Fridays"
_STRICT = frozenset({"--", "—", "––"})
_LEGAL = re.compile(
    r"\b(?:addressees?|recipients?|destinataires?|pieces jointes|attachments|privileged|intended|print(?:ing)?|imprimer)\b"
)
_DESK = re.compile(  # who signs for a whole office
    r"\W*(?:(?:le |la )?(?:service|pole|secretariat) (?:technique|gestion|achats?|commercial|clients?|clientele|compta\w*|administratif|communication"
    r"|culturel?|travaux|general|des \w+|du \w+|de la \w+|de l'\w+)"
    r"|(?:the )?(?:accounts|sales|purchasing|finance|admin|technical|customer service) (?:department|team|office|desk))\W*$"
)
_THANKS = re.compile(r"\W*(?:thank|merci|cheers|happy|bonne|joyeu|looking|avec plaisir|au plaisir|suite|hate|best of)")


def cut_signature(page: Page, lines: Sequence[int], author: str = "") -> tuple[list[int], bool]:
    """(those of a page's lines that are no footer, disclaimer or signature block; whether the cut is doubtful)."""
    end = _End(page, lines, Signer(author))
    end.drop_footers()
    end.drop_below_delimiter()
    end.drop_block()
    return end.kept(), end.unsure


class _End:
    """The lines still held to be said, cut shorter from below, step by step."""

    def __init__(self, page: Page, lines: Sequence[int], signer: Signer) -> None:
        self.page, self.lines, self.signer, self.line, self.unsure = page, lines, signer, Lines(page, signer), False
        self.said = [i for i in lines if not page.blank(i)]
        self._place = {i: n for n, i in enumerate(lines)}

    def kept(self) -> list[int]:
        """The lines that are left, with the blank ones between them."""
        left = set(self.said)
        return [i for i in self.lines if i in left or (left and i < self.said[-1] and self.page.blank(i))]

    def _apart(self, i: int, step: int) -> bool:
        """Whether the line before (-1) or after (1) is blank, among those that are not history."""
        n = self._place[i] + step
        return 0 <= n < len(self.lines) and self.page.blank(self.lines[n])

    # What a program put there.

    def drop_footers(self) -> None:
        """Without mobile footers and unsubscribing links, and nothing from a disclaimer on; but no person's wish is a footer."""
        page = self.page
        kept: list[int] = []
        for n, i in enumerate(self.said):
            cues = page.cues(i)
            if "disclaimer" in cues and kept and not self.line.speaks_up(i):
                if not any(self.line.speaks_up(j) or self.line.is_name(j) for j in self.said[n + 1 :][:BLOCK]):
                    break
                if _LEGAL.search(page.folded[i]):
                    continue  # a server put it above the author's own name
            if "footer" in cues and len(page.lines[i]) <= FOOTER:
                if kept and self._ends_what_was_typed(i):
                    self.unsure = any(self.line.is_talk(j) for j in self.said if j > i)
                    break
            elif not (kept and self.line.unsubscribes(i)):
                kept.append(i)
        self.said = kept
        self._drop_rules()

    def _ends_what_was_typed(self, i: int) -> bool:
        """Below a telephone's footer that stands between blank lines is what was answered, though no mark says so."""
        return self._apart(i, -1) and self._apart(i, 1)

    def _drop_rules(self) -> None:
        while self.said and self.page.ruled(self.said[-1]):
            self.said.pop()

    # What a delimiter sets apart.

    def drop_below_delimiter(self) -> None:
        """What stands above the highest delimiter line below which a signature could stand."""
        for n in range(max(0, len(self.said) - NEAR), len(self.said)):
            i = self.said[n]
            if self.page.ruled(i) and self._is_delimiter(i) and self._could_be_signature(n):
                self.said = self.said[:n]
                self._drop_rules()
                return

    def _is_delimiter(self, i: int) -> bool:
        line = self.page.lines[i].strip()
        return line in _STRICT or (len(line) >= 2 and len(set(line)) == 1 and line[0] in "-_=*#~")

    def _could_be_signature(self, n: int) -> bool:
        below = [i for i in self.said[n + 1 :] if not self.page.ruled(i)]
        if len(below) > BLOCK:
            return False
        if not below or self.page.lines[self.said[n]].strip() in _STRICT:
            return True
        talk = sum(self.line.is_talk(i) for i in below)
        if any(self.signer.signs(self.page.lines[i]) for i in below[:2]):
            return n > 0 and talk <= TALK
        return n > 0 and not talk and any(self.line.is_contact(i) for i in below) and all(self.line.belongs(i) for i in below)

    # What a name opens, or a closing line announces.

    def drop_block(self) -> None:
        """Without the signature block that no delimiter sets apart."""
        last = range(max(1, len(self.said) - BLOCK), len(self.said))
        signed = next((n for n in last if self._is_signed(n)), None)
        opened = next((n for n in last if self._opens_block(n)), None) if signed is None else self._start(signed)
        if opened is None:
            self._drop_contact_block()
        else:
            self.said = self.said[:opened]
            self._drop_rules()

    def _start(self, signed: int) -> int:
        """Where the block of the author's own name begins: what could be a card above it is said, unless it belongs to the same block."""
        paragraph = self._paragraph(signed)
        above = self._card_above(paragraph)
        return above if above < paragraph else next((n for n in range(paragraph, signed) if self._opens_block(n)), signed)

    def _paragraph(self, n: int) -> int:
        """Where the paragraph of a line begins."""
        top = max(1, n - BLOCK)
        while n > top and not self._apart(self.said[n], -1):
            n -= 1
        return n

    def _card_above(self, n: int) -> int:
        """Where a block begins that goes on in the paragraph at `n`: "Kind regards / Ann Lee, Assistant / (blank) / Harding Ltd"."""
        above = self._paragraph(n - 1) if n > 1 else n
        above = next((k for k in range(n - 1, above, -1) if self._says_goodbye(self.said[k - 1])), above)
        lines = self.said[above:n]
        belongs = all(self.line.belongs(i) and not self.line.is_sentence(i) and not self.line.answers(i) for i in lines)
        if not lines or not belongs:
            return n
        named = (
            not self._closes(self.said[n])
            and len(lines) > 1
            and looks_like_a_name(self.page.lines[lines[0]])
            and self._is_presented(lines[1:])
        )
        return above if named or self._says_goodbye(self.said[above - 1]) else n

    def _may_open(self, n: int) -> bool:
        page, first, below = self.page, self.said[n], self.said[n:]
        if any("postscript" in page.cues(i) for i in below):
            return False
        return not (
            self.line.closes_by_formula(first) and ("," in page.lines[first] or not self.signer.is_name(page.lines[first]))
        )

    def _is_signed(self, n: int) -> bool:
        """Whether the author's name opens a block there."""
        first, below = self.said[n], self.said[n:]
        if (
            not self._may_open(n)
            or not self.signer.signs(self.page.lines[first])
            or self.line.answers(first)
            or self.line.asks(first)
        ):
            return False
        if self.page.lines[self.said[n - 1]].rstrip().endswith(":"):
            return False
        talk = [i for i in below[1:] if self.line.is_talk(i)]
        if talk and self._is_afterthought(below, talk):
            self.unsure = True
            return False
        return len(talk) <= TALK

    def _opens_block(self, n: int) -> bool:
        """Whether something else opens one: a line below a closing line, a card."""
        first, below = self.said[n], self.said[n:]
        if not self._may_open(n):
            return False
        talk = [i for i in below[1:] if self.line.is_talk(i)]
        closed = self._closes(self.said[n - 1]) and self.line.may_sign(first) and len(talk) < TALK
        if closed and self._is_evident(below, closed=self._says_goodbye(self.said[n - 1])):
            return True
        return bool(self.signer) and self._is_card(n)

    def _is_afterthought(self, below: list[int], talk: list[int]) -> bool:
        """A bare name, a blank line, and then the author goes on: no title, no contact between, so it is meant for the reader."""
        rest = below[1:]
        return (
            rest == talk
            and self._apart(rest[0], -1)
            and not any(self.page.end_cues(i) & {"contact", "label", "chatter", "title"} for i in rest)
        )

    def _says_goodbye(self, i: int) -> bool:
        """A closing line with which nobody begins: "Kind regards", not "Thanks for the quote."."""
        return self._closes(i) and not _THANKS.match(self.page.folded[i])

    def _is_evident(self, below: list[int], *, closed: bool) -> bool:
        """What stands under thanks is like a name or a card, for an answer may follow them. Where the author is unknown, a name alone stays:
        it may be all there is.
        """
        if self._is_presented(below[1:]) or (closed and self.signer):
            return True
        line = self.page.lines[below[0]].strip()
        like = (
            looks_like_a_name(line)
            or introduces_itself(line)
            or BARE_WORD.fullmatch(line.rstrip("x ").rstrip(".,"))
            or ON_BEHALF.match(line)
        )
        return bool(self.signer) and bool(
            like or self.signer.stands_in(line) or (self._is_presented(below) and len(line.split()) <= CARD)
        )

    def _is_presented(self, lines: list[int]) -> bool:
        return any(self.page.end_cues(i) & {"contact", "label", "title"} for i in lines)

    def _is_card(self, n: int) -> bool:
        """The last paragraph is a name that the address does not tell (of who answers for a role address), a title, a company."""
        first, below = self.said[n], self.said[n:]
        if all(self.line.only_greets(i) for i in self.said[:n]) or len(below) > CARD:
            return False
        if self.page.lines[first].rstrip().endswith(",") or self.page.lines[self.said[n - 1]].rstrip().endswith(":"):
            return False
        if self.line.is_nickname(first) and (
            len(below) == 1
            or (self._is_presented(below[1:]) and all(self.line.belongs(i) and not self.line.is_sentence(i) for i in below[1:]))
        ):
            return True
        if not (self._apart(first, -1) or self._closes(self.said[n - 1])) or not all(self.line.belongs(i) for i in below):
            return False
        named = looks_like_a_name(self.page.lines[first])
        if self.line.answers(first) or self.line.is_sentence(first):
            return False
        if any(self.line.is_sentence(i) for i in below) and not (named and self._is_presented(below[1:])):
            return False
        if named or ON_BEHALF.match(self.page.lines[first]) or _DESK.match(self.page.folded[first]):
            return True
        if "title" in self.page.end_cues(first) and self._is_backed(below[1:]):
            return True
        return self._rounds_off(self.said[n - 1]) and (introduces_itself(self.page.lines[first]) or self.line.is_nickname(first))

    def _is_backed(self, lines: list[int]) -> bool:
        """A title opens a card where a name, a company of the author's or a way to reach them stands by it; alone it is a word among others."""
        return any(
            self.line.is_contact(i) or looks_like_a_name(self.page.lines[i]) or self.signer.stands_in(self.page.lines[i])
            for i in lines
        )

    def _rounds_off(self, i: int) -> bool:
        """A line that ends what was said: with a full stop or the like, or as a closing line."""
        return self.page.lines[i].rstrip()[-1] in ".!?…)" or self._closes(i)

    # What nothing opens.

    def _drop_contact_block(self) -> None:
        """Trailing lines that hold a phone, an address, a link, with the captions around them."""
        start, proven = len(self.said), False
        for n in range(len(self.said) - 1, max(0, len(self.said) - BLOCK), -1):
            i = self.said[n]
            spoken = "spoken" in self.page.end_cues(i) and len(self.page.lines[i].split()) > 2
            contact = self.line.is_contact(i) and len(self.page.lines[i]) <= 160 and "unsubscribe" not in self.page.end_cues(i)
            if not contact and (self.line.closes_by_formula(i) or spoken or not self.line.is_caption(i)):
                break
            start, proven = n, proven or contact
        announced = start and (
            self.page.lines[self.said[start - 1]].rstrip().endswith(":")
            or (self.line.is_talk(self.said[start - 1]) and not self._apart(self.said[start - 1], 1))
        )
        if (
            proven and not announced and (len(self.said) - start > 1 or self._closes(self.said[start - 1]))
        ):  # one line may be what was asked for
            self.said = self.said[:start]
            self._drop_rules()

    def _closes(self, i: int) -> bool:
        """A closing line; the first one that greets is none."""
        return not (i == self.said[0] and "greeting" in self.page.cues(i)) and self.line.closes(i)
