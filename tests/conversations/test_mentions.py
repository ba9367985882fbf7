"""What texts name, in normal forms: the same thing written in two ways is one thing; an everyday word is none."""

from __future__ import annotations

import time

import pytest

from nurture.conversations import EntityKind, card_of, named_in, told_by
from nurture.messages import headers_of, parse_text

K = EntityKind


def named(text: str, kind: EntityKind) -> set[str]:
    """The forms of one kind in a text; everyday words alone are left out."""
    return {m.form for m in named_in(text) if m.kind is kind and not m.plain}


def told(text: str, sender: str = "Élodie Vasseur <elodie@vasseur-bois.example>") -> set[tuple[EntityKind, str]]:
    """What a mail tells of its sender's side."""
    headers = headers_of(
        sender=sender, to=["Me <me@atelier.example>"], date="2026-03-04T10:00:00+01:00", subject="Re: x", headers={}
    )
    return set(told_by(parse_text(text, headers)))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (K.NAME, "Voyez avec Éloïse Brémond.", "Eloise BREMOND l'a dit"),
        (K.NAME, "ask Brémond Éloïse", "with Eloise de Bremond, too"),
        (K.NAME, "M. Jean-Noël Carré viendra", "Carre Jean Noel"),
        (K.COMPANY, "chez Comptoir Clair", "for ComptoirClair"),
        (K.COMPANY, "la société Comptoir-Clair", "COMPTOIR CLAIR"),
        (K.PHONE, "06 12 34 56 78", "+33 (0)6.12.34.56.78"),
        (K.PHONE, "call 020 7946 0958", "+44 20 7946 0958"),
        (K.PHONE, "415-555-0132", "(415) 555-0132"),
        (K.AMOUNT, "12 000 €", "12\u202f000 euros"),
        (K.AMOUNT, "12,000.00 EUR", "12k€"),
        (K.AMOUNT, "£4,500", "4500 pounds"),
        (K.AMOUNT, "EUR 1.900,50", "1 900,50 €"),
        (K.AMOUNT, "$2.5k", "2,500 dollars"),
        (K.ADDRESS, "Anna.Roux+news@gmail.com", "annaroux@googlemail.com"),
        (K.DOMAIN, "https://www.vasseur-bois.example/devis", "à nous@compta.vasseur-bois.example"),
        (K.PROJECT, "le Portail Fournisseurs avance", "notre PORTAIL Fournisseurs"),
        (K.PROJECT, "le projet Horizon", "Projet Horizon"),
    ],
)
def test_two_spellings_are_one_thing(kind: EntityKind, one: str, other: str) -> None:
    """Accents, case, spaces, order of names, figures."""
    assert named(one, kind) & named(other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (K.NAME, "Anna Roux", "Anna Rousseau"),
        (K.COMPANY, "Vasseur", "Vasseurs"),
        (K.AMOUNT, "12 000 €", "12 000 $"),
        (K.AMOUNT, "1,900 €", "1,90 €"),
        (K.DOMAIN, "bois.example", "vasseur-bois.example"),
        (K.PHONE, "06 12 34 56 78", "06 12 34 56 79"),
    ],
)
def test_words_have_borders(kind: EntityKind, one: str, other: str) -> None:
    """A part of a word is another word."""
    assert named(one, kind)
    assert not named(one, kind) & named(other, kind)


@pytest.mark.parametrize(
    "text", ["voyez avec éloïse brémond", "le portail fournisseurs", "orange et petit", "le 3 mars à 10 h, salle 12"]
)
def test_small_letters_name_nobody(text: str) -> None:
    """Names are written with capitals."""
    assert not named_in(text)


@pytest.mark.parametrize(
    "text", ["Merci. Notre client attend. Votre projet avance !", "Marie, Paul. Hello. Bonjour Marie, merci."]
)
def test_everyday_words_and_first_names_alone_name_nobody(text: str) -> None:
    """Whoever is called Marie."""
    assert not [m for m in named_in(text) if not m.plain and " " not in m.text]


