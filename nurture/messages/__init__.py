"""Mail as values: bytes in, `Message` out. Nothing here raises on hostile input, and all of it takes linear time.

The way of a mail: `mime` opens its parts (`encoded`, `html` make text of them), `fields` and `addresses` read its head; `body` finds
what was newly said (`page` lines, `history` and `attribution` cut what is quoted, `signature` and `signer` the end); `automatic` asks
what sent it (`notices`, `absence` and its `days`, `bounce`, `calendar`); `language` in which language. What words mean is data, one file a
language (`phrases/`, read by `cues`). `ours` recognises quotes of our own words by keyed hashes, which can be stored.
"""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.messages.addresses import check_address, check_message_id, parse_addresses
    from nurture.messages.body import new_words, our_words
    from nurture.messages.content import content_words, stem, stems, without_plural
    from nurture.messages.fields import HEADER_FIELDS, headers_of, parse_headers
    from nurture.messages.hyperlinks import link_hashes, links, plain_link
    from nurture.messages.language import detect_language
    from nurture.messages.message import Address, Headers, Kind, Mark, Message, Notice
    from nurture.messages.ours import OurWords
    from nurture.messages.parser import parse, parse_text
    from nurture.messages.words import fold, fold_same, one_line, plain_words, sentence_hashes, sentences, unwrapped
else:
    __getattr__ = door(
        __name__,
        {
            "addresses": "check_address check_message_id parse_addresses",
            "body": "new_words our_words",
            "content": "content_words stem stems without_plural",
            "fields": "HEADER_FIELDS headers_of parse_headers",
            "language": "detect_language",
            "hyperlinks": "link_hashes links plain_link",
            "message": "Address Headers Kind Mark Message Notice",
            "ours": "OurWords",
            "parser": "parse parse_text",
            "words": "fold fold_same one_line plain_words sentence_hashes sentences unwrapped",
        },
    )
