"""A person or a machine, where headers, subject or words look like the other one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nurture.messages import Kind, parse
from tests.messages.builders import PAUL, a_mail, parts, read

AUTO = {"Auto_Submitted": "auto-replied"}
GENERATED = {"Auto_Submitted": "auto-generated"}
GROUP = {"List_Id": "<info.x.example>", "List_Post": "<mailto:info@x.example>", "Precedence": "list"}
HOURS, SECONDS = 4 * 3600, 8
SENT = datetime(2026, 3, 4, 9, tzinfo=UTC)


def kind_after(text: str, seconds: int, **fields: str) -> Kind:
    """What sent a mail of a Wednesday that came so long after ours."""
    return parse(a_mail(text, **fields), wrote=SENT - timedelta(seconds=seconds)).kind


@pytest.mark.parametrize(
    "no",
    [
        "Nous avons retenu une autre agence.", "Inutile de nous recontacter.", "Le budget vidéo a été coupé.", "Je refuse votre devis.", "Ça ne nous intéresse pas.", "Merci, mais non.",
        "We hired somebody else.", "Do not contact us again, please.", "The campaign was scrapped.", "I have to decline.", "It's beyond our budget.", "Please drop me from your list.",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "beside",
    [
        "Merci de votre courriel. Je pars trois semaines, retour le 30 mars.", "Nos bureaux sont fermés cette semaine.", "Nous avons bien reçu votre mail.", "Thanks for your note. I'm on annual leave until 30 March.",
        "I have left Acme.", "Your enquiry has been received.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("fields", [{}, GENERATED], ids=["bare", "generated"])
def test_a_refusal_is_nobody_elses_than_a_persons(no: str, beside: str, fields: dict[str, str]) -> None:
    """Whatever stands beside it, and though a help desk's mail calls itself generated; within seconds or after hours."""
    assert {kind_after(f"{beside} {no}", s, **fields) for s in (40, HOURS)} == {Kind.HUMAN}


@pytest.mark.parametrize(
    ("text", "soon", "late"),
    [
        ("Je suis en formation jusqu'à mardi, merci de voir avec Anne (anne@x.example).", Kind.OUT_OF_OFFICE, Kind.HUMAN),
        ("I'm travelling until Tuesday. Please contact Anne at anne@x.example.", Kind.OUT_OF_OFFICE, Kind.HUMAN),
        ("At sea until Tuesday 10 March.", Kind.OUT_OF_OFFICE, Kind.HUMAN),
        ("Thanks for messaging us! Your note has been received, somebody from our team will respond soon.", Kind.ACKNOWLEDGEMENT, Kind.HUMAN),
        ("Bonjour Claire, merci d'avoir écrit au Moulin ! Notre équipe vous répondra vite. (réponse automatique)", Kind.ACKNOWLEDGEMENT, Kind.HUMAN),
        ("Planning bloqué jusqu'au 2 juin. Projet reporté.", Kind.HUMAN, Kind.HUMAN),
        ("En réunion jusqu'à jeudi. Qui êtes-vous ?", Kind.HUMAN, Kind.HUMAN),
        ("Hello,\n\nNot this week. Tomorrow evening again, perhaps.", Kind.HUMAN, Kind.HUMAN),
        ("Hello,\n\nThank you for your email. I am out of the office and will return on 16 March. If your request is urgent please call Jane.", Kind.OUT_OF_OFFICE, Kind.OUT_OF_OFFICE),
    ],
)  # fmt: skip
def test_how_soon_it_came(text: str, soon: Kind, late: Kind) -> None:
    """Nobody types within seconds, and no machine waits for hours; a no or a question is a person's all the same."""
    assert (kind_after(text, SECONDS), kind_after(text, HOURS)) == (soon, late)


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("Re: Your film", "Hi Claire,\n\nOur director would like to see two samples first.\n\nJo", Kind.HUMAN),
        ("Re: Votre film", "Bonjour,\n\nEst-ce que le tournage peut se faire en juin ?\n\nJo, service client", Kind.HUMAN),
        ("[#4012] Re: Votre film", "Bonjour Claire, je vous propose le 12 à 10 h avec notre directeur. Jo", Kind.HUMAN),
        ("Request received: Your film", "Your request (4012) has been received by our team.", Kind.ACKNOWLEDGEMENT),
        ("Your invoice 4012", "Invoice 4012, 20 EUR.", Kind.ACKNOWLEDGEMENT),
        ("Votre ticket 4012", "Votre demande a été enregistrée. Une question urgente ? Appelez le standard.", Kind.ACKNOWLEDGEMENT),
        ("Réponse automatique : Votre film", "Je suis en congés jusqu'au 9 mars. Les offres commerciales ne m'intéressent pas.", Kind.OUT_OF_OFFICE),
    ],
)  # fmt: skip
def test_generated_alone_proves_nothing(subject: str, text: str, kind: Kind) -> None:
    """Help desks say so of their agents' letters too."""
    assert read(text, subject=subject, **GENERATED).kind is kind


