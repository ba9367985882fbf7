"""tu or vous."""

from __future__ import annotations

import pytest

from nurture.stages import Reading, between
from tests.stages.builders import said, wrote


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Bonjour Madame,\nVotre message m'intéresse.", "vous"),
        ("Relancez-moi en mars.", "vous"),
        ("Pourriez-vous m'envoyer un devis ?", "vous"),
        ("Veuillez agréer, Madame, mes salutations distinguées.", "vous"),
        ("Salut,\ntu peux m'envoyer ton devis ?", "tu"),
        ("Relance-moi en mars.", "tu"),
        ("T'as un exemple ?", "tu"),
        ("Salut, ça roule.", "tu"),
        ("Merci, bonne journée.", None),
        ("Le ton est bon.", None),
        ("Tu vois, vous autres êtes tous les mêmes.", "tu"),
        ("Je te remercie. Pourriez-vous m'envoyer votre devis ?", None),
        ("Salut, tu peux passer quand tu veux, dis-moi, et vous êtes combien chez toi ?", "tu"),
    ],
)
def test_the_register_of_a_french_mail(text: str, register: str | None) -> None:
    """Pronouns, possessives, imperatives and formulas tell it; both without a clear majority tell nothing."""
    assert said(text).register == register


def test_our_own_register_is_read_too() -> None:
    """The owner's way with a person counts as well."""
    assert wrote("Je te montre un film quand tu veux.").register == "tu"


def test_english_has_none() -> None:
    """There is nothing to tell in English."""
    assert said("Could you send me your brochure?", lang="en").register is None


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Bonjour Monsieur, votre message m'intéresse et vos ateliers aussi. On peut se tutoyer ?", "tu"),
        ("Votre proposition nous plaît. Tutoyons-nous, ce sera plus simple pour vous comme pour moi.", "tu"),
        ("On se tutoie, si cela vous convient ? Vous verrez, votre sujet nous parle.", "tu"),
        ("Vous pouvez me tutoyer. Votre offre est claire.", "tu"),
        ("N'hésitez pas à me tutoyer.", "tu"),
        ("Le tutoiement ne me dérange pas. Vous pouvez passer mardi.", "tu"),
        ("D'accord pour le tutoiement. Votre devis me va.", "tu"),
        ("Salut, tu vas vite en besogne. Je préfère le vouvoiement.", "vous"),
        ("Salut Paul, t'es gentil mais je préfère qu'on se vouvoie.", "vous"),
        ("Merci de ne pas me tutoyer.", "vous"),
        ("Restons au vouvoiement, si tu veux bien.", "vous"),
        ("Depuis quand on se tutoie ? Tu exagères.", "vous"),
        ("Évitons le tutoiement.", "vous"),
        ("Je suis mal à l'aise avec le tutoiement, tu comprends.", "vous"),
        ("Le « tu » me gêne, excuse-moi.", "vous"),
        ("Le « vous » me pèse, vous savez.", "tu"),
        ("Et pas de vous avec moi, vous êtes de la maison.", "tu"),
        ("Vous pouvez me dire tu, votre collègue le fait.", "tu"),
    ],
)
def test_what_is_asked_for_wins_over_what_is_counted(text: str, register: str) -> None:
    """Whoever names a register gets it."""
    assert said(text).register == register


def test_our_question_only_proposes() -> None:
    """Until they answer, we write as we did; their yes decides."""
    assert wrote("Votre projet me plaît. On se tutoie ?").register == "vous"
    assert said("Volontiers ! Votre devis me va.", awaits_quote="On se tutoie ?").register == "tu"
    assert said("Volontiers ! Votre devis me va.", awaits_quote="On s'appelle ?").register == "vous"
    assert said("Votre devis me va.", awaits_quote="On se tutoie ?").register == "vous"


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Merci. Ma fille dit : « Tu verras ! Tu vas l'aimer ! » Cordialement, Zoé", None),
        ("Mon chef me dit “tu signes et tu lui réponds”. Votre devis est bon.", "vous"),
        ('Je te cite le règlement : "Vous devez joindre vos devis."', "tu"),
        ("Votre devis « dit tout", "vous"),
    ],
)
def test_what_others_say_between_quotation_marks_tells_nothing(text: str, register: str | None) -> None:
    """Over several sentences, too; a mark that is never closed quotes nothing."""
    assert said(text).register == register


def test_how_they_speak_among_themselves_asks_for_nothing() -> None:
    """« Chez nous les clients se tutoient » is no wish."""
    assert said("Chez nous, les élèves et les profs se tutoient, et vous êtes les bienvenus.").register == "vous"


