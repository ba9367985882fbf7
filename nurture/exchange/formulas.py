"""Cells that a spreadsheet would run as formulas: made harmless on the way out, and as they were on the way in."""

from __future__ import annotations

import re

# What a spreadsheet would run as a formula; more of the marks in front, so that undoing gives back exactly what was defused.
DANGEROUS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how some programs keep Excel from reading a number


def defused(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if DANGEROUS.match(text) else text


def undone(cell: str) -> str:
    """What was defused, as it was."""
    if found := _AS_TEXT.fullmatch(cell):
        return found[1]
    return cell[1:] if cell.startswith("'") and DANGEROUS.match(cell) else cell