@pytest.mark.parametrize(
    ("subject", "fields", "text", "kind"),
    [
        ("Auto : un film pour notre garage", {}, "On répare des camions, il nous faudrait deux minutes de film.", Kind.HUMAN),
        ("Out of office clip", {}, "Could you make us one about holidays?", Kind.HUMAN),
        ("Réponse automatique", {}, "Votre robot nous a écrit trois fois. Stop.", Kind.HUMAN),
        ("Automatic reply: Your film", AUTO, "This mailbox has moved to info@x.example.", Kind.ACKNOWLEDGEMENT),
        ("Automatic reply: Your film", AUTO, "Gone surfing, reachable when I return.", Kind.OUT_OF_OFFICE),
        ("Réponse automatique : Votre film", AUTO, "Nous sommes fermés le dimanche. Votre message sera lu.", Kind.ACKNOWLEDGEMENT),
    ],
)  # fmt: skip
def test_a_subject_alone_proves_nothing(subject: str, fields: dict[str, str], text: str, kind: Kind) -> None:
    """A subject that calls itself automatic speaks for a machine; that somebody is away, the words or a day must say."""
    assert read(text, subject=subject, **fields).kind is kind


@pytest.mark.parametrize(
    ("subject", "fields", "text", "kind"),
    [
        ("Declined: the offer", {}, "Hello Claire,\n\nthe board has declined it.\n\nPaul", Kind.HUMAN),
        ("Rendez-vous : jeudi", {}, "Bonjour,\nLieu : à l'atelier, sonnez fort.", Kind.HUMAN),
        ("Invitation : portes ouvertes", {}, "Bonjour Claire,\nQuand : le 12\nOù : au dépôt\nPaul", Kind.HUMAN),
        ("Meeting request: a visit", {}, "When: Monday\nWhere: here\nCan you bring samples?", Kind.HUMAN),
        ("Re: Your film", {"X_MS_Exchange_Calendar_Originator_Id": ";x"}, "Let's talk next week.", Kind.HUMAN),
        ("Accepted: Call", {"X_MS_Exchange_Calendar_Originator_Id": ";x"}, "", Kind.CALENDAR),
        ("Cancelled: Call", {}, "When: Thursday 12 March 10:00\nWhere: Teams", Kind.CALENDAR),
    ],
)  # fmt: skip
def test_what_a_calendar_wrote(subject: str, fields: dict[str, str], text: str, kind: Kind) -> None:
    """Two of when, where and who, or a program's phrase; never to somebody by name, never a question."""
    assert read(text, subject=subject, **fields).kind is kind


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("Bonjour Claire, ci-joint le rendez-vous de mardi ; nous serons trois.", Kind.HUMAN), ("Point film", Kind.CALENDAR)],
)
def test_an_attached_event_beside_a_letter(letter: str, kind: Kind) -> None:
    """Who types a letter is a person."""
    text = f"Content-Type: text/plain; charset=utf-8\n\n{letter}\n"
    event = 'Content-Type: text/calendar; method=REQUEST\nContent-Disposition: attachment; filename="a.ics"\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n'

    assert parse(parts(text, event)).kind is kind


