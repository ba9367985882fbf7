from nurture.messages.message import (
    Address,
    Headers,
    Kind,
    Mark,
    Message,
    Notice,
)
from nurture.messages.words import fold, one_line, sentences

__all__ = [
    "fold",
    "one_line",
    "sentences",
    "Address",
    "Headers",
    "Kind",
    "Mark",
    "Message",
    "Notice",
]
