"""How the owner greets this person: as they last did by hand, where that line can be said again on any day."""

from __future__ import annotations

import re

from nurture.followups import Case
from nurture.messages import fold

LONGEST = 6  # words
OPENINGS = {
    "fr": "bonjour cher chere madame monsieur docteur maitre salut coucou hello".split(),
    "en": "hello hi dear hey".split(),
}
EVENING = re.compile(r"^(?:re-?)?(?:bonsoir|re-?bonjour)\b", re.IGNORECASE)
NAMELESS = frozenset({"bonjour", "salut", "coucou", "hello", "hi", "hey", "dear", "cher", "chere"})


def greeting_of(case: Case, lang: str) -> str:
    """The owner's own last greeting to this person alone, ending in a comma; "" where there is none that fits."""
    person = case.conversation.person
    for entry in reversed(case.conversation.entries):
        reading = case.readings.get(entry.key)
        if not entry.ours or reading is None or not reading.greeting:
            continue
        to_them_alone = len(entry.to) == 1 and entry.to[0].addr in person.addresses
        if to_them_alone and (reading.lang or lang) == lang and (found := said_again(reading.greeting, lang)):
            return found
    return ""


def said_again(line: str, lang: str) -> str:
    """The greeting if it names somebody and belongs to no hour or feast; « Bonsoir » becomes « Bonjour »."""
    text = EVENING.sub("Bonjour", " ".join(line.split())).rstrip(" ,.!")
    words = fold(text).split()
    plain = 1 <= len(words) <= LONGEST and not re.search(r"[\d?!:;@⟦⟧\"“«]", text) and "," not in text
    if not plain or words[0] not in OPENINGS.get(lang, ()):
        return ""
    rest = text.split()[1:]
    named = any(w[0].isupper() for w in rest) if rest else words[0] not in NAMELESS
    return f"{text}," if named else ""
