"""How a letter is cut into sentences, and which of them are only its frame."""

from __future__ import annotations

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
