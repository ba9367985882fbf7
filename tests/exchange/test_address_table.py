"""CSV files of people as real programs write them: encodings, separators, names of columns, formulas; every fault names its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.exchange import BadFile, Contact, as_csv, read_people
from nurture.exchange.columns import fields_of
from nurture.exchange.formulas import defused, undone

ROW = "Prénom;Nom;Adresse e-mail\r\nAnaïs;Lefèvre;anais@lefevre.example\r\n"
GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,"
    "Phone 1 - Value,Organization 1 - Name\n"
    "Anaïs Lefèvre,Anaïs,,Lefèvre,* myContacts,* Work,anais@lefevre.example,Home,anais.l@example.com,+33 6 00 00 00 00,Lefèvre SARL\n"
)
OUTLOOK = (
    "\ufeffPrénom,Deuxième prénom,Nom,Titre,Société,Pays/Région (bureau),Adresse de messagerie,Type de messagerie,Adresse de messagerie 2\r\n"
    '"Anaïs","","Lefèvre","","Lefèvre SARL","France","anais@lefevre.example","SMTP","anais.l@example.com"\r\n'
)
OUTLOOK_EN = (
    '"First Name","Last Name","Company","Business Country/Region","E-mail Address","E-mail 2 Address"\r\n'
    '"Anaïs","Lefèvre","Lefèvre SARL","France","anais@lefevre.example","anais.l@example.com"\r\n'
)
HUBSPOT = (
    '"Record ID","First Name","Last Name","Email","Additional email addresses","Company name","Preferred language","Unsubscribed from all email"\n'
    '"101","Anaïs","Lefèvre","anais@lefevre.example","anais.l@example.com","Lefèvre SARL","fr","false"\n'
)


def read(path: Path, raw: bytes | str) -> tuple[Contact, ...]:
    """The people of a file of these bytes."""
    path = path / "people.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return read_people(path).contacts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_every_encoding_and_separator_of_excel_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    """With and without a mark of the encoding."""
    [found] = read(tmp_path, ROW.replace(";", mark).encode(encoding))

    assert (found.name, found.first_name, found.addresses, found.line) == (
        "Anaïs Lefèvre",
        "Anaïs",
        ("anais@lefevre.example",),
        2,
    )


def test_one_torn_letter_does_not_make_windows_of_a_whole_file(tmp_path: Path) -> None:
    """A file that was cut in the middle of a letter."""
    found = read(tmp_path, ROW.encode() + "Zoé;Été;zoe@ete.example;".encode() + b"\xc3\r\n")

    assert [c.name for c in found] == ["Anaïs Lefèvre", "Zoé Été"]


@pytest.mark.parametrize("text", [GOOGLE, OUTLOOK, OUTLOOK_EN, HUBSPOT])
def test_exports_of_address_books_are_read(tmp_path: Path, text: str) -> None:
    """Google, Outlook in French and English, HubSpot: the first address in front."""
    [found] = read(tmp_path, text)

    assert (found.name, found.first_name, found.company) == ("Anaïs Lefèvre", "Anaïs", "Lefèvre SARL")
    assert found.addresses == ("anais@lefevre.example", "anais.l@example.com")
    assert not found.refused


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("E-mail;Nom", ["address", "name"]),
        ("Nom;Prénom;Courriel", ["last", "first", "address"]),
        ("Adresse;Ville;E-mail", ["address"]),
        ("NOM DE FAMILLE;prenom;Adresse_Email", ["last", "first", "address"]),
        ("Adresse;Nom", ["address", "name"]),
        ("Langue;Tutoiement;Pays;mail", ["language", "register", "country", "address"]),
        ("Email;Email 2;Désabonné", ["address", "more", "refused"]),
    ],
)
def test_columns_are_known_in_any_order(headers: str, fields: list[str]) -> None:
    """French and English; a street is no e-mail address where there is one."""
    assert list(fields_of(headers.split(";")).values()) == fields


def test_quoted_line_breaks_and_excels_own_line_are_read(tmp_path: Path) -> None:
    """The number is that of the line at which the person begins."""
    found = read(
        tmp_path, 'sep=;\r\nNom;E-mail;Notes\r\n"Roux\r\nAnna";a@roux.example;"un\ndeux; trois"\r\nX;x@roux.example;\r\n'
    )

    assert [(c.name, c.line) for c in found] == [("Roux Anna", 2), ("X", 5)]


def test_a_list_without_headers_is_read(tmp_path: Path) -> None:
    """One address a line, with or without a name beside."""
    assert [c.addresses for c in read(tmp_path, "a@x.example\nb@x.example\n")] == [("a@x.example",), ("b@x.example",)]
    assert [(c.name, c.addresses) for c in read(tmp_path, "Anna Roux;a@x.example\n")] == [("Anna Roux", ("a@x.example",))]


def test_several_addresses_may_stand_in_a_cell(tmp_path: Path) -> None:
    """And a name beside one of them."""
    [one, two] = read(tmp_path, 'E-mail\n"a@x.example; b@x.example"\n"""Petit, Marie"" <m@x.example>"\n')

    assert one.addresses == ("a@x.example", "b@x.example")
    assert two.addresses == ('"Petit, Marie" <m@x.example>',)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"PK\x03\x04rest", "a workbook of Excel"),
        (b"\xd0\xcf\x11\xe0rest", "an old workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"a\x00b\x00\x01\x02\x00\x00\xff\xfe\x00zzzz", "it is no text"),
        (b"Nom;Ville\nAnna;Lyon\n", "line 1: no column holds e-mail addresses. Call one of them E-mail; there are: Nom, Ville"),
        (b'Nom;E-mail\n"Anna;a@x.example\nB;b@x.example\nC;c@x.example\n', "line 2: a quotation mark is opened there"),
    ],
)
def test_what_is_no_table_of_people_is_refused_in_a_sentence(tmp_path: Path, raw: bytes, says: str) -> None:
    """With the line, where there is one."""
    with pytest.raises(BadFile, match=says.replace("(", r"\(")):
        read(tmp_path, raw)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """100 MB: said at once."""
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(BadFile, match="larger than 50 MB"):
        read_people(path)
    with pytest.raises(BadFile, match="cannot be read"):
        read_people(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="a folder"):
        read_people(tmp_path)


@given(st.binary(max_size=300))
def test_no_file_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """Whatever its bytes."""
    path = tmp_path_factory.mktemp("fuzz") / "x.csv"
    path.write_bytes(raw)
    try:
        read_people(path)
    except BadFile:
        return


@given(st.text(alphabet="'=+-@\t\r\n＝a é", max_size=8))
def test_what_is_defused_comes_back_as_it_was(text: str) -> None:
    """And no cell begins with what a spreadsheet would run."""
    assert undone(defused(text)) == text
    assert defused(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


def test_a_formula_is_defused_on_the_way_out_and_read_on_the_way_in(tmp_path: Path) -> None:
    """`="…"` is how some programs write a text."""
    shape = dict.fromkeys(
        "first_name company language register country tags lists followed stopped paused_until source added".split(), None
    ) | {"addresses": ["a@x.example"], "name": "=HYPERLINK(1)", "followed": True}
    text = as_csv([shape], "fr")
    [found] = read(tmp_path, text)
    [other] = read(tmp_path, 'Nom;E-mail\n"=""Anna""";a@x.example\n')

    assert ";'=HYPERLINK(1);" in text
    assert text.startswith("\ufeffemail;other emails;name;")
    assert (found.name, other.name) == ("=HYPERLINK(1)", "Anna")
