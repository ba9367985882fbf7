"""The configuration, declared once: every key with its default and its meaning. `reader` checks a file against these classes,
`reference` makes docs/configuration.md of them."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nurture.config.spelling import covering

COMMON_YEAR = 2001  # days of each year are those of one without a 29 February


def key(says: str, default: Any = MISSING) -> Any:
    """One key: what it means, and its default (none: it must be given)."""
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True, kw_only=True)
class OwnerConfig:
    """`[owner]`: who you are."""

    name: str = key("your name, as it stands in your mails")
    addresses: tuple[str, ...] = key("every address that you write from; the first one is the usual one")
    gender: str | None = key('`"m"` or `"f"`, for French endings (ravi, ravie)', None)
    trade: str = key("what you do, in a few words", "")
    country: str = key("two letters (ISO 3166-1): holidays and time zone", "FR")
    language: str = key('`"fr"` or `"en"`: the language nurture speaks to you', "fr")
    signature: str = key("what stands below a text; your name where it is empty", "")
    timezone: str = key('such as `"Europe/Paris"`; the country\'s where it is empty', "")


@dataclass(frozen=True, kw_only=True)
class FolderChoices:
    """`[account.folders]`: names that win over what the server says; empty means: found by nurture."""

    sent: tuple[str, ...] = key("where your sent mail lies", ())
    drafts: str = key("where drafts are put", "")
    trash: str = key("where drafts that are taken back go", "")
    junk: str = key("looked at for signs of life only", "")
    ignore: tuple[str, ...] = key("folders that are never read", ())


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
    """`[[account]]`: one mailbox; there may be several."""

    mailbox: MailboxUrl = key(
        "`imaps://user@host[:993]`, `imap+starttls://user@host[:143]`, `imap+insecure://…` (this machine only), `maildir:PATH`"
    )
    address: str = key("the sender of its drafts, one of yours; your first address where it is empty", "")
    password_command: str = key("a command that prints the password, such as `pass show mail`", "")
    password_file: str = key("a file of mode 0600 whose first line is the password", "")
    token_command: str = key("a command that prints an OAuth2 access token", "")
    auth: str = key('`"password"`, or with a token `"xoauth2"` or `"oauthbearer"`', "password")
    ca_file: str = key("a certificate authority of your own, PEM", "")
    timeout: float = key("seconds to wait for each answer of the server", 30.0)
    folders: FolderChoices = FolderChoices()

    @property
    def key(self) -> str:
        """What the database calls this account; changes when another mailbox is meant."""
        return str(self.mailbox)


@dataclass(frozen=True, kw_only=True)
class Caps:
    """`[caps]`: never more than you can read."""

    open_drafts: int = key("untouched drafts that may lie open at a time", 10)
    drafts_per_day: int = key("new drafts a day", 12)
    open_days: int = key("working days after which an untouched draft is taken back", 10)


@dataclass(frozen=True, kw_only=True)
class CadenceConfig:
    """`[cadence]`: how long things wait."""

    answer_after: int = key("working days before an answer is drafted: you may be writing it yourself", 1)
    answer_within: int = key("working days after which an answer owns its delay", 10)
    late_answer_within: int = key("days after which no answer is drafted any more", 60)
    rest_months: int = key("months of peace after the last letter of a silence", 6)
    overdue_slack: int = key("working days beyond its own wait after which a step is too late", 20)
    absence_default: int = key("days that an absence without a date holds", 7)
    meeting_quiet: int = key("working days of quiet after a meeting", 10)
    perhaps_days: int = key("working days that a perhaps holds", 15)
    company_open: int = key("working days that an open draft for a colleague holds, at most", 10)
    company_live: int = key("working days that a live conversation with a colleague holds", 15)
    answer_order: tuple[str, ...] = key("signals, the one to be answered first in front; empty: nurture's own order", ())
    august_off: bool = key("August has no working days", False)
    bridges_off: bool = key("the day between a holiday and a weekend is no working day", False)


@dataclass(frozen=True, kw_only=True)
class Near:
    """`[[offer.inside]]` (part of it), `[[offer.near]]` (close to it) and `[[offer.outside]]` (not yours to do): with the words that name it."""

    name: str = key("how you call it")
    fr: tuple[str, ...] = key("French words for it", ())
    en: tuple[str, ...] = key("English words for it", ())


@dataclass(frozen=True, kw_only=True)
class OfferConfig:
    """`[offer]`: what you offer."""

    sentences: tuple[str, ...] = key("what you offer, a sentence for each language you write in", ())
    price_range: str = key("your range, as you would write it; empty: drafts leave a slot", "")
    course: str = key("how the work goes, in outline; empty: drafts leave a slot", "")
    near: tuple[Near, ...] = ()
    outside: tuple[Near, ...] = ()
    inside: tuple[Near, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conviction:
    """`[[conviction]]`: a belief that you meet often on your own ground, with your answer."""

    belief: str = key("what they believe, in their words")
    answer: str = key("what you say to it")
    reason: str = key("why")


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """`[privacy]`: what is kept, and for how long."""

    retention_months: int = key('after their last word (`retention` in the file, such as `"36 months"`)', 36)
    sheet: str = key(
        'the review sheet in the folder Nurture: `"own"` only in a mailbox that you alone read, `"shared"` also where others read it, '
        '`"never"`',
        "own",
    )


@dataclass(frozen=True, kw_only=True)
class OwnHoliday:
    """`[[holiday]]`: a day of your own, or days that you call by a name."""

    day: str = key('`"09-01"` each year, or `"2026-05-15"` once')
    until: str = key("the last day, written in the same way, where it is more than one", "")
    name: str = key("the words that name it, such as « la rentrée » or « les vacances de ski »: so read in what people write", "")
    free: bool = key("no working day; `false`: it only has a name", True)

    @property
    def span(self) -> str:
        """The day, or the first and the last one, as the tables of feasts write them."""
        return f"{self.day}..{self.until}" if self.until else self.day

    @property
    def days(self) -> tuple[str, ...]:
        """Every day of it, written as `day` is."""
        if not self.until:
            return (self.day,)
        yearly = len(self.day) == len("09-01")
        first, last = (date.fromisoformat(f"{COMMON_YEAR}-{d}" if yearly else d) for d in (self.day, self.until))
        if last < first:  # over the turn of the year
            last = last.replace(year=last.year + 1)
        all_days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(f"{d:%m-%d}" if yearly else d.isoformat() for d in all_days)


@dataclass(frozen=True, kw_only=True)
class Config:
    """The whole file."""

    owner: OwnerConfig
    accounts: tuple[AccountConfig, ...]
    follow: str = key('`"listed"`: people whom you name; `"all"`: everybody you write to', "listed")
    exclude: tuple[str, ...] = key(
        "addresses, or @domains with everything below them, that are never followed nor written to", ()
    )
    lookback_months: int = key('how far back people are alive (`lookback` in the file, such as `"12 months"`)', 12)
    database_url: str = key(
        "`postgresql://user@host/nurture` (docs/postgresql.md), or another SQLite file; empty: SQLite in the state folder", ""
    )
    caps: Caps = Caps()
    cadence: CadenceConfig = CadenceConfig()
    offer: OfferConfig = OfferConfig()
    convictions: tuple[Conviction, ...] = ()
    privacy: Privacy = Privacy()
    holidays: tuple[OwnHoliday, ...] = ()

    def excludes(self, address: str) -> str:
        """The entry of `exclude` that covers an address (any spelling of its mailbox, its domain or one above), or ""."""
        return covering(self.exclude, address)


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where things live: `config` holds config.toml, own templates, key and suppression list; `state` the database. Both 0700."""

    config: Path
    state: Path

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def templates(self) -> Path:
        return self.config / "templates"

    @property
    def database(self) -> Path:
        return self.state / "nurture.db"
