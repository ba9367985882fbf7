"""Line six: render each planned draft and check its text. What lint refuses becomes a line for the owner, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nurture.drafts import Draft, Had, Memory, Refused, Setting, Templates, write
from nurture.errors import TemplateFault
from nurture.followups import Action, Case, Item, Sequences
from nurture.messages import OurWords
from nurture.shipped import shipped
from nurture.store import Session, ledger, library, messages, readings
from nurture.world import World


@dataclass(frozen=True, kw_only=True)
class Written:
    """One item of the plan with its draft, or with the reason why there is none."""

    item: Item
    case: Case
    draft: Draft | None = None
    account: str = ""


def write_all(
    world: World, items: Iterable[Item], cases: dict[int, Case], sequences: Sequences, now: datetime
) -> tuple[Written, ...]:
    """Render the drafts of a plan; an item whose text is refused comes back as a line for the sheet."""
    templates = Templates((world.home.templates, shipped("templates")))
    wanted = tuple(items)
    with world.store.begin() as session:
        shelf = library.all(session) if wanted else ()
    setting = Setting(config=world.config, sequences=sequences, now=now, tz=world.tz, library=shelf)
    return tuple(write_one(world, templates, setting, item, cases[item.person]) for item in wanted)


def write_one(world: World, templates: Templates, setting: Setting, item: Item, case: Case) -> Written:
    """One draft. A fault of the template touches this person only, and is told."""
    anchor = next(e for e in case.conversation.entries if e.key == item.anchor)
    with world.store.begin() as session:
        memory = memory_of(session, item.person, world.suppression.key, shelf=bool(setting.library))
    try:
        result = write(case, item, templates, setting, memory)
    except TemplateFault as fault:
        return Written(case=case, item=_refused(item, "template-fault", str(fault)))
    if isinstance(result, Refused):
        reasons = "; ".join(f"{r.rule}: {r.says}" for r in result.remarks)
        return Written(case=case, item=_refused(item, result.remarks[0].rule, f"The text was refused ({reasons})."))
    return Written(item=item, case=case, draft=result, account=anchor.account)


def memory_of(session: Session, person: int, key: bytes, *, shelf: bool) -> Memory:
    """What is remembered of one person. `shelf`: there is something to share, so that it matters what was."""
    said, used = messages.said(session, person), ledger.used_variants(session, person)
    if not shelf:
        return Memory(key=key, said=said, used_variants=used)
    runs = OurWords.unpack(b"".join(readings.our_runs(session, [person]).get(person, ())), key)
    had = Had(keys=library.had(session, person), said=said, runs=runs, hash_key=key)
    return Memory(key=key, said=said, used_variants=used, had=had)


def _refused(item: Item, rule: str, why: str) -> Item:
    return replace(item, action=Action.SHEET, rule=rule, why=why, occasion=None)
