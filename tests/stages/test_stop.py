"""Opt-outs in anger and by law are found, and other people's trade is not taken for one."""

from __future__ import annotations

import pytest

from nurture.stages import Awaits, Context, Signal
from nurture.stages.lexical import by_lexicon
from nurture.stages.lexicon import lexicon
from nurture.stages.sentences import letter
from tests.stages.builders import said

STOP = {
    "fr": [
        "Au titre du RGPD, supprimez mes données.",
        "Article 21 du RGPD : je m'oppose à tout traitement de mes coordonnées à des fins de prospection.",
        "Je vous demande la suppression immédiate de toutes les informations me concernant.",
        "Je demande l'effacement de mes données conformément à l'article 17.",
        "Conformément à la réglementation, effacez ce qui me concerne.",
        "Je signale à la CNIL.",
        "La CNIL sera saisie au prochain envoi.",
        "J'exerce mon droit d'opposition.",
        "Nous vous mettons en demeure de cesser tout envoi.",
        "C'est du spam, ni plus ni moins.",
        "Je vous classe en indésirable.",
        "Arrêtez de me harceler !",
        "Foutez-moi la paix.",
        "Lâchez-nous.",
        "Allez vous faire voir.",
        "Perdez mon numéro.",
        "On ne veut plus entendre parler de vous.",
        "J'ai déjà demandé deux fois qu'on ne m'écrive plus.",
        "Vous me harcelez.",
        "Dégage !",
    ],
    "en": [
        "Please remove my data.",
        "This is a GDPR erasure request.",
        "Under the GDPR, delete everything you hold about me.",
        "Erase all personal information you have on us, per Article 17.",
        "I object to the processing of my details for marketing.",
        "Cease and desist.",
        "This is spam.",
        "Your message is nothing but spam, and it goes to the Information Commissioner: reported to the ICO.",
        "I'm marking you as spam.",
        "Lose my number.",
        "Leave me the hell alone.",
        "Fuck off",
        "Get lost!",
        "How many times must I tell you to stop?",
        "I'm sick of your follow-ups.",
        "Don't ever contact us again.",
        "Unsubscribe, thank you.",
        "Hard no. Unsubscribe.",
    ],
}
NO_STOP = {
    "fr": [
        "Nous aidons nos clients à répondre aux demandes d'effacement de l'article 17 du RGPD.",
        "Je suis déléguée à la protection des données, votre sujet m'intéresse.",
        "Votre outil est-il conforme au RGPD ?",
        "Comment supprimez-vous les données de nos clients, au titre du RGPD ?",
        "Nos abonnés se désinscrivent trop de notre newsletter.",
        "Votre mail est arrivé dans les spams, je le découvre.",
        "Nous formons les équipes contre le harcèlement.",
        "On reçoit du spam toute la journée sur notre boîte générique.",
        "Il faudrait supprimer la ligne 3 de notre devis.",
        "Nos clients nous harcèlent au téléphone pour avoir leurs délais.",
        "Le taux de désabonnement de nos campagnes monte.",
        "On a un concurrent qui n'arrête pas.",
        "J'ai perdu mon numéro de commande.",
    ],
    "en": [
        "We handle GDPR erasure requests for our customers.",
        "I'm the data protection officer here, and your training interests me.",
        "Is your tool compliant with the GDPR?",
        "Our unsubscribe rate is too high.",
        "Your mail landed in my spam folder, sorry.",
        "We run anti-harassment workshops for schools.",
        "We received a cease and desist letter from a competitor.",
        "How do you delete our customers' data under the GDPR?",
        "Our customers keep pestering us for delivery dates.",
        "Could you remove our logo from page two?",
        "I'm fed up with our current supplier's messages.",
        "We lose our numbers every time the phone system restarts.",
    ],
}


def surest(text: str, lang: str) -> float:
    """How sure the lexicon is of an opt-out."""
    seen = by_lexicon(letter(text, lexicon(lang), Context(ours=False)))
    return max((s.score for s in seen if s.signal is Signal.OPT_OUT), default=0.0)


@pytest.mark.parametrize(("text", "lang"), [(text, lang) for lang, texts in STOP.items() for text in texts])
def test_a_stop_in_anger_or_by_law_is_found(text: str, lang: str) -> None:
    """Whoever swears at us or cites the law asks not to be written to again."""
    assert surest(text, lang) >= 0.5


@pytest.mark.parametrize(("text", "lang"), [(text, lang) for lang, texts in NO_STOP.items() for text in texts])
def test_their_own_trade_is_no_stop(text: str, lang: str) -> None:
    """What they say of their own customers, mails and trade asks nothing of us."""
    assert surest(text, lang) < 0.5


