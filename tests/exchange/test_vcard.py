"""vCards in the shapes of real exporters: Apple, Google, Outlook, Nokia, Thunderbird; three versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.exchange import BadFile, Contact, read_people

NOKIA = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Ana=C3=
=AFs;;;
FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Ana=EFs Lef=E8vre
EMAIL;INTERNET;HOME:anais.l@example.com
EMAIL;PREF;INTERNET:anais@lefevre.example
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre SARL;Ventes
PHOTO;ENCODING=BASE64;TYPE=JPEG:
 /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQ=

END:VCARD
"""
APPLE = r"""BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.2//EN
N:Lefèvre;Anaïs;;;
FN:Anaïs Lefèvre
ORG:Lefèvre SARL;
item1.EMAIL;type=INTERNET;type=pref:anais@lefevre.example
item1.X-ABLabel:_$!<Work>!$_
EMAIL;type=INTERNET;type=HOME:anais.l@example.com
item2.ADR;type=WORK:;;1 rue du Port;Lyon;;69001;France
NOTE:BEGIN:VCARD is no card in a note\, is it\nEMAIL:nobody@example.com
END:VCARD
"""
GOOGLE = """BEGIN:VCARD
VERSION:3.0
FN:Anaïs Lefèvre
N:Lefèvre;Anaïs;;;
EMAIL;TYPE=INTERNET;TYPE=WORK;TYPE=PREF:anais@lef
 evre.example
EMAIL;TYPE=INTERNET;TYPE=HOME:anais.l@example.com
ORG:Lefèvre SARL
CATEGORIES:myContacts
END:VCARD
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Anaïs Lefèvre
N:Lefèvre;Anaïs;;;
EMAIL;PREF=2:anais.l@example.com
EMAIL;TYPE="work,x";PREF=1;LABEL="a:b;c":anais@lefevre.example
ORG:Lefèvre SARL
LANG;PREF=2:en
LANG;PREF=1:fr
END:VCARD
"""


def read(folder: Path, text: str | bytes) -> tuple[Contact, ...]:
    """The people of a file of this text."""
    path = folder / "people.vcf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_people(path).contacts


@pytest.mark.parametrize("text", [NOKIA, APPLE, GOOGLE, FOUR])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_card_of_any_version_is_read(tmp_path: Path, text: str, end: str) -> None:
    """Folding, quoted-printable over several lines, groups, parameters with colons, the preferred address first."""
    [found] = read(tmp_path, text.replace("\n", end))

    assert (found.name, found.first_name, found.company, found.line) == ("Anaïs Lefèvre", "Anaïs", "Lefèvre SARL", 1)
    assert found.addresses == ("anais@lefevre.example", "anais.l@example.com")


def test_language_and_country_are_read(tmp_path: Path) -> None:
    """The preferred language; the country of the address, by its name."""
    assert [c.language for c in read(tmp_path, FOUR)] == ["fr"]
    assert [c.country for c in read(tmp_path, APPLE)] == ["FR"]


def test_groups_are_nobody_and_a_company_has_no_first_name(tmp_path: Path) -> None:
    """Distribution lists, and Apple's cards of companies."""
    group = "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:mailto:a@x.example\nEND:VCARD\n"
    company = (
        "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Port SARL\nORG:Port SARL\nX-ABShowAs:COMPANY\nEMAIL:info@port.example\nEND:VCARD\n"
    )
    [found] = read(tmp_path, group + company)

    assert (found.name, found.company, found.line) == ("", "Port SARL", 7)


def test_a_card_without_fn_takes_its_name_from_n(tmp_path: Path) -> None:
    """With escaped marks in it."""
    [found] = read(tmp_path, "BEGIN:VCARD\nN:Roux\\, fils;Anna;;Mme;\nEMAIL:a@x.example\nEND:VCARD\n")

    assert (found.name, found.first_name) == ("Anna Roux, fils", "Anna")


def test_old_cards_in_windows_1252_are_read(tmp_path: Path) -> None:
    """Without any word about it."""
    assert read(tmp_path, APPLE.encode("cp1252"))[0].name == "Anaïs Lefèvre"


def test_a_card_inside_a_card_is_passed_over(tmp_path: Path) -> None:
    """AGENT of vCard 2.1."""
    agent = "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Aide\nEMAIL:b@x.example\nEND:VCARD\nEMAIL:a@x.example\nEND:VCARD\n"

    assert [(c.name, c.addresses) for c in read(tmp_path, agent)] == [("Boss", ("a@x.example",))]


@pytest.mark.parametrize(
    ("text", "says"), [("FN:x\n", "no vCard"), (APPLE + "BEGIN:VCARD\nFN:x\n", "line 13: the card .* cut off")]
)
def test_what_is_no_card_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """A file that breaks off is refused whole: who stood behind is not known."""
    with pytest.raises(BadFile, match=says):
        read(tmp_path, text)


@given(
    st.lists(
        st.sampled_from(
            [
                "BEGIN:VCARD\n",
                "END:VCARD\n",
                "N",
                ";",
                ":",
                "=",
                '"',
                "\n",
                " ",
                "\\",
                "EMAIL",
                "a@b.example",
                "QUOTED-PRINTABLE",
                "é",
            ]
        )
    )
)
def test_no_card_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    """Whatever stands in it."""
    try:
        read(tmp_path_factory.mktemp("fuzz"), "BEGIN:VCARD\n" + "".join(parts))
    except BadFile:
        return
