"""What is read of the mail, from the first letter to the person: newcomers, second addresses, quotes of ours, languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from nurture.mailbox import Folder
from nurture.run import Report
from nurture.store import people
from nurture.verdicts import judged
from tests.whole.house import ANNA, LETTER, PRICE, US, House, a_config, a_mail

WEEK = 9

OFFER = (
    "Bonjour Madame Roux,\n\nVoici notre offre ferme pour trois ateliers : 4 800 euros, bilan compris, le tout avant la fin du mois de juin.\n\n"
    "Qu'en pensez-vous ?\n\nBien à vous,\nCamille Laurent"
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty mailbox."""
    return House(tmp_path)


def known(house: House) -> dict[str, str]:
    """First address of everybody known -> how they became known."""
    with house.world() as world, world.store.begin() as session:
        return {row.person.addresses[0]: row.source for row in people.all(session)}


def rules(report: Report) -> dict[str, str]:
    """Address -> rule."""
    return {i.address: i.rule for i in report.items}


def test_whom_the_owner_writes_to_becomes_known_and_who_writes_in_with_a_wish(house: House) -> None:
    """Not newsletters, not a stranger's small talk, not the owner's own, not machines."""
    house.write()
    house.write("no-reply@shop.example")
    house.write("camille@atelier.example")
    house.receive(
        "Léa Petit <lea@petit.example>", "Bonjour,\n\nQuels sont vos tarifs pour un atelier de deux jours ?\n\nLéa Petit"
    )
    house.receive("Jo <jo@elsewhere.example>", "Bonjour,\n\nBelle photo sur votre site.\n\nJo")
    house.receive(
        "News <news@letters.example>", "Combien coûte un atelier ? Lisez notre lettre.", List_Id="<news.letters.example>"
    )
    house.run()

    assert known(house) == {"anna@client.example": "written to", "lea@petit.example": "wrote in"}


def test_nobody_becomes_known_by_themselves_where_people_are_listed(house: House) -> None:
    """The default; whoever is named later has their past read by a search of the mailbox."""
    house.config = a_config(follow="listed")
    letter = house.write()
    house.later(days=1).receive(ANNA, PRICE, answers=letter)
    house.later(days=2).run()
    assert known(house) == {}

    with house.world() as world, world.store.begin() as session:
        people.add(session, address="anna@client.example", name="Anna Roux", source="command", followed=True, now=house.now)
    report = house.later(minutes=20).run()

    assert rules(report) == {"anna@client.example": "answer-due"}
    assert len(house.drafts()) == 1


def test_what_is_excluded_stays_unknown(house: House) -> None:
    """Addresses and domains of the configuration, and the owner's own domain."""
    house.config = replace(house.config, exclude=("@client.example", "zoe@other.example"))
    for to in (ANNA, "Zoé <zoe@other.example>", "Léo <leo@atelier.example>"):
        house.write(to, subject=to)
    house.run()

    assert known(house) == {}


def test_an_answer_from_another_address_is_the_same_persons_and_is_answered_there(house: House) -> None:
    """Thread and name prove it; the draft goes to where they last wrote from."""
    letter = house.write()
    house.later(days=1).receive("Anna Roux <anna.roux@mail.example>", PRICE, answers=letter)
    report = house.later(days=2).run()

    assert known(house) == {"anna@client.example": "written to"}
    assert rules(report) == {"anna.roux@mail.example": "answer-due"}
    assert [a.addr for a in house.header(house.drafts()[0]).to] == ["anna.roux@mail.example"]


def test_a_reply_to_of_somebody_else_is_never_written_to(house: House) -> None:
    """T3."""
    letter = house.write()
    house.later(days=1).receive(ANNA, PRICE, answers=letter, Reply_To="evil@attacker.example")
    house.later(days=2).run()

    assert [a.addr for a in house.header(house.drafts()[0]).to] == ["anna@client.example"]


def test_our_own_words_sent_back_without_a_mark_are_not_theirs(house: House) -> None:
    """A client that quotes without any sign: the offer in it is ours, the answer is one line."""
    house.write(text=OFFER)
    house.later(days=1).receive(ANNA, "Pouvez-vous m'appeler jeudi ?\n\n" + OFFER.partition("\n\n")[2], subject="Vos clients")
    house.later(days=2).run()

    with house.world() as world:
        [case] = judged(world, [1], house.now.date(), since=house.now.replace(year=2025), owners=frozenset(), complete=True)
    reading = next(case.readings[e.key] for e in case.conversation.entries if e.by == "them")
    assert [(f.signal.value, f.quote) for f in reading.findings] == [("meeting", "Pouvez-vous m'appeler jeudi ?")]


def test_they_are_greeted_as_the_owner_greets_them(house: House) -> None:
    """« Bonjour Madame Roux, » as in the letter before."""
    house.write()
    house.later(days=9).run()

    assert house.body(house.drafts()[0]).startswith("Bonjour Madame Roux,\n")


def test_who_writes_in_a_language_that_is_not_served_gets_no_draft(house: House) -> None:
    """Said so."""
    letter = house.write()
    german = "Guten Tag Frau Laurent,\n\nvielen Dank für Ihre Nachricht. Können Sie mir bitte Ihre Preise nennen?\n\nMit freundlichen Grüßen\nAnna Roux"
    house.later(days=1).receive(ANNA, german, answers=letter)
    report = house.later(days=2).run()

    assert report.applied == []
    assert list(rules(report)) == ["anna@client.example"]
    assert rules(report)["anna@client.example"] in ("language", "no-answer-known")


