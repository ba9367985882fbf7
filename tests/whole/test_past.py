"""Nobody is judged silent who has answered: whatever folder, account, alias, clock or order the answer came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from nurture.mailbox import Folder, MemoryMailbox, Role, Row
from nurture.mailbox.memory import FOLDERS
from nurture.run import Report
from nurture.store import people
from tests.whole.house import ANNA, LETTER, MONDAY, PAUL, PRICE, US, House, a_config, a_mail

ADDRESS = "anna@client.example"
ARCHIVE = (*FOLDERS, Folder(name="Clients", role=Role.OTHER), Folder(name="Archive", role=Role.ARCHIVE))
ALIAS = "Camille <hello@studio-camille.example>"
HELLO = "Bonjour,\n\nBien reçu, je regarde cela avec mon équipe.\n\nAnna Roux"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A mailbox with folders of the owner's own."""
    return House(tmp_path, box=MemoryMailbox("memory:camille", ARCHIVE))


def rules(report: Report) -> dict[str, str]:
    """Address -> rule."""
    return {i.address: i.rule for i in report.items}


def follow(house: House, address: str = ADDRESS, name: str = "Anna Roux") -> None:
    """`nurture follow`."""
    with house.world() as world, world.store.begin() as session:
        people.add(session, address=address, name=name, source="command", followed=True, now=house.now)


def known(house: House) -> set[str]:
    """Everybody's first address."""
    with house.world() as world, world.store.begin() as session:
        return {row.person.addresses[0] for row in people.all(session)}


# becoming known


def test_an_answer_in_the_other_account_is_found_in_the_run_that_makes_its_writer_known(house: House) -> None:
    """The letter that makes them known is met in the account that is read last; its answer was read, and left, in the first."""
    other = MemoryMailbox("memory:other")
    house.run(house.box, other)
    house.receive(ANNA, HELLO)  # nobody knows her yet
    house.run(house.box, other)
    written = house.now - timedelta(days=9)
    other.deliver("Sent", a_mail(US, ANNA, written, LETTER).as_bytes(), written)

    assert rules(house.later(days=2).run(house.box, other))[ADDRESS] not in ("step-due", "nothing-judged")


def test_who_is_followed_later_has_a_past_with_colleagues_and_reports(house: House) -> None:
    """A colleague answered in the thread without naming them: found by the thread, in whatever folder it lies."""
    house.config = a_config(follow="listed")
    letter = house.write()
    house.later(days=1).receive(PAUL, HELLO, answers=letter, folder="Clients")
    house.later(days=8).run()
    follow(house)

    assert rules(house.later(minutes=20).run())[ADDRESS] == "colleague-answered"


def test_who_is_followed_later_is_not_nudged_while_their_company_writes(house: House) -> None:
    """Outside the thread: perhaps."""
    house.config = a_config(follow="listed")
    house.write()
    house.later(days=5).receive(PAUL, HELLO, subject="Votre site")
    house.later(days=3).run()
    follow(house)

    assert rules(house.later(minutes=20).run())[ADDRESS] == "company-wrote"


@pytest.mark.parametrize("many", [1, 30])
def test_many_newcomers_at_once_have_their_pasts_too(house: House, many: int) -> None:
    """One look over everything instead of a search for each: the same is found."""
    house.config = a_config(follow="listed")
    letters = {}
    for n in range(many):
        house.later(minutes=1)
        letters[n] = house.write(f"P{n} Roux <p{n}@c{n}.example>", subject=f"S{n}")
    house.later(days=1)
    for n, letter in letters.items():
        house.receive(f"Q{n} Petit <q{n}@c{n}.example>", HELLO, answers=letter, subject=f"Re: S{n}", folder="Clients")
    house.later(days=7).run()
    for n in range(many):
        follow(house, f"p{n}@c{n}.example", f"P{n} Roux")

    assert set(rules(house.later(minutes=20).run()).values()) == {"colleague-answered"}


