"""Who is who, which messages belong together, what was exchanged with one person."""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.conversations.candidates import Candidate, rank
    from nurture.conversations.conversation import EXCHANGE, THEIR_SIDE, Conversation, Entry, Owner, Person
    from nurture.conversations.entities import Entity, card_of, told_by
    from nurture.conversations.first_names import NOT_A_PERSON, TITLES, is_common, written
    from nurture.conversations.gather import converse
    from nurture.conversations.identity import Directory, Relation, called_by, is_our_hand, relate
    from nurture.conversations.mentions import EntityKind, Mention, name_words, named_in
    from nurture.conversations.people import (
        company_of,
        is_no_reply,
        is_ours,
        is_role_address,
        looks_bulk,
        mailbox_of,
        owner_of,
        spelled_at,
    )
    from nurture.conversations.sides import other_side
    from nurture.conversations.signed import NOBODY, first_name, own_first_name, signed_by, still_called
    from nurture.conversations.threads import base_subject, thread
else:
    __getattr__ = door(
        __name__,
        {
            "candidates": "Candidate rank",
            "conversation": "EXCHANGE THEIR_SIDE Conversation Entry Owner Person",
            "entities": "Entity card_of told_by",
            "first_names": "NOT_A_PERSON TITLES is_common written",
            "gather": "converse",
            "identity": "Directory Relation called_by is_our_hand relate",
            "mentions": "EntityKind Mention name_words named_in",
            "sides": "other_side",
            "signed": "NOBODY first_name own_first_name signed_by still_called",
            "people": "company_of is_no_reply is_ours is_role_address looks_bulk mailbox_of owner_of spelled_at",
            "threads": "base_subject thread",
        },
    )
