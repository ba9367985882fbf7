"""docs/configuration.md, made of the declarations: every key with its default and its meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields

from nurture.config.values import (
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

SECTIONS: tuple[type, ...] = (
    OwnerConfig,
    AccountConfig,
    FolderChoices,
    Config,
    Caps,
    CadenceConfig,
    OfferConfig,
    Near,
    Conviction,
    Privacy,
    OwnHoliday,
)
RENAMED = {"lookback_months": "lookback", "retention_months": "retention"}
WHERE = """`config.toml` lies in `$XDG_CONFIG_HOME/nurture/` (usually `~/.config/nurture/`), or in the folder that `NURTURE_HOME` or `--home`
names. `nurture init` writes it; edit it as you like. An unknown key is an error, and all faults are told at once: run `nurture check`."""
HEAD = f"# Configuration\n\n{WHERE}\n\nThis page is made from the code by `make docs`.\n"


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of config.toml, in words."""

    name: str
    default: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """One table of config.toml."""

    title: str
    keys: tuple[Key, ...]


def sections() -> tuple[Section, ...]:
    """All of it, in the order of the documentation."""
    return tuple(Section(title=_title(declared), keys=tuple(_keys(declared))) for declared in SECTIONS)


def reference() -> str:
    """The page, ending in a newline."""
    return HEAD + "".join(map(_section, sections()))


def _section(section: Section) -> str:
    rows = "".join(f"| `{key.name}` | {key.default} | {key.says.replace('|', chr(92) + '|')} |\n" for key in section.keys)
    return f"\n## {section.title}\n\n| key | default | meaning |\n| --- | --- | --- |\n{rows}"


def _title(declared: type) -> str:
    return "Keys at the top" if declared is Config else str(declared.__doc__).rstrip(".").replace(": ", " — ", 1)


def _keys(declared: type) -> Iterator[Key]:
    for one in fields(declared):
        if says := one.metadata.get("says"):
            yield Key(name=RENAMED.get(one.name, one.name), default=_default(one.name, one.default), says=says)


def _default(name: str, value: object) -> str:
    if value is MISSING:
        return "must be given"
    if name in RENAMED:
        return f'`"{value} months"`'
    if value in (None, "", ()):
        return "empty"
    return f"`{json.dumps(value)}`"
