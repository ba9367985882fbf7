"""The first name in a display name, where it can be relied on. In doubt there is none: « Bonjour, » offends nobody, « Bonjour Dupont, » does.

A first word is a first name where it is a common one and nothing else in the name could be, where capitals tell the family name, or
where the address spells both (`anna.roux@`). « Dupont Jean », "Zhang Wei", "Harding Joinery", « Martin Thomas » say by themselves
nothing that can be relied on; how somebody signs may (`signed`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from nurture.conversations.people import is_role_address
from nurture.messages import fold

LONGEST = 6  # words of a name
SHORTEST_FAMILY = 4  # letters in capitals from which on a word is a family name beside a rare first name (not JP, SNCF)
TITLES = frozenset("m mr mrs ms mme mlle mm mmes monsieur madame mademoiselle dr prof pr me maitre sir miss mister lord lady herr frau sr sra dott ing mx docteur doctor professeur reverend pere soeur frere".split())  # fmt: skip
HONORIFICS = TITLES | frozenset(  # … and what is a word of its own in a text, but not in a display name
    "abbe admiral alhaji ambassadeur ambassador ambassadrice archbishop auntie brother capitaine capt captain chanoine cllr coach "
    "colonel commandant commander councillor cpt dame depute deputee dhr diacre doctora dona doyen doyenne dre drs esq eveque father "
    "general hajji hon honorable honourable imam ir judge juge lieutenant lt mamie maulana meneer messrs mevr mevrouw mgr mlles "
    "monseigneur monsignor mtre mufti mw oncle padre papy pasteur pastor phd pre princess princesse proviseur rabbi rabbin recteur rev "
    "revd senateur senatrice senhor senhora senor senora senorita sgt sheikh shree shri signor signora signorina sister smt sri swami "
    "tante tonton uncle vicaire vicar".split()
)  # fmt: skip
PARTICLES = frozenset("de du des d la le les van von der den di da dos el al ben bin ibn abd o mac st".split())
SEVERAL = frozenset("et and und y e & + n w och og i ou or via chez from at for pour par per c/o avec with".split())
NOT_A_PERSON = frozenset(
    "service services equipe team support commercial commerciale sales vente ventes groupe group societe company compagnie agence agency "
    "cabinet studio studios atelier ateliers association asso sarl sas sasu sa eurl scop sci ltd llc llp inc plc gmbh bv srl co secretariat accueil "
    "direction directeur directrice gerant gerante president presidente manager responsable assistant assistante charge chargee chef head "
    "mairie ville commune conseil region departement prefecture ministere hotel hotels restaurant auberge brasserie bistrot cafe bar pub camping gite gites "
    "domaine chateau maison villa residence boulangerie patisserie boucherie fromagerie epicerie traiteur garage carrosserie transports transport "
    "taxi pharmacie clinique hopital centre center institut institute ecole school college lycee universite university academie academy creche foundation "
    "fondation federation syndicat club comite office bureau banque bank assurance assurances mutuelle credit immobilier immo agences notaire notaires "
    "etude avocats avocat cabinets consulting conseils conseil consultants consultant digital web design media medias communication com marketing "
    "production productions editions edition presse radio tv librairie galerie musee theatre cinema festival librairies imprimerie menuiserie plomberie "
    "electricite peinture batiment construction constructions travaux toiture paysage jardin jardins fleurs fleuriste pepiniere ferme vignoble vignobles cave caves "
    "boutique magasin shop store shops bijouterie opticien optique coiffure salon spa institut sport sports fitness yoga danse musique photo photos video "
    "formation formations training solutions solution systems systemes technologies technology tech informatique software logiciels labs lab international france "
    "europe europeen national global world paris lyon london holding partners associes associates brothers sons fils freres contact info infos hello bonjour hi admin "
    "administration compta comptabilite rh hr recrutement facturation billing accounts help service-client newsletter news saint sainte notre mon ma mes votre our my your the un une l' "
    "les no-reply noreply ne mail email webmaster user utilisateur client clients unknown inconnu".split()
)  # fmt: skip


ASSISTS = re.compile(
    r"\b(?:assistante?|secretariat|secretaire|office of|bureau de|p\.?a\.?|p\.? ?/? ?o\.?|on behalf|by|par|pour|for|via|c/o|stagiaire|intern)\b"
)
DOUBLE = frozenset(
    "jean marie anne pierre mary maria ana jose juan luis abdul abdel".split()
)  # what often is the first half of a first name
_ASIDE = re.compile(r"\s+[-–—(\[|/•·]+\s*|\s*[(\[|•·]")
_SEPARATES = re.compile(r"[._+\d-]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_LETTERS = re.compile(r"[^\W\d_]+")


def of_display(display: str, address: str = "") -> str | None:
    """The first name, else None. « DUPONT Jean » and "Dupont, Jean" are Jean; « M. Dupont », « J. Dupont », « Dupont Jean » are nobody's,
    unless the address tells: jean.dupont@.
    """
    words = words_of(display)
    if not 2 <= len(words) <= LONGEST:
        return None
    told, likely = _by_address(words, address), _by_order(words)
    if told and likely and told != likely:
        return None
    first = told or likely
    return written(first) if first and stands_alone(first) else None


def words_of(display: str) -> list[str]:
    """The words of a person's name in the order of « Jean Dupont »; none where it names nobody, several, or somebody by a title."""
    text = " ".join(normalize("NFKC", display[:100]).split()).strip("'\"")
    if not text or "@" in text or any(c.isdigit() or c in "<>{}%\\_" for c in text):
        return []
    name = name_part(text)
    if ASSISTS.search(fold(text[len(name) :])):
        return []
    words = "".join(c for c in (_turned(name) if "," in name else name) if c.isalpha() or c in " -'’.&+").split()
    folded = [fold(w).strip(".,") for w in words]
    if not all(map(_WORD.fullmatch, words)) or set(folded) & (HONORIFICS | SEVERAL) or is_a_thing(folded):
        return []
    return words


