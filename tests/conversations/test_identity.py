"""Whom a message concerns: by address, by thread and name, never by a name alone; a message of ours is never a reply."""

from __future__ import annotations

from dataclasses import replace

from nurture.conversations import Relation, is_ours, mailbox_of, owner_of, relate
from nurture.messages import Address, Mark
from tests.conversations.builders import ANNA, OTHER, OWNER, OWNER_ADDRESS, PAUL, a_directory, from_us, headers, to_us

LETTER = ("<letter@atelier.example>",)


def test_a_mail_of_theirs_concerns_them() -> None:
    """By the address alone."""
    assert relate(to_us(ANNA), a_directory(), OWNER) == Relation(ours=False, by={1: "them"})


def test_a_mail_to_them_is_ours_wherever_it_lies() -> None:
    """From any of the owner's addresses, a plus form too; never a reply of theirs."""
    relation = relate(from_us(ANNA, OTHER), a_directory(), OWNER)
    plus = relate(headers(Address(addr="camille+x@atelier.example"), ANNA), a_directory(), OWNER)

    assert relation.ours
    assert relation.by == {1: "us"}
    assert relation.written_to == (ANNA, OTHER)
    assert plus.by == {1: "us"}


def test_machines_and_the_owner_are_not_written_to() -> None:
    """Nobody becomes known by a copy to oneself or to no-reply."""
    to = (Address(addr=OWNER_ADDRESS), Address(addr="no-reply@x.example"), Address(addr="newsletter@x.example"))

    assert relate(from_us(*to), a_directory(), OWNER).written_to == ()


def test_the_owners_word_in_the_thread_without_them_is_no_letter_to_them() -> None:
    """A forward to a colleague does not restart their clock."""
    assert relate(from_us(OTHER, references=LETTER), a_directory(), OWNER).by == {}


def test_a_second_address_joins_by_thread_and_name() -> None:
    """Same thread, same first and last name in any order: the same person, and their address from now on."""
    private = Address(addr="anna.roux@mail.example", name="Roux, Anna")
    relation = relate(to_us(private, references=LETTER), a_directory(), OWNER)

    assert relation.by == {1: "them"}
    assert relation.joins == ((1, "anna.roux@mail.example"),)


def test_a_name_alone_joins_nothing() -> None:
    """Another thread: a stranger of the same name. It may be they, so it is kept as a doubt, outside of the exchange."""
    relation = relate(to_us(replace(ANNA, addr="anna.roux@mail.example")), a_directory(), OWNER)

    assert relation == Relation(ours=False, by={1: "company"})


def test_an_answer_to_the_same_subject_under_the_same_name_joins() -> None:
    """Where a client dropped the references."""
    private = Address(addr="anna.roux@mail.example", name="Anna Roux")

    assert relate(to_us(private, subject="Re: Vos clients"), a_directory(), OWNER).joins == ((1, "anna.roux@mail.example"),)
    assert relate(to_us(private, subject="Vos clients"), a_directory(), OWNER).joins == ()


def test_a_role_address_is_never_somebodys_second_address() -> None:
    """The people behind contact@ are not mixed."""
    relation = relate(to_us(Address(addr="contact@client.example", name="Anna Roux"), references=LETTER), a_directory(), OWNER)

    assert relation.joins == ()
    assert relation.by == {1: "thread"}


def test_a_colleague_in_the_thread_and_outside_it() -> None:
    """The table of signs of life tells the two apart."""
    assert relate(to_us(PAUL, references=LETTER), a_directory(), OWNER).by == {1: "thread"}
    assert relate(to_us(PAUL), a_directory(), OWNER).by == {1: "company"}


def test_anybody_else_in_the_thread() -> None:
    """A stranger who joins a thread is other, forged references or not; never a recipient."""
    relation = relate(to_us(OTHER, references=LETTER), a_directory(), OWNER)

    assert relation == Relation(ours=False, by={1: "other"})


def test_mass_mail_of_their_company_concerns_nobody() -> None:
    """A newsletter is no sign of life; one in the thread stays in the thread."""
    marks = frozenset({Mark.LIST})

    assert relate(to_us(PAUL, marks=marks), a_directory(), OWNER).by == {}
    assert relate(to_us(PAUL, marks=marks, references=LETTER), a_directory(), OWNER).by == {1: "thread"}


