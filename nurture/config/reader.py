"""config.toml -> Config. Unknown keys are errors, and all faults come together."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from datetime import date
from pathlib import Path

from nurture.config.countries import country_code
from nurture.config.home import is_timezone
from nurture.config.mailbox_url import parse_mailbox_url
from nurture.config.table import Faults, Table
from nurture.config.values import (
    COMMON_YEAR,
    AccountConfig,
    CadenceConfig,
    Caps,
    Config,
    Conviction,
    FolderChoices,
    Near,
    OfferConfig,
    OwnerConfig,
    OwnHoliday,
    Privacy,
)
from nurture.errors import ConfigFault

ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
MONTHS = re.compile(r"(\d{1,3}) (month|months|year|years)")
SQLITE = re.compile(r"sqlite:////[^?#]*[^?#/]")
POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://(?=.)")  # as hosters, libpq and SQLAlchemy write it
SHEETS = ("own", "shared", "never")
DAY = re.compile(r"(\d{4}-)?\d{2}-\d{2}")


def load(path: Path) -> Config:
    """Read the configuration. Raises ConfigFault with every fault in one message."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # some editors begin a file with a byte order mark
    except OSError as error:
        raise ConfigFault(path, [f"cannot be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise ConfigFault(path, [f"is not written in UTF-8 (byte {error.start + 1}); save it as UTF-8"]) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigFault(path, [f"is not valid TOML: {error}"]) from error
    faults = Faults()
    config = _config(Table(data, "", faults))
    if faults.found:
        raise ConfigFault(path, faults.found)
    return config


def _config(top: Table) -> Config:
    owner = _owner(top.table("owner"))
    accounts = tuple(_account(t) for t in top.tables("account"))
    if not accounts:
        top.faults.add("[[account]]", "there is none; name at least one mailbox")
    if len({a.key for a in accounts}) < len(accounts):
        top.faults.add("[[account]] mailbox", "the same mailbox stands there twice")
    for account in accounts:
        if account.address and account.address not in owner.addresses:
            top.faults.add("[[account]] address", f"{account.address!r} is none of the addresses of [owner]")
    config = Config(
        owner=owner,
        accounts=accounts,
        follow=top.one_of("follow", ("listed", "all"), "listed"),
        exclude=_excluded(top),
        lookback_months=_months(top, "lookback", 12),
        database_url=_database(top),
        caps=_caps(top.table("caps")),
        cadence=_cadence(top.table("cadence")),
        offer=_offer(top.table("offer")),
        convictions=tuple(_conviction(t) for t in top.tables("conviction")),
        privacy=_privacy(top.table("privacy")),
        holidays=tuple(_holiday(t) for t in top.tables("holiday")),
    )
    top.done()
    return config


def _months(t: Table, key: str, default: int) -> int:
    value = t.text(key, f"{default} months")
    found = MONTHS.fullmatch(value)
    if not found:
        t.faults.add(t.where(key), f"{value!r} is no length of time such as '12 months'")
        return default
    return int(found[1]) * (12 if found[2].startswith("year") else 1)


def _owner(t: Table) -> OwnerConfig:
    owner = OwnerConfig(
        name=t.text("name"),
        addresses=tuple(a.strip().lower() for a in t.texts("addresses")),
        gender=t.one_of("gender", ("m", "f", ""), "") or None,
        trade=t.text("trade"),
        country=_country(t),
        language=t.one_of("language", ("fr", "en"), "fr"),
        signature=t.text("signature"),
        timezone=t.text("timezone"),
    )
    if not owner.name.strip():
        t.faults.add(t.where("name"), "is missing")
    if not owner.addresses:
        t.faults.add(t.where("addresses"), "there is none; name every address that you write from")
    for address in owner.addresses:
        if not ADDRESS.fullmatch(address):
            t.faults.add(t.where("addresses"), f"{address!r} is no e-mail address")
    if owner.timezone and not is_timezone(owner.timezone):
        t.faults.add(t.where("timezone"), f"{owner.timezone!r} is no time zone such as Europe/Paris")
    t.done()
    return owner


def _country(t: Table) -> str:
    stated = t.text("country", "FR")
    code = country_code(stated)
    if not code:
        t.faults.add(t.where("country"), f"{stated!r} is no two-letter country code (ISO 3166-1) such as FR or GB")
    return code


def _database(top: Table) -> str:
    """A URL with its parts, or "". A SQLite file is named by its whole path: what is relative means another file in every folder."""
    url = top.text("database_url").strip()
    if url.startswith("sqlite:///~/"):
        url = f"sqlite:///{os.path.expanduser(url.removeprefix('sqlite:///'))}"
    if url and not url.startswith("sqlite:") and not POSTGRESQL.match(url):
        top.faults.add("database_url", "is no URL such as postgresql://user@host/nurture or sqlite:////home/you/nurture.db")
    elif url.startswith("sqlite") and not (SQLITE.fullmatch(url)):
        top.faults.add(
            "database_url", "names no file by its whole path: sqlite:////home/you/nurture.db (four slashes, nothing behind)"
        )
    return url


def _excluded(top: Table) -> tuple[str, ...]:
    written = (e.strip().lower() for e in top.texts("exclude"))
    entries = tuple(e[1:] if e.startswith("*@") else e for e in written)
    for entry in entries:
        if not ADDRESS.fullmatch(f"x{entry}" if entry.startswith("@") else entry):
            near = f"; did you mean '@{entry.lstrip('*.')}'?" if "@" not in entry and "." in entry.strip("*.") else ""
            top.faults.add("exclude", f"{entry!r} is neither an address nor a domain such as '@company.example'{near}")
    return entries


def _account(t: Table) -> AccountConfig:
    url = parse_mailbox_url(t.text("mailbox"), lambda says: t.faults.add(t.where("mailbox"), says))
    folders = t.table("folders")
    account = AccountConfig(
        mailbox=url,
        address=t.text("address").lower(),
        password_command=t.text("password_command"),
        password_file=t.text("password_file"),
        token_command=t.text("token_command"),
        auth=t.one_of("auth", ("password", "xoauth2", "oauthbearer"), "xoauth2" if t.data.get("token_command") else "password"),
        ca_file=t.text("ca_file"),
        timeout=_seconds(t),
        folders=FolderChoices(
            sent=folders.texts("sent"), drafts=folders.text("drafts"), trash=folders.text("trash"), junk=folders.text("junk"),
            ignore=folders.texts("ignore"),
        ),
    )  # fmt: skip
    folders.done()
    _check_secrets(t, account)
    t.done()
    return account


def _seconds(t: Table) -> float:
    value = t.take("timeout", (int, float), 30.0)
    if not 1 <= value <= 3600:  # nan is neither
        t.faults.add(t.where("timeout"), f"{value} is not between 1 and 3600 seconds")
        return 30.0
    return float(value)


def _check_file(t: Table, path: Path) -> None:
    """A secret that others can read is a fault; one that is missing is told when it is asked for."""
    if str(path).startswith("~"):
        t.faults.add(t.where("password_file"), f"whose home {path.parts[0]} is cannot be told")
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if stat.S_IMODE(mode) & 0o077:
        t.faults.add(t.where("password_file"), f"{path} can be read by others; run chmod 600 {path}")


def _check_secrets(t: Table, account: AccountConfig) -> None:
    named = [k for k in ("password_command", "password_file", "token_command") if getattr(account, k)]
    if account.mailbox.scheme == "maildir":
        if named:
            t.faults.add(t.where(named[0]), "a Maildir needs no secret")
    elif len(named) != 1:
        t.faults.add(t.where("password_command"), "name exactly one of password_command, password_file, token_command")
    if account.password_file:
        _check_file(t, Path(os.path.expanduser(account.password_file)))
    if (account.auth == "password") == bool(account.token_command) and named:
        t.faults.add(t.where("auth"), "xoauth2 and oauthbearer go with token_command, password with the other two")


def _caps(t: Table) -> Caps:
    caps = Caps(
        open_drafts=t.number("open_drafts", 10, 1, 1000),
        drafts_per_day=t.number("drafts_per_day", 12, 1, 1000),
        open_days=t.number("open_days", 10, 1, 365),
    )
    t.done()
    return caps


def _cadence(t: Table) -> CadenceConfig:
    plain = CadenceConfig()
    numbers = {k: t.number(k, v, 0, 365) for k, v in vars(plain).items() if isinstance(v, int) and not isinstance(v, bool)}
    cadence = CadenceConfig(
        **numbers, answer_order=t.texts("answer_order"), august_off=t.flag("august_off"), bridges_off=t.flag("bridges_off")
    )
    t.done()
    return cadence


def _near(t: Table) -> Near:
    near = Near(name=t.text("name"), fr=t.texts("fr"), en=t.texts("en"))
    t.done()
    return near


def _offer(t: Table) -> OfferConfig:
    offer = OfferConfig(
        sentences=t.texts("sentences"), price_range=t.text("price_range"), course=t.text("course"),
        near=tuple(_near(n) for n in t.tables("near")), outside=tuple(_near(n) for n in t.tables("outside")),
        inside=tuple(_near(n) for n in t.tables("inside")),
    )  # fmt: skip
    t.done()
    return offer


def _conviction(t: Table) -> Conviction:
    conviction = Conviction(belief=t.text("belief"), answer=t.text("answer"), reason=t.text("reason"))
    t.done()
    return conviction


def _privacy(t: Table) -> Privacy:
    privacy = Privacy(retention_months=_months(t, "retention", 36), sheet=_sheet(t))
    t.done()
    return privacy


def _sheet(t: Table) -> str:
    if isinstance(t.data.get("sheet"), bool):  # as earlier programs wrote it
        return "own" if t.take("sheet", bool, True) else "never"
    return t.one_of("sheet", SHEETS, "own")


def _holiday(t: Table) -> OwnHoliday:
    free = bool(t.take("free", bool, True))
    holiday = OwnHoliday(day=t.text("day"), until=t.text("until"), name=t.text("name").strip(), free=free)
    for key, said in (("day", holiday.day), ("until", holiday.until)):
        if (said or key == "day") and not _is_day(said):
            t.faults.add(t.where(key), f"{said!r} is no day such as 09-01 or 2026-05-15")
    if holiday.until and len(holiday.until) != len(holiday.day):
        t.faults.add(t.where("until"), "should have a year where `day` has one")
    elif holiday.until < holiday.day and len(holiday.until) == len("2026-05-15"):
        t.faults.add(t.where("until"), "comes before `day`")
    t.done()
    return holiday


def _is_day(said: str) -> bool:
    if not DAY.fullmatch(said):
        return False
    try:
        date.fromisoformat(said if len(said) > len("09-01") else f"{COMMON_YEAR}-{said}")
    except ValueError:
        return False
    return True
