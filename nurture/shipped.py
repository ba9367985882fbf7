"""Where the files that ship with the package lie: beside it when installed, at the top of the checkout otherwise."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

LANGUAGES = ("fr", "en")  # in which templates are shipped


def shipped(kind: str) -> Path:
    """The folder of shipped `kind` ("templates", "migrations"); in a wheel under nurture/_shipped, in a checkout beside nurture/."""
    installed = PACKAGE / "_shipped" / kind
    return installed if installed.is_dir() else PACKAGE.parent / kind
