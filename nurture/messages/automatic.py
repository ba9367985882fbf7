"""What sent a mail: headers first, words second. A person who mentions their own absence is human.

Dead-address evidence only makes a bounce hard: "5.x.x = hard" is wrong for most soft bounces (mail-facts, libraries B2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from nurture.messages.absence import first_day_back
from nurture.messages.fields import check_address, parse_headers
from nurture.messages.message import Address, Headers, Kind, Mark, Notice
from nurture.messages.words import fold, one_line, sentences


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the parser found beside the readable text."""

    report: str = ""  # message/delivery-status
    calendar: bytes = b""
    returned: bytes = b""  # the returned message, or its headers


DEAD_STATUS = re.compile(r"\b5\.(?:1\.(?:1|2|3|6|10)|4\.4|2\.1)\b")
_STATUS = re.compile(r"(?:^|[\s#(:;-])([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"(?:^|[\s:(])([45]\d\d)[\s-]")
DEAD_WORDS = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address|person)|does(?:n't| not) exist|not exist|unknown (?:recipient|address|mailbox|local)|"
    r"(?:address|recipient|user|mailbox|account|destinataire|adresse|boite)[^.\n]{0,40}(?:not found|unknown|invalid|inexistante?|n'existe pas|n'existe plus|inconnue?|introuvable|unavailable permanently|disabled|no longer|desactivee?)|"
    r"(?:not found|unknown|invalid|inexistante?|introuvable|inconnue?)[^.\n]{0,30}(?:address|recipient|user|mailbox|destinataire|adresse)|recipient(?: address)? rejected(?!.{0,40}(?:grey|later|policy|spam|quota))|"
    r"(?:domain|host|domaine)[^.\n]{0,30}(?:not found|n'existe pas|does not exist|unknown|introuvable|no mx)|no mailbox here|invalid (?:recipient|mailbox|address)|account (?:has been )?(?:closed|disabled|deactivated)|"
    r"mailbox (?:is )?(?:disabled|closed|inactive)|couldn't be found|could not be found|wasn't found|n'a pas ete trouvee?|adresse (?:e-?mail )?(?:incorrecte|erronee|invalide)|no longer (?:exists|valid|available|active)"
)
SOFT_WORDS = re.compile(
    r"over ?quota|quota exceeded|mailbox (?:is )?full|full mailbox|insufficient (?:system )?storage|boite (?:aux lettres |de reception )?(?:est )?pleine|depasse (?:son|le) quota|temporar|temporaire|try again|will (?:be )?retr|"
    r"delayed|retarde|greylist|grey-list|still being retried|deferred|spam|blocked|blacklist|block ?list|policy|too large|size limit|rate limit|throttl|authenticat|dmarc|spf|relay|timed? ?out|reputation|virus|rejected due to"
)
BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|notification|report|delayed|problem)|returned mail|mail delivery|failure notice|delivery failed|non[- ]?remis|non delivre|non distribu|echec (?:de|d'|lors)|message (?:non|not) |"
    r"could not be delivered|mail system error|returned to sender|nondeliverable|retour a l'expediteur|unzustellbar|mensaje no entregado|mancata consegna|warning: (?:could not send|message)|remise differee|remise (?:impossible|retardee)"
)
OOO_SUBJECT = re.compile(
    r"^(?:\W{0,3})(?:auto\s?:|automatic reply|auto(?:matic)?[- ]?(?:reply|response|matique)|reponse automatique|message (?:d')?absence|absen(?:t|ce)|out of (?:the )?office|ooo\b|away\b|abwesen|automatische antwort|respuesta automatica|fuera de|risposta automatica|assente|fuori ufficio|afwezig|automatisch antwoord|resposta automatica|on (?:holiday|vacation|leave|annual leave)|en (?:conges?|vacances)|conges?\b)"
)
OOO_WORDS = re.compile(
    r"\b(?:je suis|serai|suis|actuellement|nous sommes|i am|i'm|i will be|i'll be|we are|currently|presently|am)\b[^.\n]{0,60}\b(?:absente?s?|en conges?|en vacances|en deplacement|hors du bureau|out of (?:the )?office|away|on (?:annual )?leave|on holiday|on vacation|travelling|traveling|on parental|on maternity|maternite|paternite|en formation|ferme)\b|"
    r"\babsente? (?:du|jusqu|pour|le)|\bout of (?:the )?office\b|\bde retour (?:le|au bureau|lundi|des)|\b(?:conge|arret) (?:maternite|paternite|parental|maladie)|\blimited access to (?:my )?e-?mail|\bacces limite|\bferme(?:e|s)?(?: pour| du| jusqu)|\b(?:office|bureau|cabinet|atelier|agence|magasin|we)[^.\n]{0,30}(?:closed|ferme)|\bback (?:in the office|on|at my desk)|"
    r"\bnicht im (?:haus|buro)|\bfuera de la oficina|\bfuori sede|\bafwezig"
)
LEFT_WORDS = re.compile(
    r"(?:ne (?:fais|fait|font) plus partie|n'est plus (?:en poste|dans|parmi|employee?|salariee?|joignable)|ne suis plus|ai quitte|a quitte|quitte (?:la societe|l'entreprise|mes fonctions|ses fonctions)|ne travaill\w{1,4} plus|finished up (?:with|at)|(?:duties|role|post|fonctions|poste)[^.\n]{0,40}(?:taken over|repris)|no longer (?:works?|with|employed|at|part of|working)|"
    r"(?:has|have) left|left (?:the company|the business|the firm)|is not with|ne fait plus|parti(?:e)? (?:en|a la) retraite|has retired|n'occupe plus|plus active?|my last day|moved on)"
)
ACK_WORDS = re.compile(
    r"(?:nous avons|avons) bien recu|bien (?:ete )?recu(?:e)?[^.\n]{0,60}(?:repond|traite|reviendr|equipe)|(?:we have|we've) received|has been received|(?:thank you|thanks) for (?:contacting|your (?:e-?mail|message|enquiry|inquiry|request)|getting in touch|reaching out|writing)|accuse de reception|votre (?:demande|message|ticket)[^.\n]{0,60}(?:enregistre|recu|pris en compte|ete cree|transmis)|"
    r"(?:ticket|case|request|dossier|reference|ref)\s?(?:number|n[o°]|#|:)|a member of (?:our|the) team|notre equipe (?:vous|reviendra)|nous (?:vous repondrons|reviendrons vers vous|traiterons)|we aim to (?:reply|respond)|i (?:only )?(?:check|read|answer|reply to) (?:my )?e-?mails?|je (?:consulte|lis|releve|reponds)[^.\n]{0,40}(?:mes mails|messages|mails|courriels)|delai de reponse|please allow|as soon as (?:we|i) can|within (?:one|two|three|\d+) (?:business|working)|read receipt|your message was (?:read|displayed)|a ete lu\b|ceci est (?:un message|une reponse) automatique|this is an automat"
)
CHALLENGE_WORDS = re.compile(
    r"(?:prouve|confirme|verifie|authentifie|valid)\w{0,5}[^.\n]{0,80}(?:humain|pas un robot|votre (?:adresse|identite|message|envoi|email|e-mail))|(?:prove|confirm|verify)[^.\n]{0,60}(?:human|not a (?:robot|machine|spam)|you(?:r)? (?:are|identity|message|e-?mail address|sender))|mailinblack|mail in black|boxbe|spamarrest|sender (?:verification|authentication|confirmation)|"
    r"click (?:the|on|here|below|this)[^.\n]{0,60}(?:deliver|release|verify|approve)|cliqu\w{1,3}[^.\n]{0,80}(?:delivr|remis|distribu|authentif|autoris|debloqu|valider)|anti-?spam[^.\n]{0,80}(?:cliqu|click|valid|authentif)|demande d'authentification|mis en (?:attente|quarantaine)[^.\n]{0,80}(?:cliqu|lien)|captcha"
)
CALENDAR_SUBJECT = re.compile(
    r"^(?:invitation|updated invitation|canceled|cancelled|annule|accepted|declined|tentative(?:ly accepted)?|accepte|refuse|provisoire|nouvelle (?:heure|proposition)|new time proposed|counter|proposition de nouvel horaire|invitation mise a jour|einladung|zugesagt|abgesagt|aceptado|accettato|geaccepteerd|aceite)\s?:"
)
CALENDAR_WORDS = re.compile(r"begin:vcalendar|(?:a|has|have) (?:accepted|declined|tentatively accepted) (?:this|the|your) (?:invitation|meeting)|a (?:accepte|decline|refuse) (?:cette|votre|l') ?(?:invitation|reunion)|invitation (?:google (?:agenda|calendar)|de google)|join (?:the )?(?:teams|zoom|google meet)|rejoindre la reunion|microsoft teams meeting|reunion microsoft teams|(?:accept|accepter|oui|yes)\s?[-|/]\s?(?:peut-etre|maybe|tentative|decline|refuser|non|no)\b")
BULK_WORDS = re.compile(r"se desabonner|desabonnez|desinscri|unsubscribe|view (?:this (?:e-?mail )?)?in (?:your )?browser|voir (?:ce mail|cet e-?mail|la version) (?:dans|en ligne)|manage (?:your )?preferences|gerer (?:mes|vos) preferences|newsletter|lettre d'information|you are receiving this")
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,120}\.[a-z]{2,24}")
_RECIPIENT = re.compile(r"^(?:final-recipient|original-recipient)\s*:\s*(?:[a-z0-9-]+\s*;)?\s*<?([^\s<>;]{3,320})>?", re.MULTILINE)
_ACTION = re.compile(r"^action\s*:\s*(\w+)", re.MULTILINE)
REPLY_SUBJECT = re.compile(r"^(?:re|rep|tr|aw|sv|fwd?|fw|antw|r)\s?(?:\[\d+\])?\s?:")
AWAY = re.compile(r"\b(?:absente?s?|conges?|vacances|away|holidays?|vacation|leave|closed|shut|fermee?s?|fermeture|out of|ooo|maternite|deplacement|off (?:until|till|this|today)|rouvr|reopen|open again)\b|off sick")
BEEN = re.compile(r"\b(?:etais|j'ai ete|was|were|had been|have been|just (?:got )?back|rentre|de retour de|sorry|desolee?|pardon|apres (?:mes|les) (?:conges|vacances)|quand|when (?:i|we)|once)\b")
USUAL = re.compile(
    r"\b(?:urgen|contact|repond|reply|respon|answer|traiter|back|retour|return|reviendr|merci|thank|cordialement|regards|message|mail|joindre|reach|call|appel|office|bureau|bien a vous|bonne journee|best|hello|bonjour|hi|dear|e-?mail|absence|emergency|please|veuillez|rouvr|open)"
)
ABOUT_THEM = re.compile(r"\b(?:votre (?:proposition|offre|devis|approche|idee|projet)|your (?:offer|proposal|quote|idea|approach|proposition)|interess|interest|tarif|price|prix|budget|rendez-vous|meeting|rappelez|relancez|recontactez|get back to me|revenez)\b")
CAP = 20_000


