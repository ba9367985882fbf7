"""The end of a mail: what belongs to the signature goes, the closing line and every wish stay (docs/labels.md)."""

from __future__ import annotations

import pytest

from nurture.messages import new_words
from nurture.messages.signer import Signer, introduces_itself, looks_like_a_name

SAID = "Oui, envoyez-moi le devis."
PAUL = "Paul Marchand paul marchand marchand bois"


@pytest.mark.parametrize(
    "block",
    [
        "Paul", "Paul Marchand", "MARCHAND Paul", "P. Marchand", "P.M.", "pm", "Paul x", "Paul 🌳", "Paul Marchand, gérant", "Paul – Marchand Bois", "Paul | Gérant | Marchand Bois",
        "Paul Marchand\nGérant\nMarchand Bois SARL\n02 97 55 01 12", "Paul\n\nPaul Marchand\nGérant", "Paul Marchand\nJe ne travaille pas le mercredi.", "*Paul Marchand*\n*Gérant*",
        "-- \nPaul", "--\nPaul Marchand\nTél. 02 97 55 01 12", "_____\nPaul Marchand\n02 97 55 01 12", "Marchand Bois\n12 rue des Lilas, 56100 Lorient\nTél. : 02 97 55 01 12",
        "Paul Marchand\nNouveau : notre catalogue 2026 ! Demandez-le.\nhttps://bois.example", "Sonia Le Bihan\nAssistante", "Secrétariat de la Direction\nMarchand Bois", "Robbo\nMarchand Bois",
        "Paul Marchand\nSIRET 123 456 789 00012", "Paul Marchand\n[cid:image001.png@01DB]", "", "Audrey – ComptoClair", "P.-A. Roduit", "Lucien ABADIE",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "closing",
    [
        "",
        "Cordialement,",
        "Bonne journée !",
        "Merci d'avance",
        "Bien à vous",
        "Je vous prie d'agréer, Madame, mes salutations distinguées.",
    ],
)
def test_the_closing_line_stays_and_the_block_goes(block: str, closing: str) -> None:
    """Name, title, company, phone, motto: in whatever form."""
    wanted = f"{SAID}\n\n{closing}".strip()

    assert new_words(f"{wanted}\n{block}" if closing else f"{wanted}\n\n{block}", author=PAUL)[0] == wanted


@pytest.mark.parametrize(
    "footer",
    [
        "Envoyé de mon iPhone", "Sent from my iPhone", "Envoyé depuis l'application Mail pour iPhone", "Télécharger Outlook pour Android", "Get Outlook for iOS", "Gesendet von Mail für Windows",
        "Enviado desde mi iPhone", "Inviato da iPhone", "Verzonden vanaf mijn iPhone", "Enviado do meu iPhone", "Provenance : Courrier pour Windows", "Sans virus.www.avast.com",
        "Ce message et ses pièces jointes sont confidentiels et établis à l'intention exclusive du destinataire.\nSi vous n'êtes pas le destinataire, merci de le détruire.",
        "This e-mail is confidential and intended solely for the addressee.", "CONFIDENTIALITY NOTICE: this message is privileged.", "Avant d'imprimer, pensez à l'environnement.",
        "Pour vous désabonner, cliquez ici", "Unsubscribe: https://x.example/u", "Registered in England No. 0123", "Diese E-Mail enthält vertrauliche Informationen.",
        "----------\nCe courriel est envoyé par le service client de Marchand.",
    ],
)  # fmt: skip
def test_what_programs_add_goes(footer: str) -> None:
    """Footers of telephones and virus scanners, legal texts, unsubscribing links; whoever wrote."""
    assert new_words(f"{SAID}\n\n{footer}")[0] == SAID
    assert new_words(f"{SAID}\n\nPaul\n\n{footer}", author=PAUL)[0] == SAID


@pytest.mark.parametrize(
    "said",
    [
        "Bonjour,\nConformément au RGPD, je vous demande de supprimer mes coordonnées.",
        "Hi,\nUnsubscribe me please.",
        "Bonjour,\nDésabonnez-moi.",
        "Non merci.\nMerci de ne plus m'écrire.",
        "thx but gonna pass\nnothing personal mate\ntake me off ur list too ta",
        "not me you want, thats danielle in marketing\ndanielle@elmsfc.example",
        "Voyez avec ma collègue :\nsonia.lebihan@bois.example",
        "Rappelez-moi au\n02 97 55 01 12",
        "C'est parfait\n\nMardi 14h",
        "Bonjour,\n\n1. Douze pages\n2. Avril\n3. Budget : 3 000 €",
        "Merci\nMardi 10 h me va.",
        "Bonjour,\n\nStop",
        "Bonjour,\n\nQue voulez-vous dire ?\n\nNotre site : https://atelier.example",
        "Bon courage avec les bœufs,\nPense à apporter une rallonge !",
        "thx legend\nenjoy the footy",
        "Bonjour\n\nGare Montparnasse",
        "Nos sites :\n\nParis",
        "Cheers, Paul",
        "Fine.\n\nBest, Paul",
        "Oui.\n\nCordialement, Paul Marchand",
        "PS : et le prix ?\n\nMerci, Paul",
        "oui",
        "👍",
        "Plein de belles choses à toi, l'équipe du Petit Bal",
        "Code :\n####\nx\n####\nvoilà",
        "Bom dia,\n\nQuanto custa um vídeo? Obrigado.",
    ],
)
def test_what_is_meant_for_the_reader_stays(said: str) -> None:
    """Wishes, referrals, short answers, lists: whoever signs."""
    assert new_words(said, author=PAUL)[0] == said
    assert new_words(said)[0] == said


def test_a_postscript_keeps_what_stands_above_it() -> None:
    """Below the name the author goes on: all of it stays."""
    text = f"{SAID}\n\nPaul\n\nPS : et pour quand ?"

    assert new_words(text, author=PAUL)[0] == text


def test_an_afterthought_below_a_bare_name_stays_and_is_unsure() -> None:
    """No title and no contact stands between."""
    text = f"{SAID}\n\nPaul\n\nAh, et il nous faudrait aussi une version sous-titrée."

    assert new_words(text, author=PAUL) == (text, True)


def test_below_a_telephone_s_footer_stands_what_is_answered() -> None:
    """Though no mark says so; it is cut, and marked as unsure."""
    text = f"{SAID}\n\nEnvoyé de mon iPhone\n\nBonjour, je suis passée devant votre atelier et je me demande qui vous filme."

    assert new_words(text) == (SAID, True)


def test_without_an_author_names_stay() -> None:
    """Where it is not known who wrote, a name below a closing line may be all there is; a card with a phone still goes."""
    assert new_words(f"{SAID}\n\nThanks,\nSome One")[0] == f"{SAID}\n\nThanks,\nSome One"
    assert new_words(f"{SAID}\n\nThanks,\nSome One\nSales Director\n+33 2 97 55 01 12")[0] == f"{SAID}\n\nThanks,"


def test_a_mail_that_is_only_a_signature() -> None:
    """It is kept, and unsure."""
    assert new_words("-- \nPaul Marchand\n02 97 55 01 12", author=PAUL)[1]


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Paul", True), ("marchand", True), ("Cdt Marchand", True), ("Mr. P. Marchand", True), ("PM", True), ("P", True), ("Paul (lui)", True), ("Wei Lim", False), ("Paul vous rappelle demain à dix heures", False),
        ("ok", False), ("", False), ("Merci Paul de votre aide", False), ("M & P", True),
    ],
)  # fmt: skip
def test_who_signs(line: str, signs: bool) -> None:
    """The author, in whole, in part, by initials."""
    assert Signer("Paul Marchand").signs(line) is signs


