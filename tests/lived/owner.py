"""The world of the simulated owner, and what must hold on every one of their days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nurture.config import AccountConfig, Config, Home, MailboxUrl, OwnerConfig
from nurture.followups import AGREED, Lane, allows, as_agreed
from nurture.mailbox import Mailbox
from nurture.post import Posted
from nurture.run import Report, run
from nurture.sheet import wording
from nurture.store import Store, Suppression
from nurture.world import World
from tests.lived.life import OWNER, OWNER_NAME, Letter, Place, working_days

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONE = ZoneInfo("Europe/Paris")
FRENCH = wording("fr")


def a_config(url: MailboxUrl, **changes: object) -> Config:
    """Everybody is followed; nothing else is out of the ordinary."""
    owner = OwnerConfig(
        name=OWNER_NAME, addresses=(OWNER,), gender="m", trade="conseil", country="FR", language="fr", signature=OWNER_NAME
    )
    return Config(owner=owner, accounts=(AccountConfig(mailbox=url),), follow="all", **changes)  # type: ignore[arg-type]


@contextmanager
def a_world(folder: Path, config: Config) -> Iterator[World]:
    """A world in a folder of its own; opening it again finds what was kept."""
    home = Home(config=folder / "config", state=folder / "state")
    for part in (home.config, home.state):
        part.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = Store.open(home.database, create=True)
    try:
        yield World(
            config=config, home=home, store=store, suppression=Suppression(home.config, create=True),
            tz=ZONE,
        )  # fmt: skip
    finally:
        store.close()


@dataclass
class Gold:
    """What the labels say about each person as of the mail delivered so far."""

    closed: dict[str, str] = field(default_factory=dict)  # opted_out, unreachable
    until: dict[str, date] = field(default_factory=dict)  # a deferral or an absence in force
    ours_after: dict[str, datetime] = field(default_factory=dict)

    def take(self, letter: Letter) -> None:
        """One more message has been delivered."""
        who = letter.person
        if letter.stage in ("opted_out", "unreachable"):
            self.closed[who] = letter.stage
        else:
            self.closed.pop(who, None)
        if letter.ours:
            self.ours_after[who] = letter.when
            return
        if letter.resume_on:
            self.until[who] = letter.resume_on
        elif letter.kind == "human" and letter.signals != {"thanks"}:
            self.until.pop(who, None)


@dataclass
class Life:
    """The whole life of a mailbox: what was drafted, and every breach of a promise."""

    drafted: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    runs: int = 0
    sent: int = 0
    sheets: int = 0


def live(
    world: World, opener: Callable[[], Mailbox], place: Place, mail: list[Letter], *, send: bool = True, days: int | None = None
) -> Life:
    """Deliver `mail` in its order, run every working day, and send each draft on the next one (where `send`)."""
    life, gold, waiting = Life(), Gold(), list(mail)
    last = mail[-1].when if days is None else mail[0].when + timedelta(days=days)
    for now in working_days(mail[0].when, last):
        while waiting and waiting[0].when <= now:
            letter = waiting.pop(0)
            place.deliver(".Sent" if letter.ours else "", letter.raw, letter.when)
            gold.take(letter)
        if send:
            for draft in place.files(".Drafts"):
                place.send(draft, now - timedelta(minutes=30))
                life.sent += 1
        report = run(world, [opener], now)
        life.runs += 1
        examine(life, gold, report, place, now)
    return life


def examine(life: Life, gold: Gold, report: Report, place: Place, now: datetime) -> None:
    """Hold one run against the promises."""
    today = now.astimezone(ZONE).date()
    for item in report.items:
        life.rules[f"{item.action}:{item.rule}"] += 1
    for applied in report.applied:
        if applied.done != "appended":
            continue
        written = applied.written
        who = written.case.conversation.person.addresses[0]
        told = f"{today} {written.item.address} [{written.item.rule}] "
        life.drafted[written.item.template] += 1
        if who in gold.closed and written.item.signal != "decline":
            life.breaches.append(told + f"is {gold.closed[who]}")
        if gold.until.get(who, today) > today:
            life.breaches.append(told + f"asked for, or is away until, {gold.until[who]}")
        anchor = next(e for e in written.case.conversation.entries if e.key == written.item.anchor)
        if written.item.lane is Lane.ANSWERS and any(e.ours and e.sent > anchor.sent for e in written.case.conversation.entries):
            life.breaches.append(told + "was answered already")
        if not (written.item.rule and written.item.why and written.item.template):
            life.breaches.append(told + "has no reason")
    life.sheets += report.sheet is Posted.POSTED
    life.breaches += [f"{today} [{i.rule}] has no French: {i.why}" for i in report.items if FRENCH.say(i.why) == i.why]
    if (lying := len(place.files(".Nurture"))) > 1:
        life.breaches.append(f"{today} {lying} review sheets lie there")
        if written.item.lane is Lane.ANSWERS and not written.item.evidence.quote:
            life.breaches.append(told + "answers no words")
        verdict = written.case.verdict
        if verdict and written.draft:
            asked = as_agreed(verdict) if written.item.scope == AGREED else verdict
            if not allows(asked, written.draft.text.meta.asks):
                life.breaches.append(told + f"asks for {written.draft.text.meta.asks} at {verdict.stage}")
    recipients = Counter(to_of(path) for path in place.files(".Drafts"))
    life.breaches += [f"{today} {who} has {n} open drafts" for who, n in recipients.items() if n > 1]


def to_of(path: Path) -> str:
    """The recipient of a message on disk."""
    from email import message_from_bytes
    from email.utils import parseaddr

    return parseaddr(str(message_from_bytes(path.read_bytes())["To"]))[1].lower()


def maildir_url(path: Path) -> MailboxUrl:
    """The URL of a Maildir."""
    return MailboxUrl(scheme="maildir", path=str(path))
