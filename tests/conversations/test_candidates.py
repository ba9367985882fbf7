"""Who might be followed: a ranked list from headers alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
    assert found.reason == "you wrote first, to them alone: 1 of yours, 1 of theirs, last on 2026-03-03; at a company"
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


def test_a_letter_to_one_person_counts_more_than_a_mail_to_several() -> None:
    """And a mail to a crowd, or a copy, counts for nobody."""
    crowd = [Address(addr=f"p{n}@firm{n}.example") for n in range(9)]

    assert ranked(from_us(OTHER, PAUL), from_us(ANNA)) == [ANNA.addr, PAUL.addr, OTHER.addr]
    assert ranked(from_us(*crowd)) == []
    assert ranked(from_us(ANNA, cc=tuple(crowd))) == []
    assert ranked(from_us(ANNA, cc=(PAUL,))) == [ANNA.addr]


def test_a_reply_of_the_owners_is_no_first_letter() -> None:
    """Their first mail may be older than the mailbox."""
    [late] = rank([from_us(ANNA, references=("<old@client.example>",))], OWNER, NOW)
    [first] = rank([from_us(ANNA)], OWNER, NOW)
    [by_subject] = rank([from_us(ANNA, subject="Re: Vos clients")], OWNER, NOW)

    assert late.score == by_subject.score < first.score
    assert late.reason.startswith("you wrote first: ")


@pytest.mark.parametrize(
    "address",
    [
        "support@host.example",
        "service-client@banque.example",
        "sav@magasin.example",
        "helpdesk@x.example",
        "customer.service@x.example",
        "reply+0a1b2c3d4e5f6a7b@code.example",
        "ticket-20260311@x.example",
        "anna@reply.shop.example",
        "club@lists.sport.example",
        "team@firm.zendesk.com",
        "newsletter@x.example",
    ],
)
def test_desks_lists_and_machines_are_no_candidates(address: str) -> None:
    """Whoever sits behind them is nobody's prospect."""
    assert ranked(from_us(Address(addr=address)), to_us(Address(addr=address), at=1)) == []


@pytest.mark.parametrize(
    "mail",
    [
        to_us(ANNA, at=1, subject="Votre facture du mois de février"),
        to_us(ANNA, at=1, subject="Order 4711: shipped"),
        to_us(ANNA, at=1, subject="Relevé de compte"),
        from_us(ANNA, at=-3, subject="Demande de devis pour une enseigne"),
        from_us(ANNA, at=-3, subject="Résiliation de mon abonnement"),
        from_us(ANNA, at=-3, subject="Candidature spontanée"),
        to_us(ANNA, at=1, marks=frozenset({Mark.BULK})),
    ],
)
def test_whoever_sells_to_the_owner_is_no_candidate(mail: Headers) -> None:
    """Suppliers, offices and newsletters, by what they or the owner write about."""
    assert ranked(from_us(ANNA), mail) == []


@pytest.mark.parametrize(
    "mail",
    [
        to_us(ANNA, at=1, subject="Re: Votre commande d'ateliers"),
        to_us(ANNA, at=1, subject="Demande de devis"),
        to_us(ANNA, at=1, subject="Réponse automatique : absente", marks=frozenset({Mark.AUTO_REPLIED})),
        from_us(ANNA, at=1, subject="Notre devis"),
    ],
)
def test_whoever_asks_the_owner_for_an_offer_stays_one(mail: Headers) -> None:
    """A reply quotes our words, an absence is a person's."""
    assert ranked(from_us(ANNA), mail) == [ANNA.addr]


def test_whoever_wrote_first_and_was_answered_comes_later_and_says_so() -> None:
    """They may be a prospect who found the owner."""
    [found] = rank([to_us(ANNA), from_us(ANNA, at=1)], OWNER, NOW)
    assert found.reason.startswith("they wrote first: 1 of yours, 1 of theirs")


def test_the_order_of_the_headers_does_not_matter() -> None:
    """Folders are read one after the other."""
    mails = [from_us(ANNA), to_us(ANNA, at=1), to_us(PAUL), from_us(PAUL, at=2), from_us(OTHER, ANNA, at=5)]
    assert rank(mails, OWNER, NOW) == rank(reversed(mails), OWNER, NOW)


def test_whoever_writes_in_to_ask_for_something_is_one_before_any_answer() -> None:
    """After those to whom the owner wrote; a letter about nothing in particular is not enough."""
    asks = to_us(PAUL, at=20, subject="Demande de devis pour un atelier")

    assert ranked(asks, from_us(ANNA)) == [ANNA.addr, PAUL.addr]
    assert ranked(to_us(PAUL, at=20, subject="Bonne année")) == []
    [found] = rank([asks], OWNER, NOW)
    assert found.reason.startswith("they wrote first and ask for something: 0 of yours, 1 of theirs")
