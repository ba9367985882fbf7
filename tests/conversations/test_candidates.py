"""Who might be followed: a ranked list from headers alone."""

from __future__ import annotations

from datetime import timedelta

from nurture.conversations import rank
from nurture.messages import Address, Headers, Mark
from tests.conversations.builders import ANNA, OTHER, OWNER, PAUL, START, from_us, to_us

NOW = START + timedelta(days=30)


def ranked(*mails: Headers) -> list[str]:
    """Addresses, best first."""
    return [c.address for c in rank(mails, OWNER, NOW)]


def test_whom_the_owner_wrote_to_first_and_lately_comes_first() -> None:
    """Then older ones, then those who wrote first."""
    assert ranked(to_us(PAUL), from_us(PAUL, at=1), from_us(OTHER), to_us(OTHER, at=2)) == [OTHER.addr, PAUL.addr]


def test_each_says_why() -> None:
    """Who wrote first, how often, when last; the name is taken from wherever it stands."""
    [found] = rank([from_us(Address(addr=ANNA.addr)), to_us(ANNA, at=1)], OWNER, NOW)

    assert (found.name, found.company) == ("Anna Roux", "client.example")
    assert found.reason == "you wrote first, 1 of yours, 1 of theirs, last on 2026-03-03"
    assert found.last.isoformat() == "2026-03-03"


def test_machines_colleagues_and_old_friends_are_no_candidates() -> None:
    """Nor who was never written to."""
    colleague = Address(addr="leo@atelier.example")
    friend = [to_us(OTHER, at=n) for n in range(20)]

    assert ranked(from_us(colleague)) == []
    assert ranked(from_us(Address(addr="no-reply@x.example"))) == []
    assert ranked(from_us(PAUL), to_us(PAUL, marks=frozenset({Mark.LIST}))) == []
    assert ranked(from_us(OTHER), *friend) == []
    assert ranked(to_us(ANNA)) == []
    assert ranked(Headers()) == []


def test_a_role_address_comes_after_a_person() -> None:
    """contact@ is a candidate, a lesser one."""
    assert ranked(from_us(Address(addr="contact@b.example")), from_us(ANNA)) == [ANNA.addr, "contact@b.example"]
