"""The configuration, declared once: every key and its default. `reader` checks a file against these classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class OwnerConfig:
    name: str
    addresses: tuple[str, ...]
    gender: str | None = None  # "m" or "f": for « ravi » or « ravie »
    trade: str = ""
    country: str = "FR"  # ISO 3166-1 alpha-2: holidays, time zone
    language: str = "fr"  # "fr" or "en": the language nurture speaks to the owner
    signature: str = ""
    timezone: str = ""  # IANA name; "" means: the country's


@dataclass(frozen=True, kw_only=True)
class FolderChoices:
    """Folder names that win over what the server says; empty means: found by nurture."""

    sent: tuple[str, ...] = ()
    drafts: str = ""
    trash: str = ""
    junk: str = ""
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MailboxUrl:
    """`imaps://user@host[:993]`, `imap+starttls://user@host[:143]`, `imap+insecure://…` (loopback only), `maildir:PATH`."""

    scheme: str  # "imaps", "imap+starttls", "imap+insecure", "maildir"
    user: str = ""
    host: str = ""
    port: int = 0
    path: str = ""

    def __str__(self) -> str:
        return f"maildir:{self.path}" if self.scheme == "maildir" else f"{self.scheme}://{self.user}@{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class AccountConfig:
    mailbox: MailboxUrl
    address: str = ""  # the From of its drafts; "" means: the owner's first address
    password_command: str = ""
    password_file: str = ""
    token_command: str = ""
    auth: str = "password"  # "password", "xoauth2", "oauthbearer"
    ca_file: str = ""  # an own certificate authority, PEM
    timeout: float = 30.0  # seconds for each answer of the server
    folders: FolderChoices = FolderChoices()

    @property
    def key(self) -> str:
        """What the database calls this account; changes when another mailbox is meant."""
        return str(self.mailbox)


@dataclass(frozen=True, kw_only=True)
class Caps:
    open_drafts: int = 10  # untouched drafts lying open at a time
    drafts_per_day: int = 12
    open_days: int = 10  # working days after which an untouched draft is withdrawn


@dataclass(frozen=True, kw_only=True)
class CadenceConfig:
    answer_after: int = 1  # working days before an answer is drafted
    answer_within: int = 10  # working days
    late_answer_within: int = 60  # days; later: sheet only
    rest_months: int = 6
    overdue_slack: int = 20  # working days beyond a step's own wait
    absence_default: int = 7  # days held for an absence without a date
    meeting_quiet: int = 10  # working days after a meeting
    perhaps_days: int = 15  # working days
    company_open: int = 10  # working days
    company_live: int = 15  # working days
    answer_order: tuple[str, ...] = ()  # signals, strongest first; empty: the design's order
    august_off: bool = False
    bridges_off: bool = False


@dataclass(frozen=True, kw_only=True)
class Near:
    """Something near the core, or outside it, with the words that name it."""

    name: str
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferConfig:
    sentences: tuple[str, ...] = ()
    price_range: str = ""
    course: str = ""  # how the work goes, in outline
    near: tuple[Near, ...] = ()
    outside: tuple[Near, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conviction:
    belief: str
    answer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Privacy:
    retention_months: int = 36
    sheet: bool = True


@dataclass(frozen=True, kw_only=True)
class OwnHoliday:
    """`[[holiday]]`: a day of the owner's ("09-01" or "2026-05-15") and the words that name it."""

    day: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Config:
    owner: OwnerConfig
    accounts: tuple[AccountConfig, ...]
    follow: str = "listed"  # "listed" or "all"
    exclude: tuple[str, ...] = ()  # addresses or @domains that are never followed
    lookback_months: int = 12
    database_url: str = ""  # "": SQLite in the state folder
    caps: Caps = Caps()
    cadence: CadenceConfig = CadenceConfig()
    offer: OfferConfig = OfferConfig()
    convictions: tuple[Conviction, ...] = ()
    privacy: Privacy = Privacy()
    holidays: tuple[OwnHoliday, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where things live: `config` holds config.toml, own templates, key and suppression list; `state` the database. Both 0700."""

    config: Path
    state: Path
    faults: tuple[str, ...] = field(default=())

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def templates(self) -> Path:
        return self.config / "templates"

    @property
    def database(self) -> Path:
        return self.state / "nurture.db"
