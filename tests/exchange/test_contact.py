"""What one cell of an address file says, tidied."""

from __future__ import annotations

import pytest

from nurture.exchange.contact import given_name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Zoé", "Zoé"),
        ("ODILE", "Odile"),
        ("paul", "Paul"),
        ("anne-marie", "Anne-Marie"),
        ("MARIE-ÈVE", "Marie-Ève"),
        ("O'DHRAN", "O'Dhran"),
        ("LÉA", "Léa"),
        ("Vy", "Vy"),
        ("DeShawn", "DeShawn"),
        ("Anne Marie", "Anne Marie"),
        ("JEAN PAUL", "Jean Paul"),
        ("Me Zoé", "Zoé"),
        ("Mrs. Claire", "Claire"),
        ("Claire T.", "Claire"),
        ("Claire Vasseur", "Claire"),
        ("William (Bill)", "William"),
        ("Claire 🌻", "Claire"),
    ],
)
def test_a_first_name_is_tidied(cell: str, name: str) -> None:
    """Capitals, titles, what stands behind it."""
    assert given_name(cell) == name


@pytest.mark.parametrize(
    "cell",
    ["", "-", "?", "C.", "MC", "M-C", "DRH", "Mlle", "Mrs", "Docteur", "Standard", "Équipe", "Family", "Anonyme", "n/a", "NR", "Nom", "First Name",
     "Veuve", "la", "Paul et Zoé", "Paul & Zoé", "Vasseur Sylvestrine", "Menuiserie", "Mairie de Brest", "claire@client.example", "06 12"],
)  # fmt: skip
def test_what_is_no_first_name_is_none(cell: str) -> None:
    """Titles, desks, initials, slots, two people, a name of which the first one cannot be told."""
    assert given_name(cell) == ""
