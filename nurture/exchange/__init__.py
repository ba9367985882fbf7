"""Exchanges that stand in files, understood without a database: `sources` opens them, `retell` reads them message by message.

The same rooms read here as in a run; nothing is kept, and nothing but the files is touched. `predicting` gives the shape
in which labelled conversations are scored.
"""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.exchange.address_book import AddressBook, read_people
    from nurture.exchange.address_file import as_csv
    from nurture.exchange.card_file import CARD_ENDINGS, as_cards
    from nurture.exchange.contact import Contact
    from nurture.exchange.conversation_file import exchanges_of
    from nurture.exchange.predicting import prediction
    from nurture.exchange.retold import Exchange, Mail, Retold, Told, retell
    from nurture.exchange.sources import open_path
    from nurture.exchange.text_file import BadFile
else:
    __getattr__ = door(
        __name__,
        {
            "address_book": "AddressBook read_people",
            "address_file": "as_csv",
            "card_file": "CARD_ENDINGS as_cards",
            "contact": "Contact",
            "conversation_file": "exchanges_of",
            "predicting": "prediction",
            "retold": "Exchange Mail Retold Told retell",
            "sources": "open_path",
            "text_file": "BadFile",
        },
    )
