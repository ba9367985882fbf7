"""What one run works with: configuration, store, suppression list, and what follows from them. Built once by the CLI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nurture import conversations, drafts, followups, stages  # each opens where something of it is asked for
from nurture.shipped import shipped

if TYPE_CHECKING:
    from datetime import tzinfo

    from nurture.config import Config, Home
    from nurture.store import Store, Suppression

Progress = Callable[[str, int, int], None]  # (what, done, of how many); shows itself only where it takes long


def silent(_what: str, _done: int, _total: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(frozen=True)
class World:
    """One owner's world. Nothing in it changes during a run but what the store keeps."""

    config: Config
    home: Home
    store: Store
    suppression: Suppression
    tz: tzinfo
    progress: Progress = silent

    @cached_property
    def owner(self) -> conversations.Owner:
        """Worked out when somebody is to be recognised: the list of public suffixes is not loaded for a run with nothing new."""
        return conversations.owner_of(self.config.owner.addresses, self.config.owner.name)

    @cached_property
    def policy(self) -> followups.Policy:
        return followups.policy_of(self.config)

    @cached_property
    def feasts(self) -> tuple[tuple[str, str], ...]:
        return stages.feasts_of(self.config.holidays)

    @cached_property
    def templates(self) -> drafts.Templates:
        """Compiled once, also where many days are played."""
        return drafts.Templates((self.home.templates, shipped("templates")))

    def suppressed(self, addresses: tuple[str, ...]) -> bool:
        """Whether any of one person's addresses, or its domain, is on the suppression list."""
        return any(self.suppression.contains(address) for address in addresses)

    def excluded(self, addresses: tuple[str, ...]) -> str:
        """The entry of the configuration's `exclude` that covers one of a person's addresses, or ""."""
        return next((entry for address in addresses if (entry := self.config.excludes(address))), "")
