"""By which name somebody signs, and what they are called: how they sign, before what their mail program shows.

Display names are set up once, by an office or a machine, family name first or for somebody who left long ago; who writes a mail signs it.
A word that ends a mail is a signature only where it has to do with the display name or the address, or stands where signatures stand:
« Merci Camille » greets the reader, "Thanks for copying Jane" names a third.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nurture.conversations.first_names import (
    ASSISTS,
    HONORIFICS,
    PARTICLES,
    SEVERAL,
    is_a_thing,
    is_common,
    may_be_a_firm,
    may_be_family,
    name_part,
    of_display,
    plain,
    stands_alone,
    words_of,
    written,
)
from nurture.messages import Message, fold

NOBODY = ""  # somebody else writes, or several, by no name that can be relied on
LINES = 4  # of a signature, among which the name stands
SHORT_FORM = 3  # letters that a short form shares with the name
WORDS = 4  # of a signed name
CARD = 60  # characters of a line that holds one
END = 12  # characters of a line that tell whether it is finished
AND = frozenset({"et", "and", "&", "y", "und"})
_FORMULA = re.compile(
    r"(?:(?:bien |tres |tout )?cordiale\w*|(?:bien )?a (?:vous|toi)|amicale\w*|amities|(?:bien )?sincere\w*|respectueuse\w*|a (?:bientot|plus|tres vite|vous lire)"
    r"|au plaisir|(?:bonne?|belle) (?:journee|soiree|semaine|fin de \w+|continuation|reception|vacances|week-end)|merci(?: d'avance| beaucoup| encore| bien)?"
    r"|(?:meilleures |sinceres )?salutations|bises?|salut|bien"
    r"|cheers|(?:with )?(?:all )?(?:my )?(?:best|kind(?:est)?|warm(?:est)?|many)(?: wishes| regards| thanks)?|regards|(?:many )?thanks(?: again| a lot| so much| in advance)?"
    r"|thank you|ta|tks|thx|yours(?: sincerely| truly| faithfully| ever)?|all the best|take care|warmly|(?:yours )?sincerely|(?:talk|speak) soon|see you(?: soon)?|aye|ciao|bye|love)"
)
_THANKED = re.compile(r"(?:many )?(?:thank|thx|tks|ta\b|merci|cheers)")
_CALL_ME = re.compile(
    r"(?:^|[.!?;:(\n]\s{0,3}|\b[Pp]lease |\b[Jj]ust |\b[Aa]nd |\b[Oo]h,? )"
    r"(?:[Cc]all me|[Aa]ppel(?:ez|le)-moi|[Mm]oi,? c'est|[Mm]on pr[ée]nom(?: est| :)|[Jj]e m'appelle|(?P<it>[Ii]t's|[Ii]t is)) "
    r"(?P<name>[A-ZÀ-Ý][\w'’-]{1,20})(?=\s*(?:[,.!;:)]|$|\n|please\b|s'il ))(?P<rest>.{0,12})"
)
_CUT = re.compile(r"\s*[,|•·(\[]\s*|\s+[-–—/]\s+|\s{3,}")
_KISSES = re.compile(r"(?:\s+(?:x+|xo|xoxo))+$", re.IGNORECASE)
_FINISHED = re.compile(r"[.!?…,)☺😊]\W*$")


def first_name(display: str, address: str = "", signed: str = "") -> str | None:
    """The first name by which somebody can be greeted; `NOBODY` where another hand has signed than the display name tells, and None where
    nothing can be relied on. `signed` is what `signed_by` found.
    """
    shown = None if may_be_a_firm(display, address) else of_display(display, address)
    words = [w for w in signed.split() if fold(w) not in PARTICLES or w == signed]
    if not words:
        return shown
    if SEVERAL.intersection(map(fold, words)):
        return NOBODY
    return _short(words[0], display, address, shown) if len(words) == 1 else _full(signed, display, address, shown)


def _short(name: str, display: str, address: str, shown: str | None) -> str | None:
    """Of one word: their first name, a short form of it, or now and then their family name."""
    own = words_of(display)
    if not stands_alone(name) or is_a_thing([fold(name)]):
        return shown
    theirs = [plain(w) for w in own]
    if (
        plain(name) in theirs
        and plain(name) != plain(shown or "")
        and (shown or (plain(name) != theirs[0] and is_common(own[0])))
    ):
        return None if is_common(name) else shown  # by the family name, as some do
    if is_common(name) or _is_of(name, own, address):
        return written(name)
    return NOBODY if own else shown


def _full(signed: str, display: str, address: str, shown: str | None) -> str | None:
    """Of a whole name, which people sign in the order in which it is spoken."""
    theirs, own = [plain(w) for w in words_of(signed)], [plain(w) for w in words_of(display)]
    first = of_display(signed, address)
    if not theirs:
        return shown
    if own and not set(theirs) & set(own):
        return first or NOBODY
    if len(own) > 2 and theirs == own[:2]:
        return signed  # « Marie Hélène », of Marie Hélène Garrec
    if first:
        return first
    turned = len(own) > 1 and theirs[0] == own[-1] and theirs[-1] == own[0]
    return written(words_of(signed)[0]) if turned else shown


def _is_of(name: str, own: Sequence[str], address: str) -> bool:
    """A word of their name or address, or short for one: Gus is Augustus, Mani Subramaniam."""
    short, words = plain(name), {plain(w) for w in (*own, *re.split(r"[._+-]", address.partition("@")[0]))}
    begins = len(short) >= SHORT_FORM and any(short in w or w.startswith(short[:SHORT_FORM]) for w in words)
    return short in words or begins


def own_first_name(name: str) -> str:
    """The owner's, who has written their own name as it is spoken; the whole name where it is none of a person."""
    words = words_of(name)
    first = of_display(name) or (words[0] if len(words) > 1 and stands_alone(words[0]) else None)
    return first or name


