"""They are greeted as the owner last greeted them by hand, where that line can be said again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nurture.drafts.greeting import greeting_of, in_their_way, said_again
from nurture.messages import Address
from tests.followups.builders import Mail, a_case, a_person, ours, theirs


@pytest.mark.parametrize(
    ("line", "lang", "again"),
    [
        ("Bonjour Madame Marchetti,", "fr", "Bonjour Madame Marchetti,"),
        ("Bonjour Hélène !", "fr", "Bonjour Hélène,"),
        ("Bonsoir Monsieur Castel,", "fr", "Bonjour Monsieur Castel,"),
        ("Re-bonjour Anna,", "fr", "Bonjour Anna,"),
        ("Chère Anna", "fr", "Chère Anna,"),
        ("Docteur,", "fr", "Docteur,"),
        ("Madame la Directrice générale,", "fr", "Madame la Directrice générale,"),
        ("Hi Jo", "en", "Hi Jo,"),
        ("Dear Mr Grant,", "en", "Dear Mr Grant,"),
        ("Bonjour,", "fr", ""),
        ("Hello", "en", ""),
        ("Bonjour à tous,", "fr", ""),
        ("Bonne année Anna,", "fr", ""),
        ("Joyeux Noël Anna,", "fr", ""),
        ("Bonjour Anna, merci pour votre message.", "fr", ""),
        ("Bonjour Anna, c'est encore moi", "fr", ""),
        ("Bonjour Anna ?", "fr", ""),
        ("Bonjour Anna 2", "fr", ""),
        ("Bonjour ⟦nom⟧", "fr", ""),
        ("Bonjour Anna et toute l'équipe du service client,", "fr", ""),
        ("Dear Anna,", "fr", ""),
        ("", "fr", ""),
        ("Dear Dr. O'Shea", "en", "Dear Dr. O'Shea,"),
        ("Salut chère Zoé", "fr", "Salut chère Zoé,"),
        ("Bonjour Madame de la Fontaine,", "fr", "Bonjour Madame de la Fontaine,"),
        ("Cher Maître,", "fr", "Cher Maître,"),
        ("Bonjour Jean-Yves d'Orval", "fr", "Bonjour Jean-Yves d'Orval,"),
    ],
)
def test_a_greeting_that_names_somebody_and_belongs_to_no_hour_is_said_again(line: str, lang: str, again: str) -> None:
    """Feasts, questions, crowds and nameless ones are not."""
    assert said_again(line, lang) == again


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        *((f"Bonjour {rest}", "fr") for rest in (
            "et Joyeuses Pâques Zoé", "Zoé et bonne rentrée", "de Brest", "Zoé merci pour jeudi", "Zoé comme convenu", "Zoé et Marc", "Zoé (",
            "Zoé -", "à Toutes", "Messieurs", "Madame/Monsieur", "Monsieur ou Madame", "Chers Clients", "[Nom]", "Prénom", "zoé", "je suis Iris Morin",
            "Zoé ici Iris", "Zoé c'est Iris", "Iris Morin au téléphone", "M.", "Mardi Zoé", "le Patron", "Zoé Marie Anne Claire Dupuis", "L.",
        )),
        *((f"Hi {rest}", "en") for rest in (
            "Zoe and Happy Thursday", "from rainy Cork", "Zoe per our call", "Zoe great to meet you", "Everyone", "Sir or Madam", "Recruiter",
            "{{name}}", "<Name>", "XX", "First Name", "There", "Zoe - Iris here", "Zoe it's Iris", "I'm Iris Morin", "this is Iris", "Zoe & Marc",
            "Zoe/Marc", "Mr", "Mr and Mrs Grant",
        )),
        ("Dear Valued Client,", "en"), ("Dear Sir,", "en"), ("Good morning Zoe", "en"), ("Madame, Monsieur,", "fr"), ("Cher Ami,", "fr"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_or_in_its_place_is_not_said_again(line: str, lang: str) -> None:
    """Feasts and days, places, crowds, slots, cold formulas, two people, who we are, whatever goes on without a comma."""
    assert said_again(line, lang) == ""


def greeted(line: str, *mails: Mail, **person: Any) -> str:
    """What is said again of a line of ours after these mails, in French."""
    return greeting_of(a_case(ours("2026-03-02", greeting=line, lang="fr"), *mails, person=a_person(**person)), "fr")


def from_(name: str, day: str = "2026-03-05") -> Mail:
    """A mail from their address, under a name."""
    mail = theirs(day)
    return replace(mail, entry=replace(mail.entry, sender=Address(addr="anna@client.example", name=name)))


@pytest.mark.parametrize(
    ("line", "name", "first_name", "kept"),
    [
        ("Bonjour Zoé,", "Zoe Lambert", "Zoé", True),
        ("Bonjour Zoé Lambert,", "LAMBERT Zoé", None, True),
        ("Bonjour Jean-Yves,", "Jean Yves Lambert", "Jean", True),
        ("Bonjour Madame Lambert,", "Zoé Lambert", "Zoé", True),
        ("Bonjour Madame Lambert,", "", "Zoé", True),
        ("Bonjour Zoé,", "", None, True),
        ("Salut Bob,", "Robert Lambert", "Bob", True),
        ("Madame,", "Zoé Lambert", "Zoé", True),
        ("Salut Robert,", "Robert Lambert", "Bob", False),
        ("Bonjour Zoé,", "Chloé Lambert", "Chloé", False),
        ("Bonjour Zoé,", "Zoélie Lambert", None, False),
        ("Bonjour Zoé,", "", "Chloé", False),
        ("Bonjour Zoé,", "Zoé Lambert", "Chloé", False),
        ("Bonjour Madame Lambert,", "Zoé Lambert", "Hugo", False),
        ("Bonjour Madame Lambert,", "Zoé Vidal", "Zoé", False),
        ("Bonjour Monsieur Hugo,", "Vidal Hugo", None, False),
        ("Bonjour Monsieur Hugo,", "Hugo Vidal", "Hugo", False),
        ("Bonjour Zoé,", "Vidal Menuiserie", None, False),
    ],
)
def test_a_greeting_is_theirs_only_by_the_name_they_bear_now(line: str, name: str, first_name: str | None, kept: bool) -> None:
    """By their name, or by what they are called; a nickname or another's signature wins over the name that the program shows."""
    assert greeted(line, name=name, first_name=first_name) == (line if kept else "")


