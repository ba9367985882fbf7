"""One decision a person before the caps, and what the caps let through: answers before follow-ups, the oldest due first."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from nurture.followups.cadence import in_words
from nurture.followups.planned import Action, Case, Item, Lane, Plan

NOBODY: Mapping[int, Item] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be done about everybody, if there were room for all.

    A draft whose text is refused is none: it takes no room, neither under the caps nor at its company. Refusing one lets others
    through, and never turns away one that was chosen before.
    """

    decided: tuple[tuple[Case, Item], ...]  # one a person, in the order in which they came
    room: int  # so many drafts may be made
    today: date
    queue: tuple[tuple[Case, Item], ...] = field(init=False)  # who is to have a draft, the most urgent first

    def __post_init__(self) -> None:
        object.__setattr__(self, "queue", tuple(sorted((p for p in self.decided if p[1].action is Action.DRAFT), key=_urgency)))

    def chosen(self, refused: Container[int] = ()) -> tuple[Item, ...]:
        """The drafts that there is room for, without those whose text was refused."""
        drafts: list[Item] = []
        companies: set[str] = set()
        for case, item in self.queue:
            if len(drafts) >= self.room:
                break
            if item.person in refused or _has_colleague(case, item, companies):
                continue
            drafts.append(item)
            companies.add(case.conversation.person.company or "")
        return tuple(drafts)

    def plan(self, refused: Mapping[int, Item] = NOBODY) -> Plan:
        """One item a person, drafts first. `refused`: what is said of those whose text was."""
        drafts = self.chosen(refused)
        made = {item.person for item in drafts}
        companies = {case.conversation.person.company or "" for case, item in self.queue if item.person in made}
        rest = (refused.get(i.person) or self._put_off(case, i, companies) for case, i in self.decided if i.person not in made)
        return Plan(items=(*drafts, *rest))

    def _put_off(self, case: Case, item: Item, companies: set[str]) -> Item:
        """A draft that is not made today; any other decision stays."""
        if item.action is not Action.DRAFT:
            return item
        if _has_colleague(case, item, companies):
            return self._put_by(
                item, Action.HOLD, rule="company-draft", why="A draft for somebody of the same company comes first."
            )
        return self._put_by(item, Action.WAIT, rule="cap", why=f"Enough drafts lie open or were made on {in_words(self.today)}.")

    def _put_by(self, item: Item, action: Action, *, rule: str, why: str) -> Item:
        return replace(item, action=action, rule=rule, why=why, look_again=self.today + timedelta(days=1), occasion=None)


def _has_colleague(case: Case, item: Item, companies: set[str]) -> bool:
    """A follow-up waits while a colleague gets a draft; an answer never does."""
    company = case.conversation.person.company
    return bool(company) and company in companies and item.lane is Lane.FOLLOWUPS


def _urgency(pair: tuple[Case, Item]) -> tuple[bool, date, int]:
    item = pair[1]
    return item.lane is not Lane.ANSWERS, item.due or date.max, item.person
