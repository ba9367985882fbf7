"""The first name in a display name, where it can be relied on. In doubt there is none: « Bonjour, » offends nobody, « Bonjour Dupont, » does."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from nurture.messages import fold

LONGEST = 6  # words of a name
SHORTEST_FAMILY = 5  # letters in capitals from which on a word is a family name by itself (not JP, SNCF)
TITLES = frozenset("m mr mrs ms mme mlle mm mmes monsieur madame mademoiselle dr prof pr me maitre sir miss mister lord lady herr frau sr sra dott ing mx docteur doctor professeur reverend pere soeur frere".split())  # fmt: skip
PARTICLES = frozenset("de du des d la le les van von der den di da dos el al ben bin ibn abd o mac st".split())
SEVERAL = frozenset("et and und y e & + ou or via chez from at for pour par per c/o avec with".split())
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


def of_display(display: str) -> str | None:
    """The first name, else None. « DUPONT Jean » and "Dupont, Jean" are Jean; « M. Dupont », « J. Dupont », « Dupont Jean » are nobody's."""
    words = _name(display).split()
    folded = [fold(w).strip(".,") for w in words]
    if not 2 <= len(words) <= LONGEST or set(folded) & (TITLES | NOT_A_PERSON | SEVERAL):
        return None
    if not all(any(c.isalpha() for c in w) for w in words):
        return None
    first = _of_words(words)
    return first if first and _stands_alone(first) else None


def _name(display: str) -> str:
    """The part of a display name that names somebody; "" where it cannot be told."""
    text = " ".join(display[:100].split()).strip("'\"")
    if not text or "@" in text or any(c.isdigit() or c in "<>{}%|/\\_" for c in text):
        return ""
    text = re.split(r"\s+[-–—(]\s*|\s*\(", text, maxsplit=1)[0]
    return _turned(text) if "," in text else text


def _turned(text: str) -> str:
    """« Dupont, Jean » and « Le Goff, Loïc » the right way round; « Jean Dupont, directeur » without what he is."""
    before, *after = (part.strip() for part in text.split(","))
    family = [w for w in before.split() if fold(w) not in PARTICLES]
    if len(after) == 1 and after[0] and len(family) == 1:
        return f"{after[0]} {before}"
    return before if family and is_common(family[0]) else ""


def _of_words(words: list[str]) -> str | None:
    shouted = [w.isupper() and len(w.replace(".", "")) > 1 for w in words]
    if all(shouted):
        return None  # which of them is the first name cannot be told
    if shouted[0]:  # « DUPONT Jean », « LE GOFF Loïc »; but « JP Dupont » and « AXA Sinistres »
        family = max((w for w, loud in zip(words, shouted, strict=True) if loud), key=len)
        quiet = [w for w, loud in zip(words, shouted, strict=True) if not loud and fold(w) not in PARTICLES]
        if not quiet or "." in family:
            return None
        clear = len(quiet) == 1 and len(family) >= SHORTEST_FAMILY and _has_vowel(family) and not is_common(family)
        return quiet[0] if is_common(quiet[0]) or clear else None
    turned = is_common(words[-1]) and not is_common(words[0]) and not words[-1].isupper()
    return None if turned else words[0]  # « Dupont Jean »


def _stands_alone(first: str) -> bool:
    """No initial, no particle, capitalised as a name is."""
    letters = first.strip(".")
    plain = len(letters) >= 2 and "." not in first and fold(first) not in PARTICLES and first[0].isalpha()
    return plain and _has_vowel(letters) and first[0].isupper() and not first.isupper()


def _has_vowel(word: str) -> bool:
    return any(c in "aeiouy" for c in fold(word))


def is_common(word: str) -> bool:
    """A first name that is met every day; of « Jean-Pierre » the first half counts."""
    return fold(word).strip(".,").partition("-")[0] in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
