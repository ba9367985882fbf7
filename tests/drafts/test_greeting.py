"""They are greeted as the owner last greeted them by hand, where that line can be said again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nurture.drafts.greeting import greeting_of, said_again
from nurture.messages import Address
from tests.followups.builders import a_case, ours, theirs


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
    ],
)
def test_a_greeting_that_names_somebody_and_belongs_to_no_hour_is_said_again(line: str, lang: str, again: str) -> None:
    """Feasts, questions, crowds and nameless ones are not."""
    assert said_again(line, lang) == again


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