NDR = "<a@b.example>: host mx.b.example said: 550 5.1.1 User unknown, the following address failed"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "kind"),
    [
        (PAUL, "Fwd: Undelivered Mail", f"Hi, this came back to me, see below.\n\n---------- Forwarded message ---------\nFrom: Mail Delivery System <mailer-daemon@b.example>\nSubject: Undelivered Mail\n\n{NDR}", Kind.HUMAN),
        (PAUL, "Re: Une vidéo", f"Mon serveur répond « {NDR} » quand j'écris à votre associé.", Kind.HUMAN),
        ("Paul Marchand <postmaster@marchand.example>", "Re: Une vidéo", "Ma boîte est pleine en ce moment, écrivez plutôt à Anne.", Kind.HUMAN),
        ("Mail Delivery <postmaster@b.example>", "Undelivered Mail", NDR, Kind.BOUNCE_HARD),
        (PAUL, "Undelivered Mail", NDR, Kind.BOUNCE_SOFT),
    ],
)  # fmt: skip
def test_who_tells_of_a_bounce(sender: str, subject: str, text: str, kind: Kind) -> None:
    """The newly written words decide; a person's name under an address of mail systems answers, it does not report."""
    assert read(text, sender=sender, subject=subject).kind is kind


@pytest.mark.parametrize(
    ("subject", "fields", "text", "kind"),
    [
        ("Un devis ?", GROUP, "Bonjour,\n\nQuel est votre tarif pour trois minutes ?\n\nPaul", Kind.HUMAN),
        ("Your film", GROUP, "Hi Claire,\nthe board said yes.\nPaul\n\n-- \nYou received this because you are subscribed to this group.\nTo unsubscribe from this group: https://groups.x.example", Kind.HUMAN),
        ("Votre film", {"List_Unsubscribe": "<https://x.example/u>"}, "Bonjour Claire,\nje préfère attendre l'été.\nPaul", Kind.HUMAN),
        ("Re: Votre film", {"Precedence": "bulk"}, "Une partie du parc est en congés, le contrat du jardinier se termine demain.", Kind.HUMAN),
        ("Votre film", {"Precedence": "bulk"}, "C'est trop cher pour nous.\nPaul", Kind.HUMAN),
        ("L'auberge", {"Precedence": "bulk"}, "Notre auberge est fermée, réouverture le 2 avril.", Kind.OUT_OF_OFFICE),
        ("Soldes", {"List_Unsubscribe": "<https://x.example/u>"}, "Bonjour Claire,\n-20 % ce week-end ! Vous ne souhaitez plus recevoir nos offres ? Cliquez ici.", Kind.BULK),
        ("Spring", GROUP, "Are you ready for our new range? See https://x.example/spring", Kind.BULK),
        ("News", {"Precedence": "bulk"}, "Our new range is here.", Kind.BULK),
    ],
)  # fmt: skip
def test_a_letter_through_a_list(subject: str, fields: dict[str, str], text: str, kind: Kind) -> None:
    """Short, without the words of a newsletter, and meant for us."""
    assert read(text, subject=subject, **fields).kind is kind


@pytest.mark.parametrize(
    ("text", "kind", "back"),
    [
        ("Je suis en retraite depuis décembre. Contact : a@x.example", Kind.LEFT, None),
        ("Mon contrat s'est terminé vendredi.", Kind.LEFT, None),
        ("C'est avec peine que nous annonçons la disparition de Paul Marchand.", Kind.LEFT, None),
        ("Paul was laid off in January.", Kind.LEFT, None),
        ("Anna's last day at Acme was 2 March. Write to b@x.example", Kind.LEFT, None),
        ("I have left the studio for a few days, back on 12 March.", Kind.OUT_OF_OFFICE, "2026-03-12"),
        ("Anne a quitté l'équipe. Je suis absent jusqu'au 11 mars, voyez avec Luc.", Kind.OUT_OF_OFFICE, "2026-03-12"),
        ("My last day was 2 March. My successor starts on 16 March.", Kind.LEFT, None),
    ],
)
def test_who_left_and_who_comes_back(text: str, kind: Kind, back: str | None) -> None:
    """A day of return is of somebody who left the office only."""
    message = read(text, subject="Automatic reply: Hello", **AUTO)

    assert (message.kind, message.notice.resume_on and message.notice.resume_on.isoformat()) == (kind, back)


