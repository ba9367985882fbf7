"""What their mails say: each signal in plain words of both languages, and what must not be taken for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nurture.stages import Awaits, Context, Signal, read
from nurture.stages.findings import SUSPECT, THRESHOLD, findings
from nurture.stages.lexicon import lexicon
from nurture.stages.scored import Scored
from nurture.stages.sentences import Letter, letter
from tests.stages.builders import NOBODY_KNOWN, message, said

S = Signal
OFFER: dict[str, Any] = {"offer_out": True, "awaits": Awaits.OFFER}


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Votre démarche m'intéresse, j'aimerais en savoir davantage.", S.INTEREST),
        ("Pourquoi pas, après tout.", S.INTEREST),
        ("Nos clients n'arrivent pas à commander en ligne et nous perdons des ventes.", S.NEED),
        ("Nous voulons doubler les inscriptions d'ici septembre.", S.RESULT),
        ("Si nous passons de 10 à 20 contacts par mois, c'est gagné pour nous.", S.MEASURE),
        ("Quel logiciel utilisez-vous pour le montage ?", S.HOW_QUESTION),
        ("Combien d'heures passez-vous sur une page ?", S.HOW_QUESTION),
        ("Pas besoin de script, on improvise.", S.HOW_DICTATED),
        ("Combien ça coûte ?", S.PRICE_QUESTION),
        ("Quels sont vos tarifs ?", S.PRICE_QUESTION),
        ("C'est trop cher, pouvez-vous faire un geste ?", S.PRICE_CHALLENGE),
        ("Il nous faut absolument un export vers notre comptabilité.", S.FEATURE_REQUEST),
        ("Nous n'avons pas de budget cette année.", S.OBJECTION_BUDGET),
        ("Ce n'est vraiment pas le moment.", S.OBJECTION_TIMING),
        ("Je dois en parler à mon associé.", S.OBJECTION_AUTHORITY),
        ("Nous travaillons déjà avec une agence.", S.OBJECTION_INCUMBENT),
        ("Nous nous sommes déjà fait avoir, je me méfie.", S.OBJECTION_TRUST),
        ("Recontactez-moi en septembre.", S.DEFERRAL),
        ("Merci de nous recontacter dans deux mois.", S.DEFERRAL),
        ("Êtes-vous disponible mardi à 14 h ?", S.MEETING),
        ("Pouvez-vous m'envoyer votre plaquette ?", S.INFO_REQUEST),
        ("Envoyez-moi un devis.", S.PROPOSAL_REQUEST),
        ("Nous ne donnerons pas suite.", S.DECLINE),
        ("Merci, mais cela ne nous intéresse pas.", S.DECLINE),
        ("Merci de ne plus m'écrire.", S.OPT_OUT),
        ("Merci de me retirer de vos listes.", S.OPT_OUT),
        ("STOP", S.OPT_OUT),
        ("Je ne suis pas la bonne personne, voyez avec ma collègue.", S.REFERRAL),
        ("Merci beaucoup, bonne journée.", S.THANKS),
        ("Bien reçu, merci.\nBonne journée", S.THANKS),
    ],
)
def test_french_signals(text: str, signal: Signal) -> None:
    """The plain French wording is found."""
    assert signal in said(text).signals


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("I'd love to hear more about it.", S.INTEREST),
        ("Why not, tell me more.", S.INTEREST),
        ("We keep losing customers because nobody answers the phone.", S.NEED),
        ("We want to double our bookings by summer.", S.RESULT),
        ("If we get from 10 to 20 leads a month, I'd call it a success.", S.MEASURE),
        ("Which software do you use?", S.HOW_QUESTION),
        ("How many hours do you spend on each page?", S.HOW_QUESTION),
        ("No script needed, you'll just film us.", S.HOW_DICTATED),
        ("What do you charge?", S.PRICE_QUESTION),
        ("How much is it?", S.PRICE_QUESTION),
        ("That's too expensive, can you do better on the price?", S.PRICE_CHALLENGE),
        ("It must export to our accounting system.", S.FEATURE_REQUEST),
        ("We have no budget for this.", S.OBJECTION_BUDGET),
        ("It's not a good time for us.", S.OBJECTION_TIMING),
        ("I need to run it past my board.", S.OBJECTION_AUTHORITY),
        ("We already have an agency for that.", S.OBJECTION_INCUMBENT),
        ("We were let down by the last agency.", S.OBJECTION_TRUST),
        ("Could you get back to me in September?", S.DEFERRAL),
        ("Try me again after Easter.", S.DEFERRAL),
        ("Are you free on Tuesday at 2pm?", S.MEETING),
        ("Could you send me your brochure?", S.INFO_REQUEST),
        ("Please send us a quote.", S.PROPOSAL_REQUEST),
        ("Thanks, but we're not interested.", S.DECLINE),
        ("We've decided to go with another supplier.", S.DECLINE),
        ("Please stop emailing me.", S.OPT_OUT),
        ("Unsubscribe me please.", S.OPT_OUT),
        ("I'm not the right person, please speak to our marketing manager.", S.REFERRAL),
        ("Thanks so much, have a lovely week.", S.THANKS),
    ],
)
def test_english_signals(text: str, signal: Signal) -> None:
    """The plain English wording is found."""
    assert signal in said(text, lang="en").signals


@pytest.mark.parametrize(
    ("text", "lang", "signal"),
    [
        ("Je reviens vers vous la semaine prochaine.", "fr", S.DEFERRAL),
        ("I'll get back to you next week.", "en", S.DEFERRAL),
        ("Rappelez-moi demain à 9 h.", "fr", S.DEFERRAL),
        ("Je ne vous dis pas non.", "fr", S.DECLINE),
        ("I'm not saying no.", "en", S.DECLINE),
        ("Nos abonnés se désinscrivent de notre lettre.", "fr", S.OPT_OUT),
        ("Half of our subscribers unsubscribe after the first newsletter.", "en", S.OPT_OUT),
        ("Please don't hesitate to write again.", "en", S.OPT_OUT),
        ("Ne m'écrivez pas avant septembre.", "fr", S.OPT_OUT),
        ("Désolé pour ce retard de réponse.", "fr", S.NEED),
        ("Combien de temps dure la formation ?", "fr", S.PRICE_QUESTION),
        ("Merci pour votre message, mais avez-vous des références ?", "fr", S.THANKS),
        ("Merci. Le local est encore en travaux et nous dormons peu.", "fr", S.THANKS),
    ],
)
def test_what_only_looks_like_it(text: str, lang: str, signal: Signal) -> None:
    """Their own doings, courtesies and questions about something else are not taken for the signal."""
    reading = said(text, lang=lang)

    assert signal not in reading.signals


def test_acceptance_needs_something_to_accept() -> None:
    """A yes is an acceptance where an offer of ours is out; before that it is none."""
    assert S.ACCEPTANCE in said("C'est d'accord, je signe.", **OFFER).signals
    assert S.ACCEPTANCE in said("We accept your proposal, please go ahead.", lang="en", **OFFER).signals
    assert S.ACCEPTANCE not in said("C'est d'accord.").signals


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("N'insistez plus.", S.OPT_OUT),
        ("Une autre fois peut-être.", S.DEFERRAL),
        ("Bonne continuation dans vos projets, malheureusement sans nous.", S.DECLINE),
    ],
)
def test_a_suspected_no_is_never_dropped(text: str, signal: Signal) -> None:
    """What is too weak to be sure of is handed on as unsure, and the plan holds."""
    reading = said(text)

    assert signal in reading.signals | {f.signal for f in reading.unsure}
    assert all(SUSPECT <= f.confidence < THRESHOLD for f in reading.unsure)


def test_other_weak_signs_are_let_go() -> None:
    """Only opt-out, decline and deferral are worth a doubt."""
    assert said("À suivre.").unsure == ()


def test_a_finding_shows_the_sentence_as_it_stands() -> None:
    """The quote is their sentence, on one line, at most 200 characters."""
    reading = said("Bonjour,\n\nÀ vrai dire, votre démarche m'intéresse !\n\nBien à vous")
    (finding,) = reading.findings

    assert finding.quote == "À vrai dire, votre démarche m'intéresse !"
    assert finding.rule == "says-interested"
    assert len(said("Votre démarche m'intéresse, " + "vraiment " * 60).findings[0].quote) <= 200


def test_greeting_and_closing_say_nothing() -> None:
    """« Au plaisir de vous lire », "Looking forward to it" are manners, not interest."""
    assert said("Bonjour Madame,\n\nAu plaisir de vous lire,").signals <= {S.THANKS}


def test_an_opt_out_in_the_last_line_counts() -> None:
    """It is looked for everywhere, the closing line included."""
    assert said("Bonjour,\n\nCordialement, et ne m'écrivez plus").signals == {S.OPT_OUT}


def test_words_that_may_be_somebody_elses_are_only_suspected() -> None:
    """Where the cut between new words and history is not certain, no final word is taken for sure."""
    text = "Votre démarche m'intéresse.\nMerci de me retirer de votre liste."
    doubtful = read(replace(message(text), unsure=True), NOBODY_KNOWN)

    assert doubtful.signals == {S.INTEREST}
    assert max(doubtful.unsure, key=lambda f: f.confidence).signal is S.OPT_OUT


def test_an_unknown_language_is_read_with_every_lexicon() -> None:
    """Where the words do not tell the language, the lexicon that finds most reads them; an unserved one too."""
    assert said("Unsubscribe", lang=None).signals == {S.OPT_OUT}
    assert said("Non merci.", lang=None).signals == {S.DECLINE}
    assert said("Bitte: unsubscribe me", lang="de").signals == {S.OPT_OUT}


def test_one_more_detector_is_one_more_in_the_tuple() -> None:
    """Findings come from whatever detectors are given; the surest sentence of a signal wins."""

    def by_length(told: Letter) -> list[Scored]:
        return [Scored(signal=S.NEED, sentence=s, score=min(0.99, len(s.text) / 40), rule="length") for s in told.body]

    told = letter("Un mot.\nUne phrase bien plus longue que la première.", lexicon("fr"), Context(ours=False))
    found, unsure = findings(told, (by_length,))

    assert [(f.signal, f.quote, f.rule) for f in found] == [(S.NEED, "Une phrase bien plus longue que la première.", "length")]
    assert unsure == ()


def test_their_mail_never_carries_our_signal() -> None:
    """« Voici le devis signé » is theirs: no offer of ours is sent by it."""
    assert S.PROPOSAL_SENT not in said("Voici le devis signé.", **OFFER).signals
