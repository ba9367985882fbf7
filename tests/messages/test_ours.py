"""Quotes of our own words, recognised by keyed hashes though no mark shows them."""

from __future__ import annotations

from textwrap import wrap

import pytest

from nurture.messages import OurWords, new_words, our_words, parse

OURS = (
    "Bonjour Madame,\n\nJe suis passée devant votre atelier la semaine dernière, et je me suis demandé qui s'occupe de vos vidéos. "
    "Seriez-vous libre jeudi ?\n\nBelle journée,\nClaire Morvan"
)
ANSWER = "Oui, jeudi à dix heures me convient."
KEY = b"a key of the owner"


@pytest.mark.parametrize(
    "quoted",
    [
        OURS,
        "\n".join("\n".join(wrap(line, 40)) for line in OURS.split("\n")),
        OURS.upper(),
        OURS.replace("'", "’").replace("é", "e"),
    ],
    ids=["as it was", "wrapped anew", "shouted", "without accents"],
)
def test_a_quote_without_marks_goes(quoted: str) -> None:
    """Whoever pastes our mail below or above an answer has not written it."""
    assert new_words(f"{ANSWER}\n\n{quoted}", ours=[OURS])[0] == ANSWER
    assert new_words(f"{quoted}\n\n{ANSWER}", ours=[OURS])[0] == ANSWER


def test_answers_between_our_lines_stay() -> None:
    """Only our lines go."""
    text = "Je suis passée devant votre atelier la semaine dernière, et je me suis demandé qui s'occupe de vos vidéos.\nMon neveu.\nSeriez-vous libre jeudi ?\nNon, vendredi."

    assert new_words(text, ours=[OURS])[0] == "Mon neveu.\nSeriez-vous libre jeudi ?\nNon, vendredi."


@pytest.mark.parametrize("said", ["Belle journée,", "Seriez-vous libre jeudi ?", "Jeudi, qui s'occupe de vos vidéos ?"])
def test_a_few_words_in_common_are_theirs(said: str) -> None:
    """A formula or a short phrase that we used as well is no quote."""
    assert new_words(f"{ANSWER}\n{said}", ours=[OURS])[0] == f"{ANSWER}\n{said}"


def test_hashes_stand_in_for_the_texts() -> None:
    """Stored hashes of the same key recognise the same quotes, and nothing can be read from them."""
    stored = OurWords.unpack(our_words([OURS], KEY).pack(), KEY)

    assert stored == our_words([OURS], KEY)
    assert new_words(f"{ANSWER}\n\n{OURS}", ours=stored) == (ANSWER, False)
    assert new_words(f"{ANSWER}\n\n{OURS}", ours=OurWords.unpack(stored.pack(), b"another key"))[0] != ANSWER
    assert b"atelier" not in stored.pack()


def test_what_our_mails_quote_is_not_ours() -> None:
    """A mail of ours that quotes them does not make their words ours."""
    theirs = "Nous avons besoin de douze vidéos avant la fin du mois de septembre prochain."
    mail = f"Entendu !\n\nDe : Paul Marchand <paul@bois.example>\nEnvoyé : mardi 3 mars 2026 09:00\nÀ : Claire\nObjet : vidéos\n\n{theirs}"

    assert new_words(theirs, ours=our_words([mail]))[0] == theirs
    assert new_words(theirs, ours=our_words([f"Entendu !\n> {theirs}"]))[0] == theirs


def test_two_sets_join_under_one_key() -> None:
    """Hashes of several mails are one set; of different keys they cannot be."""
    both = our_words(["un deux trois quatre cinq"], KEY) | our_words(["six sept huit neuf dix"], KEY)

    assert len(both.runs) == 2
    with pytest.raises(ValueError, match="different keys"):
        both | our_words(["six sept huit neuf dix"], b"other")


def test_a_torn_blob_is_refused() -> None:
    """What is no whole number of hashes was not packed here."""
    with pytest.raises(ValueError, match="whole number"):
        OurWords.unpack(b"123")


def test_parse_takes_them_too() -> None:
    """Bytes -> Message with the quote cut."""
    message = parse(f"From: a@b.example\n\n{ANSWER}\n\n{OURS}".encode(), ours=our_words([OURS], KEY))

    assert message.new_text == ANSWER
    assert "atelier" in message.text


@pytest.mark.parametrize(
    "sent_back",
    [
        OURS,
        "\n".join(f"> {line}" for line in OURS.split("\n")),
        f"De : Claire Morvan <claire@morvanfilms.example>\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Paul\nObjet : Une vidéo\n\n{OURS}",
        f"Le 2 mars 2026 à 09:14, Claire Morvan a écrit :\n\n{OURS}",
    ],
    ids=["bare", "marked", "below a head", "below an attribution"],
)
def test_who_sends_only_our_words_back_has_said_nothing(sent_back: str) -> None:
    """Our pitch is never taken for a prospect's words; that is unsure, since something may be missing."""
    assert new_words(sent_back, ours=[OURS]) == ("", True)
