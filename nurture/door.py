"""The front door of a room: what it offers is imported when it is asked for, so that a command loads what it needs and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def door(room: str, offers: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` (PEP 562) of the package `room`; `offers` has, for each of its modules, the names taken from it, blanks between.

    A name must not be that of a module too: Python would give the module, once something has imported it.
    """
    of = {name: module for module, names in offers.items() for name in names.split()}

    def offered(name: str) -> Any:
        if name not in of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(f"{room}.{of[name]}"), name)
        setattr(sys.modules[room], name, found)  # asked for once
        return found

    return offered