def test_a_delivery_report_concerns_whose_address_it_names() -> None:
    """Whoever seems to have sent it."""
    daemon = Address(addr="mailer-daemon@mx.example")
    named = headers(daemon, failed_recipients=("anna@client.example", "unknown@x.example"))

    assert relate(named, a_directory(), OWNER).by == {1: "other"}
    assert relate(headers(None, references=LETTER), a_directory(), OWNER).by == {1: "other"}
    assert relate(headers(None), a_directory(), OWNER).by == {}


def test_two_people_of_one_company_in_two_threads() -> None:
    """Each mail concerns its writer as them, the other as company."""
    directory = a_directory()
    directory.add_person(2, PAUL)

    assert relate(to_us(PAUL), directory, OWNER).by == {1: "company", 2: "them"}
    assert relate(to_us(PAUL, references=LETTER), directory, OWNER).by == {1: "thread", 2: "them"}


def test_freemail_makes_nobody_a_colleague() -> None:
    """Two people at gmail.com have nothing to do with each other."""
    directory = a_directory()
    directory.add_person(3, Address(addr="one@gmail.com", name="One Person"))

    assert relate(to_us(Address(addr="two@gmail.com", name="Two Person")), directory, OWNER).by == {}


def test_what_lies_in_sent_is_ours() -> None:
    """From an alias that is not configured, or from nobody; but not what somebody known wrote and the owner filed there."""
    alias = Address(addr="hello@studio.example")

    assert relate(headers(alias, ANNA), a_directory(), OWNER, in_sent=True) == Relation(
        ours=True, by={1: "us"}, written_to=(ANNA,)
    )
    assert relate(headers(None, ANNA), a_directory(), OWNER, in_sent=True).by == {1: "us"}
    assert relate(to_us(ANNA), a_directory(), OWNER, in_sent=True).by == {1: "them"}
    assert relate(headers(alias, ANNA), a_directory(), OWNER) == Relation(ours=False)


def test_who_is_in_bcc_is_written_to() -> None:
    """Our own copy tells."""
    assert relate(from_us(OTHER, bcc=(ANNA,)), a_directory(), OWNER).by == {1: "us"}


def test_list_headers_on_what_answers_us_are_a_groups_or_a_crms() -> None:
    """A second address is proven all the same, and a colleague's answer under the same subject is a sign of life."""
    marks = frozenset({Mark.LIST, Mark.BULK})
    private = Address(addr="anna.roux@mail.example", name="Anna Roux")

    assert relate(to_us(private, marks=marks, references=LETTER), a_directory(), OWNER).by == {1: "them"}
    assert relate(to_us(PAUL, marks=marks, subject="Re: Vos clients"), a_directory(), OWNER).by == {1: "company"}


def test_a_forged_failure_takes_no_mail_from_its_writer() -> None:
    """X-Failed-Recipients in a mail of somebody's own is no report."""
    mail = to_us(ANNA, failed_recipients=("anna@client.example",))

    assert relate(mail, a_directory(), OWNER).by == {1: "them"}


def test_one_mailbox_has_many_spellings_where_the_provider_says_so() -> None:
    """Dots at Gmail alone; tags where they are known to mean nothing; elsewhere every spelling is its own."""
    assert mailbox_of("Anna.Roux+x@googlemail.com") == mailbox_of("annaroux@gmail.com")
    assert mailbox_of("anna+x@outlook.com") == mailbox_of("anna@outlook.com") != mailbox_of("an.na@outlook.com")
    assert mailbox_of("anna+x@hotmail.fr") == mailbox_of("anna@hotmail.fr")
    assert mailbox_of("anna+x@client.example") != mailbox_of("anna@client.example")
    assert mailbox_of("an.na@client.example") != mailbox_of("anna@client.example")
    assert mailbox_of("+x@gmail.com") == "+x@gmail.com"
    assert is_ours("jean.dupont+pro@gmail.com", owner_of(["jeandupont@gmail.com"], "Jean Dupont"))
