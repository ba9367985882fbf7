"""Both parts of the mail: capped, harmless whatever came by mail, readable everywhere; and the bytes are what was meant."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.errors import OutOfBounds
from nurture.messages import Address
from nurture.sheet import MOST, Sheet, compose, identity_of, page, text, wording
from tests.sheet.builders import DAY, a_sheet, ask, to_read

FRENCH, ENGLISH = wording("fr"), wording("en")
OWNER = Address(addr="camille@atelier.example", name="Zoé L’Hôpital, atelier")
NOW = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
ID = identity_of("account", DAY, 0, b"key", "atelier.example")
EVIL = '<script src="https://evil.example/x.js">\u202e</style><img src=x onerror=alert(1)>\x1b[31m`nurture stop`'


class Tags(HTMLParser):
    """The tags of a page, and where they point."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)


def opened(raw: bytes) -> EmailMessage:
    """As a mail client opens it."""
    return message_from_bytes(raw, policy=policy.default)


def composed(sheet: Sheet, lang: str = "fr") -> bytes:
    return compose(sheet, wording(lang), owner=OWNER, message_id=ID, now=NOW)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_ten_lines_and_a_count(lang: str) -> None:
    """Of each section; the headline counts all."""
    sheet, words = a_sheet(read=MOST + 4, asks=MOST + 1), wording(lang)
    for part in (text(sheet, words), page(sheet, words)):
        assert "reader9@client.example" in part
        assert "reader10@client.example" not in part
        assert "asked9@client.example" in part
        assert "asked10@client.example" not in part
        assert words.label("more", many=4) in part
        assert words.label("more", many=1) in part
        assert words.count("drafts", 14) in part


def test_everything_of_a_draft_is_told() -> None:
    """Who, stage, why now, their sentence, what it asks and gives, slots, warnings, the question beside it."""
    draft = to_read(
        quote="Quel est votre tarif ?", slots=("le montant",), warnings=("gives-something: it brings them nothing",), resource="Un guide",
        question="They expect « moins d'appels »: can you satisfy this? Say `nurture log anna@client.example fit yes|no`.",
        note="Rappeler en avril.",
    )  # fmt: skip
    said = " ".join(text(a_sheet(read=(draft,)), FRENCH).replace("\u00a0", " ").split())

    for words in (
        "1. Anna Roux (contact) anna@client.example",
        "Pourquoi maintenant : Anna Roux a demandé un prix le 9 mars ; une réponse est due depuis le 10 mars.",
        "Ses mots : « Quel est votre tarif ? »",
        "Demande un avis, apporte une réponse (« Un guide »).",
        "À compléter par vous : ⟦le montant⟧",
        "À vérifier : gives-something : il ne lui apporte rien",
        "Résultat attendu : « moins d'appels ». Est-ce à votre portée ?",
        "> Oui, c’est à votre portée : nurture log anna@client.example fit yes",
        "Votre note : « Rappeler en avril. »",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Paul Petit", "Un collègue de Paul Petit a répondu"),
        ("Élodie Roux", "Un collègue d’Élodie Roux a répondu"),
        ("Yves Roux", "Un collègue d’Yves Roux a répondu"),
        ("Yann Roux", "Un collègue de Yann Roux a répondu"),
        (r"\\1 \g<0>", r"Un collègue de \\1 \g<0> a répondu"),
        ("", "Un collègue de cette personne a répondu"),
        ("A" * 60, "Un collègue de cette personne a répondu"),
        ("`nurture stop`", "Un collègue de cette personne a répondu"),
    ],
)
def test_french_calls_people_by_their_name(name: str, said: str) -> None:
    """Where there is one that goes into a sentence; it is data there as everywhere."""
    why = "A colleague of theirs answered on 3 March 2026. A new person is yours to write to."

    assert said in " ".join(text(a_sheet(asks=(ask(rule="colleague-answered", why=why, name=name),)), FRENCH).split())


def test_a_name_never_gets_into_a_quotation() -> None:
    """Their words stay theirs."""
    assert (
        FRENCH.naming("cette personne a dit « cette personne », que cette personne", "Ida")
        == "Ida a dit « cette personne », qu’Ida"
    )
    assert ENGLISH.naming("this person, cette personne", "Ida") == "this person, cette personne"


@pytest.mark.parametrize(
    ("company", "told"), [("client.example", False), ("example", False), ("ent.example", True), ("autre.example", True)]
)
def test_a_company_that_the_address_tells_is_not_told_twice(company: str, told: bool) -> None:
    """Another one is."""
    assert (f"Anna Roux, {company}" in text(a_sheet(read=(to_read(company=company),)), ENGLISH)) is told


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "Votre promesse du 2 mars ne semble pas tenue ; elle était attendue pour le 1er décembre 2025."),
        ("en", "A promise of ours of 2 March seems unkept; it was expected by 1 December 2025."),
    ],
)
def test_this_year_goes_without_saying(lang: str, told: str) -> None:
    """It stands at the head of the sheet; another one is told, and what is quoted stays as it was said."""
    why = "A promise of ours of 2 March 2026 seems unkept; it was expected by 1 December 2025."
    sheet = a_sheet(asks=(ask(rule="promise-unkept", why=why, quote="Soon: 5 March 2026."),))
    said = " ".join(text(sheet, wording(lang)).replace("\u00a0", " ").split())

    assert told in said
    assert "Soon: 5 March 2026." in said
    assert wording(lang).of_year(2026).short("« 5 March 2026, 5 mars 2026 »").count("2026") == 2


def test_english_has_its_own_quotation_marks() -> None:
    """The plan's are French."""
    question = "They expect « fewer calls »: can you satisfy this? Say `nurture log anna@client.example fit yes|no`."

    assert "They expect “fewer calls”: can you" in text(a_sheet(read=(to_read(question=question),)), ENGLISH)


