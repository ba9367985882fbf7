"""Nothing that a person wrote may be lost: letters of the phrase bank, in front of signatures and quotes of every kind."""

from __future__ import annotations

import pytest

from nurture.messages import new_words
from nurture.training.bank import files, phrases, replies

AUTHOR = "Kit Penhallow kit penhallow yard"
EVERY = 23  # letter of the bank; all of them take a minute
ADRIFT = 4  # words that may be taken for a signature, or a signature's for said
RARE = 0.004  # of the letters: some end in what only their author can tell from a signature

SIGNED = "\n\nKit Penhallow\nPenhallow Boatyard & Brokerage\n01326 960 142"
BEHIND = {
    "signature": SIGNED,
    "Gmail": f"{SIGNED}\n\nOn Mon, Mar 2, 2026 at 9:14 AM Claire Morvan <claire@morvanfilms.example> wrote:\n\n> Hello Kit,\n> Would Tuesday do?",
    "Outlook": f"{SIGNED}\n\nDe : Claire Morvan <claire@morvanfilms.example>\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Kit\nObjet : x\n\nBonjour Kit",
    "one line": " Le lun. 2 mars 2026 à 09:14, Claire Morvan a écrit : Bonjour Kit, mardi vous irait ?",
}
LETTERS = [
    [phrase.text for phrase in letter]
    for lang in ("en", "fr")
    for letter in replies(phrases(files(lang)))[::EVERY]
    if len(letter) > 1
]


@pytest.mark.parametrize("behind", BEHIND)
def test_letters_are_kept_whole(behind: str) -> None:
    """In one paragraph, and in two."""
    adrift = []
    for n, (first, *more) in enumerate(LETTERS):
        said = (" " if n % 2 else "\n\n").join([first, " ".join(more)])
        found = new_words(said + BEHIND[behind], author=AUTHOR)[0]
        if abs(len(found.split()) - len(said.split())) > ADRIFT:
            adrift.append((said, found))

    assert len(LETTERS) > 1_000
    assert len(adrift) <= RARE * len(LETTERS), adrift[:5]


@pytest.mark.parametrize(
    "word",
    ["Cease.", "Stop", "Enough!", "Refused.", "Interested", "Noon.", "Assez.", "Stoppez", "Effacez.", "Accordé", "Signé.", "Midi", "Jamais."],
)  # fmt: skip
@pytest.mark.parametrize("block", ["", SIGNED])
def test_a_last_word_is_no_name(word: str, block: str) -> None:
    """A word on a line of its own may be all that they wanted to say."""
    said = f"I have read all three of your mails.\n\n{word}"

    assert new_words(said + block, author=AUTHOR)[0] == said


@pytest.mark.parametrize(
    "said",
    [
        "There will be no fair this autumn.\n\nA long tale, with a treasurer and a barge in it.",
        "Comment choisissez-vous vos intervenants ?\n\nLes nôtres étaient des amis du directeur, et cela s'est vu. Il en reste un goût amer.",
        "Your mail found us.\n\nThe head of the school has a say in this and hasn't said it. Please order nothing yet.",
        "J'ai cliqué trois fois sur « se désinscrire », et trois fois on m'a souhaité la bienvenue.\n\nEnlevez-moi de là.",
        "Pouvez-vous venir ?\n\nTrop large pour le cabinet 2, donc au rez-de-chaussée.",
    ],
)
def test_a_last_paragraph_that_names_a_title_is_said(said: str) -> None:
    """A sentence is no card, whatever words stand in it."""
    assert new_words(said + SIGNED, author=AUTHOR)[0] == said


def test_a_date_in_the_letter_is_not_that_of_the_attribution() -> None:
    """Both begin with « on » or « le »; what stands between them was written."""
    said = "Our round opens on 1 October, so please come back at that point. Best regards, Kit"
    assert new_words(f"{said} On Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote: Hello Kit")[0] == said

    said = "On en reparle le 12 mai à l'atelier, si vous voulez bien. Kit"
    assert new_words(f"{said} Le lun. 2 mars 2026 à 09:14, Claire Morvan a écrit : Bonjour Kit")[0] == said

    for date in (
        "Le lun. 20 oct. 2025, à 10 h 00",
        "Le mercredi 4 mars 2026 à 9 h 14",
        "On Wednesday, March 4, 2026 at 9.14 a.m.",
    ):
        assert new_words(f"{said}\n\n{date}, Claire Morvan <claire@morvanfilms.example> a écrit :\n\n> Bonjour Kit")[0] == said

    said = "On Tuesday 10 March I am free at eleven"
    assert new_words(f"{said}\nOn Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote:\n\n> Hello Kit")[0] == said


TOM, CLAIRE = "Tom Harding tom.harding hardingjoinery", "Claire Dubois claire.dubois menuiserie-dubois"
DESK, OFFICE = "Harding Joinery info hardingjoinery", "Atelier Bertin contact atelier-bertin"


