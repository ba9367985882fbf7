"""Which messages belong together."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.conversations import Entry, Person, base_subject, converse, thread
from nurture.messages import Address
from tests.conversations.builders import ANNA, START, entry

PARENTS = st.lists(st.sampled_from([f"<{n}@x.example>" for n in range(8)]), max_size=3).map(tuple)
SUBJECTS = st.sampled_from(["", "A", "Re: A", "B", "TR : B", "Re: Re: A"])
ENTRIES = st.lists(st.builds(lambda p, s, d: (p, s, d), PARENTS, SUBJECTS, st.integers(0, 9)), max_size=8).map(
    lambda rows: [entry(n, parents=p, subject=s, at=d) for n, (p, s, d) in enumerate(rows)]
)


def keys(threads: tuple[tuple[Entry, ...], ...]) -> list[list[int]]:
    """The shape of threads."""
    return [[e.key for e in t] for t in threads]


@pytest.mark.parametrize(
    "subject",
    ["Vos clients", "Re: Vos clients", "RE : Vos clients", "Re: RE: re : Vos clients", "TR: Vos clients", "Tr : Re: Vos clients", "AW: Vos clients", "Antw: Vos clients",
     "RV: Vos clients", "R: Vos clients", "I: Vos clients", "ENC: Vos clients", "Rép : Vos clients", "Fwd: [liste] Re: Vos clients", "Re[2]: Vos clients", "SV: VS: Vos clients",
     "Réponse automatique : Vos clients", "Automatic reply: Vos clients", "  vos   clients "],
)  # fmt: skip
def test_prefixes_of_seven_languages_are_seen_through(subject: str) -> None:
    """« RE : » with its space, TR:, counters, list tags."""
    assert base_subject(subject) == "vos clients"


@pytest.mark.parametrize("subject", ["", "Re:", "Re: Fwd:", "[liste]"])
def test_nothing_is_left_of_an_empty_subject(subject: str) -> None:
    """And nothing is threaded by it."""
    assert base_subject(subject) == ""


def test_a_hostile_subject_costs_nothing() -> None:
    """Linear."""
    start = time.process_time()
    for subject in ("re:" * 50_000, "[" * 100_000, "re" + " " * 100_000 + ":", "x" * 100_000):
        base_subject(subject)

    assert time.process_time() - start < 0.4


def test_references_then_subject() -> None:
    """A parent joins; so does the subject where a client dropped the references; another subject does not."""
    found = thread(
        [
            entry(1, subject="A"),
            entry(2, parents=("<1@x.example>",), subject="Other words"),
            entry(3, subject="RE : A", at=2),
            entry(4, subject="B", at=3),
        ]
    )

    assert keys(found) == [[1, 2, 3], [4]]


def test_a_parent_that_nobody_holds_still_joins_those_that_name_it() -> None:
    """Two answers to a mail that was deleted."""
    assert keys(thread([entry(1, parents=("<gone@x.example>",)), entry(2, parents=("<gone@x.example>",), at=1)])) == [[1, 2]]


@given(ENTRIES, st.randoms())
def test_every_message_stands_in_exactly_one_thread_whatever_their_order(entries: list[Entry], chance: random.Random) -> None:
    """Threading keeps every message and ignores the order of its input; cycles and forged parents are harmless."""
    found = keys(thread(entries))
    shuffled = list(entries)
    chance.shuffle(shuffled)

    assert sorted(k for t in found for k in t) == [e.key for e in sorted(entries, key=lambda e: e.key)]
    assert keys(thread(shuffled)) == found


def test_a_conversation_is_oldest_first_and_each_message_once() -> None:
    """The same Message-ID in two folders or accounts is one message; the To-set is that of our first mail."""
    person = Person(key=1, addresses=("anna@client.example",))
    two = Address(addr="paul@client.example")
    found = converse(
        person,
        [
            entry(3, by="them", at=5),
            entry(1, to=(ANNA, two)),
            entry(2, message_id="<1@x.example>", at=1),
            entry(4, message_id=None, at=6),
        ],
    )

    assert [e.key for e in found.entries] == [1, 3, 4]
    assert found.to_set == {"anna@client.example", "paul@client.example"}
    assert converse(person, []).entries == ()


def test_the_day_of_a_message_is_that_of_its_writers_clock() -> None:
    """A mail of one in the morning in Paris was written on that day, whatever UTC says."""
    assert entry(1, at=0, offset=14 * 60 + 0).day.isoformat() == "2026-03-02"
    assert entry(1, at=0, offset=-600).day.isoformat() == "2026-03-01"


def dated(key: int, at: float, *, by: str = "us", arrived: float | None = None, **more: Any) -> Entry:
    """A message with its Date and its arrival, in days after the start."""
    received = START + timedelta(days=at if arrived is None else arrived)
    return entry(key, by=by, sent=START + timedelta(days=at), received=received, **more)


def order(*entries: Entry) -> list[int]:
    """Keys in the order of the conversation, whatever order they come in."""
    person = Person(key=1, addresses=("anna@client.example",))
    forth = [e.key for e in converse(person, entries).entries]
    assert [e.key for e in converse(person, reversed(entries)).entries] == forth
    return forth


def test_an_answer_comes_after_what_it_answers() -> None:
    """Whatever its Date says; circles are harmless."""
    ask, answer = dated(1, 5), dated(2, -900, by="them", parents=("<1@x.example>",))

    assert order(ask, answer) == [1, 2]
    assert order(ask, answer, dated(3, 4, parents=("<2@x.example>",))) == [1, 2, 3]
    assert sorted(order(dated(1, 0, parents=("<2@x.example>",)), dated(2, 0, parents=("<1@x.example>", "<2@x.example>")))) == [
        1,
        2,
    ]


def test_what_was_days_on_its_way_comes_after_what_we_wrote_meanwhile() -> None:
    """Not where we answer it, not where ours was filed anew, not where it is weeks older than its arrival."""
    late = dated(2, 3, by="them", arrived=6)

    assert order(dated(1, 5), late) == [1, 2]
    assert order(dated(1, 5, parents=("<2@x.example>",)), late) == [2, 1]
    assert order(dated(1, 5, arrived=30), late) == [2, 1]
    assert order(dated(1, 5), dated(2, -20, by="them", arrived=6)) == [2, 1]


def test_what_arrived_after_ours_came_after_it() -> None:
    """Whatever its Date says; of two accounts the arrivals tell nothing."""
    ours, old = dated(1, 5), dated(2, -900, by="them", arrived=6)

    assert old.came_after(ours)
    assert not ours.came_after(old)
    assert not dated(2, -900, by="them", arrived=6, account="other").came_after(ours)
    assert not old.came_after(dated(1, 5, arrived=40))
    assert not old.came_after(dated(1, 5, parents=("<2@x.example>",)))


def test_one_id_under_two_senders_is_two_messages() -> None:
    """A copy of ours is the one that stays."""
    forged = dated(2, 1, by="other", message_id="<1@x.example>", sender=Address(addr="evil@elsewhere.example"))
    copy = dated(3, 0, by="other", message_id="<1@x.example>")

    assert order(dated(1, 0), forged, copy) == [1, 2]