def may_be_a_firm(display: str, address: str) -> bool:
    """ "Ted Baker <sales@…>", unless the family name stands in the domain: contact@roux.example."""
    domain = fold(address.partition("@")[2])
    return is_role_address(address) and not any(len(plain(w)) > 2 and plain(w) in domain for w in words_of(display)[1:])


def name_part(text: str) -> str:
    """What stands in front of a bracket, a dash, a bar."""
    return _ASIDE.split(text, maxsplit=1)[0]


def is_a_thing(folded: Sequence[str]) -> bool:
    """Words that name a firm, a desk, a trade or a place are no person's; nor is a possession ("Marie's iPhone")."""
    return (
        not NOT_A_PERSON.isdisjoint(folded)
        or not _listed("things.txt").isdisjoint(folded)
        or any(w.endswith("'s") for w in folded)
    )


def _turned(text: str) -> str:
    """« Dupont, Jean » and « Le Goff, Loïc » the right way round; « Jean Dupont, directeur » without what he is."""
    before, *after = (part.strip() for part in text.split(","))
    family = [w for w in before.split() if fold(w) not in PARTICLES]
    if len(family) == 1 and len(after) == 1 and after[0] and (not is_common(family[0]) or may_be_family(family[0])):
        given = after[0].split()
        return f"{after[0]} {before.upper()}" if len(given) <= 2 and is_common(given[0]) else ""
    return before if len(family) > 1 and is_common(family[0]) else ""


def _by_order(words: Sequence[str]) -> str | None:
    """By capitals, and by which of the words are first names."""
    names = [w for w in words if fold(w) not in PARTICLES]
    loud = [w for w in names if w.isupper() and len(w.strip(".")) > 1]
    if loud and len(loud) < len(names):
        return _beside_capitals(names, loud)
    if len(names) < 2 or not is_common(names[0]):
        return None
    first, others = names[0], names[1:]
    common = [w for w in others if is_common(w)]
    if may_be_family(first) and (common or any(map(_is_initial, others))):
        return None  # « Martin Thomas », « Martin J. »
    if fold(first) in DOUBLE and len(others) > 1 and common:
        return None  # « Jean Pierre Dupont » is no Jean
    return first if all(map(may_be_family, common)) or not is_common(others[-1]) else None


def _beside_capitals(names: Sequence[str], loud: Sequence[str]) -> str | None:
    """« DUPONT Jean », « Ngozi OKAFOR »; but « JP Martin », « AXA Sinistres », « VEOLIA Eau »."""
    quiet = [w for w in names if w not in loud]
    family = max(loud, key=len)
    if any(map(_is_initial, loud)) or not _has_vowel(family) or (is_common(family) and not may_be_family(family)):
        return None
    if fold(quiet[0]) in DOUBLE and len(quiet) > 1:
        return None
    in_front = quiet[0] == names[0] and len(names) == len(loud) + 1 and len(family) >= SHORTEST_FAMILY
    return quiet[0] if is_common(quiet[0]) or in_front else None


def _by_address(words: Sequence[str], address: str) -> str | None:
    """The first or last word, where the address spells it as the first name beside another of the words."""
    local = fold(address.partition("@")[0])
    ends = dict.fromkeys((words[0], words[-1]))
    told = [w for w in ends if _spelled_first(w, [o for o in words if o != w], local)]
    return told[0] if len(told) == 1 else None


def _spelled_first(first: str, others: Sequence[str], local: str) -> bool:
    given, families = plain(first), {plain(other) for other in others}
    *before, last = _SEPARATES.split(local.strip("._+-0123456789"))
    if before:
        return "".join(before) in (given, given[:1]) and last in families
    joined = {f"{start}{family}" for start in (given, given[:1]) for family in families if len(family) > 2}
    return last in joined or (last == given and is_common(first))


def plain(word: str) -> str:
    """Its letters alone, folded."""
    return "".join(_LETTERS.findall(fold(word)))


def _is_initial(word: str) -> bool:
    """« J. », « JP », « J-M »; a word without a vowel is read as letters, too."""
    return len(plain(word)) == 1 or "." in word or (word.isupper() and (len(plain(word)) < 3 or not _has_vowel(word)))


def stands_alone(first: str) -> bool:
    """No initial and no particle: a word that somebody can be called by."""
    named = len(plain(first)) > 1 and "." not in first and (fold(first) not in PARTICLES | HONORIFICS or is_common(first))
    return named and _has_vowel(first) and bool(_WORD.fullmatch(first))


def written(first: str) -> str:
    """As a name is: « JEAN-PIERRE » and « jean-pierre » are Jean-Pierre."""
    return first.title() if first.isupper() or first.islower() else first


def _has_vowel(word: str) -> bool:
    return any(c in "aeiouy" for c in fold(word))


def is_common(word: str) -> bool:
    """A first name that is met every day; of « Jean-Pierre » the first half counts."""
    return fold(word).strip(".,").partition("-")[0] in _listed("first_names.txt")


def may_be_family(word: str) -> bool:
    """A first name that many have as their family name."""
    return fold(word).strip(".,") in _listed("family_names.txt")


@lru_cache(maxsize=4)
def _listed(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
