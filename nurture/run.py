"""One run: the seven lines of the story, in their order. Everything is planned before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nurture import refusals
from nurture.apply import Applied, Done, append
from nurture.errors import MailboxSuspicious
from nurture.fetch import fetch
from nurture.followups import Case, Item
from nurture.intake import FolderRead
from nurture.mailbox import Mailbox, Role, life_folders
from nurture.planning import make_plan, sequences_of
from nurture.post import Posted, post
from nurture.reconcile import Outcome, reconcile
from nurture.steps import reached
from nurture.store import (
    GestureRow,
    Session,
    accounts,
    cases,
    folders,
    ledger,
    noes,
    people,
    runs,
)
from nurture.understand import understand
from nurture.verdicts import judged, remember_the_noes
from nurture.withdraw import NO_TRASH, Withdrawn, told_of_no_trash, withdraw
from nurture.world import World
from nurture.write import Written, write_all

Opener = Callable[[], Mailbox]  # connects one account
# Folders looked at once more before a draft is written.
WATCHED = frozenset({Role.INBOX, Role.SENT, Role.ALL, Role.JUNK, Role.TRASH})
UNREAD_HOLDS = timedelta(days=21)  # so long a message that cannot be read may be the answer of anybody: no silence is proven
UNREAD_NEXT = "They are tried again by every run, and for three weeks nobody is followed up. Mend the permissions."


@dataclass(kw_only=True)
class Report:
    """What one run did and why; the shell fills it line by line."""

    started: datetime
    dry_run: bool = False
    read: list[FolderRead] = field(default_factory=list)
    heeded: list[GestureRow] = field(default_factory=list)  # the owner's gestures
    understood: int = 0
    aside: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    items: tuple[Item, ...] = ()
    written: tuple[Written, ...] = ()
    applied: list[Applied] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    sheet: Posted | None = None  # None: a dry run posts none
    problems: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """What the run log keeps: numbers only."""
        return {
            "new": sum(r.new for r in self.read),
            "kept": sum(r.kept for r in self.read),
            "understood": self.understood,
            "planned": len(self.items),
            "drafts": sum(a.done is Done.APPENDED for a in self.applied),
            "withdrawn": sum(w.done for w in self.withdrawn),
        }


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the owner says about a mailbox that looks wrong: vanished drafts were thrown away, the changed mailbox is right."""

    drafts_gone: bool = False
    mailbox_changed: bool = False


NOTHING_SAID = Word()


def run(world: World, openers: Iterable[Opener], now: datetime, *, dry_run: bool = False, word: Word = NOTHING_SAID) -> Report:
    """One run over all accounts. Raises NurtureError; what was done before it is kept, and the next run goes on."""
    report = Report(started=now, dry_run=dry_run)
    reached("start")
    with world.store.lock():
        reached("lock")
        with world.store.begin() as session:
            noes.check(session, world.suppression)
            number = runs.start(session, now)
        with ExitStack() as stack:
            boxes = [stack.enter_context(opener()) for opener in openers]
            reached("connect")
            with world.store.begin() as session:
                refuse_another_mailbox(session, {box.account for box in boxes})
            story = Story(world, {box.account: box for box in boxes}, report, now)
            story.tell(number, word)
            reached("logout")
        with world.store.begin() as session:
            noes.remember(session, world.suppression)
            runs.finish(session, number, now, outcome="done", counts=report.counts, deferred=False)
    reached("unlock")
    return report


def refuse_another_mailbox(session: Session, configured: set[str]) -> None:
    """A database belongs to its mailboxes: read beside another one, its people would seem silent, its drafts gone."""
    there = accounts.known(session)
    if there and not there & configured:
        old, new = sorted(there)[0], sorted(configured)[0]
        raise MailboxSuspicious(
            f"The database belongs to {old}, and the configuration names {new}. If that is the same mailbox under a new name, run "
            f"`nurture db move {old} {new}`; if it is another one, use another --home."
        )


