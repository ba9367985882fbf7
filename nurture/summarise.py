"""What a run knows and the owner should: the store's decisions and drafts -> one `Sheet`. Touches no mailbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nurture.conversations import Person
from nurture.drafts import slots_of
from nurture.followups import DraftState, Lane
from nurture.gestured import ASKS, DONE, TOLD_DAYS
from nurture.sheet import FROM, ORDER, Ask, Sheet, ToRead, control
from nurture.stages import Stage
from nurture.store import Decision, GestureRow, OpenDraft, Session, gestures, ledger, library, people, waiting
from nurture.world import World

NEWS = frozenset({"left", "unreachable", "overdue"})  # rules that end something: told for some days, then known
NEWS_DAYS = timedelta(days=7)
MOVED = "You moved the mail there, and it lies nowhere else now; nurture leaves it there."
NAMED = 3  # recipients of a mail that was pointed at
INSISTENT_DAYS = timedelta(days=60)  # since the last question about the how; an older one worries nobody
BESIDE = frozenset({"control", "untouched-draft"})  # rules that remark something and ask for no command
COUNTED = {"wait": "waiting", "hold": "held", "rest": "resting", "stop": "stopped"}  # action -> name of the fact
OUTCOMES = (DraftState.EDITED, DraftState.MISSING, DraftState.SENT, DraftState.DELETED, DraftState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is told of the people of one sheet."""

    people: Mapping[int, Person]
    decided: Mapping[int, Decision]  # by which each draft came about
    to: Mapping[int, str]  # to which address it goes
    titles: Mapping[int, str]  # of resources
    questions: Mapping[int, str]  # person -> what the owner is asked beside the draft …
    notes: Mapping[int, str]  # … and has noted of them


def summarise(world: World, now: datetime) -> Sheet:
    """The sheet as it would be posted now."""
    with world.store.begin() as session:
        lying = ledger.untouched(session)
        asking = waiting.asking(session, NEWS, now - NEWS_DAYS)
        insistent = waiting.insistent(session, FROM, now - INSISTENT_DAYS)
        pointed_at = gestures.since(session, now - TOLD_DAYS, DONE + ASKS)
        everybody = {d.person for d in lying} | {d.person for d in asking} | {d.person for d in insistent}
        rows, decided = people.by_keys(session, everybody), waiting.drafted(session, {d.person for d in lying})
        titles = library.titles(session) if any(d.resource for d in lying) else {}
        quiet, notes = tuple(_quiet(session, now)), waiting.notes(session, everybody)
    questions = _questions(world, {key for key, d in decided.items() if d.stage == Stage.QUALIFIED}, now)
    known = Known(
        people={row.person.key: row.person for row in rows}, decided=decided, to={d.person: d.to for d in lying}, titles=titles,
        questions=questions, notes=notes,
    )  # fmt: skip
    controls = [
        _ask(known, c.person, "control", control(c.count, c.last.astimezone(world.tz).date()), c.quote) for c in insistent
    ]
    asks = [_ask(known, d.person, d.rule, d.why, d.quote, d) for d in asking]
    asks += [_by_gesture(row) for row in pointed_at if row.rule in ASKS]
    heeded = tuple(_by_gesture(row) for row in reversed(pointed_at) if row.rule in DONE)
    read = [_to_read(known, d) for d in sorted(lying, key=lambda d: _urgency(known, d))]
    return once_each(Sheet(
        day=now.astimezone(world.tz).date(), read=tuple(read), asks=tuple(sorted((*asks, *controls), key=_weight)), heeded=heeded, quiet=quiet,
    ))  # fmt: skip


def once_each(sheet: Sheet) -> Sheet:
    """Nobody stands in two places: what is remarked of somebody whose draft lies there is said beside the draft."""
    beside = {r.address: tuple(a.why for a in sheet.asks if a.address == r.address and a.rule in BESIDE) for r in sheet.read}
    read = tuple(replace(r, warnings=(*r.warnings, *beside[r.address])) for r in sheet.read)
    return replace(sheet, read=read, asks=tuple(a for a in sheet.asks if not (a.rule in BESIDE and a.address in beside)))


def _questions(world: World, keys: Collection[int], now: datetime) -> dict[int, str]:
    """Go or no-go, where it is open beside a draft."""
    if not keys:
        return {}
    from nurture.followups import fit_question  # judging takes as long to load as all the rest here, and is seldom wanted
    from nurture.verdicts import judged

    since, today = now - timedelta(days=30.5 * world.config.lookback_months), now.astimezone(world.tz).date()
    found = judged(world, keys, today, since=since, owners=frozenset(), complete=True)
    return {case.conversation.person.key: fit_question(case, world.policy, now, world.tz) for case in found}


def _urgency(known: Known, draft: OpenDraft) -> tuple[bool, str, int]:
    """As the plan has it: answers first, the oldest due first."""
    decision = known.decided.get(draft.person)
    return draft.ledger.occasion.lane is not Lane.ANSWERS, str(decision.due if decision else draft.created.date()), draft.person


def _weight(ask: Ask) -> tuple[int, str]:
    """The most pressing first; what has no place of its own is a text that was refused."""
    return ORDER.index(ask.rule) if ask.rule in ORDER else len(ORDER), ask.address


def _to_read(known: Known, draft: OpenDraft) -> ToRead:
    person, decision = known.people[draft.person], known.decided.get(draft.person)
    return ToRead(
        address=draft.to, name=person.name, company=person.company or "", stage=(decision.stage or "") if decision else "",
        why=decision.why if decision else "", quote=decision.quote if decision else "", asks=draft.asks, gives=draft.gives,
        resource=known.titles.get(draft.resource or 0, ""), slots=slots_of(draft.text), warnings=draft.warnings,
        question=known.questions.get(draft.person, ""), note=known.notes.get(draft.person, ""),
    )  # fmt: skip


def _ask(known: Known, key: int, rule: str, why: str, quote: str, decision: Decision | None = None) -> Ask:
    person = known.people[key]
    address = known.to.get(key) or (decision.address if decision else person.addresses[0])
    return Ask(
        address=address, rule=rule, why=why, name=person.name, company=person.company or "",
        stage=(decision.stage or "") if decision else "", quote=quote, note=known.notes.get(key, ""),
    )  # fmt: skip


def _by_gesture(row: GestureRow) -> Ask:
    """What a copy in a folder of gestures was taken for. One that lies nowhere else was moved there, and is named as such."""
    who = ", ".join(row.addresses[:NAMED]) + ("…" if len(row.addresses) > NAMED else "")
    moved = " You moved the mail there, and it lies nowhere else now; nurture leaves it there." if row.moved else ""
    return Ask(
        address=who or row.folder, rule=row.rule, why=f"{row.why}{moved}", name=row.name, quote=row.subject, folder=row.folder
    )


def _quiet(session: Session, now: datetime) -> Iterator[tuple[str, int]]:
    """What waits for nobody, in numbers."""
    counted, states = waiting.counts(session), ledger.states(session, now - NEWS_DAYS)
    facts = [(name, counted.get(action, 0)) for action, name in COUNTED.items()]
    facts += [(state.value, states.get(state, 0)) for state in OUTCOMES]
    return ((name, number) for name, number in facts if number)
