"""Mail as values: bytes in, `Message` out. Nothing here raises on hostile input."""

from nurture.messages.body import fold_same, new_words
from nurture.messages.fields import HEADER_FIELDS, check_address, check_message_id, parse_addresses, parse_headers
from nurture.messages.language import detect_language
from nurture.messages.message import Address, Headers, Kind, Mark, Message, Notice
from nurture.messages.parser import parse, parse_text
from nurture.messages.words import fold, one_line, sentence_hashes, sentences

__all__ = [
    "HEADER_FIELDS", "Address", "Headers", "Kind", "Mark", "Message", "Notice", "check_address", "check_message_id", "detect_language", "fold", "fold_same",
    "new_words", "one_line", "parse", "parse_addresses", "parse_headers", "parse_text", "sentence_hashes", "sentences",
]  # fmt: skip