@dataclass
class Story:
    """One run in progress: the world, the connected accounts, the report being filled."""

    world: World
    boxes: dict[str, Mailbox]
    report: Report
    now: datetime
    read_up_to: dict[str, dict[str, int]] = field(default_factory=dict)  # account -> folder -> next UID

    @property
    def since(self) -> datetime:
        """Whoever was silent for longer than `lookback` is not alive."""
        return self.now - timedelta(days=30.5 * self.world.config.lookback_months)

    def tell(self, number: int, word: Word) -> None:
        """The story, line by line."""
        owners: set[str] = set()
        self.read(self.boxes.values(), changed=word.mailbox_changed)
        for box in self.boxes.values():
            outcomes, own = reconcile(box, self.world, self.now, drafts_gone=word.drafts_gone)
            self.report.outcomes += outcomes
            owners |= own
        looked_at = self.look(self.due(), frozenset(owners))
        remember_the_noes(self.world, tuple(looked_at.values()), self.now)
        taken_back = self.withdraw(looked_at)
        looked_at |= self.look(taken_back, frozenset(owners))
        known = sequences_of(self.world, self.now)
        everything = make_plan(self.world, looked_at, known, self.now)
        self.report.written, made = write_all(self.world, everything, looked_at, known, self.now)
        self.report.items = made.items
        if not self.report.dry_run:
            self.keep(looked_at, number)
            self.write()
            self.post()

    def read(self, boxes: Collection[Mailbox], *, changed: bool = False) -> None:
        """Line one: what is new, headers and words. All headers come first: they say whose words are to be read."""
        found = fetch(boxes, self.world, self.now, changed=changed)
        self.report.read += found.read
        self.report.heeded += found.heeded
        if new := sum(r.aside for r in found.read):
            self.report.aside += new
            self.report.problems.append(f"{new} messages could not be read (permissions, or a fault of the disk). {UNREAD_NEXT}")
        for box in boxes:
            understood, aside = understand(box, self.world, self.since)
            self.report.understood += understood
            self.report.aside += aside
            with self.world.store.begin() as session:
                self.read_up_to[box.account] = folders.next_uids(session, box.account)

    def due(self) -> tuple[int, ...]:
        """Everybody whom something touched, or whose day has come; whose draft must not lie there any more, or may be written now."""
        today = self.now.astimezone(self.world.tz).date()
        with self.world.store.begin() as session:
            anew = refusals.to_try_again(self.world, session)
            return tuple(sorted({*cases.due(session, today), *self.drafted_to_the_stopped(session), *anew}))

    def drafted_to_the_stopped(self, session: Session) -> list[int]:
        """People with an untouched draft whom the list or the configuration has closed since it was written."""
        lying = people.by_keys(session, ledger.people_with_drafts(session))
        return [
            row.person.key
            for row in lying
            if self.world.suppressed(row.person.addresses) or self.world.excluded(row.person.addresses)
        ]

    def look(self, keys: Collection[int], owners: frozenset[str]) -> dict[int, Case]:
        """The judged cases of these people."""
        today = self.now.astimezone(self.world.tz).date()
        with self.world.store.begin() as session:
            complete = not folders.any_unread(session, self.now - UNREAD_HOLDS)
        found = judged(self.world, keys, today, since=self.since, owners=owners, complete=complete)
        return {case.conversation.person.key: case for case in found}

    def withdraw(self, looked_at: dict[int, Case]) -> frozenset[int]:
        """Take back untouched drafts that have lost their reason. Returns whose case has changed by it."""
        for box in self.boxes.values():
            for withdrawn in withdraw(box, self.world, looked_at, self.now, dry_run=self.report.dry_run):
                self.report.withdrawn.append(withdrawn)
            if not self.report.dry_run and told_of_no_trash(box, self.world, self.report.withdrawn):
                self.report.problems.append(NO_TRASH)
        return frozenset(w.draft.person for w in self.report.withdrawn if w.done)

    def keep(self, looked_at: dict[int, Case], number: int) -> None:
        """Take the decisions down. Whoever gets a draft is looked at again, so that a failed APPEND is not forgotten."""
        verdicts = {key: case.verdict for key, case in looked_at.items()}
        with self.world.store.begin() as session:
            cases.keep(session, self.report.items, verdicts, self.now, number)
            cases.touch(session, {w.draft.person for w in self.report.withdrawn})
            refusals.remember(self.world, session)
        reached("commit_plan")

    def write(self) -> None:
        """Line seven: draft by draft, each after one more look at the mailbox."""
        drafts = [w for w in self.report.written if w.draft is not None]
        newest = self.newest(w.item.person for w in drafts)
        for written in drafts:
            box = self.boxes.get(written.account)
            if box is None:
                self.report.problems.append("A draft belongs to an account that is no longer configured.")
                continue
            reached("recheck")
            self.read_what_came_in()
            person = written.item.person
            if self.newest([person]) != {person: newest[person]}:
                why = "something new came in while the plan was made"
                self.report.applied.append(Applied(written=written, done=Done.SKIPPED, why=why))
            else:
                self.report.applied.append(append(box, self.world, written, self.now))

    def post(self) -> None:
        """The review sheet, last of all: it tells what was done."""
        self.report.sheet = post(self.boxes.values(), self.world, self.now)

    def newest(self, keys: Iterable[int]) -> dict[int, int]:
        """The newest message of each person: a different one later means that something stirred."""
        with self.world.store.begin() as session:
            return {key: people.newest_message(session, key) for key in keys}

    def read_what_came_in(self) -> None:
        """Read every account in which a watched folder has grown since it was read."""
        grown = [box for account, box in self.boxes.items() if _has_grown(box, self.read_up_to[account])]
        if grown:
            self.read(grown)


def _has_grown(box: Mailbox, read_up_to: dict[str, int]) -> bool:
    watched = [f for f in life_folders(box.folders()) if f.role in WATCHED]
    return any(box.position(f).uidnext != read_up_to.get(f.name) for f in watched)