def classify(headers: Headers, text: str, new: str, parts: Parts, *, lang: str | None = None) -> tuple[Kind, Notice]:  # noqa: ARG001
    """(what sent it, what it states)."""
    subject, words = fold(headers.subject), fold(text[:CAP])
    if headers.marks & {Mark.LIST, Mark.BULK} and not parts.calendar and _is_mass_mail(headers, subject, words):
        return Kind.BULK, Notice()
    if (parts.calendar or _is_calendar(headers, subject, words)) and not _is_bounce(headers, subject, words, parts):
        return Kind.CALENDAR, _calendar(parts.calendar, subject)
    if _is_challenge(headers, subject, words):
        return Kind.CHALLENGE, Notice(quote=_quote(text, CHALLENGE_WORDS))
    if _is_bounce(headers, subject, words, parts):
        return _bounce(headers, text, words, parts)
    if _is_automatic(headers, subject) or _is_notice(subject, text):
        return _automatic(headers, subject, text, words)
    if headers.marks & {Mark.NO_REPLY} and (BULK_WORDS.search(words) or ACK_WORDS.search(words)):
        return (Kind.BULK if BULK_WORDS.search(words) else Kind.ACKNOWLEDGEMENT), Notice()
    return Kind.HUMAN, Notice()


def _is_mass_mail(headers: Headers, subject: str, words: str) -> bool:
    """List headers speak for a newsletter; but some gateways put them on every mail, and a person's answer stays a person's."""
    if headers.marks & {Mark.AUTO_REPLIED, Mark.MAILER_DAEMON, Mark.REPORT} or OOO_SUBJECT.match(subject):
        return False
    return not REPLY_SUBJECT.match(subject) or bool(BULK_WORDS.search(words)) and not headers.parents


