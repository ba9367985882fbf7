"""Line six: render each planned draft and check its text. What lint refuses becomes a line for the owner, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from nurture.confidential import of_others, open_to_all
from nurture.conversations import Entity
from nurture.drafts import Draft, Had, Memory, Page, Refused, Remark, Setting, Templates, Text, lint, reader_of, write
from nurture.errors import TemplateFault
from nurture.followups import Action, Case, Item, Plan, Sequences, Wanted
from nurture.messages import OurWords
from nurture.refusals import next_try
from nurture.store import Session, known, ledger, library, messages, readings
from nurture.world import World


@dataclass(frozen=True, kw_only=True)
class Written:
    """One item of the plan with its draft, or with the reason why there is none."""

    item: Item
    case: Case
    draft: Draft | None = None
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What every draft of one run is written with."""

    world: World
    templates: Templates
    setting: Setting
    clear: frozenset[Entity]  # what may be told to anybody


def write_all(
    world: World, wanted: Wanted, cases: dict[int, Case], sequences: Sequences, now: datetime
) -> tuple[tuple[Written, ...], Plan]:
    """Render what there is room for, in the order of the plan. A refused text is a line for the owner, and its room is the next one's."""
    if not wanted.chosen():
        return (), wanted.plan()
    desk = desk_of(world, sequences, now)
    written: dict[int, Written] = {}
    refused: dict[int, Item] = {}
    while new := [item for item in wanted.chosen(refused) if item.person not in written]:
        written |= {item.person: write_one(desk, item, cases[item.person]) for item in new}
        refused |= {key: w.item for key, w in written.items() if w.draft is None}
    made = wanted.plan(refused)
    return tuple(written[item.person] for item in made.items if item.person in written), made


def desk_of(world: World, sequences: Sequences, now: datetime) -> Desk:
    """What the drafts of one moment are written with."""
    with world.store.begin() as session:
        shelf, clear = library.all(session), open_to_all(session, world.config)
    return Desk(
        world=world, templates=world.templates, setting=Setting(config=world.config, sequences=sequences, now=now, tz=world.tz, library=shelf), clear=clear,
    )  # fmt: skip


def tried_on(desk: Desk, case: Case, item: Item, name: str, lang: str) -> tuple[tuple[Text, tuple[Remark, ...]], ...]:
    """What every variant of a template would say to this person, with what lint says of it. Nothing is kept. Raises TemplateFault."""
    world = desk.world
    with world.store.begin() as session:
        memory = memory_of(session, item.person, world.suppression.key, shelf=bool(desk.setting.library))
    memory = replace(memory, others=of_others(world, case, desk.clear))
    reader = reader_of(case, item, desk.setting, memory, lang)
    texts = (desk.templates.render(file, reader.capsule) for file in desk.templates.variants(name, reader.capsule))
    return tuple((text, lint(Page(text=text, reader=reader))) for text in texts)


def write_one(desk: Desk, item: Item, case: Case) -> Written:
    """One draft. A fault of the template touches this person only, and is told."""
    world, others = desk.world, of_others(desk.world, case, desk.clear)
    memory = replace(remembered(desk, case), others=others)
    anchor = next(e for e in case.conversation.entries if e.key == item.anchor)
    try:
        result = write(case, item, desk.templates, desk.setting, memory)
    except TemplateFault as fault:
        return Written(case=case, item=_refused(desk, item, "template-fault", str(fault)))
    leaks = isinstance(result, Refused) and any(r.rule == "confidential" for r in result.remarks)
    with world.store.begin() as session:
        known.hold(session, item.person, others.found if leaks else (), desk.setting.now)
    if isinstance(result, Refused):
        reasons = "; ".join(f"{r.rule}: {r.says}" for r in result.remarks)
        look = " `nurture confidential list` shows the words." if leaks else ""
        return Written(case=case, item=_refused(desk, item, result.remarks[0].rule, f"The text was refused ({reasons}).{look}"))
    return Written(item=item, case=case, draft=result, account=anchor.account)


def remembered(desk: Desk, case: Case) -> Memory:
    """What is remembered of somebody when their text is written."""
    world, key = desk.world, case.conversation.person.key
    with world.store.begin() as session:
        return memory_of(session, key, world.suppression.key, shelf=bool(desk.setting.library))


def memory_of(session: Session, person: int, key: bytes, *, shelf: bool) -> Memory:
    """What is remembered of one person. `shelf`: there is something to share, so that it matters what was."""
    said, used = messages.said(session, person), ledger.used_variants(session, person)
    if not shelf:
        return Memory(key=key, said=said, used_variants=used)
    runs = OurWords.unpack(b"".join(readings.our_runs(session, [person]).get(person, ())), key)
    had = Had(keys=library.had(session, person), said=said, runs=runs, hash_key=key)
    return Memory(key=key, said=said, used_variants=used, had=had)


def _refused(desk: Desk, item: Item, rule: str, why: str) -> Item:
    again = next_try(desk.setting.now.astimezone(desk.setting.tz).date())
    return replace(item, action=Action.SHEET, rule=rule, why=why, occasion=None, look_again=again)