def test_a_mail_of_theirs_that_was_filed_in_sent_before_they_were_known_is_theirs(house: House) -> None:
    """A client that keeps answers beside what they answer; older than the letter that makes them known."""
    house.receive(ANNA, PRICE, folder="Sent")
    letter = house.later(days=1).write()
    house.later(days=1).receive(ANNA, HELLO, answers=letter, folder="Sent")
    report = house.later(days=9).run()

    assert rules(report)[ADDRESS] not in ("step-due", "nothing-judged")


# our own hand


def test_what_lies_in_sent_is_ours_whatever_alias_it_was_sent_from(house: House) -> None:
    """The owner wrote again yesterday from an address that is not configured: nothing is due today."""
    house.write()
    house.later(days=8)
    mail = a_mail(ALIAS, ANNA, house.now, LETTER, subject="Encore une idée")
    house.box.deliver("Sent", mail.as_bytes(), house.now)
    report = house.later(days=1).run()

    assert rules(report)[ADDRESS] == "step-not-due"
    assert known(house) == {ADDRESS}


def test_who_is_written_to_from_an_alias_becomes_known(house: House) -> None:
    """Sent says so; the alias itself is nobody."""
    house.box.deliver("Sent", a_mail(ALIAS, ANNA, house.now, LETTER).as_bytes(), house.now)
    house.run()

    assert known(house) == {ADDRESS}


def test_who_was_in_bcc_was_written_to(house: House) -> None:
    """Their clock starts anew."""
    house.write()
    house.later(days=8).write("Lettre <camille@atelier.example>", subject="Nouvelles de l'atelier", Bcc=ANNA)
    report = house.later(days=1).run()

    assert rules(report)[ADDRESS] != "step-due"


def test_who_stands_only_in_copy_is_no_prospect(house: House) -> None:
    """Nor in Bcc."""
    house.write(Cc=PAUL, Bcc="Zoé <zoe@other.example>")
    house.run()

    assert known(house) == {ADDRESS}


def test_who_had_a_copy_of_a_mail_to_somebody_else_is_not_followed_up_over_it(house: House) -> None:
    """The owner is asked."""
    house.config = a_config(follow="listed")
    follow(house)
    house.write(PAUL, Cc=ANNA)

    assert rules(house.later(days=9).run()) == {ADDRESS: "in-copy"}


def test_an_earlier_copy_to_somebody_met_later_is_part_of_their_exchange(house: House) -> None:
    """In the first run over a Sent folder."""
    house.write(PAUL, Cc=ANNA, subject="Avant")
    house.later(days=1).write()
    house.run()

    with house.world() as world, world.store.begin() as session:
        from nurture.store import cases

        row = people.by_address(session, ADDRESS)
        assert row is not None
        [case] = cases.load(session, [row.person.key], today=house.now.date())
    assert [e.by for e in case.conversation.entries] == ["us", "us"]


# threads


@pytest.mark.parametrize("parent_first", [True, False])
@pytest.mark.parametrize("folders", [("INBOX", "INBOX"), ("Archive", "INBOX"), ("INBOX", "Clients")])
def test_a_child_finds_its_parent_in_whatever_order_they_are_read(
    house: House, folders: tuple[str, str], parent_first: bool
) -> None:
    """Both came since the last run: Anna's answer, and the word of somebody from elsewhere who answers her."""
    letter = house.write()
    house.run()
    house.later(days=8)
    hers = a_mail(ANNA, US, house.now, "Merci, bonne journée.", answers=letter)
    from_elsewhere = a_mail("Léo <leo@elsewhere.example>", US, house.now, HELLO, answers=str(hers["Message-ID"]), subject="Sujet")
    mails = [(hers, folders[0]), (from_elsewhere, folders[1])]
    for mail, folder in mails if parent_first else reversed(mails):
        house.box.deliver(folder, mail.as_bytes(), house.now)
    house.later(days=1).run()

    with house.world() as world, world.store.begin() as session:
        from nurture.store import cases

        [case] = cases.load(session, [1], today=house.now.date())
    assert sorted(e.by for e in case.conversation.entries) == ["other", "them", "us"]


