"""Where things live, and which clock the owner lives by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nurture.config.values import Home, OwnerConfig

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


def is_timezone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def timezone_of(owner: OwnerConfig) -> ZoneInfo:
    """The owner's time zone: stated (the reader has checked it), or their country's."""
    return ZoneInfo(owner.timezone or ZONES.get(owner.country, "UTC"))
