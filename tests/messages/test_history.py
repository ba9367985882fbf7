"""What is history: marks, attributions in many languages, header blocks, banners, one-line mails; and what is not."""

from __future__ import annotations

import pytest

from nurture.messages import new_words

SAID = "Oui, envoyez-moi le devis."
QUOTE = "> Bonjour,\n> qui s'occupe de vos vidéos ?"
PLAIN = "Bonjour,\nqui s'occupe de vos vidéos ?"
ME = "Claire Morvan <claire@morvanfilms.example>"

ATTRIBUTIONS = {
    "gmail fr": f"Le lun. 2 mars 2026 à 09:14, {ME} a écrit :",
    "gmail fr wrapped": "Le lun. 2 mars 2026 à 09:14, Claire Morvan <claire@morvanfilms.example>\na écrit :",
    "gmail fr wrapped in the verb": "Le lun. 2 mars 2026 à 09:14, Claire Morvan <claire@morvanfilms.example> a écrit\n:",
    "thunderbird fr": "Le 02/03/2026 à 09:14, Claire Morvan a écrit :",
    "without address": "Le 22 avril 2026 à 10:05, Claire Morvan a écrit :",
    "yahoo fr": f"Le lundi 2 mars 2026 à 09:14:00 UTC+1, {ME} a écrit :",
    "verb first fr": "Claire Morvan a écrit le 02/03/2026 à 09:14 :",
    "roundcube fr": "Le 2026-03-02 09:14, Claire Morvan a écrit :",
    "spark fr": f"Le 2 mars 2026 à 09:14 +0100, {ME}, a écrit :",
    "no date fr": f"{ME} a écrit :",
    "gmail en": f"On Mon, 2 Mar 2026 at 09:14, {ME} wrote:",
    "gmail en wrapped": "On Mon, Mar 2, 2026 at 9:14 AM Claire Morvan <\nclaire@morvanfilms.example> wrote:",
    "apple en": f"On Mar 2, 2026, at 9:14 AM, {ME} wrote:",
    "phone en": "On Mon, 2 Mar 2026, 9:14 am Claire Morvan, <claire@morvanfilms.example> wrote:",
    "proton en": f"On Monday, March 2nd, 2026 at 9:14 AM, {ME} wrote:",
    "zoho": f"---- On Mon, 02 Mar 2026 09:14:00 +0100 {ME} wrote ----",
    "missive": "On March 2, 2026 at 9:14 AM, Claire Morvan (claire@morvanfilms.example) wrote:",
    "thunderbird de": "Am 02.03.2026 um 09:14 schrieb Claire Morvan:",
    "gmail de": f"Am Mo., 2. März 2026 um 09:14 Uhr schrieb {ME}:",
    "gmail es": "El lun, 2 mar 2026 a las 9:14, Claire Morvan (<claire@morvanfilms.example>) escribió:",
    "gmail it": f"Il giorno lun 2 mar 2026 alle ore 09:14 {ME} ha scritto:",
    "thunderbird it": "Il 02/03/2026 09:14, Claire Morvan ha scritto:",
    "gmail nl": f"Op ma 2 mrt 2026 om 09:14 schreef {ME}:",
    "nl long": "Op 2 maart 2026 om 09:14 schreef Claire Morvan <claire@morvanfilms.example> het\nvolgende:",
    "gmail pt": f"Em seg., 2 de mar. de 2026 às 09:14, {ME} escreveu:",
    "pt verb first": "Claire Morvan <claire@morvanfilms.example> escreveu no dia segunda, 2/03/2026 à(s) 09:14:",
    "sv": f"Den mån 2 mars 2026 kl 09:14 skrev {ME}:",
    "pl": f"pon., 2 mar 2026 o 09:14 {ME} napisał(a):",
    "ru": f"2 марта 2026 г. 09:14 пользователь {ME} написал:",
    "no verb at all": '02.03.2026, 09.14, "Claire Morvan" <claire@morvanfilms.example>:',
    "old gmail": f"2026-03-02 9:14 GMT+01:00 {ME}:",
}
HEADERS = {
    "outlook fr": f"De : {ME}\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Paul Marchand\nObjet : Une vidéo",
    "outlook fr long": f"De : {ME}\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Paul Marchand <paul@bois.example>; Sonia Le\n Bihan <sonia@bois.example>\nCc : x@bois.example\nObjet : Une vidéo\nPièces jointes : a.pdf",
    "below a rule": f"________________________________\nDe : {ME}\nEnvoyé : lundi 2 mars 2026 09:14\nÀ : Paul\nObjet : Une vidéo",
    "bold": f"*De :* {ME}\n*Envoyé :* lundi 2 mars 2026 09:14\n*À :* Paul\n*Objet :* Une vidéo",
    "with blank lines": f"De : {ME}\n\nEnvoyé : lundi 2 mars 2026 09:14\n\nÀ : Paul\n\nObjet : Une vidéo",
    "tabs": f"De :\t{ME}\nA :\tPaul\nDate :\t02/03/2026 09:14\nObjet :\tUne vidéo",
    "sent first": f"Envoyé : lundi 2 mars 2026 à 09:14\nDe : {ME}\nÀ : Paul\nObjet : Une vidéo",
    "windows mail fr": f"De : {ME}\nEnvoyé le :lundi 2 mars 2026 09:14\nÀ :Paul\nObjet :Une vidéo",
    "outlook en": f"From: {ME}\nSent: Monday, March 2, 2026 9:14 AM\nTo: Paul\nSubject: A film",
    "mac outlook en": f"From: {ME}\nDate: Monday, 2 March 2026 at 09:14\nTo: Paul\nSubject: A film",
    "de": f"Von: {ME}\nGesendet: Montag, 2. März 2026 09:14\nAn: Paul\nBetreff: Film",
    "es": f"De: {ME}\nEnviado el: lunes, 2 de marzo de 2026 9:14\nPara: Paul\nAsunto: Película",
    "it": f"Da: {ME}\nInviato: lunedì 2 marzo 2026 09:14\nA: Paul\nOggetto: Film",
    "nl": f"Van: {ME}\nVerzonden: maandag 2 maart 2026 09:14\nAan: Paul\nOnderwerp: Film",
    "pt": f"De: {ME}\nEnviada em: segunda-feira, 2 de março de 2026 09:14\nPara: Paul\nAssunto: Filme",
    "da": f"Fra: {ME}\nSendt: 2. marts 2026 09:14\nTil: Paul\nEmne: Film",
}
BANNERS = {
    "outlook express": f"-----Message d'origine-----\nDe : {ME}",
    "samsung": f"-------- Message d'origine --------\nDe : {ME}\nDate : 02/03/2026",
    "zimbra": '----- Mail original -----\nDe: "Claire" <claire@morvanfilms.example>',
    "em client": '------ Message d\'origine ------\nDe "Claire Morvan" <claire@morvanfilms.example>\nÀ "Paul"\nDate 02/03/2026',
    "orange": 'Message du 02/03/26 09:14\nDe : "Claire"\nA : paul@bois.example',
    "sfr": "========================================\n Message du : 02/03/2026 09:14\n De : Claire <claire@morvanfilms.example>\n À : paul@bois.example\n Sujet : x",
    "apple fr": f"Début du message réexpédié :\n\nDe: {ME}",
    "gmail forward": f"---------- Forwarded message ---------\nDe : {ME}",
    "unknown language": f"---- Edastatud sonum ----\nFrom: {ME}",
    "en": "-----Original Message-----\nFrom: x",
}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
@pytest.mark.parametrize("quoted", [QUOTE, PLAIN], ids=["marked", "unmarked"])
def test_attributions(name: str, quoted: str) -> None:
    """Whatever the client and the language: above quotes with a mark or without."""
    assert new_words(f"{SAID}\n\n{ATTRIBUTIONS[name]}\n\n{quoted}") == (SAID, False)


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_answers_below_a_marked_quote(name: str) -> None:
    """The attribution stands first, the answer last."""
    assert new_words(f"{ATTRIBUTIONS[name]}\n{QUOTE}\n\n{SAID}")[0] == SAID