@pytest.mark.parametrize(
    ("text", "author", "last"),
    [
        ("Hi Claire,\n\nThanks for the quote.\n\nNot for us.\n\nKind regards,\nTom", TOM, "Kind regards,"),
        ("Merci pour votre message.\n\nPas pour nous.\n\nClaire", CLAIRE, "Pas pour nous."),
        (
            "Hi Claire,\n\nThanks for the quote.\n\nToo expensive.\nWould need 20% off.\nDelivery before June.\n\nTom",
            TOM,
            "before June.",
        ),
        ("Hi,\n\nHappy New Year!\n\nNext week works.\n\nTom", TOM, "works."),
        ("Bonjour,\n\nSuite à notre échange de mardi,\n\nAccord pour six séances.\n\nClaire", CLAIRE, "séances."),
        ("Yes, on 12 March On Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote: Hello", TOM, "12 March"),
        ("Let's say on 12 March. On Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote: Hello", TOM, "March."),
        ("Oui, le 12 mars Le lun. 2 mars 2026 à 09:14, Claire Morvan a écrit : Bonjour", CLAIRE, "12 mars"),
        ("Not on 12 March, on 13 March On Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote: Hello", TOM, "13 March"),
        ("Ok for Tuesday On Mon, 2 Mar 2026 at 09:14, Claire Morvan wrote: Hello", TOM, "Tuesday"),
        ("Le 12 mars Le lun. 2 mars 2026 à 09:14, Claire Morvan a écrit : Bonjour", CLAIRE, "12 mars"),
        ("On 12 March\nOn 2 Mar 2026, at 09:14, Claire Morvan <c@m.example> wrote:\n> Hello", TOM, "12 March"),
        (
            "Hello,\n\nI have read your proposal carefully.\n\nProceed\n\nTom Harding\nManaging Director\nHarding Joinery Ltd\n+44 20 7946 0123",
            TOM,
            "Proceed",
        ),
        ("Hello,\n\nI have read it.\n\nContact Jane Cooper\n\nTom Harding\nManaging Director", TOM, "Cooper"),
        ("Bonjour,\n\nJ'ai bien lu.\n\nVoir avec Paul\n\nClaire Dubois\nGérante\n02 99 00 00 00", CLAIRE, "Paul"),
        ("Hi Claire,\n\nThanks for this.\n\nPlease unsubscribe info@hardingjoinery.co.uk from this list.", DESK, "list."),
        ("Bonjour,\n\nMerci.\n\nVeuillez désinscrire contact@atelier-bertin.fr de votre liste.", OFFICE, "liste."),
        ("Hi Claire,\n\nThanks.\n\nUnsubscribe tom@hardingjoinery.co.uk", TOM, "co.uk"),
        ("Hi,\n\nThe unsubscribe link is broken.", TOM, "broken."),
        ("Bonjour,\n\nLe lien de désinscription ne marche pas.", CLAIRE, "pas."),
        ("Hi Claire,\n\nWe looked at your offer.\n\nHappy with our current partner\n\nTom", TOM, "partner"),
        ("Hi Claire,\n\nWe looked at your offer.\n\nHappy with our current partner", DESK, "partner"),
        ("Hi Claire,\n\nThank you.\n\nSpeak to our purchasing manager, Jane Cooper", TOM, "Cooper"),
        ("Hi,\n\nMy director agrees.\n\nSales team too.\n\nTom", TOM, "too."),
        (
            "Hi Claire,\n\nHere is our position.\n\nThis email is confidential, between you and us.\n\nThe price must drop by ten percent.\n\nTom",
            TOM,
            "percent.",
        ),
        ("Hi Claire,\n\nWe looked at your offer.\n\nMy details are:\n020 7946 0123\n12 High Street, Leeds", DESK, "Leeds"),
        ("Hi Claire,\n\nThanks.\n\nBetter to speak to:\nJane Cooper\nHead of Purchasing\n020 7946 0999", DESK, "0999"),
        ("Hi Claire, answers below.\n\n> Which city?\n\nLeeds\n\n> Who decides?\n\nJane Cooper\n\nTom", TOM, "Cooper"),
        ("Bonjour,\n\nC'est d'accord. Merci et à mardi.\n\nSophie", OFFICE, "mardi."),
        (
            "Bonjour,\n\nC'est d'accord.\n\nSophie Lemaire\nAtelier Bertin, le bois dans tous ses états.\n02 99 00 00 00",
            OFFICE,
            "d'accord.",
        ),
        ("Hi Claire,\n\nTuesday works.\n\nJane Cooper\nOffice Manager\nHarding Joinery Ltd.", DESK, "works."),
        ("I have read your quote.\n\nPour nous c'est non", CLAIRE, "non"),
        (
            "Send two.\n\nThis email is confidential and intended solely for the addressee.\n\nTom Harding\nDirector",
            TOM,
            "Send two.",
        ),
        ("J'ai lu votre devis.\n\nLa direction refuse", CLAIRE, "refuse"),
        ("Hi Claire,\n\nPlease send the invoice to:\nHarding Joinery Ltd\n14 Mill Lane\nLeeds\n\nThanks\nTom", TOM, "Thanks"),
        ("Voyez avec ma collègue.\n\nJulie Morel\n06 00 00 00 00\n\nCordialement,\nClaire", CLAIRE, "Cordialement,"),
        ("Hi\n\nUnsubscribe from https://list.example/u does not work.\n\nTom", TOM, "work."),
        (
            "Pas de budget.\n\nBien cordialement,\n\nSophie Blanc\nAssistante\n\nMenuiserie Dubois\n12 rue des Lilas\n69003 Lyon",
            CLAIRE,
            "cordialement,",
        ),
        ("Merci de nous rappeler.\n\nCordialement\n\nJean-Pierre", OFFICE, "Cordialement"),
        ("Oui.\n\nOn Mon, Mar 2, 2026 at 9:00 AM 24 Seven Media <a@x.example> wrote:\n> Hello", CLAIRE, "Oui."),
    ],
)
def test_the_last_words_of_short_answers(text: str, author: str, last: str) -> None:
    """Thanks at the start close nothing, a word above the author's own name is no card, who asks to be removed writes no footer."""
    assert new_words(text, author=author)[0].endswith(last)
