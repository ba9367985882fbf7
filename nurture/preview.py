"""`nurture preview`: what would be drafted next for one person, when, its text, and what lost against it. Nothing is stored.

Asked of the planner of `nurture.run`, day after day: the days on which its decision can change by time alone are tried in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nurture.ahead import moment_of, without_trace
from nurture.confidential import of_others
from nurture.drafts import Severity, variants
from nurture.errors import TemplateFault
from nurture.followups import Action, Alternative, Case, Item, Sequences, alternatives, plan_one
from nurture.join import case_of
from nurture.planning import make_plan, sequences_of
from nurture.store import cases
from nurture.world import World
from nurture.write import Desk, Written, desk_of, remembered, write_one

FAR = timedelta(days=800)  # nothing that waits for time alone waits longer
MOST = 400  # days that are tried
OPEN = frozenset({"open-draft", "own-draft"})  # what comes next depends on what becomes of it


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What is next for somebody. `today`: the decision of now; `next`: that of `day`, the first with a draft (else the last tried).

    `written` is None where nothing would be drafted, `cap` tells why a draft that is due would wait all the same.
    """

    today: Item
    next: Item
    day: date
    written: Written | None
    cap: str = ""
    lost: tuple[Alternative, ...] = ()


def preview(world: World, key: int, now: datetime) -> Preview:
    """Look ahead for one person, as if nothing more came from anybody."""
    quiet = without_trace(world)
    known = sequences_of(quiet, now)
    today, _ = _decided(quiet, key, known, now)
    moment, found, case = _first_draft(quiet, key, known, now)
    lost = alternatives(case, found, known, quiet.policy, moment, quiet.tz)
    written = None
    if found.action is Action.DRAFT:
        desk = desk_of(quiet, known, moment)
        written = write_one(desk, found, case)
        lost = (*lost, *_variants(desk, written, found))
    day = moment.astimezone(quiet.tz).date()
    return Preview(today=today, next=found, day=day, written=written, cap=_cap(quiet, case, known, moment), lost=lost)


def _decided(world: World, key: int, known: Sequences, moment: datetime) -> tuple[Item, Case]:
    with world.store.begin() as session:
        own = key in cases.with_own_drafts(session)
    case = replace(case_of(world, key, moment), owners_draft=own)
    return plan_one(case, known, world.policy, moment, world.tz), case


def _first_draft(world: World, key: int, known: Sequences, now: datetime) -> tuple[datetime, Item, Case]:
    """The first moment with a draft for them; where there is none, the last one on which anything changes."""
    moment = now
    item, case = _decided(world, key, known, moment)
    for _ in range(MOST):
        today = moment.astimezone(world.tz).date()
        if item.action is Action.DRAFT or item.rule in OPEN or item.look_again is None or item.look_again - now.date() > FAR:
            break
        moment = moment_of(max(item.look_again, today + timedelta(days=1)), world.tz)
        item, case = _decided(world, key, known, moment)
    return moment, item, case


def _cap(world: World, case: Case, known: Sequences, moment: datetime) -> str:
    """Why a draft would wait on its day: enough of them lie open."""
    made = make_plan(world, {case.conversation.person.key: case}, known, moment).plan()
    return next((item.why for item in made.items if item.rule == "cap"), "")


def _variants(desk: Desk, written: Written, item: Item) -> tuple[Alternative, ...]:
    """The variants of the template that were passed over."""
    case = written.case
    memory = replace(remembered(desk, case), others=of_others(desk.world, case, desk.clear))
    try:
        tried = variants(case, item, desk.templates, desk.setting, memory)
    except TemplateFault:
        return ()  # `written` tells it
    found = []
    for text, remarks in tried:
        name = f"{text.template}.{text.variant}"
        if written.draft and text.variant == written.draft.text.variant:
            continue
        errors = [r for r in remarks if r.severity is Severity.ERROR]
        why = "; ".join(f"{r.rule}: {r.says}" for r in errors)
        if not why and name in memory.used_variants:
            why = "they have had it"
        elif not why and any(r.rule == "gives-something" for r in remarks):
            why = "it brings them nothing"
        found.append(Alternative(kind="template", name=name, why=why or "as good; another one comes first for them"))
    return tuple(found)