# unreadable


def test_a_message_that_cannot_be_read_now_is_read_by_a_later_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, said once, and no silence is concluded meanwhile."""
    letter = house.write()
    house.run()
    house.later(days=1).receive(ANNA, PRICE, answers=letter)
    broken = {"INBOX"}
    real_rows, real_some = house.box.rows, house.box.rows_of

    def rows(folder: Folder, first_uid: int = 1) -> Iterator[Row]:
        return iter(()) if folder.name in broken else real_rows(folder, first_uid)

    def rows_of(folder: Folder, uids: Sequence[int]) -> Iterator[Row]:
        return iter(()) if folder.name in broken else real_some(folder, uids)

    monkeypatch.setattr(house.box, "rows", rows)
    monkeypatch.setattr(house.box, "rows_of", rows_of)

    report = house.later(days=8).run()
    assert rules(report)[ADDRESS] == "incomplete"
    assert report.aside == 1
    assert len(report.problems) == 1

    again = house.later(minutes=20).run()
    assert again.problems == []
    assert house.drafts() == []

    broken.clear()
    assert rules(house.later(minutes=20).run())[ADDRESS] == "answer-due"


# clocks


@pytest.mark.parametrize("years", [-9, 40])
@pytest.mark.parametrize("threaded", [True, False])
def test_an_answer_with_an_absurd_date_is_an_answer(house: House, years: int, threaded: bool) -> None:
    """What arrives after our last mail is after it."""
    letter = house.write()
    house.run()
    house.later(days=2)
    mail = a_mail(ANNA, US, house.now, HELLO, answers=letter if threaded else "", subject="Bonjour")
    mail.replace_header("Date", format_datetime(house.now.replace(year=house.now.year + years)))
    house.box.deliver("INBOX", mail.as_bytes(), house.now)
    report = house.later(days=7).run()

    assert rules(report)[ADDRESS] not in ("step-due", "nothing-judged")
    assert not any("step" in rule for rule in rules(report).values())


def test_a_mail_that_was_days_on_its_way_is_answered(house: House) -> None:
    """Written before our reminder, delivered after it."""
    house.write()
    house.later(days=4)
    late = a_mail(ANNA, US, house.now, PRICE, subject="Tarifs")
    house.later(days=1).write(subject="Encore une idée")
    house.later(days=1)
    house.box.deliver("INBOX", late.as_bytes(), house.now)
    report = house.later(days=2).run()

    assert rules(report)[ADDRESS] == "answer-due"


def test_old_mail_that_was_filed_anew_is_old(house: House) -> None:
    """A mailbox moved to another server with today's arrivals: the Dates tell the order, and the silence since last week is one."""
    old = MONDAY - timedelta(days=100)
    house.box.deliver("INBOX", a_mail(ANNA, US, old, "Merci, bonne journée.", subject="Salon").as_bytes(), house.now)
    house.box.deliver("Sent", a_mail(US, ANNA, MONDAY - timedelta(days=9), LETTER).as_bytes(), house.now)
    report = house.run()

    assert rules(report)[ADDRESS] in ("step-due", "step-not-due")


# Trash and groups


def test_an_answer_that_lies_in_trash_is_an_answer(house: House) -> None:
    """Its words are not read, and no draft is built on them."""
    letter = house.write()
    house.later(days=1).receive(ANNA, PRICE, answers=letter, folder="Trash")
    report = house.later(days=8).run()

    assert rules(report)[ADDRESS] == "answered-in-trash"
    assert house.drafts() == []
    assert report.understood == 1


def test_a_draft_in_trash_or_in_all_mail_is_no_letter(house: House) -> None:
    """Thrown away, or not sent yet: the clock does not start anew, and nobody becomes known by it."""
    house.write()
    house.later(days=8)
    draft = a_mail(US, ANNA, house.now, "Bonjour", subject="Brouillon").as_bytes()
    house.box.deliver("Trash", draft, house.now)
    house.box.deliver("Trash", a_mail(US, PAUL, house.now, "Bonjour").as_bytes(), house.now)
    house.box.deliver("Archive", draft, house.now, ["\\Draft"])
    report = house.later(days=1).run()

    assert rules(report) == {ADDRESS: "step-due"}


