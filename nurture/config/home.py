"""Where things live, and which clock the owner lives by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nurture.config.values import Home, OwnerConfig
from nurture.errors import ConfigFault

ZONES = {
    "FR": "Europe/Paris", "BE": "Europe/Brussels", "CH": "Europe/Zurich", "LU": "Europe/Luxembourg", "MC": "Europe/Monaco", "DE": "Europe/Berlin",
    "AT": "Europe/Vienna", "ES": "Europe/Madrid", "IT": "Europe/Rome", "NL": "Europe/Amsterdam", "PT": "Europe/Lisbon", "GB": "Europe/London",
    "IE": "Europe/Dublin", "US": "America/New_York", "CA": "America/Toronto", "AU": "Australia/Sydney", "NZ": "Pacific/Auckland",
    "BR": "America/Sao_Paulo", "MA": "Africa/Casablanca", "TN": "Africa/Tunis", "SN": "Africa/Dakar", "CI": "Africa/Abidjan", "IN": "Asia/Kolkata",
    "ZA": "Africa/Johannesburg", "SE": "Europe/Stockholm", "DK": "Europe/Copenhagen", "NO": "Europe/Oslo", "PL": "Europe/Warsaw",
}  # fmt: skip


def find_home(home: str | None, environ: Mapping[str, str]) -> Home:
    """`--home` or NURTURE_HOME holds all in one folder; else the XDG folders (relative ones are ignored, as XDG says)."""
    chosen = home or environ.get("NURTURE_HOME")
    if chosen:
        folder = Path(chosen).expanduser().absolute()
        return Home(config=folder, state=folder)
    import platformdirs

    return Home(config=Path(platformdirs.user_config_path("nurture")), state=Path(platformdirs.user_state_path("nurture")))


def timezone_of(owner: OwnerConfig) -> ZoneInfo:
    """The owner's time zone: stated, or their country's."""
    name = owner.timezone or ZONES.get(owner.country, "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigFault("config.toml", [f"[owner] timezone: {name!r} is no time zone such as Europe/Paris"]) from None