@pytest.mark.parametrize(
    ("subject", "fields", "text", "kind"),
    [
        ("Re: Hello", {"X_Autogenerated": "Reply"}, "Skiing, see you on 12 March.", Kind.OUT_OF_OFFICE),
        ("Re: Hello", {"X_Mail_Autoreply": "yes"}, "Got it.", Kind.ACKNOWLEDGEMENT),
        ("Re: Hello", {"X_Autoreply": "no"}, "Got it.", Kind.HUMAN),
        ("Re: Hello", {"Return_Path": "<>"}, "Je suis en vacances, retour le 12 mars.", Kind.OUT_OF_OFFICE),
        ("Non lu : Une vidéo", {}, "Votre message\nObjet : Une vidéo\na été supprimé sans avoir été lu.", Kind.ACKNOWLEDGEMENT),
        ("Claire Roux absent(e)", {}, "Je serai absent(e) du 05/03/2026 au 06/03/2026.", Kind.OUT_OF_OFFICE),
    ],
)
def test_a_machine_by_a_lesser_sign(subject: str, fields: dict[str, str], text: str, kind: Kind) -> None:
    """Old vacation programs, receipts of Outlook, Notes."""
    assert read(text, subject=subject, **fields).kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "Our place makes do with what it has.", "My wife runs these things, and she has seen enough.", "Nous tournons tout nous-mêmes.", "Mon frère filme très bien.", "You were recommended by Anne.",
        "Ce n'est vraiment plus la saison.", "Zero appetite.",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "absence",
    ["Merci pour votre mail. Je suis en congés jusqu'au 16 mars.", "Thanks for your email. We're closed until 16 March."],
)
def test_words_of_ones_own(words: str, absence: str) -> None:
    """No list holds them; they are neither away, nor received, nor help, and say "I", "you" or "not"."""
    assert {kind_after(f"{absence} {words}", s) for s in (50, HOURS)} == {Kind.HUMAN}


def test_a_help_desks_letter_in_our_thread() -> None:
    """Under a subject of its own, without a word of a receipt."""
    thread = {"In_Reply_To": "<1@morvanfilms.example>", **GENERATED}

    assert read("The season went well.\n\nAnn", subject="[#12] Your film", **thread).kind is Kind.HUMAN
    assert read("Your message has been queued.", subject="[#12] Your film", **thread).kind is Kind.ACKNOWLEDGEMENT


@pytest.mark.parametrize(
    ("text", "fields", "kind"),
    [
        # words for an absence that nobody knows, beside thanks for the mail: the day tells
        ("Merci de votre message. Je marche en Laponie jusqu'au 13 mars.", {**AUTO, "Subject": "Réponse automatique : vos photos"}, Kind.OUT_OF_OFFICE),
        # what is refused is mail to an address that is theirs no longer
        ("Je ne travaille plus chez Acme. Ne m'écrivez plus à cette adresse.", {"Subject": "Changement d'adresse"}, Kind.LEFT),
        # what holds every week or every year is no absence
        ("Thank you for your e-mail. Our inbox is read Monday to Thursday.", AUTO, Kind.ACKNOWLEDGEMENT),
        # the stand-in bears our name
        ("Je suis absente jusqu'au 13 mars, appelez Claire Morin.", {"Subject": "Réponse automatique : vos photos"}, Kind.OUT_OF_OFFICE),
    ],
)  # fmt: skip
def test_what_a_machine_says_within_seconds(text: str, fields: dict[str, str], kind: Kind) -> None:
    """A notice in a person's words is a notice."""
    assert kind_after(text, SECONDS, **fields) is kind