def still_called(first: str, display: str) -> bool:
    """Whether who shows this display name now may still be called so: it holds the name, a short form or the initial of it, or is but a
    family name. Not « Mme Roux », « Famille Roux », nor another first name beside the same family name.
    """
    words = [w for w in re.split(r"[\s._,-]+", name_part(display)) if w and fold(w) not in PARTICLES]
    folded = [fold(w) for w in words]
    if HONORIFICS.intersection(folded) or SEVERAL.intersection(folded) or is_a_thing(folded):
        return False
    parts = [plain(part) for part in re.split(r"[\s-]+", first)]
    holds = set(parts) <= {plain(w) for w in words} or any(_is_of(part, words, "") for part in parts[:1])
    return holds or len(words) <= 1 or any(len(plain(w)) == 1 and parts[0].startswith(plain(w)) for w in words)


# where a mail is signed


@dataclass(frozen=True)
class _Author:
    """What the header tells of who writes, and what the owner is called, who signs no mail of theirs."""

    own: tuple[str, ...]
    address: str
    owner: frozenset[str]

    def may_sign(self, name: str) -> bool:
        words = {plain(w) for w in name.split()}
        return not words & self.owner or self.signs(name)

    def signs(self, name: str) -> bool:
        """Some word of it is one of theirs, or short for one."""
        return any(_is_of(w, self.own, self.address) for w in name.split() if fold(w) not in PARTICLES | SEVERAL)


