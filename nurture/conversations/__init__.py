"""Who is who, which messages belong together, what was exchanged with one person."""

from nurture.conversations.candidates import Candidate, rank
from nurture.conversations.conversation import EXCHANGE, THEIR_SIDE, Conversation, Entry, Owner, Person
from nurture.conversations.entities import Entity, card_of, told_by
from nurture.conversations.gather import converse
from nurture.conversations.identity import Directory, Relation, called_by, is_our_hand, relate
from nurture.conversations.mentions import EntityKind, Mention, name_words, named_in
from nurture.conversations.other_side import other_side
from nurture.conversations.people import (
    company_of,
    first_name,
    is_no_reply,
    is_ours,
    is_role_address,
    looks_bulk,
    mailbox_of,
    owner_of,
    spelled_at,
)
from nurture.conversations.threads import base_subject, thread

__all__ = [
    "EXCHANGE", "THEIR_SIDE", "Candidate", "Conversation", "Directory", "Entity", "EntityKind", "Entry", "Mention", "Owner", "Person", "Relation", "base_subject", "called_by", "card_of",
    "company_of", "converse", "first_name", "is_no_reply", "is_our_hand", "is_ours", "is_role_address", "looks_bulk", "mailbox_of", "name_words", "named_in",
    "other_side", "owner_of", "rank", "relate", "spelled_at", "thread", "told_by",
]  # fmt: skip
