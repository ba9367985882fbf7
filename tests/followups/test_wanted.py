"""Under the caps there is room for drafts, and a text that was refused is none."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.config import Caps
from nurture.followups import Action, Item, Lane, Policy, Wanted, wanted
from nurture.stages import Signal
from tests.followups.builders import NOW, PARIS, SHIPPED, a_case, a_person, ours, theirs


def everybody(shapes: list[tuple[bool, int]], *, per_day: int) -> Wanted:
    """A person each, who answered or did not, of one of a few companies, all due on the same day."""
    some = []
    for key, (answered, company) in enumerate(shapes):
        person = a_person(key=key, addresses=(f"p{key}@client.example",), company=f"c{company}.example" if company else None)
        mails = (ours("2026-03-03"), theirs("2026-03-09", Signal.NEED)) if answered else (ours("2026-03-03"),)
        some.append(a_case(*mails, person=person, to_set=frozenset(person.addresses)))
    policy = Policy(caps=Caps(open_drafts=99, drafts_per_day=per_day))
    return wanted(some, SHIPPED, policy, NOW, PARIS, open_now=0, created_today=0)


def told(item: Item) -> Item:
    """What is said of somebody whose text was refused."""
    return replace(item, action=Action.SHEET, rule="not-twice", why="All was said.", occasion=None)


def test_the_room_of_a_refused_text_is_the_next_ones() -> None:
    """Nobody who is stuck keeps others waiting."""
    due = everybody([(False, 0)] * 5, per_day=2)

    made = due.plan({item.person: told(item) for item in due.chosen()})

    assert [i.person for i in made.drafts] == [2, 3]
    assert {i.person: i.rule for i in made.items if i.action is not Action.DRAFT} == {0: "not-twice", 1: "not-twice", 4: "cap"}


def test_a_colleague_is_written_to_where_the_first_text_was_refused() -> None:
    """A draft that does not come keeps nobody at the company waiting."""
    due = everybody([(False, 1), (False, 1), (False, 1)], per_day=12)

    made = due.plan({0: told(due.chosen()[0])})

    assert {i.person: i.rule for i in made.items} == {0: "not-twice", 1: "step-due", 2: "company-draft"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=14), st.integers(0, 6), st.sets(st.integers(0, 13)))
def test_whatever_is_refused_the_caps_hold_and_no_draft_is_turned_away_again(
    shapes: list[tuple[bool, int]], per_day: int, stuck: set[int]
) -> None:
    """Texts are refused one after another, as a run learns of them; everybody keeps their one item."""
    due = everybody(shapes, per_day=per_day)
    refused: dict[int, Item] = {}
    kept: set[int] = set()
    while new := [i for i in due.chosen(refused) if i.person not in kept]:
        refused |= {i.person: told(i) for i in new if i.person in stuck}
        kept |= {i.person for i in new if i.person not in stuck}
        assert kept <= {i.person for i in due.chosen(refused)}

    made = due.plan(refused)

    assert {i.person for i in made.drafts} == kept
    assert len(made.drafts) <= per_day
    assert sorted(i.person for i in made.items) == list(range(len(shapes)))
    follow_ups = [shapes[i.person][1] for i in made.drafts if i.lane is Lane.FOLLOWUPS and shapes[i.person][1]]
    assert len(follow_ups) == len(set(follow_ups))
    waiting = [i for i in made.items if i.rule == "cap"]
    assert not waiting or len(made.drafts) == per_day
