"""A file of people, .csv or .vcf, of whatever program -> contacts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nurture.exchange.address_table import contacts_of_table
from nurture.exchange.card_file import CARD_ENDINGS
from nurture.exchange.contact import Contact
from nurture.exchange.text_file import read_text
from nurture.exchange.vcard import contacts_of_cards


@dataclass(frozen=True, kw_only=True)
class AddressBook:
    """Who stands in a file, and how it was read: its `kind` ("CSV", "vCard") and encoding."""

    kind: str
    encoding: str
    contacts: tuple[Contact, ...]


def read_people(path: Path) -> AddressBook:
    """Everybody in a file; what it is is told from what it holds. Raises BadFile that names the line."""
    file = read_text(path)
    cards = file.text.lstrip()[:40].upper().startswith("BEGIN:VCARD") or path.suffix.lower() in CARD_ENDINGS
    reader = contacts_of_cards if cards else contacts_of_table
    return AddressBook(kind="vCard" if cards else "CSV", encoding=file.encoding, contacts=tuple(reader(path, file.text)))
