"""The page that tells the owner which rules there are is that of the rules."""

from __future__ import annotations

from tests.lived.count import ORDER, PAGE, order, replaced


def test_the_page_lists_every_stop_and_hold_in_its_order() -> None:
    """`python -m tests.lived.count --write` makes it anew, with the counts."""
    page = PAGE.read_text(encoding="utf-8")

    assert replaced(page, ORDER, order()) == page