@pytest.mark.parametrize("name", HEADERS | BANNERS)
def test_header_blocks_and_banners(name: str) -> None:
    """From there on everything is history."""
    assert new_words(f"{SAID}\n\n{(HEADERS | BANNERS)[name]}\n\n{PLAIN}") == (SAID, False)


@pytest.mark.parametrize(
    "rest",
    [
        f"Le lun. 2 mars 2026 à 09:14, {ME} a écrit : Bonjour, qui s'occupe de vos vidéos ?",
        f"On Mon, 2 Mar 2026 at 09:14, {ME} wrote: Hello, who looks after your films?",
        f"De : {ME} Envoyé : lundi 2 mars 2026 09:14 À : Paul Objet : Une vidéo Bonjour",
        f"-----Original Message----- From: {ME} Sent: x",
    ],
)
def test_history_in_the_middle_of_a_line(rest: str) -> None:
    """HTML stripped to one line."""
    assert new_words(f"{SAID} {rest}") == (SAID, False)


@pytest.mark.parametrize(
    "text",
    [
        "Le 12 mars, mon associé m'a écrit :\nil préfère attendre.",
        "Nos contraintes :\nDate : le 12 mars\nLieu : Rennes\nBudget : 3 000 €",
        "J'ai lu ce que Paul a écrit hier, et je suis d'accord.",
        "On 2 March 2026 we open the new shop. Could you film it?",
        "Voici nos dates :\n12/03/2026\n14/03/2026",
        "De : 9 h\nÀ : 17 h\nnous sommes là.",
        "a > b, et c < d",
        "Tableau :\n| a | b |\n| 1 | 2 |",
        "Objet : votre devis\n\nJe l'accepte.",
        "Message reçu, merci.",
        "From what I read, yes.\nTo be honest, no.",
    ],
)
def test_what_only_looks_like_history_stays(text: str) -> None:
    """Dates, labels, letters somebody tells of."""
    assert new_words(text) == (text, False)


