"""The sheet as lines of words, harmless whatever a mail put into them: what both parts of the sheet say, before they lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nurture.messages import one_line
from nurture.sheet.commands import commands, offered
from nurture.sheet.sheet import MOST, Ask, Sheet, ToRead
from nurture.sheet.wording import Wording

NAME = 80  # characters of a name that came by mail …
ADDRESS = 320  # … and of an address
CALLED = 40  # of a name within a sentence; whose name is longer is "this person"
# Rules whose sentence is our own, and those whose sentence is a colleague's or a machine's.
OURS = frozenset({"promise-unkept", "in-copy"})
OTHERS = frozenset(
    """challenge left unreachable colleague-answered somebody-said-stop somebody-wrote company-wrote company-calendar unread""".split()
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of a section: who, where they stand, what is said of them, what may be said back."""

    who: str
    address: str
    stage: str
    says: tuple[str, ...]
    quote: str = ""
    notes: tuple[str, ...] = ()  # what the owner should not overlook
    commands: tuple[tuple[str, str], ...] = ()  # what it does, and the line to copy


@dataclass(frozen=True, kw_only=True)
class Section:
    """`more`: how many entries are left out."""

    title: str
    lead: str
    items: tuple[Item, ...]
    more: int


def headline(sheet: Sheet, wording: Wording) -> str:
    """What waits, in numbers. It names nobody: a subject is seen by who passes by."""
    waiting = (("drafts", len(sheet.read)), ("questions", len(sheet.asks)))
    return ", ".join(wording.count(name, number) for name, number in waiting if number) or wording.label("nothing")


def sections(sheet: Sheet, wording: Wording) -> Iterator[Section]:
    """What to read, what to decide, what was done at a gesture; an empty one is left out."""
    wording = wording.of_year(sheet.day.year)
    if sheet.read:
        lead, items = wording.label("draft_on"), tuple(_draft(r, wording) for r in sheet.read[:MOST])
        yield Section(title=wording.label("read"), lead=lead, items=items, more=len(sheet.read) - len(items))
    if sheet.asks:
        items = tuple(_ask(a, wording) for a in sheet.asks[:MOST])
        yield Section(title=wording.label("asks"), lead="", items=items, more=len(sheet.asks) - len(items))
    if sheet.heeded:
        lead, items = wording.label("heeded_by"), tuple(_ask(a, wording) for a in sheet.heeded[:MOST])
        yield Section(title=wording.label("heeded"), lead=lead, items=items, more=len(sheet.heeded) - len(items))


def _draft(draft: ToRead, wording: Wording) -> Item:
    why = wording.say(draft.why)
    says = [wording.label("why", why=_called(draft, why[:1].lower() + why[1:], wording))] if why else []
    if draft.gives:
        says.append(_asks_and_gives(draft, wording))
    notes = [wording.label("slots", slots=" · ".join(f"⟦{one_line(s)}⟧" for s in draft.slots))] if draft.slots else []
    notes += [wording.label("warning", says=_called(draft, wording.say(w), wording)) for w in draft.warnings]
    # Their words stand in the question, and what stands between backticks looks like a command of ours.
    notes += [wording.say(draft.question).replace("`", "'")] if draft.question else []
    notes += _note(draft, wording)
    return Item(
        who=_who(draft), address=_address(draft), stage=_stage(draft, wording), says=tuple(says), quote=_quote(draft.quote, "", wording), notes=tuple(notes),
        commands=_commands("go-or-no-go", draft, wording) if draft.question else (),
    )  # fmt: skip


def _asks_and_gives(draft: ToRead, wording: Wording) -> str:
    gives = wording.named("gives", draft.gives)
    if draft.resource:
        gives = wording.label("gives_resource", gives=gives, title=wording.quoted(draft.resource))
    asks = "asks_none" if draft.asks == "none" else "asks_something"
    brings = "gives_nothing" if draft.gives == "nothing" else "gives_something"
    said = wording.label(asks, asks=wording.named("asks", draft.asks)), wording.label(brings, gives=gives)
    return wording.label("asks_gives", asks=said[0], gives=said[1])


def _ask(ask: Ask, wording: Wording) -> Item:
    return Item(
        who=_who(ask), address=_address(ask), stage=_stage(ask, wording), says=(_called(ask, wording.say(ask.why, ask.rule), wording),), quote=_pointed_at(ask, wording) or _quote(ask.quote, ask.rule, wording), notes=tuple(_note(ask, wording)),
        commands=_commands(ask.rule, ask, wording),
    )  # fmt: skip


def _pointed_at(ask: Ask, wording: Wording) -> str:
    """By which mail the owner said it."""
    if not ask.folder:
        return ""
    return wording.label("pointed_at", folder=one_line(ask.folder, NAME), words=wording.quoted(ask.quote or "…"))


def _commands(rule: str, of: ToRead | Ask, wording: Wording) -> tuple[tuple[str, str], ...]:
    does = (wording.named("commands", template) for template in offered(rule))
    return tuple((wording.label("does", what=what), line) for what, line in zip(does, commands(rule, _address(of)), strict=True))


def _called(of: ToRead | Ask, said: str, wording: Wording) -> str:
    """By their name, where they have one that goes into a sentence."""
    name, short = one_line(of.name, CALLED + 1), wording.short(said)
    return wording.naming(short, name) if name and len(name) <= CALLED and "`" not in name else short


def _who(of: ToRead | Ask) -> str:
    """A company that is known by the domain of the address alone is not told twice."""
    company = "" if of.address.lower().endswith(("@" + of.company, "." + of.company)) else of.company
    named = [one_line(part, NAME) for part in (of.name, company) if part]
    return ", ".join(named) or _address(of)


def _address(of: ToRead | Ask) -> str:
    return one_line(of.address, ADDRESS)


def _stage(of: ToRead | Ask, wording: Wording) -> str:
    return wording.named("stages", of.stage) if of.stage else ""


def _note(of: ToRead | Ask, wording: Wording) -> list[str]:
    return [wording.label("note", words=wording.quoted(of.note))] if of.note else []


def _quote(quote: str, rule: str, wording: Wording) -> str:
    """Whose words they are depends on what is told by them."""
    label = "words_ours" if rule in OURS else "words_others" if rule in OTHERS else "words"
    return wording.label(label, words=wording.quoted(quote)) if quote else ""


def quiet(sheet: Sheet, wording: Wording) -> tuple[str, ...]:
    """The counts."""
    return tuple(wording.count(name, number) for name, number in sheet.quiet)
