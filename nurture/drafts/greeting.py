"""How the owner greets this person: as they last did by hand, where that line can be said again on any day, and names whoever sits
at the address now. In doubt there is none: a plain « Bonjour, » offends nobody, somebody else's name does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nurture.conversations import Entry, Person, is_common
from nurture.followups import Case
from nurture.messages import fold

LONGEST = 7  # words
MOST_NAMES = 3
OPENINGS = {
    "fr": frozenset("bonjour cher chere madame monsieur docteur maitre salut coucou hello".split()),
    "en": frozenset("hello hi dear hey".split()),
}
OPENED = {  # the words that open a letter, and what opens the answer
    "fr": dict.fromkeys("salut coucou hello hey yo".split(), "Salut"),
    "en": dict.fromkeys("hi hiya hey heya".split(), "Hi") | {"dear": "Dear"},
}
PLAIN = {"fr": "Bonjour,", "en": "Hello,"}
TITLES = frozenset("m mr madam sir sirs monsieur mme madame mlle mademoiselle mrs ms miss mx dr docteur doctor pr prof professeur professor me maitre".split())  # fmt: skip
BY_TITLE_ALONE = frozenset("monsieur madame mademoiselle docteur doctor professeur professor maitre".split())
WARM = re.compile(r"(?:(?:ma|mon) )?(?:cher|chere)|(?:my )?dear")
OFFICE = re.compile(
    r"l[ea] (?:directeur|directrice|president|presidente|maire|proviseure?|principale?|doyen|doyenne|recteur|rectrice|prefete?|juge|"
    r"conseiller|conseillere|commissaire)(?: (?:generale?|adjointe?))?"
)
EVENING = re.compile(r"^(?:re-?)?(?:bonsoir|re-?bonjour)\b", re.IGNORECASE)
PARTICLES = frozenset("de du des d la le van von der den di da dos del el al ben bin st".split())
_NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
# Capitalised, and still nobody: crowds, cold formulas, slots, feasts and days, who we are.
NOBODY = frozenset(
    "all team everybody everyone folks friends friend guys both there again colleague colleagues equipe tous toutes mesdames "
    "messieurs mesdemoiselles ladies gentlemen gentleman customer customers client cliente clients clientes partner partenaire sir sirs "
    "madam ma'am hiring manager whom it recruiter ami amie amis amies service contact prospect "
    "prenom nom name first last firstname lastname surname xx xxx xxxx yyy inconnu unknown test tbd null none "
    "noel joyeux joyeuse joyeuses bonne bonnes bon heureuse heureux annee fetes fete paques voeux merry christmas xmas happy easter new year "
    "holidays season's greetings birthday anniversaire lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday "
    "friday saturday sunday matin soir journee week-end weekend "
    "i i'm i'am it's im je j'ai c'est ici here this suis from and et ou or merci thanks morning afternoon evening day".split()
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """A line of greeting that can be said again. `names` are the folded words in it that name somebody: behind a title a family name;
    none where it speaks to them by title or office alone."""

    text: str
    titled: bool
    names: tuple[str, ...]


def greeting_of(case: Case, lang: str, owner: str = "") -> str:
    """The owner's own last greeting to this person alone, ending in a comma; "" where there is none that fits them now.

    `owner` is the owner's name: nobody is greeted by it who does not bear it. What stands in the owner's mails is known without it.
    """
    person = case.conversation.person
    for entry in reversed(case.conversation.entries):
        reading = case.readings.get(entry.key)
        if not entry.ours or reading is None or not reading.greeting:
            continue
        to_them_alone = len(entry.to) == 1 and entry.to[0].addr in person.addresses
        if not to_them_alone or (reading.lang or lang) != lang:
            continue
        found = heard(reading.greeting, lang)
        if found and _still_theirs(found, case, entry) and not _names_us(found, case, owner):
            return found.text
    return ""


def in_their_way(case: Case, lang: str) -> str:
    """A greeting like that of their last letter, where the template's own would sound wrong: "Hi" and « Salut » for theirs, and no first
    name for who calls the owner « Madame » or "Ms Reed". "" where the template's own does.
    """
    person = case.conversation.person
    readings = [case.readings.get(e.key) for e in case.conversation.entries if e.by == "them"]
    words = next((fold(r.greeting).split() for r in reversed(readings) if r and r.greeting and r.lang == lang), [])
    if TITLES.intersection(word.strip(".,!") for word in words) and person.register != "tu":
        return PLAIN[lang]
    opening = OPENED.get(lang, {}).get(words[0].strip(".,!") if words else "", "")
    familiar = lang != "fr" or person.register == "tu"
    return f"{opening} {person.first_name}," if opening and familiar and person.first_name else ""


def said_again(line: str, lang: str) -> str:
    """The greeting where it can be said on any day; « Bonsoir » becomes « Bonjour »."""
    found = heard(line, lang)
    return found.text if found else ""


def heard(line: str, lang: str) -> Greeting | None:
    """An opening, perhaps a title, and a name: nothing beside them, for whatever goes on behind a name may belong to a day, or to
    somebody else. None, too, where nobody is named or spoken to by a title."""
    text = EVENING.sub("Bonjour", " ".join(line.split())).rstrip(" ,.!")
    words = text.split()
    if not 1 <= len(words) <= LONGEST or fold(words[0]) not in OPENINGS.get(lang, ()):
        return None
    titled, rest = _behind_the_title(words)
    if not rest or (titled and OFFICE.fullmatch(fold(" ".join(rest)))):
        return Greeting(text=f"{text},", titled=True, names=()) if titled else None
    if not _is_name(rest, titled=titled):
        return None
    names = tuple(w for w in map(fold, rest) if w not in PARTICLES)
    return Greeting(text=f"{text},", titled=titled, names=names)


def _behind_the_title(words: list[str]) -> tuple[bool, list[str]]:
    """Whether a title stands behind the opening (or is it), and what is left behind both."""
    opening, rest = fold(words[0]), words[1:]
    for n in (2, 1):
        if len(rest) > n and WARM.fullmatch(fold(" ".join(rest[:n]))):
            rest = rest[n:]
    title = fold(rest[0]).rstrip(".") if rest else ""
    if title not in TITLES:
        return opening in TITLES, rest
    return len(rest) > 1 or title in BY_TITLE_ALONE, rest[1:]


def _is_name(words: list[str], *, titled: bool) -> bool:
    """At most three capitalised words, and particles: in front only of a family name."""
    folded = [fold(w) for w in words]
    named = [w for w, plain in zip(words, folded, strict=True) if plain not in PARTICLES]
    if not 1 <= len(named) <= MOST_NAMES or folded[-1] in PARTICLES or set(folded) & (NOBODY | TITLES):
        return False
    return (titled or folded[0] not in PARTICLES) and all(_is_capitalised(w) for w in named)


def _is_capitalised(word: str) -> bool:
    first = word[2:] if re.match(r"[dl]['’]", word) else word
    return _NAME.fullmatch(word) is not None and first[0].isupper()


# whether it is still they who sit there


def _still_theirs(found: Greeting, case: Case, entry: Entry) -> bool:
    """Nobody else has shown up at the address since, and the name in it is one by which they are known now."""
    person, theirs = case.conversation.person, [e for e in case.conversation.entries if e.by == "them"]
    before = [entry.to[0].name, *(e.sender.name for e in theirs if e.sent <= entry.sent)]
    since = [e.sender.name for e in theirs if e.sent > entry.sent]
    if not found.names or found.titled:  # a title may be another's of that family
        then = next((name for name in reversed(before) if words_of(name)), "")
        if not all(_may_be_one(then, name) for name in (*since, person.name)):
            return False
    known = {words_of(name) for name in before}
    others = [words for name in since if (words := words_of(name)) and words not in known]
    if found.names and any(not any(_holds(words, name) for name in found.names) for words in others):
        return False
    return not found.names or _is_their_name(found, person)


def _is_their_name(found: Greeting, person: Person) -> bool:
    """Every word of it stands in their name or is what they are called. Where they are called otherwise than their name says (by a
    nickname, or somebody else signs there), only that will do. No family name is known where there is no name."""
    name, first = words_of(person.name), words_of(person.first_name or "")
    if not name and (found.titled or not first):
        return True
    if not all(_holds(name | first, word) for word in found.names):
        return False
    if not all(_holds(name, word) for word in first):
        return not found.titled and all(_holds(found.names, word) for word in first)
    return not (found.titled and len(found.names) == 1 and _is_first_name(found.names[0], name, first))


def _is_first_name(word: str, name: frozenset[str], first: frozenset[str]) -> bool:
    """« Bonjour Monsieur Jean », to Jean Dupont: a slip."""
    others = [w for w in name if w != word and len(w) > 1 and w not in PARTICLES]
    return is_common(word) and (word in first if first else bool(others) and not any(map(is_common, others)))


def _names_us(found: Greeting, case: Case, owner: str) -> bool:
    """It holds a word of the owner's own name that theirs does not hold: an introduction, or a mail that was copied."""
    ours = words_of(owner).union(*(words_of(e.sender.name) for e in case.conversation.entries if e.ours))
    theirs = words_of(case.conversation.person.name)
    return any(_holds(ours, word) and not _holds(theirs, word) for word in found.names)


def _may_be_one(then: str, now: str) -> bool:
    """« M. Dupont » and « Jean Dupont » may be one person, « Anna Roux » and « Paul Roux » are two; a name that says nothing may be
    anybody's."""
    one, other = ({w for w in words_of(name) if len(w) > 1 and w not in TITLES} for name in (then, now))
    return not one or not other or one <= other or other <= one or len(one & other) > 1


def words_of(name: str) -> frozenset[str]:
    """The folded words of a name; none of what is an address."""
    return frozenset() if "@" in name else frozenset(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", fold(name)))


def _holds(words: Iterable[str], word: str) -> bool:
    """« Jean-Pierre » stands in « Jean Pierre Martin », too."""
    return word in words or ("-" in word and all(part in words for part in word.split("-")))
