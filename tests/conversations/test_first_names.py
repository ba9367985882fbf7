"""By which first name somebody can be greeted: a wrong one is worse than none."""

from __future__ import annotations

import pytest

from nurture.conversations import NOBODY, first_name, own_first_name, signed_by, still_called
from nurture.messages import Address, Headers, Message, parse_text
from tests.slowness import processor, slowness


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("Jean Dupont", "Jean"),
        ("DUPONT Jean", "Jean"),
        ("Jean DUPONT", "Jean"),
        ("MARTIN Jean", "Jean"),
        ("LE GOFF Loïc", "Loïc"),
        ("Dupont, Jean", "Jean"),
        ("Le Goff, Loïc", "Loïc"),
        ("Jean-Pierre de la Tour", "Jean-Pierre"),
        ("Jean Dupont, directeur commercial", "Jean"),
        ("Anna Roux (Client SA)", "Anna"),
        ("Anna Roux - Client SA", "Anna"),
        ("Anna Roux | Client", "Anna"),
        ("🌸 Anna Roux", "Anna"),
        ("Sophie Martin", "Sophie"),
        ("jean dubois", "Jean"),
        ("Ngozi OKAFOR", "Ngozi"),
    ],
)
def test_a_first_name_is_taken_where_the_display_name_alone_tells(display: str, name: str) -> None:
    """It is a common one and nothing else could be, or capitals or a comma say which word is the family name."""
    assert first_name(display) == name


@pytest.mark.parametrize(
    "display",
    [
        "", "Jean", "x" * 500, "anna@client.example", "Anna 2",
        # which of the words it is
        "Dupont Jean", "Martin Thomas", "Robert Julie", "Zhang Wei", "MARTIN THOMAS", "Jean Pierre Morel", "AMÉLIE Martin",
        # initials
        "J. Dupont", "J Dupont", "J.-P. Dupont", "JP Martin", "Dupont J.", "Martin J", "PY Laurent",
        # titles
        "M. Dupont", "Mme Anna Roux", "Dr House", "Mr Tom Grant", "Pastor Mike Hall", "Abbé Jean Morel",
        # several, or somebody for somebody
        "Anna et Paul Roux", "Tom & Anna", "Famille Dupont", "Anna, Paul Roux", "Jean Dupont via LinkedIn", "Camille de chez Client",
        "Jean Dupont - Secrétariat", "Jean Dupont (by Sophie)",
        # firms, desks, trades, places
        "Service Commercial", "Hotel du Nord", "Boulangerie Martin", "Martin Conseil", "Harding Joinery", "Garage du Centre", "L'Atelier",
        "Direction Générale", "SNCF Réseau", "AXA Sinistres", "VEOLIA Eau", "DECATHLON Nantes", "EARL Martin", "CHU Laurent",
        "Front Desk", "Do Not Reply", "Ressources Humaines", "Morel, Architecte", "Acme, Nantes", "Ostéopathe Julie Blanc", "Marie's iPhone",
        # placeholders
        "Prénom Nom", "First Last", "Test Test",
    ],
)  # fmt: skip
def test_no_first_name_is_taken_from_a_display_name_in_doubt(display: str) -> None:
    """« Bonjour, » offends nobody."""
    assert first_name(display) is None


@pytest.mark.parametrize(
    ("display", "address", "name"),
    [
        ("Dupont Jean", "jean.dupont@client.example", "Jean"),
        ("Robert Julie", "julie.robert@client.example", "Julie"),
        ("Robert Julie", "jrobert@client.example", "Julie"),
        ("Paul Martin", "p.martin@client.example", "Paul"),
        ("Paul Martin", "paulmartin75@mail.example", "Paul"),
        ("Siddarth Okonjo", "siddarth.okonjo@client.example", "Siddarth"),
        ("Jean-Marc Vidal", "jean-marc.vidal@client.example", "Jean-Marc"),
        ("Martin Thomas", "thomas.martin@client.example", "Thomas"),
        ("Paul Martin", "contact@client.example", None),
        ("Sophie Martin", "martin.sophie@client.example", None),  # one of both is turned round
        ("Comptoir Clair", "comptoir.clair@mail.example", None),
        ("Harding Oakfield", "harding@oakfield.example", None),
    ],
)
def test_the_address_tells_which_word_is_the_first_name(display: str, address: str, name: str | None) -> None:
    """Most companies spell both, the first name in front."""
    assert first_name(display, address) == name