def _is_automatic(headers: Headers, subject: str) -> bool:
    return bool(headers.marks & {Mark.AUTO_REPLIED, Mark.AUTO_GENERATED}) or bool(OOO_SUBJECT.match(subject))


def _is_notice(subject: str, text: str) -> bool:
    """An absence notice without any header that says so: short, and every sentence of it is one that notices have; no question."""
    if LEFT_WORDS.search(subject):
        return True
    said = [fold(s) for s in sentences(text[:2_000])]
    if not said or len(text) > 700 or any(s.endswith("?") for s in said) or ABOUT_THEM.search(" ".join(said)):
        return False
    away = [bool(OOO_WORDS.search(s) or AWAY.search(s)) and not BEEN.search(s) for s in said]
    usual = [a or bool(USUAL.search(s)) or len(s.split()) <= 4 for a, s in zip(away, said, strict=True)]
    return any(away) and sum(usual) >= max(1, round(len(said) * 0.75)) and (any(away[:2]))


def _automatic(headers: Headers, subject: str, text: str, words: str) -> tuple[Kind, Notice]:
    """An automatic answer: has left, is away, or only says that it arrived."""
    sent = headers.sent.date() if headers.sent else datetime.now(UTC).date()
    if LEFT_WORDS.search(words):
        return Kind.LEFT, Notice(quote=_quote(text, LEFT_WORDS), successor=_other_address(headers, words))
    day, quote = first_day_back(text, sent)
    received = bool(ACK_WORDS.search(words))
    away = bool(OOO_WORDS.search(words)) or (bool(AWAY.search(words[:600])) or bool(OOO_SUBJECT.match(subject))) and not received
    if away or (day is not None and not ACK_WORDS.search(words)):
        return Kind.OUT_OF_OFFICE, Notice(resume_on=day, quote=quote or _quote(text, OOO_WORDS), successor=_other_address(headers, words))
    if Mark.AUTO_GENERATED in headers.marks and BULK_WORDS.search(words):
        return Kind.BULK, Notice()
    return Kind.ACKNOWLEDGEMENT, Notice(quote=_quote(text, ACK_WORDS))


