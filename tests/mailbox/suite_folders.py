"""What every mailbox does with folders. See `suite`."""

from __future__ import annotations

import pytest

from nurture.config import FolderChoices
from nurture.errors import FoldersFault, OutOfBounds
from nurture.mailbox import Gesture, Role, gesture_folders, reading_folders
from tests.mailbox.contents import ids, the
from tests.mailbox.houses import House, role_of
from tests.mailbox.letters import ANNA, a_draft, letter

LANGUAGES = {
    "en": ("Sent Items", "Drafts", "Deleted Items", "Junk E-mail"),
    "fr": ("Éléments envoyés", "Brouillons", "Corbeille", "Courrier indésirable"),
    "de": ("Gesendete Elemente", "Entwürfe", "Papierkorb", "Spam"),
    "es": ("Elementos enviados", "Borradores", "Elementos eliminados", "Correo no deseado"),
    "it": ("Posta inviata", "Bozze", "Cestino", "Posta indesiderata"),
    "nl": ("Verzonden items", "Concepten", "Prullenbak", "Ongewenste e-mail"),
    "pt": ("Itens enviados", "Rascunhos", "Itens eliminados", "Lixo Eletrônico"),
}
ROLES = ("sent", "drafts", "trash", "junk")


class FolderSuite:
    """Folders, their roles, and where they stand."""

    def test_the_usual_folders_have_their_roles(self, house: House) -> None:
        """INBOX, Sent, Drafts, Trash, Junk."""
        with house.open() as box:
            assert {f.name: f.role.value for f in box.folders()} == {
                "INBOX": "inbox", "Sent": "sent", "Drafts": "drafts", "Trash": "trash", "Junk": "junk",
            }  # fmt: skip

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_folders_are_known_by_name_in_seven_languages(self, house: House, language: str) -> None:
        """Where a server states no roles, names tell them, accents and all."""
        for name in ("Sent", "Drafts", "Trash", "Junk"):
            house.drop(name)
        house.make(*LANGUAGES[language])

        with house.open() as box:
            assert [role_of(box.folders(), name) for name in LANGUAGES[language]] == list(ROLES)

    def test_two_sent_folders_are_normal(self, house: House) -> None:
        """A mail client made its own beside the server's: both are read as what the owner sent."""
        house.make("Messages envoyés")

        with house.open() as box:
            assert sorted(f.name for f in box.folders() if f.role is Role.SENT) == ["Messages envoyés", "Sent"]

    def test_two_drafts_folders_are_refused_by_name(self, house: House) -> None:
        """Where nothing says which is the right one, both are named and none is taken."""
        house.drop("Drafts")
        house.make("Brouillons", "Entwürfe")

        with house.open() as box, pytest.raises(FoldersFault, match=r"drafts") as refused:
            box.folders()
        assert "Brouillons" in str(refused.value)
        assert "Entwürfe" in str(refused.value)

    def test_an_outbox_is_never_picked(self, house: House) -> None:
        """What lies in an outbox may be sent: it is not read, not written, and no Drafts folder even if asked for."""
        house.make("Outbox", "Boîte d’envoi")
        with house.open() as box:
            found = box.folders()
            outboxes = [f for f in found if f.role is Role.OUTBOX]
            assert sorted(f.name for f in outboxes) == ["Boîte d’envoi", "Outbox"]
            assert not set(outboxes) & set(reading_folders(found))
            for outbox in outboxes:
                with pytest.raises(OutOfBounds):
                    box.append(outbox, a_draft())
        for key in ("drafts", "trash"):
            house.choices = FolderChoices(**{key: "Outbox"})  # type: ignore[arg-type]  # both are str
            with house.open() as box, pytest.raises(FoldersFault, match="outbox"):
                box.folders()

    def test_configured_names_win(self, house: House) -> None:
        """Over special use, and over known names; the folders that lose are no Drafts and no Sent any more."""
        house.make("Vorlagen", "Mes envois", "Poubelle")
        house.choices = FolderChoices(drafts="Vorlagen", sent=("Mes envois",), trash="Poubelle")

        with house.open() as box:
            assert (the(box, Role.DRAFTS).name, the(box, Role.SENT).name) == ("Vorlagen", "Mes envois")
            assert next(f.name for f in box.folders() if f.role is Role.TRASH) == "Poubelle"
            assert "Drafts" not in {f.name for f in reading_folders(box.folders())}

    def test_a_configured_name_that_is_missing_is_told(self, house: House) -> None:
        """Nothing else is taken instead."""
        house.choices = FolderChoices(drafts="Brouillons")

        with house.open() as box, pytest.raises(FoldersFault, match="Brouillons"):
            box.folders()

    def test_a_folder_of_the_owners_own_is_no_sent_folder(self, house: House) -> None:
        """Only what lies at the top or just below it is judged by its name."""
        house.make("Projets.2024.Sent", "Projets.2024.Drafts")

        with house.open() as box:
            assert role_of(box.folders(), "Projets.2024.Sent") == "other"
            assert the(box, Role.DRAFTS).name == "Drafts"

    def test_ignored_folders_are_not_read(self, house: House) -> None:
        """By name, in the configuration."""
        house.make("Listes & co", "Clients")
        house.choices = FolderChoices(ignore=("Listes & co",))

        with house.open() as box:
            read = {f.name for f in reading_folders(box.folders())}
        assert "Clients" in read
        assert "Listes & co" not in read

    def test_folder_names_may_be_anything(self, house: House) -> None:
        """Accents, other scripts, an ampersand, quotes, blanks: listed as the user sees them, and readable."""
        names = ("Déjà vu", "日本語", "R&D", 'Le "grand" projet', "x  y", "Ünï & Ço — 1 % (a)", "{5}", "*")
        house.make(*names)
        for name in names:
            house.deliver(name, letter("<in@client.example>"))

        with house.open() as box:
            found = {f.name: f for f in box.folders()}
            assert [ids(box.rows(found[name])) for name in names] == [["<in@client.example>"]] * len(names)

    def test_a_folder_can_be_made(self, house: House) -> None:
        """Once; asked for again, it is the same."""
        with house.open() as box:
            made = box.make_folder("Nurture")

            assert made.name == "Nurture"
            assert made in box.folders()
            assert box.make_folder("Nurture") == made
            assert box.position(made).exists == 0

    @pytest.mark.parametrize("gesture", list(Gesture))
    def test_a_folder_can_be_made_within_another(self, house: House, gesture: Gesture) -> None:
        """The server's own delimiter is put in; it is known as a folder of gestures, and asked for again it is the same."""
        with house.open() as box:
            box.make_folder("Nurture")
            made = box.make_folder(gesture.folder)

            assert made.name == f"Nurture.{gesture.value.capitalize()}"
            assert gesture_folders(box.folders()) == ((gesture, made),)
            assert box.make_folder(gesture.folder) == made
            assert box.position(made).exists == 0
            assert made in reading_folders(box.folders())

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "a/b/c",
            "Nurture/",
            "/Nurture",
            "Nurture.Never",
            "../up",
            "a/../b",
            "Nur\r\nture",
            'x" "y',
            "Brouillons é",
            "x" * 100,
        ],
    )
    def test_no_folder_of_an_odd_name_is_made(self, house: House, name: str) -> None:
        """`make_folder` is for one name of nurture's own."""
        with house.open() as box:
            before = box.folders()
            with pytest.raises(OutOfBounds):
                box.make_folder(name)
            assert box.folders() == before

    def test_a_position_tells_what_is_new(self, house: House) -> None:
        """UIDs grow; UIDVALIDITY stays, also in the next run."""
        with house.open() as box:
            empty = box.position(the(box, Role.INBOX))
        house.deliver("INBOX", letter("<1@client.example>"))
        house.deliver("INBOX", letter("<2@client.example>"))
        with house.open() as box:
            full = box.position(the(box, Role.INBOX))
            uids = box.uids(the(box, Role.INBOX))

        assert (empty.exists, full.exists) == (0, 2)
        assert empty.uidvalidity == full.uidvalidity
        assert empty.uidnext <= uids[0] < uids[1] < full.uidnext

    def test_mail_that_comes_while_the_mailbox_is_open_is_seen(self, house: House) -> None:
        """No answer is an old one."""
        with house.open() as box:
            inbox = the(box, Role.INBOX)
            assert (box.position(inbox).exists, box.uids(inbox), list(box.rows(inbox))) == (0, (), [])
            house.deliver("INBOX", letter("<new@client.example>"))

            assert len(box.uids(inbox)) == 1
            assert box.search_address(inbox, ANNA) == box.uids(inbox)
            assert box.position(inbox).exists == 1
            assert ids(box.rows(inbox)) == ["<new@client.example>"]
            house.mark("INBOX", "<new@client.example>", "\\Flagged")
            assert "\\Flagged" in box.flags(inbox, box.uids(inbox))[box.uids(inbox)[0]]

    def test_a_folder_made_anew_gives_no_old_number_to_a_new_message(self, house: House) -> None:
        """Deleted and created again: UIDVALIDITY and UID together never mean another message."""
        house.make("Clients")
        house.deliver("Clients", letter("<old@client.example>"))
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            before = {(box.position(folder).uidvalidity, uid) for uid in box.uids(folder)}
        house.drop("Clients")
        house.make("Clients")
        house.deliver("Clients", letter("<new@client.example>"))
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            after = {(box.position(folder).uidvalidity, uid) for uid in box.uids(folder)}

        assert len(before) == len(after) == 1
        assert not before & after

    def test_a_folder_that_is_gone_is_told(self, house: House) -> None:
        """Deleted by somebody after it was listed."""
        house.make("Clients")
        with house.open() as box:
            folder = next(f for f in box.folders() if f.name == "Clients")
            house.drop("Clients")

            for attempt in (
                lambda: box.position(folder),
                lambda: box.uids(folder),
                lambda: list(box.rows(folder)),
                lambda: box.find("<a@b.example>", folder),
                lambda: box.search_address(folder, ANNA),
            ):
                with pytest.raises(FoldersFault, match=r"Clients.*`nurture check`"):
                    attempt()

    def test_drafts_that_are_gone_are_told(self, house: House) -> None:
        """Nothing is written, and nothing made."""
        with house.open() as box:
            drafts = the(box, Role.DRAFTS)
            house.drop("Drafts")

            with pytest.raises(FoldersFault):
                box.append(drafts, a_draft())
        with house.open() as box:
            assert "Drafts" not in {f.name for f in box.folders()}
