"""Text as manual pages want it (man(7)): nothing in it is taken for a request."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from nurture import __version__

WIDTH = 78


def head(name: str, number: int, called: str, says: str) -> str:
    """The title line and what stands first."""
    return f'.TH {name} {number} "" "nurture {__version__}" "nurture"\n.SH NAME\n{plain(called)} \\- {_escaped(says.rstrip(".").replace("`", ""))}\n'


def section(title: str, lines: Iterable[str]) -> str:
    """One part of a page."""
    return f".SH {title}\n" + "\n".join(lines) + "\n"


def see(*names: str) -> str:
    """Where to read on."""
    marked = (r"\fB{}\fR({})".format(plain(name.partition("(")[0]), name.partition("(")[2].rstrip(")")) for name in names)
    return section("SEE ALSO", [", ".join(marked)])


def listed(items: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Terms, each with its meaning."""
    for name, says in items:
        yield f".TP\n\\fB{plain(name)}\\fR\n{line(says)}"


def broken(lines: Iterable[str]) -> list[str]:
    """One below another."""
    found = list(lines)
    return [text for n, line in enumerate(found) for text in ([".br", line] if n else [line])]


def line(text: str) -> str:
    """A sentence or more, in lines that fit, with what stands in `…` in bold."""
    marked = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", _escaped(text))
    lines = textwrap.wrap(marked, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(map(_guarded, lines))


def plain(text: str) -> str:
    """Text that roff takes as text, as it stands."""
    return _guarded(_escaped(text))


def _escaped(text: str) -> str:
    """No escapes, and hyphens that can be copied."""
    return text.replace("\\", "\\e").replace("-", "\\-")


def _guarded(text: str) -> str:
    """No request."""
    return f"\\&{text}" if text.startswith((".", "'")) else text