def _quote(text: str, pattern: re.Pattern[str]) -> str:
    return next((one_line(s) for s in sentences(text[:CAP])[:200] if pattern.search(fold(s))), "")


def _other_address(headers: Headers, words: str) -> Address | None:
    """The address that a notice names beside the sender's own: a stand-in or successor."""
    own = headers.sender.addr if headers.sender else ""
    to = {a.addr for a in headers.to}
    for found in _ADDRESS.findall(words)[:10]:
        if (addr := check_address(found.strip("."))) and addr != own and addr not in to:
            return Address(addr=addr)
    return None


def _is_challenge(headers: Headers, subject: str, words: str) -> bool:
    automatic = bool(headers.marks & {Mark.AUTO_REPLIED, Mark.AUTO_GENERATED, Mark.NULL_SENDER, Mark.BULK, Mark.NO_REPLY}) or "mailinblack" in words
    return (automatic or len(words) < 1_500) and bool(CHALLENGE_WORDS.search(subject) or CHALLENGE_WORDS.search(words[:4_000])) and ("http" in words or "clic" in words or "cliqu" in words or "reply" in words)


def _is_bounce(headers: Headers, subject: str, words: str, parts: Parts) -> bool:
    if parts.report or headers.failed_recipients:
        return True
    system = bool(headers.marks & {Mark.MAILER_DAEMON, Mark.REPORT})
    if system and (BOUNCE_SUBJECT.search(subject) or Mark.REPORT in headers.marks or DEAD_WORDS.search(words) or SOFT_WORDS.search(words)):
        return True
    return bool(BOUNCE_SUBJECT.search(subject)) and Mark.NULL_SENDER in headers.marks


