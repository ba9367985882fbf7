"""Roles: the configured name, then the server's word, then known names; never a guess between two."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient.imap_utf7 import encode

from nurture.config import FolderChoices
from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox import Folder, Role, reading_folders
from nurture.mailbox.folders import Listed, assign, check_new_name, known_names, prefix_of
from nurture.mailbox.utf7 import decode
from nurture.messages import fold

GMAIL_FR = {
    "INBOX": "", "[Gmail]": "\\Noselect", "[Gmail]/Brouillons": "\\Drafts", "[Gmail]/Corbeille": "\\Trash", "[Gmail]/Important": "\\Important",
    "[Gmail]/Messages envoyés": "\\Sent", "[Gmail]/Spam": "\\Junk", "[Gmail]/Suivis": "\\Flagged", "[Gmail]/Tous les messages": "\\All", "Clients": "",
}  # fmt: skip
EXCHANGE_FR = (
    "INBOX",
    "Boîte d'envoi",
    "Brouillons",
    "Courrier indésirable",
    "Éléments envoyés",
    "Éléments supprimés",
    "Archive",
    "Journal",
)
COURIER = ("INBOX", "INBOX.Sent", "INBOX.Drafts", "INBOX.Trash", "INBOX.spam", "INBOX.Clients.Dupont")
NOTHING = FolderChoices()


def listing(folders: Iterable[str] | dict[str, str], delimiter: str = "/") -> list[Listed]:
    """LIST lines: names, with an attribute each or none."""
    stated = folders if isinstance(folders, dict) else dict.fromkeys(folders, "")
    return [
        Listed(name=n, delimiter=delimiter, attributes=("\\HasNoChildren", a) if a else (), wire=n) for n, a in stated.items()
    ]


def roles(found: Iterable[Folder]) -> dict[str, str]:
    """Folder name -> role, of those that have one."""
    return {f.name: f.role.value for f in found if f.role is not Role.OTHER}


def test_gmail_in_french() -> None:
    """All by what the server states; All Mail is read once, instead of every label."""
    found = assign(listing(GMAIL_FR), NOTHING)

    assert roles(found) == {
        "INBOX": "inbox", "[Gmail]/Brouillons": "drafts", "[Gmail]/Corbeille": "trash", "[Gmail]/Messages envoyés": "sent", "[Gmail]/Spam": "junk",
        "[Gmail]/Tous les messages": "all",
    }  # fmt: skip
    assert [f.name for f in reading_folders(found)] == ["[Gmail]/Messages envoyés", "[Gmail]/Tous les messages", "[Gmail]/Spam"]


def test_exchange_in_french_states_nothing() -> None:
    """By names alone; the outbox is not read."""
    found = assign(listing(EXCHANGE_FR), NOTHING)

    assert roles(found) == {
        "INBOX": "inbox", "Boîte d'envoi": "outbox", "Brouillons": "drafts", "Courrier indésirable": "junk", "Éléments envoyés": "sent",
        "Éléments supprimés": "trash", "Archive": "archive",
    }  # fmt: skip
    assert [f.name for f in reading_folders(found)] == ["Éléments envoyés", "INBOX", "Archive", "Journal", "Courrier indésirable"]


def test_folders_below_inbox() -> None:
    """Courier and others keep everything there, new folders too."""
    found = assign(listing(COURIER, "."), NOTHING)

    assert roles(found) == {
        "INBOX": "inbox",
        "INBOX.Sent": "sent",
        "INBOX.Drafts": "drafts",
        "INBOX.Trash": "trash",
        "INBOX.spam": "junk",
    }
    assert prefix_of(found) == "INBOX."
    assert prefix_of(assign(listing(EXCHANGE_FR), NOTHING)) == ""
    assert prefix_of(assign(listing(("INBOX",)), NOTHING)) == ""


def test_what_the_server_states_wins_over_names() -> None:
    """The Drafts that a desktop client made in its own language is set aside: no mail, and not ours to write to."""
    found = assign(
        listing({"INBOX": "", "Brouillons": "", "Drafts": "\\Drafts", "Trash": "\\Trash", "Éléments supprimés": ""}), NOTHING
    )

    drafts = [f for f in found if f.role is Role.DRAFTS]
    assert [f.name for f in drafts] == ["Drafts"]
    assert [f.name for f in found if f.role is Role.TRASH] == [
        "Trash",
        "Éléments supprimés",
    ]  # both are looked through, the first is used
    assert [f.name for f in reading_folders(found)] == ["INBOX"]


@pytest.mark.parametrize(
    "stated",
    [
        {"Drafts": "", "Brouillons": ""},
        {"Drafts": "\\Drafts", "Brouillons": "\\Drafts"},
        {"Trash": "", "Corbeille": ""},
        {"Deleted Items": "\\Trash", "Corbeille": "\\Trash"},
        {"Drafts": "", "INBOX/Drafts": ""},
    ],
)
def test_two_equals_are_asked_of_the_user(stated: dict[str, str]) -> None:
    """Both are named, and so is the key that settles it."""
    with pytest.raises(FoldersFault, match=r"\[account\.folders\]") as refused:
        assign(listing({"INBOX": "", **stated}), NOTHING)
    assert all(repr(name) in str(refused.value) for name in stated)


def test_a_choice_settles_it() -> None:
    """Also by the name on the wire, and however its accents are coded."""
    rows = [
        Listed(name="Drafts", wire="Drafts"),
        Listed(name="Entwürfe", wire="Entw&APw-rfe"),
        Listed(name="Trash", wire="Trash", attributes=("\\Trash",)),
    ]
    for chosen in ("Entwürfe", "Entwu\N{COMBINING DIAERESIS}rfe", "Entw&APw-rfe"):
        assert roles(assign(rows, FolderChoices(drafts=chosen, trash="Trash"))) == {"Entwürfe": "drafts", "Trash": "trash"}


@pytest.mark.parametrize(
    ("choices", "word"),
    [
        (FolderChoices(drafts="Outbox"), "outbox"),
        (FolderChoices(trash="Outbox"), "outbox"),
        (FolderChoices(drafts="INBOX"), "ordinary mail"),
        (FolderChoices(trash="INBOX"), "ordinary mail"),
        (FolderChoices(junk="INBOX"), "ordinary mail"),
        (FolderChoices(drafts="Root"), "holds no mail"),
        (FolderChoices(sent=("Sent", "Nowhere")), "Nowhere"),
        (FolderChoices(junk="Nowhere"), "Nowhere"),
    ],
)
def test_choices_that_cannot_be_are_told(choices: FolderChoices, word: str) -> None:
    """Exit code 13, before anything is read or written."""
    rows = listing({"INBOX": "", "Outbox": "", "Sent": "", "Drafts": "\\Drafts", "Trash": "", "Root": "\\Noselect"})
    with pytest.raises(FoldersFault, match=word) as refused:
        assign(rows, choices)
    assert refused.value.exit_code == 13


def test_an_outbox_is_one_whatever_the_server_calls_it() -> None:
    """Even stated as Drafts; but laposte.net calls its Sent folder OUTBOX."""
    found = assign(listing({"Outbox": "\\Drafts", "Mail/Postausgang": "", "a/b/c/Outbox": ""}), NOTHING)

    assert set(roles(found).values()) == {"outbox"}
    assert roles(assign(listing(("INBOX", "OUTBOX", "DRAFT")), NOTHING, host="imap.laposte.net")) == {
        "INBOX": "inbox", "OUTBOX": "sent", "DRAFT": "drafts",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Todos", "All Mail", "Clients/Todos", "Tous les messages"])
def test_a_folder_of_the_owners_own_is_not_all_their_mail(name: str) -> None:
    """Only what the server states, or Gmail's own: else INBOX would not be read any more, and silence be taken for proven."""
    found = assign(listing(("INBOX", "Sent", name)), NOTHING)

    assert {"INBOX", name} <= {f.name for f in reading_folders(found)}


