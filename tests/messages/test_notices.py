"""What sent a mail, by headers and words: absences, departures, receipts, calendars, mass mail, reports, challenges, and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nurture.messages import Kind, parse
from tests.messages.builders import DAEMON, PAUL, a_mail, parts, read

Case = tuple[str, dict[str, str], str, str | None]  # subject, headers, text, first day back
AUTO = {"Auto_Submitted": "auto-replied"}
GENERATED = {"Auto_Submitted": "auto-generated"}

ABSENT: list[Case] = [
    ("Re: Hello", {}, "I am out of the office until 16 March, my colleagues are here and they will help you.", "2026-03-16"),
    ("Absence", {}, "Mme Roux est en congé, elle sera de retour le 16 mars.", "2026-03-16"),
    ("Notre projet", {}, "Mme Roux est en congé, elle reviendra le 16 mars et vous répondra.", "2026-03-16"),
    ("Our project", {}, "The team is on leave, they will be back on 16 March. For urgent matters, write to Paul.", "2026-03-16"),
    (
        "Réponse automatique : Votre site",
        AUTO,
        "Je suis absente jusqu'au vendredi 20 mars 2026. Vos messages seront traités à mon retour.",
        "2026-03-23",
    ),
    (
        "Absence",
        {},
        "Bonjour,\n\nJe serai de retour au bureau le 16 mars. D'ici là, mon téléphone est éteint.\n\nBonne journée",
        "2026-03-16",
    ),
    ("Congés", {}, "Le cabinet est fermé du 28 mars au 6 avril inclus. Réouverture le mardi 7 avril à 9 h.", "2026-04-07"),
    ("Re: Bonjour", AUTO, "Je suis en déplacement toute la semaine avec un accès limité à mes mails.", None),
    ("Absence", AUTO, "Absent cette semaine, je reprends lundi.", "2026-03-09"),
    ("Automatic reply: Hello", AUTO, "I'm on parental leave. Please contact Jo Smith at jo.smith@x.example.", None),
    (
        "Re: Hello",
        {},
        "Hi, I'm away on holiday and back on Monday 16 March. If it's urgent call the office on 020 7946 0123.",
        "2026-03-16",
    ),
    ("OOO Re: Hello", {"Precedence": "auto_reply"}, "Out today and tomorrow Monday. Back Tuesday.", "2026-03-10"),
    ("Re: Hello", {"X_Autoreply": "yes"}, "We've gone fishing! The shop reopens on 30 March.", "2026-03-30"),
    (
        "Message automatique",
        {},
        "Je suis en congé maternité et serai de retour le 1er septembre 2026. Pendant mon absence, Léa Fontaine (lea.fontaine@x.example) suit mes dossiers.",
        "2026-09-01",
    ),
    (
        "Auto-reply: quote",
        AUTO,
        "Thanks for your email. I'm at a trade fair until Wednesday 11 March and will be slow to reply.",
        "2026-03-12",
    ),
    (
        "Re: Bonjour",
        AUTO,
        "Bonjour, actuellement en arrêt, je ne consulte pas ma messagerie. Merci de vous adresser à compta@x.example.",
        None,
    ),
    (
        "Indisponible",
        {},
        "Bonjour,\nJe suis en réunion toute la journée et ne pourrai pas lire vos messages avant demain. Pour les urgences, contactez mon assistante au 01 23 45 67 89.",
        "2026-03-05",
    ),
    (
        "Réponse automatique : devis",
        AUTO,
        "Bonjour,\n\nje profite de quelques jours de repos et serai à nouveau joignable mardi 17 mars.",
        "2026-03-17",
    ),
    ("absent", {}, "Absent jusqu'à dimanche. Pour une livraison voir avec le dépôt au 02 99 00 00 00.", "2026-03-09"),
    (
        "Automatic reply: intro",
        AUTO,
        "I'm currently travelling in Japan with patchy signal, replies will be slow. Ana is minding the studio: ana@x.example",
        None,
    ),
    ("Re: intro", {"X_Autorespond": "Re: intro"}, "Out of the office Monday 9th, back Tuesday 10th.", "2026-03-10"),
    (
        "Congé paternité",
        {},
        "Bonjour, me voici papa ! Je reprends le lundi 4 mai. En attendant, Nicolas assure l'intérim (nicolas@x.example).",
        "2026-05-04",
    ),
    (
        "Re: Bonjour",
        {"Precedence": "bulk", "X_Autoreply": "yes"},
        "La boutique est fermée pour inventaire et travaux. On vous retrouve le lundi 30 mars, tout beaux.",
        "2026-03-30",
    ),
    (
        "Out of office",
        {},
        "I am on sabbatical this term and not reading email. Departmental matters: office@college.example.",
        None,
    ),
    (
        "Automatische Antwort: Film",
        AUTO,
        "Ich bin vom 2. bis 13. März im Urlaub und ab Montag, 16. März, wieder erreichbar.",
        "2026-03-16",
    ),
    ("Re: Bonjour", AUTO, "Je suis en formation aujourd'hui et demain, de retour vendredi.", "2026-03-06"),
    ("Away", AUTO, "Thanks for writing! I'm off until Monday 23rd March inclusive, hiking, no phone.", "2026-03-24"),
]
LEFT: list[Case] = [
    (
        "Réponse automatique : Bonjour",
        AUTO,
        "J'ai quitté mes fonctions le 28 février. Pour toute demande, merci de contacter direction@x.example.",
        None,
    ),
    (
        "Adresse désactivée",
        {},
        "Bonjour,\n\nMme Karine Vasseur ne fait plus partie de notre société. Merci de supprimer cette adresse de vos contacts et d'écrire à accueil@x.example.\n\nCeci est un message automatique.",
        None,
    ),
    (
        "Auto: Hello",
        AUTO,
        "I've left Acme after nine happy years. Sam Carter has taken over my accounts: sam.carter@acme.example.",
        None,
    ),
    (
        "Re: Hello",
        {},
        "Please be advised that Martin Webb is no longer with Webb & Co. This inbox is not monitored. For help please email office@webb.example.",
        None,
    ),
    (
        "Départ à la retraite",
        AUTO,
        "Bonjour, je suis parti à la retraite le 31 décembre. Mon successeur est Hugo Lambert, hugo.lambert@x.example. Bien à vous, André",
        None,
    ),
    (
        "Automatic reply: intro",
        AUTO,
        "Thank you for your message. After 12 years, I have decided to step away from Brightwater. Please contact hello@brightwater.example.",
        None,
    ),
    ("Re: Bonjour", AUTO, "Cette adresse n'est plus utilisée : M. Faure a pris sa retraite. Contact : mairie@x.example", None),
    (
        "Changement de contact",
        AUTO,
        "Bonjour, j'ai rejoint une autre entreprise. Votre interlocutrice est désormais Chloé Garnier (chloe.garnier@x.example).",
        None,
    ),
]
RECEIVED: list[Case] = [
    (
        "Nous avons bien reçu votre message",
        GENERATED,
        "Bonjour,\n\nVotre demande a bien été prise en compte. Notre équipe vous répondra dans les 48 heures.",
        None,
    ),
    (
        "Merci pour votre message",
        {},
        "Merci d'avoir contacté l'Auberge du Lac. Nous reviendrons vers vous dans les meilleurs délais. Ceci est un message automatique, merci de ne pas y répondre.",
        None,
    ),
    (
        "[#88123] Your request",
        GENERATED,
        "Hi there,\n\nThanks for getting in touch. Your request (88123) has been received and is being reviewed by our support team.",
        None,
    ),
    ("Re: Hello", AUTO, "I only check my email twice a day, at 11 and at 4. If it can't wait, please ring.", None),
    ("Réponse automatique : Bonjour", AUTO, "Je consulte mes mails deux fois par jour. Merci de votre patience.", None),
    (
        "Accusé de réception",
        {},
        "Bonjour,\nVotre courriel a bien été reçu par le service urbanisme. Il sera traité dans un délai de 15 jours.\nMairie de Saint-Aubin",
        None,
    ),
    (
        "Thanks for your enquiry",
        AUTO,
        "Thank you for your enquiry. We aim to respond within two working days. Our office is closed at weekends.",
        None,
    ),
    ("Confirmation de réception", AUTO, "Bonjour, votre mail est bien arrivé ! On y répond dans la semaine, promis.", None),
    (
        "Your ticket has been created: 55120",
        GENERATED,
        "A ticket has been created for your message. You can follow it on our portal.",
        None,
    ),
    (
        "Re: Bonjour",
        AUTO,
        "Merci pour votre message. Étant donné le volume de courriels reçus, une réponse peut demander quelques jours.",
        None,
    ),
    (
        "We've got your email",
        {},
        "Hi! Just letting you know your email has landed safely. Someone from the team will get back to you within 24 hours. This is an automated response.",
        None,
    ),
    ("Lu : Votre proposition", {}, "Votre message a été lu le mercredi 4 mars 2026 à 09:12.", None),
    ("Read: Your proposal", {}, "Your message was read on Wednesday, 4 March 2026 09:12.", None),
]
CALENDAR: list[Case] = [
    (
        "Acceptée: Point projet - jeu. 12 mars 2026 10am",
        {"Content_Type": "text/calendar; method=REPLY"},
        "Paul a accepté cette invitation.",
        None,
    ),
    ("Refusé : Point projet", {}, "Paul Marchand a refusé cette invitation.\n\nQuand : jeudi 12 mars 2026", None),
    (
        "Invitation : Point projet @ jeu. 12 mars 2026",
        {},
        "Point projet\nQuand : jeudi 12 mars 2026 10:00\nParticipez ? Oui - Peut-être - Non",
        None,
    ),
    (
        "Updated invitation: Call @ Thu 12 Mar",
        {"Content_Type": "text/calendar; method=REQUEST"},
        "This event has been changed.\nWhen: Thu 12 Mar",
        None,
    ),
    ("Tentative: Call", {"Content_Type": "text/calendar; method=REPLY"}, "When: Thursday", None),
    ("Annulé: Point projet", {"X_MS_Exchange_Calendar_Originator_Id": "1"}, "Quand : jeudi", None),
    (
        "Nouvelle heure proposée : Point projet",
        {},
        "Paul Marchand a proposé un nouvel horaire pour cette réunion.\nQuand : vendredi 13 mars 2026",
        None,
    ),
    ("Accepted: Coffee @ Fri 6 Mar 2026 3pm (GMT)", {}, "Kate Doyle has accepted this invitation.\n\nWhen: Fri 6 Mar", None),
]
BULK: list[Case] = [
    (
        "Nos offres de mars",
        {"List_Unsubscribe": "<https://x.example/u>"},
        "Bonjour, -20 % sur tout le catalogue. Se désinscrire : https://x.example/u",
        None,
    ),
    ("Spring newsletter", {"Precedence": "bulk"}, "In this issue: new opening hours, and a recipe. Unsubscribe", None),
    (
        "Merci de votre inscription",
        {"List_Id": "<n.x.example>"},
        "Vous êtes inscrit à notre newsletter. Répondez à ce mail pour toute question.",
        None,
    ),
    (
        "Votre panier vous attend",
        {"List_Unsubscribe": "<mailto:x@y.example>", "Precedence": "bulk"},
        "Bonjour, il reste 3 articles dans votre panier.",
        None,
    ),
    (
        "Your March statement",
        {"List_Id": "<s.example>"},
        "Dear customer, your statement is ready. Manage your preferences here.",
        None,
    ),
]
DEAD: list[Case] = [
    (
        "Undelivered Mail Returned to Sender",
        {"Return_Path": "<>"},
        "<a@b.example>: host mx.b.example said: 550 5.1.1 <a@b.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)",
        None,
    ),
    (
        "Message non distribuable",
        {"Content_Type": "multipart/report; report-type=delivery-status"},
        "Votre message n'a pas pu être remis au destinataire suivant : a@b.example\nL'adresse n'existe pas (550 5.1.1).",
        None,
    ),
    (
        "Returned mail: Host unknown",
        {"Return_Path": "<>"},
        "The following address had permanent errors: <a@b.example>\n550 5.1.2 Host unknown (Name server: b.example: host not found)",
        None,
    ),
    (
        "Delivery Status Notification (Failure)",
        AUTO,
        "Address not found\n\nYour message wasn't delivered to a@b.example because the address couldn't be found, or is unable to receive mail.",
        None,
    ),
    (
        "Échec de la remise : Bonjour",
        {"Return_Path": "<>"},
        "La remise a échoué pour le destinataire suivant : a@b.example. Destinataire inconnu (550 5.1.1).",
        None,
    ),
]
UNDELIVERED: list[Case] = [
    (
        "Undelivered Mail Returned to Sender",
        {"Return_Path": "<>"},
        "<a@b.example>: host mx.b.example said: 452 4.2.2 The email account that you tried to reach is over quota (in reply to RCPT TO command)",
        None,
    ),
    (
        "Delivery Status Notification (Delay)",
        {"Content_Type": "multipart/report; report-type=delivery-status"},
        "There was a temporary problem delivering your message to a@b.example. Gmail will retry for 47 more hours.",
        None,
    ),
    (
        "Non remis : Bonjour",
        {"Return_Path": "<>"},
        "La boîte aux lettres du destinataire est pleine et ne peut pas accepter de messages pour le moment.\na@b.example\n552 5.2.2 mailbox full",
        None,
    ),
    (
        "Warning: message delayed 24 hours",
        {"Return_Path": "<>"},
        "Your message to a@b.example has been delayed. The mail server could not be reached; delivery attempts will continue.",
        None,
    ),
    (
        "Message refusé",
        {"Return_Path": "<>"},
        "Votre message à a@b.example a été refusé : 550 5.7.1 contenu considéré comme indésirable.",
        None,
    ),
]
CHALLENGES: list[Case] = [
    (
        "Mailinblack : authentification",
        AUTO,
        "Pour que votre message soit remis à son destinataire, cliquez sur le lien ci-dessous et confirmez que vous êtes bien une personne : https://x.example/c",
        None,
    ),
]
PEOPLE: list[Case] = [
    ("Re: Hello", {}, "Best to write to Marion, she's off until 16 March.", None),
    ("Re: Hello", {}, "Our buyer will answer you, he's back in the office on Monday.\n\nThanks, Paul", None),
    ("Hello", {}, "It'll be £90 to mend, and you'd have it back on Friday.", None),
    ("Re: Bonjour", {}, "Voyez avec Marion, elle est en congé jusqu'au 16 mars.", None),
    (
        "Re: Votre site",
        {},
        "Bonjour,\n\nJe suis en vacances jusqu'à lundi, je regarde votre proposition à mon retour.\n\nCordialement,\nPaul",
        None,
    ),
    ("Re: Votre site", {}, "Désolée, j'étais en arrêt maladie. C'est toujours d'actualité ?", None),
    ("Re: Votre site", {}, "Je suis absente cette semaine mais on peut se voir mardi 17 si ça vous va ?", None),
    ("Re: Votre site", {}, "Bien reçu, merci, je vous réponds d'ici vendredi.", None),
    ("Re: Hello", {}, "Just back from leave. Yes please, send it over.", None),
    ("Re: Hello", {}, "I'm out on site all week so ring me after six.", None),
    ("Re: Hello", {}, "Sorry, I'm on holiday till the 20th, drop me a line after that.", None),
    ("Re: Hello", {}, "Martin has left us, you'd better talk to Sue Barnes, sue@webb.example.", None),
    ("Re: Votre site", {}, "Monsieur Lambert ne travaille plus ici. Je reprends ses dossiers, que puis-je pour vous ?", None),
    ("Re: Votre site", {}, "Nous avons bien reçu votre devis, merci. Le conseil se réunit le 12 mars, nous vous dirons.", None),
    ("Re: Hello", {}, "Thanks for your email. We're closed Mondays but any other day is fine.", None),
    ("Re: Votre site", {}, "On est fermés en août, revenez vers moi en septembre.", None),
    (
        "Absence de Paul",
        {},
        "Bonjour Claire,\n\nPaul est absent cette semaine, je vous réponds à sa place : oui pour le devis.",
        None,
    ),
    ("Invitation au vernissage", {}, "Bonjour Claire, je vous invite au vernissage du 12 mars. Vous viendrez ?", None),
    (
        "Re: Votre site",
        {"List_Unsubscribe": "<https://x.example>"},
        "Bonjour Claire, merci, ça ne nous intéresse pas.\n\nPour ne plus recevoir nos messages : https://x.example",
        None,
    ),
    ("Re: Votre site", {"X_Auto_Response_Suppress": "All"}, "Bonjour, envoyez-moi vos tarifs.", None),
    ("Re: Hello", {}, "Yes.", None),
    ("Re: Votre site", {}, 'Mon mail bounce chez vous : "550 user unknown". Vous avez une autre adresse ?', None),
    ("Re: Hello", {"Auto_Submitted": "no"}, "Can you do Thursday?", None),
    ("Re: Bonjour", {}, "Bonjour,\nDe retour de vacances lundi. On s'appelle mardi ?\nPaul", None),
    ("Re: intro", {}, "I don't check this address much. Text me instead?", None),
    (
        "Re: Bonjour",
        {},
        "Je pars en congé maternité vendredi, c'est Julie qui prend la suite : julie@x.example. Elle attend votre appel.",
        None,
    ),
    ("Re: intro", {}, "We received your proposal and the board liked it. When can you start?", None),
    ("Re: Bonjour", {}, "Merci pour votre message, je le transmets à l'équipe.", None),
    ("Re: intro", {}, "Closed for refurbishment until June I'm afraid, so not now.", None),
    ("Re: Bonjour", {}, "J'ai quitté la boîte en janvier, mais le sujet m'intéresse toujours à titre perso.", None),
    ("Re: intro", {}, "Away at the minute. Will look at it when I'm back on Monday.", None),
    ("Vacances", {}, "Coucou Claire, on part en vacances demain, tu m'envoies le devis avant ?", None),
]

ALL = {
    Kind.OUT_OF_OFFICE: ABSENT,
    Kind.LEFT: LEFT,
    Kind.ACKNOWLEDGEMENT: RECEIVED,
    Kind.CALENDAR: CALENDAR,
    Kind.BULK: BULK,
    Kind.BOUNCE_HARD: DEAD,
    Kind.BOUNCE_SOFT: UNDELIVERED,
    Kind.CHALLENGE: CHALLENGES,
    Kind.HUMAN: PEOPLE,
}


@pytest.mark.parametrize(
    ("kind", "case"),
    [(kind, case) for kind, cases in ALL.items() for case in cases],
    ids=lambda v: v[2][:40] if isinstance(v, tuple) else v,
)
def test_what_sent_it(kind: Kind, case: Case) -> None:
    """Every mail is of a Wednesday, 4 March 2026; a notice states the first day back, or none."""
    subject, fields, text, back = case
    message = read(text, sender=DAEMON if kind in (Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT) else PAUL, subject=subject, **fields)

    assert (message.kind, message.notice.resume_on and message.notice.resume_on.isoformat()) == (kind, back)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Absent jusqu'au 12 mars. Contactez Sonia Le Bihan (sonia@bois.example).", "Sonia Le Bihan", "sonia@bois.example"),
        ("Away until 12 March. Please write to office@bois.example or call.", "", "office@bois.example"),
        ("Away until 12 March. My address is paul.marchand@marchand-bois.example; Tom Hale, tom.hale@bois.example, stands in.", "Tom Hale", "tom.hale@bois.example"),
    ],
)  # fmt: skip
def test_the_stand_in(text: str, name: str, address: str) -> None:
    """The first address that is neither theirs nor ours, with the name before it."""
    successor = read(text, subject="Automatic reply: x", **AUTO).notice.successor

    assert successor is not None
    assert (successor.name, successor.addr) == (name, address)


def test_nobody_stands_in() -> None:
    """No address, or only known ones."""
    assert read("Absent jusqu'au 12 mars.", **AUTO).notice.successor is None
    assert read("Absent. claire@morvanfilms.example a écrit ; a@b", **AUTO).notice.successor is None


def test_a_notice_is_quoted_with_its_own_sentence() -> None:
    """The sentence that states the day, not the first one."""
    notice = read(
        "Merci de votre message. Je suis en congés et de retour le 16 mars. À bientôt !", subject="Réponse automatique : x"
    ).notice

    assert notice.quote == "Je suis en congés et de retour le 16 mars."


def test_a_day_in_the_subject_counts_where_the_text_gives_none() -> None:
    """ "Absente jusqu'au 20 mars inclus"."""
    message = read("Bonjour, je ne suis pas au bureau.", subject="Absente jusqu'au 20 mars inclus", **AUTO)

    assert message.notice.resume_on is not None
    assert message.notice.resume_on.isoformat() == "2026-03-23"


def test_an_absence_without_a_date_header() -> None:
    """Nothing can be counted from; the kind stays."""
    message = parse(a_mail("Je suis absent jusqu'au 12 mars.", Date="", Auto_Submitted="auto-replied"))

    assert (message.kind, message.notice.resume_on) == (Kind.OUT_OF_OFFICE, None)


def test_a_notice_that_is_only_quoted_is_nobody_s() -> None:
    """A person answers above their own automatic answer."""
    quoted = "Le lun. 2 mars 2026 à 09:20, Paul <p@x.example> a écrit :\n> Je suis absent jusqu'au 12 mars. En cas d'urgence, contactez l'accueil."

    assert read(f"Me voilà. On se parle demain ?\n\n{quoted}").kind is Kind.HUMAN


def test_a_newsletter_that_answers_nobody() -> None:
    """A false "Re:" does not make a newsletter a letter; the headers of a thread make a letter of a gateway's mail."""
    text = "Nos offres de mars. Se désabonner : https://x.example"

    assert read(text, subject="Re: nos offres", List_Id="<n.x.example>").kind is Kind.BULK
    assert parse(a_mail(text, List_Id="<n.x.example>", In_Reply_To="<a@x.example>")).kind is Kind.HUMAN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Votre facture est prête. Gérer vos préférences.", Kind.BULK),
        ("Nous avons bien reçu votre demande.", Kind.ACKNOWLEDGEMENT),
        ("Bonjour Claire, c'est Paul.", Kind.HUMAN),
    ],
)
def test_no_reply_addresses(text: str, kind: Kind) -> None:
    """Bulk or a receipt by their words; some people write from one."""
    assert read(text, sender="no-reply@x.example", subject="Info").kind is kind


