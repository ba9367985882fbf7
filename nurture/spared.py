"""What a library loads and nurture never uses of it, left out until somebody does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def spared(*names: str) -> Iterator[None]:
    """While this lasts, importing one of these modules costs nothing; what was imported so becomes the module at its first use.

    What is taken out of one meanwhile has to be a function. A module that is loaded already stays as it is.
    """
    standing_in = {name: _stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name, module in standing_in.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)

    def found(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            return lambda *args, **named: getattr(import_module(name), attribute)(*args, **named)
        return getattr(import_module(name), attribute)

    module.__getattr__ = found  # type: ignore[method-assign]
    return module
