"""By which name somebody signs, and what they are called: how they sign, before what their mail program shows.

Display names are set up once, by an office or a machine, family name first or for somebody who left long ago; who writes a mail signs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nurture.conversations.first_names import (
    ASSISTS,
    HONORIFICS,
    PARTICLES,
    SEVERAL,
    is_a_thing,
    is_common,
    may_be_family,
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
_FORMULA = re.compile(
    r"(?:cordiale\w*|(?:bien|tres|tout) .{0,20}|amicale\w*|amities|sincere\w*|respectueuse\w*|a (?:bientot|plus|tres vite|vous lire)|au plaisir|bonne? \w+"
    r"|belle \w+|merci.{0,20}|salutations.{0,20}|meilleures .{0,20}|bises?|bien a (?:vous|toi)|salut"
    r"|cheers|best.{0,20}|(?:with )?(?:kind|warm|many)\w*.{0,20}|regards|thanks.{0,25}|thank you.{0,25}|ta|tks|thx|yours.{0,15}|all the best|take care|warmly"
    r"|sincerely.{0,10}|talk soon|speak soon|see you.{0,20}|have a .{0,25}|ciao|bye|love)"
)
_CALL_ME = re.compile(
    r"\b(?:[Cc]all me|[Aa]ppel(?:ez|le)-moi|[Mm]oi,? c'est|[Mm]on pr[ée]nom(?: est| :)|[Jj]e m'appelle|[Ii]t's|[Ii]t is) ([A-ZÀ-Ý][\w'’-]{1,20})\b(?P<rest>.{0,12})"
)
_CUT = re.compile(r"\s*[,|•·(\[]\s*|\s+[-–—/]\s+|\s{3,}")
_KISSES = re.compile(r"(?:\s+(?:x+|xo|xoxo))+$", re.IGNORECASE)


def first_name(display: str, address: str = "", signed: str = "") -> str | None:
    """The first name by which somebody can be greeted; `NOBODY` where another hand has signed than the display name tells, and None where
    nothing can be relied on. `signed` is what `signed_by` found.
    """
    shown = of_display(display, address)
    words = [w for w in signed.split() if fold(w) not in PARTICLES]
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
    if plain(name) in {plain(w) for w in own[1:]} and (shown or is_common(own[0])) and plain(name) != plain(shown or ""):
        return None if is_common(name) else shown  # by the family name, as some do
    known = is_common(name) or plain(name) in map(plain, own) or _abbreviates(name, (*own, address.partition("@")[0]))
    return written(name) if known or not display.strip() else shown


def _abbreviates(name: str, words: Iterable[str]) -> bool:
    """Gus is Augustus, Mani Subramaniam."""
    short = plain(name)
    return len(short) >= SHORT_FORM and any(short in plain(w) or plain(w).startswith(short[:SHORT_FORM]) for w in words)


def _full(signed: str, display: str, address: str, shown: str | None) -> str | None:
    """Of a whole name, which people sign in the order in which it is spoken."""
    theirs, own = [plain(w) for w in words_of(signed)], [plain(w) for w in words_of(display)]
    first = of_display(signed, address)
    if not theirs:
        return shown
    if own and not set(theirs) & set(own):
        return first or NOBODY
    if first:
        return first
    turned = len(own) > 1 and theirs[0] == own[-1] and theirs[-1] == own[0]
    return written(words_of(signed)[0]) if turned else shown


def own_first_name(name: str) -> str:
    """The owner's, who has written their own name as it is spoken; the whole name where it is none of a person."""
    words = words_of(name)
    first = of_display(name) or (words[0] if len(words) > 1 and stands_alone(words[0]) else None)
    return first or name


def is_another(old: str | None, new: str | None) -> bool:
    """Whether the second display name is somebody else's: they have no word in common."""
    both = [{plain(w) for w in (name or "").split()} for name in (old, new)]
    return all(both) and both[0].isdisjoint(both[1])


def signed_by(message: Message) -> str:
    """The name that a mail is signed with, as it stands ("Gus", « Jean Dupont », « Marie et Paul »); "" where there is none.

    What they ask to be called counts before the closing line, and that before the signature, where the line is taken that has to do
    with their display name, else the first that could be a name.
    """
    said = [line.strip() for line in message.new_text.split("\n") if line.strip()]
    if asked := _asked_for(message):
        return asked
    if said and (closing := _of_closing(said)):
        return closing
    body = set(said)
    below = [line.strip(" \t*_~-–—>") for line in message.said.split("\n") if line.strip() and line.strip() not in body]
    names = [name for line in below[:LINES] if (name := _name_on(line))]
    sender = message.headers.sender
    own = {plain(w) for w in (*words_of(sender.name), *re.split(r"[._+-]", sender.addr.partition("@")[0]))} if sender else set()
    related = (name for name in names if own & {plain(w) for w in name.split()})
    return next(related, None) or next((name for name in names if is_common(name.split()[0])), None) or next(iter(names), "")


def _asked_for(message: Message) -> str:
    """ "Call me Gus", « Moi, c'est Anna »: where it is a name, or could be one of theirs."""
    sender = message.headers.sender
    own = [*words_of(sender.name), sender.addr.partition("@")[0]] if sender else []
    for found in _CALL_ME.finditer(message.new_text):
        short = found[0].lower().startswith("it") and " not " not in found["rest"]
        if not short and (is_common(found[1]) or _abbreviates(found[1], own)) and stands_alone(found[1]):
            return found[1]
    return ""


def _of_closing(said: Sequence[str]) -> str:
    """The name on the closing line ("Cheers, Gus", « Bien à vous Anna »), or alone on the last one."""
    last = _KISSES.sub("", said[-1])
    formula = _FORMULA.match(fold(last))
    if not formula:
        name = _name_on(last) if len(said) > 1 else ""
        return name if len(name.split()) == 1 or (name and is_common(name.split()[0])) else ""
    for cut in (last.rpartition(",")[2], last.rpartition(" ")[2]) if " " in last else ():
        if (name := _name_on(cut)) and is_common(name.split()[0]) and _FORMULA.match(fold(last[: -len(cut)])):
            return name
    tail = last.rpartition(",")[2] if "," in last else ""
    return _name_on(tail)


def _name_on(line: str) -> str:
    """What stands on a line, if it is a name or several: capitalised words that are no titles, firms or trades; a first name may be small."""
    first = _CUT.split(line.strip(), maxsplit=1)[0]
    if len(line) > CARD or ASSISTS.search(fold(first)):
        return ""
    head = "".join(c for c in first if c.isalpha() or c in " -'’.&").strip(" .&-")
    words = _KISSES.sub("", head).split()
    names = [w for w in words if fold(w) not in PARTICLES | SEVERAL]
    folded = [fold(w).strip(".") for w in names]
    if not names or len(names) > WORDS or HONORIFICS.intersection(folded) or is_a_thing(folded) or _FORMULA.fullmatch(fold(head)):
        return ""
    capital = all(w[0].isupper() for w in names)
    return " ".join(words) if capital or (len(words) == 1 and is_common(words[0]) and not may_be_family(words[0])) else ""