def test_interleaved_answers() -> None:
    """The answers are the new words, the quotes between them are not."""
    text = f"{ATTRIBUTIONS['thunderbird fr']}\n> Combien de pages ?\nDouze.\n\n> Pour quand ?\n\nAvril.\n\n> Merci, Claire"

    assert new_words(text) == ("Douze.\n\nAvril.", False)


def test_the_wrapped_rest_of_a_quote() -> None:
    """A quoted line that was broken after it was marked; but a short answer between quotes stays."""
    long = "> Nous avons pensé à une visite de l'atelier avec toute l'équipe, si cela vous"

    assert new_words(f"{SAID}\n\n{long}\nconvient.\n> Claire")[0] == SAID
    assert new_words("> Cela vous convient ?\nbien sûr\n> Claire")[0] == "bien sûr"


def test_bars_are_quotes_below_an_attribution_only() -> None:
    """Some clients quote with a bar."""
    assert new_words(f"{SAID}\n\n{ATTRIBUTIONS['gmail en']}\n\n| Hello\n|\n| there") == (SAID, False)


def test_initials_before_the_mark() -> None:
    """ "CM> Bonjour" is a quote, too."""
    assert new_words(f"{SAID}\n\nCM> Bonjour,\nCM> vous aviez dit oui")[0] == SAID


def test_a_mail_that_is_only_forwarded_is_kept_and_marked() -> None:
    """Nobody can tell whose words they are."""
    assert new_words(
        f"---------- Forwarded message ---------\nDe : {ME}\nDate : lun. 2 mars 2026\nObjet : x\nÀ : Paul\n\n{PLAIN}"
    ) == (PLAIN, True)


def test_an_attribution_first_and_no_marks() -> None:
    """What is quoted and what is new cannot be told apart: it is kept and marked."""
    assert new_words(f"{ATTRIBUTIONS['gmail fr']}\n\n{PLAIN}\n\n{SAID}") == (f"{PLAIN}\n\n{SAID}", True)


def test_only_quotes() -> None:
    """Nothing is new, but nothing says whose it is."""
    assert new_words(QUOTE) == (QUOTE, True)
    assert new_words(f"{ATTRIBUTIONS['gmail fr']}\n{QUOTE}")[1]


def test_help_desks() -> None:
    """The marker, the ticket line and the name with a moment are the program's; the rest is a person's."""
    text = "##- Please type your reply above this line -##\n\nYour request (#4417) has been updated.\n\nMeena Iyer (Delmas)\nApr 21, 2026, 16:34 GMT\n\nPlease write to our quality head."

    assert new_words(text) == ("Please write to our quality head.", False)


def test_empty_and_blank() -> None:
    """Nothing in, nothing out, nothing unsure."""
    assert new_words("") == ("", False)
    assert new_words(" \n\t\n") == ("", False)


def test_a_text_of_very_many_lines_is_torn_and_says_so() -> None:
    """Head and tail are read: an answer below twenty thousand quoted lines is found."""
    text = f"{ATTRIBUTIONS['gmail fr']}\n" + "> x\n" * 20_000 + f"\n{SAID}"

    assert new_words(text) == (SAID, True)


def test_other_line_ends_and_traces() -> None:
    """CRLF, lone CR, and what trackers leave behind."""
    assert new_words(f"{SAID}\r\n\r\n> x\rᐧ\r\n")[0] == SAID