def _bounce(headers: Headers, text: str, words: str, parts: Parts) -> tuple[Kind, Notice]:
    report = fold(parts.report)
    near = report or words[:6_000]
    status = next(iter(_STATUS.findall(near)), "") or next(iter(_STATUS.findall(words[:6_000])), "") or next(iter(_CODE.findall(words[:6_000])), "")
    said = near + " " + words[:6_000]
    delayed = _ACTION.search(report) is not None and _ACTION.search(report)[1] == "delayed"  # type: ignore[index]
    soft = delayed or bool(SOFT_WORDS.search(fold(headers.subject)))
    dead = bool(DEAD_STATUS.search(said)) or bool(DEAD_WORDS.search(said))
    if dead and SOFT_WORDS.search(said) and not DEAD_STATUS.search(said):
        dead = not re.search(r"over ?quota|mailbox (?:is )?full|full mailbox|pleine|quota exceeded|temporar|try again|still being retried", said)
    kind = Kind.BOUNCE_HARD if dead and not soft and not status.startswith("4.") else Kind.BOUNCE_SOFT
    return kind, Notice(failed=_failed(headers, report, words, parts), status=status, quote=_quote(text, DEAD_WORDS if dead else SOFT_WORDS))


def _failed(headers: Headers, report: str, words: str, parts: Parts) -> tuple[str, ...]:
    """The addresses that failed: the report's, the header's, the returned message's recipients, else those in the words."""
    named = [a for r in _RECIPIENT.findall(report) if (a := check_address(r))]
    named += headers.failed_recipients
    if not named and parts.returned:
        named += [a.addr for a in parse_headers(parts.returned).to]
    if not named:
        to = {a.addr for a in headers.to}
        own = headers.sender.addr if headers.sender else ""
        named += [a for r in _ADDRESS.findall(words[:6_000])[:10] if (a := check_address(r.strip("."))) and a not in to and a != own]
    return tuple(dict.fromkeys(named))[:20]


def _is_calendar(headers: Headers, subject: str, words: str) -> bool:
    if Mark.CALENDAR in headers.marks:
        return True
    return bool(CALENDAR_SUBJECT.match(subject)) and bool(CALENDAR_WORDS.search(words[:4_000]) or len(words) < 400)


def _calendar(raw: bytes, subject: str) -> Notice:
    """METHOD, PARTSTAT and start of the calendar part; from the subject where there is none."""
    plain = Notice(partstat="ACCEPTED" if re.match(r"accept", subject) else "DECLINED" if re.match(r"declin|refus", subject) else "")
    if not raw:
        return plain
    try:
        from icalendar import Calendar

        return _from_calendar(Calendar.from_ical(raw[:200_000]), plain)
    except Exception:  # a stranger's calendar file may break its reader in any way; the fact that it is one stays
        return plain


def _from_calendar(calendar: Any, plain: Notice) -> Notice:
    found = replace(plain, method=str(calendar.get("METHOD", "")).upper()[:20])
    for event in calendar.walk("VEVENT"):
        start = getattr(event.get("DTSTART"), "dt", None)
        attendee = event.get("ATTENDEE")
        params = getattr(attendee[0] if isinstance(attendee, list) and attendee else attendee, "params", {})
        moment = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day, tzinfo=UTC) if start else None
        aware = moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
        return replace(found, partstat=str(params.get("PARTSTAT", plain.partstat))[:20], starts=aware)
    return found