def test_no_two_folders_share_a_name() -> None:
    """What looks alike on the wire stays apart; what is listed twice is one."""
    rows = [Listed(name="é", wire="&AOk-"), Listed(name="é", wire="\xc3\xa9"), Listed(name="é", wire="&AOk-")]
    found = assign(rows, NOTHING)

    assert len(found) == len({f.name for f in found}) == len({f.wire for f in found}) == 2


def test_known_names_are_written_as_they_are_compared() -> None:
    """Folded, and each of one role only."""
    assert [name for name in known_names() if fold(name).strip() != name] == []


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.sampled_from(["", "\\Drafts", "\\sent", "\\All", "\\Noselect", "\\x"])), max_size=8
    )
)
def test_no_listing_is_too_odd(pairs: list[tuple[str, str]]) -> None:
    """Every folder once, or a fault that says which; never two Drafts to choose from, and none that is an outbox."""
    try:
        found = assign(listing(dict(pairs)), NOTHING)
    except FoldersFault:
        return
    assert {f.wire for f in found} == {name for name, _ in pairs}
    assert sum(f.role is Role.DRAFTS and f.selectable for f in found) <= 1


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30))
def test_names_are_read_back_as_clients_write_them(name: str) -> None:
    """Modified UTF-7 of any name."""
    import unicodedata

    assert decode(encode(name)) == unicodedata.normalize("NFC", name)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_name_of_one_clean_line(raw: bytes) -> None:
    """Whatever a server calls a folder: no control character reaches a terminal."""
    assert decode(raw).isprintable()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"R&D", "R&D"),
        (b"a&-b", "a&b"),
        (b"&&-", "&&"),
        (b"&AOk", "&AOk"),
        (b"&AO-", "&AO-"),
        (b"&2D0-", "&2D0-"),
        (b"&2D3f6w-", "\N{LARGE BROWN SQUARE}"),
        (b"&AOkA6Q-", "éé"),
    ],
)
def test_a_bad_shift_stays_as_it_is(raw: bytes, name: str) -> None:
    """A name that looks like modified UTF-7 and is none; surrogate pairs are one letter."""
    assert decode(raw) == name


@pytest.mark.parametrize("name", ["Nurture", "Nurture Sheets", "a"])
def test_plain_names_may_be_made(name: str) -> None:
    """Letters, blanks, hyphens."""
    assert check_new_name(name) == name


@given(st.text(max_size=50))
def test_other_names_may_not(name: str) -> None:
    """Everything else is refused whole."""
    if not (name and name.isascii() and name[0].isalpha() and all(c.isalpha() or c in " -" for c in name) and len(name) <= 41):
        with pytest.raises(OutOfBounds):
            check_new_name(name)
