"""Exchanges that stand in files, understood without a database: `sources` opens them, `retell` reads them message by message.

The same rooms read here as in a run; nothing is kept, and nothing but the files is touched. `prediction` gives the shape
in which labelled conversations are scored.
"""

from nurture.exchange.address_book import CARD_ENDINGS, AddressBook, read_people
from nurture.exchange.address_file import as_csv
from nurture.exchange.card_file import as_cards
from nurture.exchange.contact import Contact
from nurture.exchange.conversation_file import BadFile, exchanges_of
from nurture.exchange.prediction import prediction
from nurture.exchange.retold import Exchange, Mail, Retold, Told, retell
from nurture.exchange.sources import open_path

__all__ = [
    "CARD_ENDINGS",
    "AddressBook",
    "BadFile",
    "Contact",
    "Exchange",
    "Mail",
    "Retold",
    "Told",
    "as_cards",
    "as_csv",
    "exchanges_of",
    "open_path",
    "prediction",
    "read_people",
    "retell",
]
