"""The configuration: declared once (`values`), read table by table with all faults together (`reader`, `table`, `mailbox_url`), written for `init` (`text`)."""

from nurture.config.countries import country_code
from nurture.config.home import find_home, timezone_of
from nurture.config.mailbox_url import parse_mailbox_url
from nurture.config.reader import POSTGRESQL, load
from nurture.config.reference import WHERE, reference, sections
from nurture.config.spelling import GMAIL, covering, domains_above, reach_of, reaching
from nurture.config.text import to_toml
from nurture.config.values import (
    AccountConfig,
    CadenceConfig,
    Caps,
    Config,
    Conviction,
    FolderChoices,
    Home,
    MailboxUrl,
    Near,
    OfferConfig,
    OwnerConfig,
    OwnHoliday,
    Privacy,
)

__all__ = [
    "GMAIL",
    "POSTGRESQL",
    "WHERE",
    "AccountConfig",
    "CadenceConfig",
    "Caps",
    "Config",
    "Conviction",
    "FolderChoices",
    "Home",
    "MailboxUrl",
    "Near",
    "OfferConfig",
    "OwnHoliday",
    "OwnerConfig",
    "Privacy",
    "country_code",
    "covering",
    "domains_above",
    "find_home",
    "load",
    "parse_mailbox_url",
    "reach_of",
    "reaching",
    "reference",
    "sections",
    "timezone_of",
    "to_toml",
]  # fmt: skip
