"""The sheet as a value: what waits, what makes two of them the same, which commands stand beside a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nurture.followups import LAST, RULES
from nurture.sheet import ORDER, Sheet, commands, control
from tests.sheet.builders import DAY, a_sheet, ask, to_read


@pytest.mark.parametrize(("read", "asks", "waits"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_what_waits(read: int, asks: int, waits: bool) -> None:
    """A draft or a question; counts wait for nobody."""
    assert a_sheet(read=read, asks=asks, quiet=(("waiting", 3),)).waits is waits


def test_a_day_and_a_count_say_nothing_new() -> None:
    """The same drafts and questions are the same sheet."""
    sheet = a_sheet(read=2, asks=1)

    assert replace(sheet, day=date(2026, 3, 12), quiet=(("waiting", 4),)).gist == sheet.gist


@pytest.mark.parametrize(
    "other",
    [
        a_sheet(read=2),
        a_sheet(asks=1),
        a_sheet(read=1, asks=(ask(),)),
        a_sheet(read=(to_read(question="?"),), asks=1),
        a_sheet(read=1, asks=(ask("asked0@client.example", why="They wrote."),)),
    ],
    ids=["another draft", "no draft", "another question", "a question beside", "another reason"],
)
def test_anything_else_is_another_sheet(other: Sheet) -> None:
    """What is to be read or decided has changed."""
    assert other.gist != a_sheet(read=1, asks=1).gist


def test_commands_name_the_person() -> None:
    """Word for word what is to be typed."""
    assert commands("unsure", "a@b.example") == ("nurture stop a@b.example", "nurture settle a@b.example answered")
    assert commands("fragile-start", "a@b.example")[0] == "nurture why a@b.example"
    assert all("{" not in c for rule in ORDER for c in commands(rule, "a@b.example"))


def test_a_command_can_be_copied_whatever_the_address_holds() -> None:
    """Backticks and dollars are letters of an address, and orders to a shell."""
    assert commands("challenge", "`id`$HOME|x@b.example") == ("nurture settle '`id`$HOME|x@b.example' silent",)


def test_an_address_is_no_option() -> None:
    """Though it begins like one."""
    assert commands("challenge", "-y@b.example") == ("nurture settle -- -y@b.example silent",)


def test_every_rule_that_asks_the_owner_has_its_place() -> None:
    """Rules of the plan that need a word have commands of their own; others may be told in passing."""
    asking = {
        "unsure",
        "somebody-said-stop",
        "colleague-answered",
        "several-recipients",
        "in-copy",
        "go-or-no-go",
        "deleted-twice",
    }

    assert asking <= {rule.name for rule in (*RULES, *LAST)}
    assert asking <= set(ORDER)


def test_a_control_warning_suggests_and_no_more() -> None:
    """How often, what it may mean, and the frame."""
    said = control(3, DAY)

    assert "3 times, last on 11 March 2026" in said
    assert "It may mean" in said
    assert "Suggest the frame" in said
