"""One run: the seven lines of the story, in their order. Everything is planned before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nurture.apply import Applied, Done, append, take_back
from nurture.fetch import FolderRead, fetch
from nurture.followups import Case, DraftState, Item, Plan, Sequences, plan, shipped_sequences, withdrawal
from nurture.mailbox import Mailbox, Role, reading_folders
from nurture.reconcile import Outcome, reconcile
from nurture.steps import reached
from nurture.store import OpenDraft, cases, folders, ledger, runs, sequences
from nurture.understand import understand
from nurture.verdicts import judged, remember_the_noes
from nurture.world import World
from nurture.write import Written, write_all

Opener = Callable[[], Mailbox]  # connects one account


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """A draft of ours that lost its reason. `done` is False where it could not be proven untouched, or in a dry run."""

    draft: OpenDraft
    rule: str
    why: str
    done: bool


@dataclass(kw_only=True)
class Report:
    """What one run did and why; the shell fills it line by line."""

    started: datetime
    dry_run: bool = False
    read: list[FolderRead] = field(default_factory=list)
    understood: int = 0
    aside: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    items: tuple[Item, ...] = ()
    written: tuple[Written, ...] = ()
    applied: list[Applied] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """What the run log keeps: numbers only."""
        return {
            "new": sum(r.new for r in self.read),
            "kept": sum(r.kept for r in self.read),
            "understood": self.understood,
            "planned": len(self.items),
            "drafts": sum(a.done == "appended" for a in self.applied),
            "withdrawn": sum(w.done for w in self.withdrawn),
        }


def run(world: World, openers: Iterable[Opener], now: datetime, *, dry_run: bool = False, drafts_gone: bool = False) -> Report:
    """One run over all accounts. Raises NurtureError; what was done before it is kept, and the next run goes on."""
    report = Report(started=now, dry_run=dry_run)
    reached("start")
    with world.store.lock():
        reached("lock")
        with world.store.begin() as session:
            number = runs.start(session, now)
        with ExitStack() as stack:
            boxes = [stack.enter_context(opener()) for opener in openers]
            reached("connect")
            _story(world, boxes, report, number, now, drafts_gone=drafts_gone)
            reached("logout")
        with world.store.begin() as session:
            runs.finish(session, number, now, outcome="done", counts=report.counts, deferred=False)
    reached("unlock")
    return report


def _story(world: World, boxes: list[Mailbox], report: Report, number: int, now: datetime, *, drafts_gone: bool) -> None:
    read_at: dict[str, dict[str, int]] = {}
    owners: set[str] = set()
    for box in boxes:
        _read(box, world, report, now)
        outcomes, own = reconcile(box, world, now, drafts_gone=drafts_gone)
        report.outcomes += outcomes
        owners |= own
        read_at[box.account] = _read_up_to(world, box)
    looked_at = _look(world, now, frozenset(owners))
    remember_the_noes(world, tuple(looked_at.values()), now)
    by_account = {box.account: box for box in boxes}
    _withdraw(world, by_account, report, looked_at, now)
    known = sequences_of(world, now)
    made = make_plan(world, looked_at, known, now)
    report.written = write_all(world, made.drafts, looked_at, known, now)
    settled = {w.item.person: w.item for w in report.written}
    report.items = tuple(settled.get(i.person, i) for i in made.items)
    if report.dry_run:
        return
    with world.store.begin() as session:
        verdicts = {key: case.verdict for key, case in looked_at.items()}
        cases.keep(
            session, report.items, verdicts, now, number
        )  # whoever gets a draft is looked at again, so that a failed APPEND is not forgotten
        cases.touch(session, {w.draft.person for w in report.withdrawn})
    reached("commit_plan")
    _append(world, by_account, report, read_at, now)


def _read(box: Mailbox, world: World, report: Report, now: datetime) -> None:
    report.read += fetch(box, world, now)
    since = now - timedelta(days=30.5 * world.config.lookback_months)
    understood, aside = understand(box, world, since)
    report.understood += understood
    report.aside += aside


def _read_up_to(world: World, box: Mailbox) -> dict[str, int]:
    with world.store.begin() as session:
        return folders.next_uids(session, box.account)


def _look(world: World, now: datetime, owners: frozenset[str]) -> dict[int, Case]:
    """The judged cases of everybody whom something touched, or whose day has come."""
    today = now.astimezone(world.tz).date()
    with world.store.begin() as session:
        due = cases.due(session, today)
    since = now - timedelta(days=30.5 * world.config.lookback_months)
    found = judged(world, due, today, since=since, owners=owners, complete=True)
    return {case.conversation.person.key: case for case in found}


def sequences_of(world: World, now: datetime) -> Sequences:
    """All revisions there are; the shipped ones become revision 1 where they are new."""
    with world.store.begin() as session:
        sequences.seed(session, shipped_sequences(), now)
        return Sequences.of(sequences.everything(session))


def make_plan(world: World, looked_at: dict[int, Case], known: Sequences, now: datetime) -> Plan:
    """Line five, caps applied."""
    if not looked_at:
        return Plan()
    with world.store.begin() as session:
        open_now, created_today = ledger.counts(session, now, world.tz)
    reached("plan")
    return plan(looked_at.values(), known, world.policy, now, world.tz, open_now=open_now, created_today=created_today)


def _withdraw(world: World, boxes: dict[str, Mailbox], report: Report, looked_at: dict[int, Case], now: datetime) -> None:
    """Take back untouched drafts that have lost their reason; the case is then seen as it stands afterwards."""
    for account, box in boxes.items():
        with world.store.begin() as session:
            rows = ledger.open(session, account)
        for row in rows:
            case = looked_at.get(row.person)
            reason = withdrawal(case, row.ledger) if case and row.state is DraftState.OPEN else None
            if reason and case:
                done = not report.dry_run and take_back(box, world, row, reason[1], now)
                report.withdrawn.append(Withdrawn(draft=row, rule=reason[0], why=reason[1], done=done))


def _append(world: World, boxes: dict[str, Mailbox], report: Report, read_at: dict[str, dict[str, int]], now: datetime) -> None:
    for written in report.written:
        if written.draft is None:
            continue
        box = boxes.get(written.account)
        if box is None:
            report.problems.append("A draft belongs to an account that is no longer configured.")
            continue
        reached("recheck")
        if _stirred(box, world, written, report, read_at, now):
            report.applied.append(
                Applied(written=written, done=Done.SKIPPED, why="something new came in while the plan was made")
            )
            continue
        report.applied.append(append(box, world, written, now))


def _stirred(
    box: Mailbox, world: World, written: Written, report: Report, read_at: dict[str, dict[str, int]], now: datetime
) -> bool:
    """The last look before writing: read what came in since, and say whether it concerns this person."""
    positions = {
        f.name: box.position(f).uidnext for f in reading_folders(box.folders()) if f.role in (Role.INBOX, Role.SENT, Role.ALL)
    }
    if any(uidnext != read_at[box.account].get(name) for name, uidnext in positions.items()):
        _read(box, world, report, now)
        read_at[box.account] |= positions
    with world.store.begin() as session:
        return written.item.person in cases.touched(session)