def test_an_absence_in_trash_is_no_answer(house: House) -> None:
    """Nor silence: they are left alone for a while."""
    letter = house.write()
    house.later(days=6).receive(ANNA, "Je suis absente.", answers=letter, folder="Trash", Auto_Submitted="auto-replied")

    assert rules(house.later(days=3).run())[ADDRESS] == "absent"


@pytest.mark.parametrize(
    "header", [{"List_Unsubscribe": "<https://crm.example/u>"}, {"List_Id": "<team.client.example>"}, {"Precedence": "bulk"}]
)
@pytest.mark.parametrize("sender", [ANNA, "Anna Roux <anna.roux@mail.example>"])
def test_an_answer_from_within_a_crm_or_a_group_is_an_answer(house: House, header: dict[str, str], sender: str) -> None:
    """List headers make no newsletter of what answers us."""
    letter = house.write()
    house.later(days=1).receive(sender, PRICE, answers=letter, subject="Re: Vos clients", **header)

    assert set(rules(house.later(days=2).run()).values()) == {"answer-due"}


def test_a_newsletter_of_somebody_known_is_no_answer(house: House) -> None:
    """It answers nothing."""
    house.write()
    text = "La lettre d'octobre\n\nNos nouveautés.\n\nPour vous désabonner, cliquez ici : https://x.example/u"
    house.later(days=1).receive(ANNA, text, subject="La lettre d'octobre", List_Unsubscribe="<https://x.example/u>")

    assert rules(house.later(days=8).run())[ADDRESS] == "step-due"


def test_a_colleagues_mail_that_nobody_read_is_perhaps_an_answer(house: House) -> None:
    """Outside the thread its words are not fetched: that leads to a decision with its reason."""
    house.write()
    house.later(days=5).receive(PAUL, HELLO, subject="Votre site")

    assert rules(house.later(days=4).run())[ADDRESS] == "company-wrote"


# one mailbox, many spellings


def test_gmail_spellings_are_one_person(house: House) -> None:
    """Dots and tags mean nothing there; nobody is met twice."""
    letter = house.write("Anna Roux <annaroux@gmail.com>")
    house.later(days=1).receive("Anna <anna.roux+pro@googlemail.com>", PRICE, answers=letter)
    house.write("Anna Roux <anna.roux@gmail.com>", subject="Autre sujet")
    house.later(days=2).run()

    assert known(house) == {"annaroux@gmail.com"}


def test_a_second_address_has_a_past_too(house: House) -> None:
    """What came from it outside the thread, before the thread proved whose it is."""
    letter = house.write()
    house.run()
    house.later(days=1).receive("Anna Roux <anna.roux@mail.example>", HELLO, subject="Bonjour")
    house.run()
    house.later(days=1).receive("Anna Roux <anna.roux@mail.example>", "Merci, bonne journée.", answers=letter)
    house.later(days=1).run()

    with house.world() as world, world.store.begin() as session:
        from nurture.store import cases

        [case] = cases.load(session, [1], today=house.now.date())
    assert [e.by for e in case.conversation.entries] == ["us", "them", "them"]


def test_a_borrowed_message_id_hides_no_answer(house: House) -> None:
    """Programs that give all their mails one Message-ID, and forgeries of it."""
    letter = house.write()
    house.later(days=1)
    spam = a_mail("Spam <spam@elsewhere.example>", US, house.now, "Buy", subject="Buy")
    hers = a_mail(ANNA, US, house.now, PRICE, answers=letter)
    for mail in (spam, hers):
        del mail["Message-ID"]
        mail["Message-ID"] = letter  # the id of our own letter, of all things
        house.box.deliver("INBOX", mail.as_bytes(), house.now)

    assert rules(house.later(days=2).run())[ADDRESS] == "answer-due"