def test_nobody_signs_for_nobody() -> None:
    """An unknown author has no name."""
    assert not Signer("")
    assert not Signer("").signs("Paul")


@pytest.mark.parametrize(
    ("line", "named"), [("Robbo", True), ("Rob", True), ("Bob", False), ("Ro", False), ("Robert Robinson", False)]
)
def test_short_forms(line: str, named: bool) -> None:
    """A nickname begins as the name does."""
    assert Signer("Peter Robinson").nicknamed(line) is named


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Yvon LE BRIS", True),
        ("R. Ouellet", True),
        ("P.-A. Roduit", True),
        ("Anna-Lena de Vries", True),
        ("Gare", False),
        ("je suis là", False),
        ("Mardi 14h", False),
        ("Un Deux Trois Quatre Cinq Six", False),
    ],
)
def test_what_looks_like_a_name(line: str, name: bool) -> None:
    """Capitalised words and initials, nothing else."""
    assert looks_like_a_name(line) is name


@pytest.mark.parametrize(
    ("line", "card"),
    [
        ("Audrey – ComptoClair", True),
        ("Margot & Hugo – Les Grands Soirs", True),
        ("Léa, Parole Libre", True),
        ("Audrey", False),
        ("mardi, 14h", False),
        ("Oui, merci.", False),
    ],
)
def test_who_introduces_themselves(line: str, card: bool) -> None:
    """A first name and what it stands for."""
    assert introduces_itself(line) is card