@pytest.mark.parametrize(
    ("text", "register"),
    [
        # An order has no subject before it.
        ("Je montre la maquette au bureau et on vous recontacte.", "vous"), ("Nous avons enlevé les affiches, merci à vous.", "vous"), ("Ma chef explique la démarche au comité.", None),
        ("La mairie renvoie les dossiers lundi.", None), ("Montre-moi un exemple.", "tu"), ("Merci, rappelle la compta.", "tu"), ("Laissez la porte ouverte.", "vous"), ("Non, oublie.", "tu"),
        ("N'hésitez surtout pas.", None), ("Ne réponds plus.", "tu"), ("Ok, passez lundi.", "vous"), ("Donné les clés au gardien.", None), ("Reviens vers vous jeudi.", "vous"),
        # Nouns, euphonic letters, names.
        ("Je note le rdv de lundi.", None), ("Notre rendez-vous de mai tient toujours, tu confirmes ?", "tu"), ("Il reste au garde-à-vous.", None), ("Le dossier sera t il prêt ? Vos plans sont clairs.", "vous"),
        ("Où va-t'on ?", None), ("Elle arrive-tu lundi ?", None), ("Peut-tu me rappeler ?", "tu"), ("Votre ton est plaisant.", "vous"), ("Changez de ton.", "vous"), ("J'aime le ton de ta lettre.", "tu"),
        ("De ton point de vue, c'est jouable ?", "tu"), ("Le groupe TES déménage.", None), ("Luc Vos est en congé.", None), ("Voir www.ta-boutique.fr ou ecrire@vos-fleurs.fr.", None),
        ("Bonne fin de semaine, en vous remerciant.", "vous"),
        # Titles.
        ("Madame Petit sera en congé.", None), ("Non merci, Madame.", "vous"), ("Bonsoir Monsieur, pas pour nous.", "vous"),
        # One sentence alone says tu, or others say it.
        ("Tu parles d'une aubaine ! Votre prix double.", "vous"), ("Mon père m'a dit : tu n'as rien à perdre. Je vous écoute.", "vous"), ("Elle a lancé 'tu plaisantes'. Votre tarif reste haut.", "vous"),
        ("Salut, votre dossier est complet.", "vous"), ("Vous venez quand, toi et Zoé ? Je vous garde deux places.", "tu"), ("Quand tu gères un bar, tu dors peu. Votre heure sera la mienne.", None),
    ],
)  # fmt: skip
def test_what_looks_like_a_register_and_is_none(text: str, register: str | None) -> None:
    """Indicatives, participles, nouns, names and sayings address nobody."""
    assert said(text).register == register


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Cessez de me vouvoyer, votre devis me va.", "tu"), ("Ne nous vouvoyez plus !", "tu"), ("Puis-je vous tutoyer ?", "tu"), ("Ça vous ennuie si je vous tutoie ?", "tu"),
        ("On pourrait passer au tu ?", "tu"), ("Sur notre page on préfère le tutoiement, votre texte vouvoie.", "vous"), ("Pour la plaquette, restons au vous. Tu t'en charges ?", "tu"),
    ],
)  # fmt: skip
def test_a_wish_is_for_the_two_of_them(text: str, register: str) -> None:
    """Not for the readers of a text; whoever wants no vous any more wants a tu."""
    assert said(text).register == register


def spoken(*words: str) -> list[tuple[bool, Reading]]:
    """« us:tu », « them:vous>tu »: who, how they spoke, and what they asked for."""
    parts = [w.replace(">", ":").split(":") for w in words]
    return [
        (
            p[0] == "us",
            Reading(reader=1, register=p[1] or (p[2] if len(p) > 2 else None), register_wanted=p[2] if len(p) > 2 else None),
        )
        for p in parts
    ]


@pytest.mark.parametrize(
    ("words", "register"),
    [
        (["us:vous", "us:vous", "them:tu"], "tu"),
        (["us:vous", "them:vous", "us:vous", "them:tu"], "tu"),
        (["them:tu>tu", "us:tu", "them:vous"], "tu"),
        (["them:tu>tu", "us:tu", "them:vous>vous", "us:tu"], "vous"),
        (["them:tu", "us:tu", "them:vous"], "tu"),
        (["us:vous", "them:tu", "them:vous"], "vous"),
        (["us:tu", "them:tu", "them:vous", "them:vous"], "vous"),
        (["us:tu", "us:vous"], "tu"),
        (["us:tu", "them:"], "tu"),
        (["us:", "them:"], None),
        ([], None),
    ],
)
def test_the_register_of_a_conversation(words: list[str], register: str | None) -> None:
    """The newest wish; else their words; else ours. One vous behind a tu of both sides is the plural."""
    assert between(spoken(*words)) == register


def test_a_wish_is_told_apart_from_what_the_words_show() -> None:
    """It lasts, whatever the plurals that follow."""
    assert said("Votre plan me va. Tutoyons-nous !").register_wanted == "tu"
    assert said("Tu me dis quand ?").register_wanted is None
