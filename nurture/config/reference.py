"""docs/configuration.md, made of the declarations: every key with its default and its meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields

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
HEAD = """# Configuration

`config.toml` lies in `$XDG_CONFIG_HOME/nurture/` (usually `~/.config/nurture/`), or in the folder that `NURTURE_HOME` or `--home`
names. `nurture init` writes it; edit it as you like. An unknown key is an error, and all faults are told at once: run `nurture check`.

This page is made from the code by `make docs`.
"""


def reference() -> str:
    """The page, ending in a newline."""
    return HEAD + "".join(_section(declared) for declared in SECTIONS)


def _section(declared: type) -> str:
    title = "Keys at the top" if declared is Config else str(declared.__doc__).rstrip(".").replace(": ", " — ", 1)
    rows = "".join(_rows(declared))
    return f"\n## {title}\n\n| key | default | meaning |\n| --- | --- | --- |\n{rows}"


def _rows(declared: type) -> Iterator[str]:
    for one in fields(declared):
        if says := one.metadata.get("says"):
            yield f"| `{RENAMED.get(one.name, one.name)}` | {_default(one.name, one.default)} | {says.replace('|', chr(92) + '|')} |\n"


def _default(name: str, value: object) -> str:
    if value is MISSING:
        return "must be given"
    if name in RENAMED:
        return f'`"{value} months"`'
    if value in (None, "", ()):
        return "empty"
    return f"`{json.dumps(value)}`"