@pytest.mark.parametrize(
    ("display", "signed", "name"),
    [
        ("M. Dupont", "Jean Dupont", "Jean"),
        ("Contact", "", None),
        ("Martin Thomas", "Thomas Martin", "Thomas"),
        ("Martin Thomas", "Thomas MARTIN", "Thomas"),
        ("Zhang Wei", "Wei", "Wei"),
        ("Zhang Wei", "Zhang Wei", None),
        ("Augustus Webb", "Gus", "Gus"),
        ("Subramaniam Iyer", "Mani", "Mani"),
        ("Jean Pierre Morel", "Jean-Pierre", "Jean-Pierre"),
        ("Harding Joinery", "Tom Harding", "Tom"),
        ("Marie Petit", "Sophie", "Sophie"),
        ("Marie Petit", "Ywen Abaroa", NOBODY),
        ("Marie Petit", "Marie et Paul", NOBODY),
        ("Anna Roux", "Finlogic", NOBODY),
        ("", "Gus", "Gus"),
    ],
)
def test_who_signs_is_greeted_as_they_sign(display: str, signed: str, name: str | None) -> None:
    """The display name may be set up the wrong way round, or show somebody else."""
    assert first_name(display, "x@client.example", signed) == name


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        ("Cheers, Gus", "Gus"),
        ("Cordialement, Anna Roux", "Anna Roux"),
        ("Bien à vous,\nAnna", "Anna"),
        ("Bien à vous Anna", "Anna"),
        ("Kind regards,\nAnna Roux | Client SA", "Anna Roux"),
        ("Cordialement,\nComptoir Clair\nAnna Roux\n06 12 34 56 78", "Anna Roux"),
        ("-- \nAnna Roux\nGérante", "Anna Roux"),
        ("À bientôt,\nMarie et Paul", "Marie & Paul"),
        ("Cordialement,\nMme A. Roux", ""),
        ("Regards,\nThe Booking Desk", ""),
        ("Envoyé de mon iPhone", ""),
        ("Bonne journée,", ""),
        ("Merci", ""),
        ("Call me Gus, everybody does.", "Gus"),
        ("Appelez-moi Christine, tout le monde le fait.", "Christine"),
        ("Call me Monday.", ""),
        # what ends a mail, and signs nothing
        ("Merci Camille\nGus", "Gus"),
        ("Thanks Camille!", ""),
        ("Merci à Paul.\nGus Webb", "Gus Webb"),
        ("Thanks for copying Jane\nGus", "Gus"),
        ("Best wishes to Tom", ""),
        ("Les participants :\nAnna\nPaul\nLucie", ""),
        ("Qui dois-je demander ?\nSophie ?", ""),
        ("J'en parle à\nSophie", ""),
        ("Parfait.\nBravo", ""),
        ("Best,\nCamille Laurent", ""),
        ("12 Charlotte Street", ""),
        # who is spoken of, not who writes
        ("Moi, c'est Paul qui me l'a dit.", ""),
        ("Chez moi c'est Marie qui gère la formation.", ""),
        ("They never call me Paul", ""),
        ("It's Jane, not me, who decides.", ""),
        ("It's Gus, not Angus!", "Gus"),
    ],
)
def test_the_name_is_found_where_a_mail_is_signed(end: str, signed: str) -> None:
    """On the closing line, below it, below a delimiter, on a card; or where they say what to call them."""
    headers = Headers(sender=Address(addr="gus.webb@client.example", name="Augustus Webb"))
    message = parse_text(f"Bonjour Camille,\n\nVotre proposition m'intéresse.\n\n{end}\n", headers)

    assert signed_by(message, "Camille Laurent") == signed


@pytest.mark.parametrize(
    ("first", "display", "still"),
    [
        ("Jane", "Jane Hall", True),
        ("Anna", "A. Roux", True),
        ("Anna", "Roux", True),
        ("Anna", "anna.roux", True),
        ("Gus", "Augustus Webb", True),
        ("Jean-Pierre", "Jean Pierre Morel", True),
        ("Wei", "Zhang Wei", True),
        ("Marie", "Sophie Durand", False),
        ("Luc", "Mme Roux", False),
        ("Luc", "Famille Roux", False),
        ("Luc", "Luc et Zoé Roux", False),
        ("Luc", "Z. Roux", False),
        ("Luc", "Xhenete Roux", False),
        ("Jane", "Accounts (Harding Ltd)", False),
    ],
)
def test_a_first_name_goes_with_the_display_name_that_it_was_learnt_beside(first: str, display: str, still: bool) -> None:
    """A married name keeps it, the initial does; another first name, a title, a family or a desk do not."""
    assert still_called(first, display) is still


def test_the_owner_has_written_their_own_name_the_right_way_round() -> None:
    """A firm stays whole."""
    assert own_first_name("Morwenna Trelawny") == "Morwenna"
    assert own_first_name("Atelier Laurent") == "Atelier Laurent"


@pytest.mark.parametrize("hostile", ["\n \t", ". ", "Call me ", "a, ", "x ", "…", "(", "Cheers, ", "Anna ", " "], ids=repr)
def test_who_signs_is_found_in_any_text_in_linear_time(hostile: str) -> None:
    """Twice the text takes about twice the time, not four times."""
    headers = Headers(sender=Address(addr="gus.webb@client.example", name="Augustus Webb"))

    def seconds(size: int) -> float:
        text = hostile * (size // len(hostile))
        message = Message(headers=headers, text=text, new_text=text, said=f"{text}\nGus")
        return max(processor(lambda: signed_by(message, "Camille Laurent")), 0.001)

    assert seconds(100_000) < 5 * seconds(50_000)
    assert seconds(100_000) < 0.1 * slowness()