def test_an_automatic_newsletter() -> None:
    """Auto-generated, with a link to leave and nothing received."""
    assert read("Découvrez notre catalogue. Se désabonner : https://x.example", subject="Info", **GENERATED).kind is Kind.BULK


def test_read_receipts_by_their_report_type() -> None:
    """RFC 8098."""
    part = "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed"

    assert (
        parse(parts("\nLu.", part, kind="report", parameters="; report-type=disposition-notification")).kind
        is Kind.ACKNOWLEDGEMENT
    )


def test_a_challenge_needs_somewhere_to_click() -> None:
    """Words about proof alone are a person's."""
    assert read("Prouvez-moi que vous êtes bien un humain, vos mails se ressemblent tous.").kind is Kind.HUMAN
    assert (
        read("Cliquez ici pour authentifier votre message : https://x.example", subject="Demande d'authentification").kind
        is Kind.CHALLENGE
    )
    assert read("Please confirm that you are human: https://x.example/c", subject="x", Precedence="bulk").kind is Kind.CHALLENGE


def test_a_confirmed_newsletter_is_no_challenge() -> None:
    """List headers speak for a list."""
    assert (
        read("Confirm your e-mail address: click here https://x.example", subject="Welcome", List_Id="<n.x.example>").kind
        is Kind.BULK
    )