@pytest.mark.parametrize(("text", "lang"), [(text, lang) for lang, texts in STOP.items() for text in texts])
def test_nobody_is_written_to_after_such_a_mail(text: str, lang: str) -> None:
    """The reader finds it, or holds it for the owner to see."""
    reading = said(text, lang=lang)

    assert Signal.OPT_OUT in {f.signal for f in (*reading.findings, *reading.unsure)}


@pytest.mark.parametrize(("text", "lang"), [(text, lang) for lang, texts in NO_STOP.items() for text in texts])
def test_their_trade_closes_no_conversation(text: str, lang: str) -> None:
    """At most a doubt."""
    assert Signal.OPT_OUT not in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Please don't stop sending these.", "en"),
        ("Your mails land in my spam folder.", "en"),
        ("Please delete the second file, it was the wrong one.", "en"),
        ("You can stop sending zip files, we cannot open them.", "en"),
        ("Supprimez la deuxième pièce jointe, c'est la mauvaise.", "fr"),
        ("Vos mails tombent dans mes spams.", "fr"),
        ("Never stop writing to us, it makes our Mondays.", "en"),
        ("Forget my last mail, wrong attachment.", "en"),
        ("Please don't write to this address any more, use the new one.", "en"),
        ("N'arrêtez surtout pas vos lettres.", "fr"),
        ("Oubliez mon dernier mail.", "fr"),
        ("Ne m'écrivez plus à cette adresse, utilisez la nouvelle.", "fr"),
    ],
)
def test_the_opposite_of_a_stop_is_at_most_suspected(text: str, lang: str) -> None:
    """Who asks for more, or for mail elsewhere, is not stopped for ever by the words of a stop."""
    assert Signal.OPT_OUT not in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"), [("Forget us, and stop writing to this address.", "en"), ("Oubliez-nous et ne m'écrivez plus.", "fr")]
)
def test_a_stop_beside_such_words_is_one(text: str, lang: str) -> None:
    """Only what is said of a mail, or of another address, takes it back."""
    assert Signal.OPT_OUT in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Please don't send it by courier, e-mail is fine.", "en"),
        ("Don't send the invoice to Anna, send it to me.", "en"),
        ("Please remove the former number from your files, the new one is below.", "en"),
        ("Ne m'envoyez pas le catalogue par la poste, un mail suffit.", "fr"),
        ("N'envoyez pas le dossier à Anna, envoyez-le-moi.", "fr"),
        ("Merci de supprimer mon ancien numéro, le nouveau est ci-dessous.", "fr"),
        ("Stop it, you're making me blush!", "en"),
        ("Arrêtez, je vais rougir !", "fr"),
    ],
)
def test_what_is_to_come_another_way_is_no_stop(text: str, lang: str) -> None:
    """Not this but that: at most a suspicion."""
    assert Signal.OPT_OUT not in said(text, lang=lang).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Lundi ça ne va pas pour moi, mardi plutôt ?", "fr"), ("Monday is no good for me, Tuesday would be fine.", "en")],
)
def test_another_day_is_no_refusal(text: str, lang: str) -> None:
    """They say when instead."""
    assert Signal.DECLINE not in said(text, lang=lang, awaits=Awaits.MEETING).signals


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("One more message and I call my solicitor: if I hear from you once more, expect a letter.", "en"),
        ("Where is the unsubscribe link?", "en"),
        ("You have written four times now.", "en"),
        ("Encore une relance et je porte plainte.", "fr"),
        ("Où est le lien de désinscription ?", "fr"),
        ("Ne répondez plus à cette adresse.", "fr"),
    ],
)
def test_a_threat_or_a_complaint_is_at_least_suspected(text: str, lang: str) -> None:
    """Nobody is written to before the owner has looked."""
    reading = said(text, lang=lang)

    assert Signal.OPT_OUT in reading.signals | {f.signal for f in reading.unsure}


@pytest.mark.parametrize(
    ("filler", "stop", "lang"),
    [("It rained.", "Please do not write to me again.", "en"), ("Il a plu.", "Ne m'écrivez plus.", "fr")],
)
def test_a_stop_at_the_end_of_very_many_sentences_is_read(filler: str, stop: str, lang: str) -> None:
    """However many came before it."""
    reading = said(f"{filler} " * 320 + stop, lang=lang)

    assert Signal.OPT_OUT in reading.signals | {f.signal for f in reading.unsure}


def test_capitals_say_what_small_letters_say() -> None:
    """Who types in capitals does not shout."""
    quiet = "No further questions from me, all clear. How did the drivers like the film?"

    assert said(quiet.upper(), lang="en").signals == said(quiet, lang="en").signals
