"""Config -> config.toml, with a word on each part, for `nurture init`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from nurture.config.values import AccountConfig, CadenceConfig, Caps, Config, OwnHoliday


def quoted(value: str) -> str:
    """A TOML string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(values: Iterable[str]) -> str:
    """A TOML list of strings."""
    return "[" + ", ".join(map(quoted, values)) + "]"


def to_toml(config: Config) -> str:
    """The whole configuration as a file that a person can edit; `load` gives the same value back."""
    parts = [
        "# nurture's configuration. Every key is explained in docs/configuration.md; `nurture check` looks it over.",
        f'follow = {quoted(config.follow)}  # "listed": people you name; "all": everybody you write to',
        f'lookback = "{config.lookback_months} months"',
        f"exclude = {listed(config.exclude)}  # addresses or @domains that are never followed",
    ]
    if config.database_url:
        parts.append(f"database_url = {quoted(config.database_url)}")
    parts += [_owner(config), *(_account(a) for a in config.accounts), *_numbers(config), _offer(config)]
    for c in config.convictions:
        parts.append(f"\n[[conviction]]\nbelief = {quoted(c.belief)}\nanswer = {quoted(c.answer)}\nreason = {quoted(c.reason)}")
    parts.append(f'\n[privacy]\nretention = "{config.privacy.retention_months} months"\nsheet = {quoted(config.privacy.sheet)}')
    parts += [_holiday(h) for h in config.holidays]
    return "\n".join(parts) + "\n"


def _holiday(h: OwnHoliday) -> str:
    until = f"\nuntil = {quoted(h.until)}" if h.until else ""
    return f"\n[[holiday]]\nday = {quoted(h.day)}{until}\nname = {quoted(h.name)}" + ("" if h.free else "\nfree = false")


def _owner(config: Config) -> str:
    o = config.owner
    rows = [
        "\n[owner]", f"name = {quoted(o.name)}", f"addresses = {listed(o.addresses)}  # every address you write from",
        f"gender = {quoted(o.gender or '')}  # \"m\" or \"f\", for French endings", f"trade = {quoted(o.trade)}", f"country = {quoted(o.country)}",
        f"language = {quoted(o.language)}", f"signature = {quoted(o.signature)}",
    ]  # fmt: skip
    return "\n".join([*rows, f"timezone = {quoted(o.timezone)}"] if o.timezone else rows)


def _account(a: AccountConfig) -> str:
    plain = AccountConfig(mailbox=a.mailbox)
    rows = ["\n[[account]]", f"mailbox = {quoted(str(a.mailbox))}"]
    rows += [
        f"{k} = {quoted(getattr(a, k))}"
        for k in ("address", "password_command", "password_file", "token_command", "ca_file")
        if getattr(a, k)
    ]
    rows += [f"auth = {quoted(a.auth)}"] if a.auth != "password" else []
    rows += [f"timeout = {a.timeout}"] if a.timeout != plain.timeout else []
    f = a.folders
    if f != plain.folders:
        rows += ["[account.folders]", f"sent = {listed(f.sent)}", f"drafts = {quoted(f.drafts)}", f"trash = {quoted(f.trash)}", f"junk = {quoted(f.junk)}", f"ignore = {listed(f.ignore)}"]  # fmt: skip
    return "\n".join(rows)


def _numbers(config: Config) -> list[str]:
    """Caps always, since everybody asks; of the cadence only what differs from the design."""
    caps, plain = config.caps, CadenceConfig()
    parts = ["\n[caps]\n" + "\n".join(f"{k} = {getattr(caps, k)}" for k in vars(Caps()))]
    changed = [(k, v) for k, v in vars(config.cadence).items() if v != getattr(plain, k)]
    if changed:
        parts.append(
            "\n[cadence]\n" + "\n".join(f"{k} = {listed(v) if isinstance(v, tuple) else str(v).lower()}" for k, v in changed)
        )
    return parts


def _offer(config: Config) -> str:
    o = config.offer
    rows = [
        "\n[offer]", f"sentences = {listed(o.sentences)}  # what you offer, in your words",
        f"price_range = {quoted(o.price_range)}  # e.g. \"entre 1 900 et 2 600 € HT\"", f"course = {quoted(o.course)}  # how the work goes, in outline",
    ]  # fmt: skip
    for kind, entries in (("inside", o.inside), ("near", o.near), ("outside", o.outside)):
        for n in entries:
            rows += [f"[[offer.{kind}]]", f"name = {quoted(n.name)}", f"fr = {listed(n.fr)}", f"en = {listed(n.en)}"]
    return "\n".join(rows)
