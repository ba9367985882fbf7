"""A body without words: the subject is read."""

from __future__ import annotations

import pytest

from nurture.messages import Headers, Kind, Message
from nurture.stages import Awaits, Context, Reading, Signal, read
from tests.stages.builders import MONDAY

ANSWER = ("<1@atelier.example>",)


def by_subject(subject: str, body: str = "", *, parents: tuple[str, ...] = (), thread: str = "fr", **context: object) -> Reading:
    """The reading of a mail of theirs with this subject."""
    message = Message(headers=Headers(subject=subject, references=parents), text=body, new_text=body, kind=Kind.HUMAN)
    return read(message, Context(ours=False, lang=thread, sent=MONDAY, **context))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "signal"),
    [
        ("STOP", Signal.OPT_OUT),
        ("Désinscription", Signal.OPT_OUT),
        ("unsubscribe", Signal.OPT_OUT),
        ("STOP Re: Vos clients", Signal.OPT_OUT),
        ("Ne m'écrivez plus - RE : Vos clients", Signal.OPT_OUT),
        ("Not interested", Signal.DECLINE),
        ("Pas intéressé", Signal.DECLINE),
        ("Demande de devis", Signal.PROPOSAL_REQUEST),
    ],
)
@pytest.mark.parametrize("body", ["", "Bonjour,", "Cordialement,", "Bonjour Camille,\n\nBien à vous,"])
def test_the_subject_says_it(subject: str, signal: Signal, body: str) -> None:
    """Where the body holds at most greeting and closing."""
    assert signal in by_subject(subject, body).signals


@pytest.mark.parametrize(("subject", "thread"), [("Unsubscribe", "fr"), ("Désinscription", "en"), ("Not interested", "fr")])
def test_a_few_words_may_be_in_another_language_than_the_thread(subject: str, thread: str) -> None:
    """Too short to tell its language; the one that understands it counts."""
    assert by_subject(subject, thread=thread).signals & {Signal.OPT_OUT, Signal.DECLINE}


@pytest.mark.parametrize("subject", ["Re: Vos clients", "RE : Votre devis", "Fwd: Un devis pour vous", "Vos tarifs ?"])
def test_a_subject_that_may_be_ours_says_nothing_of_theirs(subject: str) -> None:
    """It repeats what we wrote about."""
    assert by_subject(subject, parents=ANSWER).signals == frozenset()


def test_what_we_would_not_write_is_theirs() -> None:
    """A stop is no subject of ours."""
    assert Signal.OPT_OUT in by_subject("Re: STOP", parents=ANSWER).signals
    assert Signal.OPT_OUT in by_subject("STOP", parents=ANSWER).signals


def test_a_body_that_says_something_is_read_alone() -> None:
    """The subject is not asked."""
    assert by_subject("STOP", "Quels sont vos tarifs ?").signals == {Signal.PRICE_QUESTION}


def test_a_thank_you_under_our_subject_stays_one() -> None:
    """Its words are all in the closing."""
    assert by_subject("Re: Votre devis", "Merci !", parents=ANSWER, awaits=Awaits.OFFER).signals == {Signal.THANKS}