def test_a_message_that_cannot_be_read_is_set_aside_and_the_run_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One bad message never ends a run; in doubt about its words, silence."""
    letter = house.write()
    house.write("Zoé <zoe@other.example>", LETTER, subject="Vos élèves")
    uid = house.box.deliver("INBOX", a_mail(ANNA, US, house.now, PRICE, answers=letter).as_bytes(), house.now)
    real = house.box.bodies

    def without_it(folder: Folder, uids: Sequence[int], cap: int) -> Iterator[tuple[int, bytes]]:
        return ((u, raw) for u, raw in real(folder, uids, cap) if folder.name != "INBOX" or u != uid)

    monkeypatch.setattr(house.box, "bodies", without_it)
    report = house.later(days=9).run()

    assert report.aside == 1
    assert rules(report)["zoe@other.example"] == "step-due"
    assert rules(report)["anna@client.example"] == "unread"


def test_a_letter_to_two_people_is_listed_and_never_drafted(house: House) -> None:
    """Whom to follow up is the owner's to say."""
    house.write(f"{ANNA}, Paul Petit <paul@client.example>")
    report = house.later(days=9).run()

    assert set(rules(report).values()) == {"several-recipients"}
    assert house.drafts() == []


@pytest.mark.parametrize(
    "sender",
    [
        "Anna Roux <anna.roux@mail.example>",
        "ROUX Anna <aroux@gmail.com>",
        "anna.roux@gmail.com",
        "Anna Roux <anna@holding.example>",
    ],
)
def test_somebody_of_their_name_at_another_address_is_perhaps_an_answer(house: House, sender: str) -> None:
    """A new thread proves nothing, and is reason enough to wait; the owner settles or joins, or it ends by time."""
    house.write()
    house.run()
    house.later(days=2).receive(sender, "Bonjour,\n\nJe regarde cela avec mon équipe.\n\nAnna Roux", subject="Suite")
    report = house.later(days=WEEK).run()

    assert rules(report) == {"anna@client.example": "namesake-wrote"}
    assert house.drafts() == []
    assert rules(house.later(days=21).run()) == {"anna@client.example": "step-due"}


@pytest.mark.parametrize(
    "sender", ["Anna Rousseau <anna@mail.example>", "Anna <anna@mail.example>", "Service Clients <sc@mail.example>", "Anna Roux <newsletter@mail.example>"]
)  # fmt: skip
def test_a_like_name_is_another_name(house: House, sender: str) -> None:
    """First names, teams and mass mail tell nothing of Anna Roux."""
    house.write()
    house.run()
    house.later(days=2).receive(sender, "Bonjour,\n\nJe regarde cela avec mon équipe.", subject="Suite")

    assert rules(house.later(days=WEEK).run()) == {"anna@client.example": "step-due"}


def test_two_letters_to_one_person_are_one_silence(house: House) -> None:
    """An answer to the second letter, in its own thread, ends the silence after the first."""
    house.write()
    second = house.later(days=1).write(subject="Une autre question")
    house.later(days=1).receive("Anna Roux <anna@client.example>", "Bonjour,\n\nJe regarde cela.\n\nAnna Roux", answers=second)
    report = house.later(days=WEEK).run()

    assert [i.lane for i in report.items] == ["answers"]
    house.later(days=1).write(text="Merci, à bientôt.", answers=second)
    assert not [i for i in house.later(days=WEEK).run().items if i.action == "draft"]


def test_one_human_who_is_known_as_two_people_is_not_chased_at_the_one_for_answering_at_the_other(house: House) -> None:
    """Written to at two addresses, and answering from one of them only."""
    house.write()
    private = house.write("Anna Roux <anna.roux@mail.example>", subject="À votre adresse privée")
    house.run()
    house.later(days=1).receive(
        "Anna Roux <anna.roux@mail.example>", "Bonjour,\n\nJe regarde cela.\n\nAnna Roux", answers=private
    )
    report = house.later(days=WEEK).run()

    assert rules(report)["anna@client.example"] == "namesake-wrote"


def who(house: House) -> tuple[str | None, str | None]:
    """(first name, register) of the one person."""
    with house.world() as world, world.store.begin() as session:
        person = people.all(session)[0].person
        return person.first_name, person.register


def test_a_wish_for_tu_lasts_from_run_to_run(house: House) -> None:
    """A vous that follows is the plural."""
    house.write()
    house.receive("Anna Roux <anna@client.example>", "Bonjour Camille,\n\nOn se tutoie, d'accord ?\n\nAnna")
    house.run()
    house.later(days=1).receive(
        "Anna Roux <anna@client.example>",
        "Bonjour Camille,\n\nVous pourriez passer mardi, ton associé et toi ? Vous verrez l'atelier.\n\nAnna",
    )
    house.run()

    assert who(house) == ("Anna", "tu")


def test_they_are_called_as_they_sign_and_by_nobody_elses_name(house: House) -> None:
    """From run to run: an unsigned mail changes nothing, another display name ends it."""
    house.write()
    house.receive("Roux Wenlan <anna@client.example>", "Bonjour,\n\nQuels sont vos tarifs ?\n\nWenlan")
    house.run()
    assert who(house)[0] == "Wenlan"

    house.later(days=1).receive("Roux Wenlan <anna@client.example>", "Bonjour,\n\nAvez-vous un exemple à me montrer ?")
    house.run()
    assert who(house)[0] == "Wenlan"

    house.later(days=1).receive("Secrétariat <anna@client.example>", "Bonjour,\n\nAvez-vous reçu notre message ?")
    house.run()
    assert who(house)[0] is None