def test_the_words_of_an_automatic_answer_are_kept() -> None:
    """Where a cut would leave nothing, the whole text stands."""
    assert read("-- \nAbsent", subject="Réponse automatique : x", **AUTO).new_text


@pytest.mark.parametrize(
    ("text", "seconds", "kind"),
    [
        ("Sur les pistes avec les enfants, ni réseau ni remords, jusqu'au dimanche 8 mars inclus.", 20, Kind.OUT_OF_OFFICE),
        ("Sur les pistes avec les enfants, ni réseau ni remords, jusqu'au dimanche 8 mars inclus.", -5, Kind.OUT_OF_OFFICE),
        ("Sur les pistes avec les enfants, ni réseau ni remords, jusqu'au dimanche 8 mars inclus.", 3_600, Kind.HUMAN),
        ("Bien reçu, merci !", 20, Kind.HUMAN),
        ("Oui, mardi 10 mars à 10 h.", 20, Kind.HUMAN),
        ("Je reviens vers vous lundi.", 20, Kind.HUMAN),
        ("Pas avant lundi 9 mars.", 20, Kind.HUMAN),
        ("D'accord pour l'offre, l'atelier est fermé jusqu'à lundi.", 20, Kind.HUMAN),
        ("Can't now, I'm on holiday until Monday. Send me the price list.", 20, Kind.HUMAN),
        ("Vous êtes libre le lundi 9 mars ? Je pars en congés le 10.", 20, Kind.HUMAN),
    ],
)
def test_an_absence_that_is_told_at_once(text: str, seconds: int, kind: Kind) -> None:
    """Nobody reads a mail and types within a minute; but short words of a person stay a person's."""
    wrote = datetime(2026, 3, 4, 9, tzinfo=UTC) - timedelta(seconds=seconds)

    assert parse(a_mail(text), wrote=wrote).kind is kind
