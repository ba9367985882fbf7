"""A person as an address file tells of them: what was written there, tidied but not judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nurture.config import country_code
from nurture.conversations import NOT_A_PERSON, TITLES, is_common, written
from nurture.messages import fold, one_line

YES = frozenset("yes y true 1 x oui o vrai on stopped unsubscribed".split())
NO = frozenset("no n false 0 non faux off".split())
LANGUAGES = {
    "fr": "fr fra fre french francais francaise fr-fr fr-be fr-ch fr-ca fr_fr fr_be fr_ch fr_ca".split(),
    "en": "en eng english anglais anglaise en-gb en-us en-ie en-au en-ca en_gb en_us".split(),
}
COUNTRIES = {
    "france": "FR", "belgique": "BE", "belgium": "BE", "suisse": "CH", "switzerland": "CH", "luxembourg": "LU", "canada": "CA", "monaco": "MC",
    "united kingdom": "GB", "royaume-uni": "GB", "great britain": "GB", "england": "GB", "ireland": "IE", "irlande": "IE", "united states": "US",
    "etats-unis": "US", "united states of america": "US", "usa": "US", "germany": "DE", "allemagne": "DE", "deutschland": "DE", "spain": "ES",
    "espagne": "ES", "italy": "IT", "italie": "IT", "netherlands": "NL", "pays-bas": "NL", "portugal": "PT", "austria": "AT", "autriche": "AT",
}  # fmt: skip
LONGEST_NAME = 100
SHOUTED_INITIALS = 3  # letters in capitals up to which a word is a name only where it is a known one (JO, not JP)
NO_FIRST_NAME = NOT_A_PERSON | frozenset(
    "famille family familles foyer couple indivision prenom prenoms nom name first last firstname surname nc na nr nd ns null none nil neant vide "
    "inconnue inconnus anonyme anonymous test vve veuve epoux ep feu et and und ou or the le la les de del du des aux "
    "sav drh dsi achats achat accueil standard prospect particulier fournisseur customer staff".split()
)  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SIGN = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")  # a flower beside the name
_NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]{2,}(?:['’-][^\W\d_]{2,})*")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One entry. `addresses` stand as they were written, the preferred one first; "" and None: the file does not say."""

    line: int
    addresses: tuple[str, ...] = ()
    name: str = ""
    first_name: str = ""
    company: str = ""
    site: str = ""
    language: str | None = None
    register: str | None = None
    country: str = ""
    labels: tuple[tuple[str, str], ...] = ()  # ("tag" or "list", name)
    refused: bool = False  # the file says that they asked for no more mail, or were stopped
    followed: bool = True  # no: nurture wrote the file, and they were not followed


def words_of(text: str, longest: int = LONGEST_NAME) -> str:
    """On one line, without what nobody sees."""
    return one_line(_INVISIBLE.sub("", text), longest).strip()


def full_name(name: str, first: str, last: str) -> str:
    """The name in full, of what there is."""
    return words_of(name) or words_of(f"{first} {last}")


def given_name(first: str) -> str:
    """What stands under "first name", where it is one: « JEAN-PIERRE » is Jean-Pierre, « Dr Anna » Anna; an initial, a title, a service
    or « inconnu » is nobody's. Of two words both count where both are first names ("Mary Ann"), else the first one ("Anna Roux")."""
    words = _SIGN.sub(" ", words_of(first).partition("(")[0]).split()
    while words and fold(words[0]).strip(".") in TITLES:
        words = words[1:]
    if len(words) > 1 and len(words[-1].strip(".")) == 1:
        words = words[:-1]
    if not 1 <= len(words) <= 3 or not all(_NAME.fullmatch(w) for w in words) or _tells_nobody(words):
        return ""
    if len(words) > 1 and not all(map(is_common, words)):
        words = words[:1] if is_common(words[0]) else []
    return " ".join(map(written, words))


def _tells_nobody(words: list[str]) -> bool:
    """A word that is no name stands among them; of capitals, initials and abbreviations (JP, DRH) are none."""
    if {fold(w) for w in words} & NO_FIRST_NAME:
        return True
    return any(w.isupper() and len(w) <= SHOUTED_INITIALS and not is_common(w) for w in words)


def language_of(text: str) -> str | None:
    """One of those that drafts are written in, else None."""
    plain = fold(text).strip()
    return next((lang for lang, names in LANGUAGES.items() if plain in names), None)


def register_of(text: str) -> str | None:
    """tu or vous, or yes and no under « tutoiement »."""
    plain = fold(text).strip()
    return plain if plain in ("tu", "vous") else "tu" if plain in YES else "vous" if plain in NO else None


def country_of(text: str) -> str:
    """The two letters of a country, "" where it is not known by that name."""
    return COUNTRIES.get(fold(text).strip(), "") or country_code(text)


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return fold(text).strip() in YES


def is_no(text: str) -> bool:
    """Whether a cell says no."""
    return fold(text).strip() in NO


def labels_of(kind: str, text: str) -> tuple[tuple[str, str], ...]:
    """The tags or lists of a cell, parted by | or ;."""
    names = (words_of(part) for part in re.split(r"[|;]", text))
    return tuple(dict.fromkeys((kind, name) for name in names if name))