def test_a_command_is_one_line_below_what_it_does() -> None:
    """However long its address: it is there to be copied."""
    address = "a" * 60 + "@client.example"

    assert f"Go on following up, as if nothing had come:\n      nurture settle {address} silent\n" in text(
        a_sheet(asks=(ask(address),)), ENGLISH
    )


@pytest.mark.parametrize(("rule", "label"), [("promise-unkept", "Your words"), ("left", "What came"), ("unsure", "Their words")])
def test_whose_words_they_are(rule: str, label: str) -> None:
    """Ours, a machine's, or theirs."""
    assert f"{label}: “Soon.”" in text(a_sheet(asks=(ask(rule=rule, quote="Soon."),)), ENGLISH)


def test_a_person_without_a_name_is_their_address() -> None:
    """Once, not twice; a draft of an older program tells what is known of it."""
    said = text(a_sheet(read=(to_read(name="", company="", stage="", why="", asks="", gives=""),)), ENGLISH)

    assert said.count("anna@client.example") == 1
    assert "Why now" not in said


def test_nothing_waits() -> None:
    """The quiet facts alone, each in its number."""
    said = text(a_sheet(quiet=(("waiting", 1), ("sent", 2))), ENGLISH)

    assert "Nothing waits for you." in said
    assert "1 person waits for their day" in said
    assert "2 drafts of ours were sent" in said


@pytest.mark.parametrize(("number", "said"), [(0, "0 brouillon à lire"), (1, "1 brouillon à lire"), (2, "2 brouillons à lire")])
def test_french_counts_from_two(number: int, said: str) -> None:
    """Zero is singular."""
    assert FRENCH.count("drafts", number) == said


@pytest.mark.parametrize("field", ["name", "company", "quote", "why", "resource"])
def test_what_came_by_mail_is_data(field: str) -> None:
    """No tag, no control character, no way out of the style or into a command."""
    sheet = a_sheet(read=(to_read(**{field: EVIL}),), asks=(ask(quote=EVIL, name=EVIL, why=EVIL, rule="unheard-of"),))
    html, plain = page(sheet, FRENCH), text(sheet, FRENCH)

    assert Tags(html).tags.isdisjoint({"script", "img", "link", "iframe", "object", "form", "a", "base"})
    assert not [c for c in html + plain if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]


def test_nothing_is_remote() -> None:
    """No image, no script, no link, no address that a client would fetch."""
    html = page(a_sheet(read=3, asks=3, quiet=(("waiting", 1),)), FRENCH)

    assert Tags(html).tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "p",
        "h1",
        "h2",
        "span",
        "ul",
        "li",
        "code",
        "br",
    }
    assert not {name for name, _ in Tags(html).attributes} & {"src", "href", "style", "background", "onload"}
    assert not re.search(r"https?:|url\(|@import", html)
    assert "prefers-color-scheme: dark" in html


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=80))
def test_whatever_is_said_the_lines_are_short_and_the_mail_is_sound(said: str, name: str) -> None:
    """Seventy-six columns, but for addresses; never a second header."""
    sheet = a_sheet(read=(to_read(name=name, quote=said, slots=(said,), warnings=(said,)),), asks=(ask(why=said, name=name),))
    plain = text(sheet, FRENCH)

    assert max(map(len, plain.splitlines())) <= 80 or "@" in said + name
    body = opened(composed(sheet)).get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == plain.split()


def test_a_mail_of_two_parts_from_the_owner_to_the_owner() -> None:
    """UTF-8; the subject counts and names nobody; nobody answers it."""
    mail = opened(composed(a_sheet(read=2, asks=1)))

    assert [p.get_content_type() for p in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert {p.get_content_charset() for p in mail.iter_parts()} == {"utf-8"}
    assert mail["Subject"] == "Nurture : 2 brouillons à lire, 1 question pour vous"
    assert [a.addr_spec for a in mail["To"].addresses] == [a.addr_spec for a in mail["From"].addresses] == [OWNER.addr]
    assert mail["From"].addresses[0].display_name == OWNER.name
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == ID


def test_the_same_sheet_is_the_same_bytes() -> None:
    """No chance in it."""
    assert composed(a_sheet(read=2)) == composed(a_sheet(read=2))


@pytest.mark.parametrize("address", ["camille@atelier.example\r\nBcc: x@evil.example", "no address", ""])
def test_it_goes_to_an_address_only(address: str) -> None:
    """Anything else is our own fault, and not written."""
    with pytest.raises(OutOfBounds):
        compose(a_sheet(), FRENCH, owner=Address(addr=address, name="x"), message_id=ID, now=NOW)


def test_a_name_that_breaks_lines_makes_no_header() -> None:
    """Names are the owner's own, and may come from anywhere."""
    owner = Address(addr=OWNER.addr, name="Eve\r\nBcc: x@evil.example")

    assert opened(compose(a_sheet(), FRENCH, owner=owner, message_id=ID, now=NOW))["Bcc"] is None


def test_an_identity_tells_nothing_and_differs() -> None:
    """By account, day, number and key; the same for the same."""
    ids = {
        identity_of(account, day, number, key, "x.example")
        for account in ("a", "b") for day in (DAY, date(2026, 3, 12)) for number in (0, 1) for key in (b"k", b"l")
    }  # fmt: skip

    assert len(ids) == 16
    assert all(re.fullmatch(r"<[0-9a-f]{32}@x\.example>", i) for i in ids)
    assert identity_of("account", DAY, 0, b"key", "atelier.example") == ID


def test_an_unknown_language_is_english() -> None:
    """A configuration knows two; a sheet never fails for words."""
    assert wording("de") is wording("en")