@pytest.mark.parametrize(
    ("line", "before", "since", "kept"),
    [
        ("Bonjour Zoé,", "Zoé Lambert", "Zoé Vidal", True),
        ("Bonjour Zoé,", "", "Hugo Lambert", False),
        ("Bonjour Zoé,", "Atelier Vidal", "Atelier Vidal", True),
        ("Bonjour Madame Lambert,", "Mme Lambert", "Zoé Lambert", True),
        ("Bonjour Madame Lambert,", "Zoé Lambert", "Hugo Lambert", False),
        ("Madame,", "Zoé Lambert", "Hugo Vidal", False),
        ("Madame la Directrice,", "Zoé Lambert", "Zoé Lambert", True),
        ("Bonjour Zoé,", "Zoé Lambert", "zoe@client.example", True),
    ],
)
def test_another_name_at_the_address_ends_a_greeting(line: str, before: str, since: str, kept: bool) -> None:
    """A title may belong to another of the family; a name that was known when the greeting was written tells nothing new."""
    name = "" if line.startswith("Madame") else line.strip(",").removeprefix("Bonjour ")
    found = greeted(line, from_(before, "2026-03-01"), from_(since), name=name)

    assert found == (line if kept else "")


def test_nobody_is_greeted_by_the_owners_own_name() -> None:
    """As in an introduction; who bears it too is."""
    mail = ours("2026-03-02", greeting="Bonjour Iris,", lang="fr")
    signed = replace(mail, entry=replace(mail.entry, sender=Address(addr="camille@atelier.example", name="Iris Morin")))

    assert greeting_of(a_case(signed, person=a_person(name="")), "fr") == ""
    assert greeting_of(a_case(mail, person=a_person(name="")), "fr", "Iris Morin") == ""
    assert greeting_of(a_case(signed, person=a_person(name="Iris Vidal")), "fr", "Iris Morin") == "Bonjour Iris,"


def test_the_newest_greeting_to_this_person_alone_counts() -> None:
    """In the language of the draft; a letter to two people tells nothing."""
    case = a_case(
        ours("2026-03-02", greeting="Madame,", lang="fr"),
        theirs("2026-03-03"),
        ours("2026-03-04", greeting="Bonjour Madame Roux,", lang="fr"),
    )
    two = Address(addr="paul@client.example")
    entries = case.conversation.entries
    crowded = replace(
        case, conversation=replace(case.conversation, entries=(*entries[:-1], replace(entries[-1], to=(*entries[-1].to, two))))
    )

    assert greeting_of(case, "fr") == "Bonjour Madame Roux,"
    assert greeting_of(crowded, "fr") == "Madame,"
    assert greeting_of(case, "en") == ""
    assert greeting_of(a_case(ours("2026-03-02")), "fr") == ""


@pytest.mark.parametrize(
    ("line", "lang", "register", "first_name", "ours"),
    [
        ("Salut Camille,", "fr", "tu", "Anna", "Salut Anna,"),
        ("Salut Camille,", "fr", "vous", "Anna", ""),  # to the owner's ear only
        ("Bonjour Camille,", "fr", "tu", "Anna", ""),
        ("Bonjour Madame Laurent,", "fr", "vous", "Anna", "Bonjour,"),
        ("Madame,", "fr", None, "Anna", "Bonjour,"),
        ("Hi Camille", "en", None, "Anna", "Hi Anna,"),
        ("Dear Camille,", "en", None, "Anna", "Dear Anna,"),
        ("Dear Ms Laurent,", "en", None, "Anna", "Hello,"),
        ("Hi Camille", "en", None, None, ""),
        ("", "en", None, "Anna", ""),
    ],
)
def test_without_a_greeting_of_the_owners_theirs_is_answered_in_kind(
    line: str, lang: str, register: str | None, first_name: str | None, ours: str
) -> None:
    """Nobody who writes « Madame » is greeted by their first name, and who writes "Hi" is not addressed as by an office."""
    person = a_person(lang=lang, register=register, first_name=first_name)
    assert in_their_way(a_case(theirs("2026-03-03", greeting=line, lang=lang), person=person), lang) == ours