def signed_by(message: Message, owner: str = "") -> str:
    """The name that a mail is signed with, as it stands ("Gus", « Jean Dupont », « Marie et Paul »); "" where there is none.

    What they ask to be called counts before all. Then the closing line, the last one and the signature, where their name is in it; and
    where it is not, a name that stands where signatures stand: somebody else has signed. `owner` is who reads: they sign nothing.
    """
    sender = message.headers.sender
    author = _Author(
        own=tuple(words_of(sender.name)) if sender else (), address=sender.addr if sender else "",
        owner=frozenset(plain(w) for w in words_of(owner)),
    )  # fmt: skip
    if asked := _asked_for(message, author):
        return asked
    said = [line.strip() for line in message.new_text.split("\n") if line.strip()]
    body = set(said)
    below = [line.strip(" \t*_~-–—>") for line in message.said.split("\n") if line.strip() and line.strip() not in body]
    closing = list(_on_closing(said))
    signature = [name for line in below[:LINES] if (name := _name_on(line))]
    last = _alone(said)
    theirs = (name for name in (*(name for name, _ in closing), *last, *signature) if author.signs(name))
    if found := next(theirs, None):
        return found
    apart = signature if not said or _may_end(said[-1]) else []
    closed = [name for name, thanked in closing if not (thanked and author.own)]
    others = [name for name in (*closed, *last, *apart) if author.may_sign(name)]
    common = next((name for name in others if is_common(name.split()[0])), "")
    return common or next((name for name in apart if author.may_sign(name)), "")


def _asked_for(message: Message, author: _Author) -> str:
    """ "Call me Gus", « Moi, c'est Anna »: a clause of its own, with a name that is one, or could be one of theirs. "It's Tim, not Tom" only
    where they are Tim."""
    for found in _CALL_ME.finditer(message.new_text):
        name, own = found["name"], author.signs(found["name"])
        about_it = found["it"] and not (own and " not " in found["rest"])
        if not about_it and (own or is_common(name)) and author.may_sign(name) and stands_alone(name):
            return name
    return ""


def _on_closing(said: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The name behind a formula on the last line ("Cheers, Gus", « Bien à vous Anna »), and whether it may be who is thanked."""
    last = _KISSES.sub("", said[-1]) if said and len(said[-1]) <= CARD else ""
    head, comma, tail = last.rpartition(",")
    words = last.split()
    starts = [(head, tail)] if comma else [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    for formula, name in starts:
        if _FORMULA.fullmatch(fold(formula).strip(" .,!-")) and not last.endswith(("!", "?")) and (found := _name_on(name)):
            yield found, _THANKED.match(fold(formula)) is not None


def _alone(said: Sequence[str]) -> list[str]:
    """The name that is all of the last line, where the one before may end a letter."""
    if len(said) < 2 or len(said[-1]) > CARD or said[-1].endswith(("?", ":", "!")) or not _may_end(said[-2]):
        return []
    name = _name_on(_KISSES.sub("", said[-1]))
    return [name] if name and is_common(name.split()[0]) else []


def _may_end(line: str) -> bool:
    """A finished sentence or a formula; no « J'en parle à », no list of names."""
    if len(line) <= CARD and _FORMULA.fullmatch(fold(line).strip(" .,!-")):
        return True
    return _FINISHED.search(line[-END:]) is not None and not _name_on(line)


def _name_on(line: str) -> str:
    """What stands on a line, if it is a name or several: capitalised words that are no titles, firms or trades; a first name may be small."""
    if len(line) > CARD or "?" in line:
        return ""
    first = _CUT.split(line.strip(), maxsplit=1)[0]
    if any(c.isdigit() for c in first) or ASSISTS.search(fold(first)):
        return ""
    head = "".join(c for c in first if c.isalpha() or c in " -'’.&").strip(" .&-")
    words = _KISSES.sub("", head).split()
    names = [w for w in words if fold(w) not in PARTICLES | SEVERAL or len(words) == 1]
    folded = [fold(w).strip(".") for w in names]
    if not names or len(names) > WORDS or HONORIFICS.intersection(folded) or is_a_thing(folded) or _FORMULA.fullmatch(fold(head)):
        return ""
    if AND.intersection(fold(line).split()):
        return f"{names[0]} & {names[-1]}"  # « Paul, Annie et les enfants »
    capital = all(w[0].isupper() for w in names)
    return " ".join(words) if capital or (len(words) == 1 and is_common(words[0]) and not may_be_family(words[0])) else ""
