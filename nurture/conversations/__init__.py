from nurture.conversations.conversation import (
    Conversation,
    Entry,
    Owner,
    Person,
)

__all__ = [
    "Conversation",
    "Entry",
    "Owner",
    "Person",
]
