"""What the columns of an address table are called, in French and English, by Excel, Outlook, Google, HubSpot, Brevo, Mailchimp."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nurture.messages import fold

NAMES = {
    "address": "email|e mail|emails|mail|courriel|adresse e mail|adresse email|adresse mail|adresse courriel|email address|e mail address|adresse de messagerie|"
    "adresse electronique|mail address|e mail 1 value|email 1 value|e mail principal|email principal|primary email|work email|business email|"
    "email professionnel|e mail professionnel|mail professionnel|adresse e mail 1|email 1|e mail 1|contact email|email du contact|adresse",
    "more": "other emails|additional email addresses|additional emails|email secondaire|e mail secondaire|secondary email|personal email|email personnel|"
    "autres adresses|other addresses|adresses",
    "name": "name|full name|fullname|nom complet|display name|displayname|nom affiche|nom et prenom|prenom et nom|prenom nom|nom prenom|contact|contact name|"
    "nom du contact|nom d affichage|file as",
    "first": "prenom|first name|firstname|first|given name|givenname|prenom du contact|vorname|forename",
    "last": "nom|last name|lastname|last|family name|familyname|surname|nom de famille|nachname",
    "company": "societe|company|company name|companyname|entreprise|organisation|organization|organization name|organisation name|organization 1 name|"
    "organisation 1 name|account|account name|raison sociale|nom de l entreprise|nom de la societe|nom de societe|associated company|firma|employer",
    "site": "website|site|site web|site internet|company domain name|domain|domaine|nom de domaine|web page|page web|url|website url|website 1 value",
    "language": "langue|language|lang|preferred language|langue preferee|locale",
    "register": "register|tutoiement|tu vous|registre",
    "country": "pays|country|country region|pays region|business country region|business country|pays bureau|home country region|address 1 country",
    "tags": "tags|tag|etiquettes|etiquette|mots cles",
    "lists": "lists|list|listes|liste",
    "followed": "followed|suivi|suivie",
    "refused": "stopped|unsubscribed|unsubscribed from all email|opted out|opted out of email|opt out|optout|email opt out|has opted out of email|"
    "desabonne|desabonnee|desinscrit|desinscrite|desinscription|blacklisted|email blacklisted|email blacklist|liste noire|do not contact|"
    "do not email|ne pas contacter|unsub",
}  # fmt: skip
MORE = re.compile(r"(?:adresse )?(?:e ?mail|courriel|adresse de messagerie)(?: address| adresse)? ?[2-9](?: value| address)?")
_APART = re.compile(r"[^a-z0-9]+")


COLUMNS = {name: field for field, names in NAMES.items() for name in names.split("|")}


def column_of(header: str) -> str:
    """Which field a column holds; "" for one that nobody asks for."""
    plain = " ".join(_APART.sub(" ", fold(header)).split())
    return COLUMNS.get(plain) or ("more" if MORE.fullmatch(plain) else "")


def fields_of(headers: Sequence[str]) -> dict[int, str]:
    """Place -> field. Of two columns for one field the first counts, but of addresses all; « Nom » beside « Prénom » is the family name,
    alone it is the whole one; « Adresse » beside an e-mail column is a street.
    """
    found = {place: field for place, header in enumerate(headers) if (field := column_of(header))}
    streets = [p for p, field in found.items() if field == "address" and _is_street(headers[p])]
    if len([f for f in found.values() if f == "address"]) > len(streets):
        found = {p: f for p, f in found.items() if p not in streets}
    kept: dict[int, str] = {}
    for place, field in found.items():
        if field == "address" and "address" in kept.values():
            kept[place] = "more"
        elif field == "more" or field not in kept.values():
            kept[place] = field
    if "first" not in kept.values() and "name" not in kept.values():
        kept = {place: "name" if field == "last" else field for place, field in kept.items()}
    return kept


def _is_street(header: str) -> bool:
    return fold(header).strip() == "adresse"
