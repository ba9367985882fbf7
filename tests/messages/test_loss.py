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
