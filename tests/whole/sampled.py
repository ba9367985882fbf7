"""The sample mailbox as a Maildir with a world around it, for tests that look ahead or back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from nurture.config import Config, Home
from nurture.mailbox import Mailbox, open_mailbox
from nurture.run import Report, run
from nurture.sample import build, sample_config
from nurture.store import Store, Suppression
from nurture.world import World
from tests.lived.life import Place

PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Sampled:
    """A folder with a Maildir and a home; opened anew as a process does."""

    folder: Path
    changes: dict[str, object] = field(default_factory=dict)
    base: Callable[[Path], Config] = sample_config
    delivered: set[str] = field(default_factory=set)

    @property
    def config(self) -> Config:
        return replace(self.base(self.folder / "Maildir"), **self.changes)  # type: ignore[arg-type]

    @property
    def mail(self) -> list[Path]:
        """Every message there is but drafts, in the order of arrival."""
        found = (p for p in (self.folder / "Maildir").rglob("*") if p.is_file() and p.parent.name == "cur")
        return sorted((p for p in found if ".Drafts" not in str(p)), key=lambda p: (p.stat().st_mtime, p.name))

    @cached_property
    def place(self) -> Place:
        return Place(self.folder / "Maildir", count=10_000)

    def opener(self) -> Callable[[], Mailbox]:
        """How the mailbox is opened."""
        return lambda: open_mailbox(self.config.accounts[0], secret=str, uid_store=self.folder / "uids")

    @contextmanager
    def world(self) -> Iterator[World]:
        """What a run works with."""
        home = Home(config=self.folder / "config", state=self.folder / "state")
        store = Store.open(home.database, create=True)
        try:
            yield World(config=self.config, home=home, store=store, suppression=Suppression(home.config, create=True), tz=PARIS)
        finally:
            store.close()

    def run(self, now: datetime, *, dry_run: bool = False) -> Report:
        """One run."""
        with self.world() as world:
            return run(world, [self.opener()], now, dry_run=dry_run)

    def send(self, drafts: list[Path], now: datetime) -> None:
        """The owner sends these drafts as they are."""
        for draft in drafts:
            self.place.send(draft, now)

    def holding(self) -> list[str]:
        """Every row of the database, for a test that nothing was stored."""
        with self.world() as world, world.store.engine.connect() as connection:
            return list(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]

    def files(self) -> dict[str, bytes]:
        """Every file there is, but for the side files of the database."""
        found = (p for p in self.folder.rglob("*") if p.is_file() and "nurture." not in p.name)
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}


def a_sample(folder: Path, **changes: object) -> Sampled:
    """The sample mailbox, written to a folder."""
    build(folder / "Maildir")
    return Sampled(folder, changes)


def weekdays(after: datetime, count: int) -> Iterator[datetime]:
    """Eight o'clock of the days from Monday to Friday after one."""
    day = after.replace(hour=8, minute=0)
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
            yield day
