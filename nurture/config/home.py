"""Where things live, and which clock the owner lives by."""

from __future__ import annotations

import os
import stat
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

NO_HOME = "your home folder cannot be told; set HOME, NURTURE_HOME or --home"
NAME_ONE = "Name a folder that nurture may use."


def find_home(home: str | None, environ: Mapping[str, str]) -> Home:
    """`--home` or NURTURE_HOME holds all in one folder; else the XDG folders (relative ones are ignored, as XDG says).

    Raises ConfigFault where the folder cannot be told, or is something else than a folder.
    """
    chosen = home or environ.get("NURTURE_HOME")
    if chosen:
        folder = _folder(os.path.expanduser(chosen), "--home" if home else "NURTURE_HOME")
        return Home(config=folder, state=folder)
    import platformdirs

    try:
        config, state = platformdirs.user_config_path("nurture"), platformdirs.user_state_path("nurture")
    except RuntimeError as error:
        raise ConfigFault("~", [NO_HOME], "") from error
    return Home(config=_folder(config, ""), state=_folder(state, ""))


def _folder(named: str | Path, by: str) -> Path:
    path = Path(named)
    if str(path).startswith("~") or (not by and not path.is_absolute()):
        raise ConfigFault(path, ["whose home that is cannot be told" if by else NO_HOME], "" if not by else NAME_ONE)
    path = path.absolute()
    try:
        facts = path.stat()
    except FileNotFoundError:
        return path
    except (OSError, ValueError) as error:
        raise ConfigFault(path, [f"cannot be used as a folder ({getattr(error, 'strerror', error)})"], NAME_ONE) from error
    if not stat.S_ISDIR(facts.st_mode):
        raise ConfigFault(path, [f"is no folder, and {by or 'nurture'} needs one"], NAME_ONE)
    return path


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
