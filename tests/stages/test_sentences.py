"""How a letter is cut into sentences, and which of them are only its frame."""

from __future__ import annotations

import pytest

from nurture.stages import Context
from nurture.stages.lexicon import lexicon
from nurture.stages.sentences import HEAD, LONGEST, MAX_SENTENCES, TAIL, Letter, Role, letter, unwrapped


def told(text: str, lang: str = "fr") -> Letter:
    return letter(text, lexicon(lang), Context(ours=False))


def test_greeting_and_closing_are_told_from_the_body() -> None:
    """The first line and the last ones frame a letter; what stands between them is said."""
    roles = [s.role for s in told("Bonjour Madame Petit,\n\nVotre idée me plaît.\n\nBien cordialement,\nBonne journée").sentences]

    assert roles == [Role.GREETING, Role.BODY, Role.CLOSING, Role.CLOSING]


def test_a_question_is_never_a_mere_greeting() -> None:
    """« Ciao Enzo, tu as vu mon message ? » is said, though it opens like a greeting."""
    assert [s.role for s in told("Ciao Enzo, tu as vu mon message ?").sentences] == [Role.BODY]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    """« M. Roche », "Mr. Stone" are one sentence with what follows."""
    assert [s.text for s in told("Voyez M. Roche. Il décide.").sentences] == ["Voyez M. Roche.", "Il décide."]
    assert [s.text for s in told("Ask Mr. Stone. He decides.", "en").sentences] == ["Ask Mr. Stone.", "He decides."]


def test_lines_that_a_mail_program_broke_are_one_sentence() -> None:
    """A line that was full goes on in the next; a short one ends where its author ended it."""
    wrapped = "Je vous remercie de votre message et je vous prie de bien vouloir me\nretirer de votre liste."

    assert "me retirer" in unwrapped(wrapped)
    assert unwrapped("Bonjour,\nune ligne\nune autre") == "Bonjour,\nune ligne\nune autre"
    assert unwrapped("- premier point de la liste, qui est assez long pour remplir\n- second point") != wrapped
    assert "\n- second" in unwrapped("- premier point de la liste, qui est assez long pour remplir\n- second point")


def test_long_letters_are_bounded_and_their_end_is_read() -> None:
    """Head and tail of a long text count, a sentence without end is cut, and there are only so many."""
    long = told("Une phrase. " * 5_000 + "\nRetirez-moi de votre liste.")

    assert len(long.sentences) <= MAX_SENTENCES
    assert max(len(s.text) for s in told("a" * (HEAD + TAIL + 5_000)).sentences) <= LONGEST
    assert told("mot " * 10_000 + "\nRetirez-moi de votre liste.").last("opt_out") is not None


def test_a_sentence_knows_whether_it_asks() -> None:
    """A question mark ends it, whatever quotes or blanks follow."""
    asked = told("Est-ce possible ?)\nC'est possible.")

    assert [s.asks for s in asked.sentences] == [True, False]


@pytest.mark.parametrize(
    ("text", "lang", "rest"),
    [
        ("Bonjour Camille, merci mais nous ne sommes pas intéressés", "fr", "merci mais nous ne sommes pas intéressés"),
        ("Bonjour, pas pour nous merci", "fr", "pas pour nous merci"),
        ("Bonjour non merci", "fr", "non merci"),
        ("Chère Madame, je passe mon tour", "fr", "je passe mon tour"),
        ("Salut Paul ! on laisse tomber", "fr", "on laisse tomber"),
        ("Hello, stop aux mails", "fr", "stop aux mails"),
        ("Hi Anna, not for us I'm afraid", "en", "not for us I'm afraid"),
        ("Dear Ms Farrell, no thank you", "en", "no thank you"),
        ("Hello there - not interested", "en", "not interested"),
        ("Good morning Tom: we'll pass", "en", "we'll pass"),
    ],
)
def test_what_follows_the_greeting_on_its_line_is_said(text: str, lang: str, rest: str) -> None:
    """A greeting ends at its comma, or where words begin that say something."""
    letter = told(text, lang)

    assert [s.role for s in letter.sentences] == [Role.GREETING, Role.BODY]
    assert rest in letter.sentences[1].text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Bonjour Madame, Monsieur,\n\nVotre idée me plaît.", "fr"),
        ("Bonjour à toutes et à tous,\nVotre idée me plaît.", "fr"),
        ("Camille,\nVotre idée me plaît.", "fr"),
        ("Chère Madame Petit,\nVotre idée me plaît.", "fr"),
        ("Dear Tom, dear Anna,\nI like your idea.", "en"),
        ("Good afternoon Mr. Stone,\nI like your idea.", "en"),
    ],
)
def test_a_greeting_of_several_people_is_one(text: str, lang: str) -> None:
    """A comma between those who are greeted opens no sentence."""
    assert [s.role for s in told(text, lang).sentences] == [Role.GREETING, Role.BODY]


@pytest.mark.parametrize(
    ("text", "lang"), [("Pas intéressé,\nJean", "fr"), ("Non merci,\nAnna", "fr"), ("Not interested,\nTom", "en")]
)
def test_a_first_line_that_says_something_is_no_name(text: str, lang: str) -> None:
    """A short first line that ends in a comma greets only where it says nothing."""
    assert told(text, lang).first("decline") is not None


@pytest.mark.parametrize("text", ["Merci.\nBonne continuation, ce n'est pas pour nous", "Merci.\nCordialement, pas intéressés"])
def test_a_no_in_the_closing_line_is_said(text: str) -> None:
    """A closing line may hold an answer."""
    assert told(text).first("decline") is not None


def test_a_sentence_that_is_cut_is_cut_between_words() -> None:
    """What is quoted of it begins and ends with whole words."""
    words = {w for s in told("Nous " + "voulons davantage " * 200).sentences for w in s.text.split()}

    assert words == {"Nous", "voulons", "davantage"}
