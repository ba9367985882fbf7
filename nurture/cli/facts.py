"""What the owner says of a person on the command line: read, checked, and taken down as facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from nurture.cli.options import EARLIEST, LATEST
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.store import PersonRow, Session
    from nurture.world import World

LONGEST_TEXT, LONGEST_WORDS, LONGEST_NAME = 1000, 200, 100
MARKS = (("«", "»"), ("“", "”"), ('"', '"'), ("„", "“"))
CHOICES = {"language": ("fr", "en"), "register": ("tu", "vous")}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One fact as it is kept. `quoted`: it stood in quotation marks, so these are the person's very words."""

    field: str
    value: str
    quoted: bool = False


def text_of(text: str, longest: int = LONGEST_TEXT, what: str = "The text") -> str:
    """One line, harmless and short enough."""
    line = " ".join(text.split())
    if not line.isprintable():
        raise WrongUsage(f"{what} holds characters that nobody can see. Write it anew by hand.")
    if len(line) > longest:
        raise WrongUsage(f"{what} has {len(line)} characters; {longest} are the most. Shorten it.")
    return line


def spelled_as_known(addresses: tuple[str, ...], address: str) -> str:
    """The address in the spelling in which it is known."""
    from nurture.config import reach_of

    return next((a for a in addresses if reach_of(a) == reach_of(address)), addresses[0])


def day_of(text: str, *, latest: date | None = None, example: str = "2026-03-11") -> date:
    """A day, within reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no day. Write it as {example}.") from None
    if not EARLIEST <= day.year <= LATEST:
        raise WrongUsage(f"{day} is out of reach. Name a day between {EARLIEST} and {LATEST}.")
    if latest and day > latest:
        raise WrongUsage(f"{day} has not come yet. Log it when it has happened.")
    return day


def said_of(given: Mapping[str, str | None]) -> tuple[Said, ...]:
    """The facts among the options that were given; all checked before anything is kept."""
    return tuple(_said(field, value) for field, value in given.items() if value is not None)


def _said(field: str, given: str) -> Said:
    value = text_of(given, LONGEST_WORDS if field in ("result", "measure") else LONGEST_NAME, f"--{field.replace('_', '-')}")
    if not value:
        return Said(field=field, value="")
    if not any(c.isalnum() for c in value):
        raise WrongUsage(f"{value!r} says nothing. Name what it is, or leave it empty to take your word back.")
    if field in ("result", "measure"):
        inner = _unquoted(value)
        return Said(field=field, value=inner or value, quoted=bool(inner))
    return Said(field=field, value=_checked(field, value))


def _unquoted(value: str) -> str:
    """What stands in quotation marks that enclose the whole; "" where none do."""
    for start, end in MARKS:
        inner = value[len(start) : -len(end)].strip()
        if len(value) > 2 and value.startswith(start) and value.endswith(end) and start not in inner and end not in inner:
            return inner
    return ""


def _checked(field: str, value: str) -> str:
    if field == "measure_day":
        return day_of(value).isoformat()
    if field == "country":
        return _country(value)
    if field == "company":
        return _company(value)
    if field == "stage":
        return stage_of(value)
    if field in ("tags", "lists"):
        from nurture.store import outside

        return outside.labels_value({name for part in re.split(r"[,;|]", value) if (name := part.strip())})
    if field in CHOICES and value not in CHOICES[field]:
        raise WrongUsage(f"--{field} is one of {', '.join(CHOICES[field])}; {value!r} is none of them.")
    return value


def _country(value: str) -> str:
    from nurture.config.countries import country_code

    if code := country_code(value):
        return code
    raise WrongUsage(f"{value!r} is no country. Write its two letters: FR, GB, CH.")


def _company(value: str) -> str:
    from nurture.conversations import company_of

    domain = value.lower().rpartition("@")[2]
    if company := company_of(f"someone@{domain}") if "." in domain and " " not in domain else None:
        return company
    raise WrongUsage(f"{value!r} is no company's domain. Companies are told apart by it: write societe.example.")


def stage_of(value: str) -> str:
    """A stage that the owner may set."""
    from nurture.followups import SAYABLE

    if value in SAYABLE:
        return value
    hint = {"opted_out": "`nurture stop` says that.", "unreachable": "Mail that does not arrive says that by itself."}
    listed = ", ".join(SAYABLE)
    raise WrongUsage(f"{value!r} is no stage that can be set. {hint.get(value, f'Say one of {listed}.')}")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Of whom something is told, when, and by which command."""

    row: PersonRow
    address: str
    at: datetime
    via: str


def telling_of(row: PersonRow, address: str, at: datetime, via: str) -> Telling:
    """What is told now, of the address in the spelling in which it is known."""
    return Telling(row=row, address=spelled_as_known(row.person.addresses, address), at=at, via=via)


def refuse_closed(world: World, telling: Telling) -> None:
    """A stage does not undo a no, nor a dead address: says what does."""
    from nurture.followups import FINAL
    from nurture.join import case_of, said_no

    case = case_of(world, telling.row.person.key, telling.at)
    if said_no(world, case, telling.at):
        raise WrongUsage(
            f"{telling.address} said no or was stopped, and no stage changes that. `nurture reopen {telling.address}` does, "
            "where you know that they may be written to."
        )
    if case.verdict and case.verdict.stage in FINAL:
        raise WrongUsage(
            f"Mail to {telling.address} does not arrive, and no stage changes that. Write to another address of theirs by hand, "
            f"then `nurture person merge {telling.address} OTHER`."
        )


def detected_stage(world: World, telling: Telling) -> str | None:
    """What the mail alone says now: kept beside the owner's word, so that corrections can be evaluated."""
    from nurture.join import case_of

    case = case_of(world, telling.row.person.key, telling.at)
    verdict = case.detected or case.verdict
    return verdict.stage.value if verdict else None


def keep(session: Session, telling: Telling, facts: tuple[Said, ...], stage: str | None) -> None:
    """Take them down; `stage` is the one detected now. A name brings its first name along."""
    from nurture.conversations import first_name
    from nurture.store import cases, outside

    key = telling.row.person.key
    saying = outside.Saying(person=key, address=telling.address, at=telling.at, via=telling.via)
    given = {one.field for one in facts}
    for one in facts:
        outside.tell(
            session, saying, one.field, one.value, quoted=one.quoted, detected_as=stage if one.field == "stage" else None
        )
        if one.field == "name" and "first_name" not in given:
            outside.tell(session, saying, "first_name", first_name(one.value, telling.address) or "" if one.value else "")
    cases.touch(session, {key})