def test_a_mail_tells_what_is_in_its_words_and_below_them() -> None:
    """Names, company, phone, amounts, projects; not what the program or a closing line put there."""
    found = told(
        "Bonjour Madame,\n\nNous refondons le Portail Fournisseurs avec Paul Carbonnel ; le budget est de 12 000 €.\n"
        "Voyez aussi https://www.linkedin.com/in/x et le site carbonnel.example.\n\nBien Cordialement,\n\n"
        "Élodie VASSEUR\nDirectrice des achats\nVasseur Bois SAS\nTél. 04 72 00 11 22\nEnvoyé depuis mon iPhone"
    )
    assert {
        (K.NAME, "elodie vasseur"), (K.NAME, "carbonnel paul"), (K.COMPANY, "vasseurbois"), (K.PHONE, "472001122"),
        (K.AMOUNT, "12000.00eur"), (K.DOMAIN, "carbonnel.example"), (K.PROJECT, "portail fournisseurs"),
    } == found  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Voyez avec Paul Carbonnel et le projet Mésange.", {(K.NAME, "carbonnel paul"), (K.PROJECT, "projet mesange")}),
        ("Nous menons le Portail Fournisseurs et le Projet Mésange.", {(K.PROJECT, "portail fournisseurs"), (K.PROJECT, "projet mesange")}),
        ("the Lantern Project and Blue Harbour and Ann Pemberton", {(K.PROJECT, "lantern project"), (K.PROJECT, "blue harbour"), (K.NAME, "ann pemberton")}),
        ("Nous suivons Bertrand et le Projet Y.", {(K.PROJECT, "projet y")}),
    ],
)  # fmt: skip
def test_two_things_joined_by_and_are_two(text: str, wanted: set[tuple[EntityKind, str]]) -> None:
    """And they may be one: « Bois et Charbon » stays known as a whole, too. Neither is taken for a person."""
    assert wanted <= told(text)
    assert {form for kind, form in told(text) if kind is K.NAME} == {form for kind, form in wanted if kind is K.NAME}
    assert (K.PROJECT, "bois et charbon") in told("Nous suivons Bois et Charbon.")


def test_a_quote_tells_nothing() -> None:
    """It was said in another mail, and may be ours."""
    found = told(
        "D'accord.\n\nLe 3 mars 2026 à 10:00, Paul Carbonnel <p@carbonnel.example> a écrit :\n> Voyez Jean Tissot pour 900 €."
    )
    assert not found


@pytest.mark.parametrize(
    ("address", "name", "wanted"),
    [
        ("elodie.vasseur@gmail.com", "", {(K.NAME, "elodie vasseur")}),
        (
            "contact@bois-vasseur.example",
            "Vasseur, Élodie",
            {(K.NAME, "elodie vasseur"), (K.COMPANY, "boisvasseur"), (K.DOMAIN, "bois-vasseur.example")},
        ),
        ("e@bois.example", "Élodie Vasseur | Bois & Cie SAS", {(K.NAME, "elodie vasseur"), (K.COMPANY, "boiscie")}),
        ("w@dent.example", "Dr Wei Lim BDS MJDF", {(K.NAME, "lim wei")}),
        ("service.clients@dent.example", "Service Clients", {(K.COMPANY, "dent")}),
    ],
)
def test_a_card_says_who_somebody_is(address: str, name: str, wanted: set[tuple[EntityKind, str]]) -> None:
    """Names in either order, companies by their domains; a mail provider is nobody's company."""
    found = card_of([address], name)
    assert wanted <= found
    assert (K.ADDRESS, address) in found or address.endswith("gmail.com")
    assert len([k for k, _ in found if k is K.NAME]) == len([k for k, _ in wanted if k is K.NAME])


@pytest.mark.parametrize(
    "text",
    [
        "Aa " * 20_000,
        "a." * 30_000,
        "1 " * 30_000,
        "@" * 60_000,
        "Aa-" * 20_000,
        "€1 000" * 9_000,
        "+1(" * 20_000,
        "Aa de " * 10_000,
        "M. " * 20_000,
    ],
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """Linear, also where nothing comes of it."""
    began = time.process_time()
    named_in(text)
    told(text)
    assert time.process_time() - began < 3
