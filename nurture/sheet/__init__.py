"""The review sheet: what a run knows and the owner should, as one value, in the owner's language, and as one mail.

`sheet` holds the values, `control` and `commands` what the owner may do, `wording` the two languages (data: `fr.toml`, `en.toml`),
`text` and `page` the two parts of the mail, `mail` its bytes. What came by mail is data in all of them.
"""

from nurture.sheet.commands import ORDER, commands, offered
from nurture.sheet.control import FROM, control
from nurture.sheet.mail import compose, identity_of
from nurture.sheet.page import page
from nurture.sheet.sheet import MOST, Ask, Sheet, ToRead
from nurture.sheet.text import text
from nurture.sheet.wording import wording

__all__ = [
    "FROM",
    "MOST",
    "ORDER",
    "Ask",
    "Sheet",
    "ToRead",
    "commands",
    "compose",
    "control",
    "identity_of",
    "offered",
    "page",
    "text",
    "wording",
]
