"""What sent a mail: headers first, words second. The order of the questions is the design."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nurture.messages.body import Body
from nurture.messages.bounce import Report, is_bounce, read_bounce, reads_like_one
from nurture.messages.calendar import read_calendar
from nurture.messages.message import Headers, Kind, Mark, Notice
from nurture.messages.notices import greets_us, is_challenge, is_plain_notice, stand_in
from nurture.messages.person import NOTICE, is_personal
from nurture.messages.said import Said
from nurture.messages.words import fold

_AUTOMATIC = frozenset({Mark.AUTO_REPLIED, Mark.AUTO_GENERATED})
_MASS = frozenset({Mark.LIST, Mark.BULK})
_SYSTEM = frozenset({Mark.MAILER_DAEMON, Mark.REPORT})
_SUBJECTS = frozenset({"subject_away", "subject_received", "subject_left"})
_FORM = re.compile(
    r"(?m)^\W*(?:name|nom|prenom|message|e-?mail|courriel|phone|tel|telephone|company|societe|subject|sujet|objet) ?:"
)  # of a site
_GROUP = re.compile(r"\b(?:this group|ce groupe|google ?groups?|groupe google|mailing list|liste de diffusion)\b")
LETTER = 600  # characters that a person's letter through a list may have
_PARTSTATS = {"accepted": "ACCEPTED", "declined": "DECLINED", "tentative": "TENTATIVE"}
_MEETINGS = frozenset({"accepted", "declined", "tentative", "counter", "cancelled", "invitation"})
_FIELD = re.compile(r"^(when|where|who|guests?|organi[sz]er|quand|qui|lieu|ou) ?:")
_METHODS = {"counter": "COUNTER", "cancelled": "CANCEL"}
_BACK = re.compile(r"\b(?:back|return\w*|retour|repren\w*|revien\w*|rentr\w*|wieder|zuruck|demain|tomorrow)\b")
_COMPLAINT = re.compile(r"^(?:complaint about message|(?:e-?mail )?(?:abuse|spam|feedback) report)")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the parser found beside the readable text."""

    report: Report = field(default_factory=Report)
    calendar: bytes = b""
    attached: bool = False  # the calendar part is a file beside the letter


def classify(headers: Headers, text: str, body: Body, parts: Parts, *, gap: timedelta | None = None) -> tuple[Kind, Notice]:
    """(what sent it, what it states). `body` is what was read of `text`: a notice that is only quoted is nobody's notice; `gap`: how
    long after our mail it came.
    """
    said = Said(headers, body.said or text, new=body.new, quotes=body.quotes, gap=gap)
    if parts.report.kind == "feedback-report" or (parts.report.returned and _COMPLAINT.search(said.subject)):
        return Kind.BULK, Notice()
    if parts.report.kind == "disposition-notification":
        return Kind.ACKNOWLEDGEMENT, Notice(quote=said.quote("received"))
    if _is_mass_mail(said, parts) and (Mark.LIST in headers.marks or not is_challenge(said)):
        return Kind.BULK, Notice()
    if _is_calendar(said, parts):
        return Kind.CALENDAR, _calendar(said, parts)
    if is_challenge(said) and not parts.report.status:
        return Kind.CHALLENGE, Notice(quote=said.quote("challenge"))
    if is_bounce(headers, said.subject, text, parts.report) and not _tells_of_a_bounce(said, parts):
        return read_bounce(headers, text, parts.report)
    if _is_marked(said) or is_plain_notice(said):
        return _answer(said)
    if (
        Mark.NO_REPLY in headers.marks
        and not (said.is_person or greets_us(said) or len(_FORM.findall(fold(said.text))) > 1)
        and (not said.is_answer or said.has("bulk", "received", "automatic"))
    ):
        return (Kind.BULK if said.has("bulk") else Kind.ACKNOWLEDGEMENT), Notice()
    return Kind.HUMAN, Notice()


def _is_marked(said: Said) -> bool:
    """A header says that a machine answers. "Auto-generated" alone is said of every mail that leaves a help desk, the agents' too."""
    marks = said.headers.marks
    if Mark.AUTO_REPLIED in marks or Mark.AUTO_GENERATED not in marks or "subject_auto" in said.subject_cues:
        return bool(marks & _AUTOMATIC)
    if said.refuses:
        return False
    if said.subject_cues & _SUBJECTS or said.has("away", "left", "automatic"):
        return True
    if said.has("received", "slow", "bulk"):
        return not said.asks and not (said.speaks and said.is_reply)
    return not (said.is_person or greets_us(said) or (said.is_reply and any(not cues & NOTICE for _, cues in said.own)))


def _tells_of_a_bounce(said: Said, parts: Parts) -> bool:
    """A person passes a report on, or answers under an address that often is a mail system's: their own words decide."""
    headers, report = said.headers, parts.report
    if report.status or headers.failed_recipients or Mark.REPORT in headers.marks or headers.sender is None:
        return False
    if Mark.MAILER_DAEMON in headers.marks:
        return said.is_answer and is_personal(headers.sender.name, headers.sender.addr)
    if Mark.NULL_SENDER in headers.marks:
        return False
    return said.refuses or said.asks or not reads_like_one(said.new, returns=bool(report.returned))


def _is_mass_mail(said: Said, parts: Parts) -> bool:
    """List headers speak for a newsletter; but some gateways put them on every mail, and a person's answer stays a person's."""
    marks = said.headers.marks
    if (
        not marks & _MASS
        or marks & (_SYSTEM | {Mark.AUTO_REPLIED})
        or parts.calendar
        or parts.report.status
        or said.subject_cues & {"subject_auto", "subject_away"}
        or (Mark.AUTO_GENERATED in marks and Mark.LIST not in marks and said.has("received"))  # a desk's receipt, sent "in bulk"
    ):
        return False
    if _is_own_letter(said):
        return False
    if Mark.LIST not in marks and not said.has("bulk") and is_plain_notice(said):
        return False
    return not said.is_reply or (said.has("bulk") and not said.headers.parents and not said.quotes and not greets_us(said))


def _is_own_letter(said: Said) -> bool:
    """Short, without a link, nothing of a newsletter in what was newly written, and meant for us: a group's or a sales tool's headers."""
    if len(said.new) > LETTER or "http" in said.new:
        return False
    if said.refuses:
        return said.is_answer or not any("bulk" in cues and "refuses" not in cues for _, cues in said.own)
    clean = not said.has("bulk") and "http" not in said.text
    return (clean or bool(_GROUP.search(fold(said.text)))) and (greets_us(said) or said.asks)


def _is_calendar(said: Said, parts: Parts) -> bool:
    if parts.report.status or said.headers.marks & _SYSTEM:
        return False
    fields, product = _told_by_a_calendar(said)
    if parts.calendar or Mark.CALENDAR in said.headers.marks:
        return not parts.attached or fields + product > 1 or not (said.is_person or greets_us(said))
    if not said.subject_cues & _MEETINGS or ":" not in said.subject[:40] or greets_us(said) or said.asks:
        return False
    meeting = Mark.MEETING in said.headers.marks
    return bool(product) or fields + meeting > 1 or (meeting and not said.own)


def _told_by_a_calendar(said: Said) -> tuple[int, int]:
    """(how many of when, where, who it fills in; how many phrases of a calendar program it has), in its first lines."""
    words = [fold(s[:200]) for s, cues in zip(said.sentences[:12], said.cues, strict=False) if "calendar" in cues]
    fields = {found[1] for s in words if (found := _FIELD.match(s))}
    return len(fields), sum(not _FIELD.match(s) for s in words)


def _calendar(said: Said, parts: Parts) -> Notice:
    """What the calendar part states; where there is none, what the subject says."""
    found = read_calendar(parts.calendar) if parts.calendar else Notice()
    worded = next((partstat for cue, partstat in _PARTSTATS.items() if cue in said.subject_cues), "")
    method = next((method for cue, method in _METHODS.items() if cue in said.subject_cues), "REPLY" if worded else "REQUEST")
    return replace(found, method=found.method or method, partstat=found.partstat or ("" if found.method else worded))


def _answer(said: Said) -> tuple[Kind, Notice]:
    """An automatic answer: has left, is away, is mass mail, or only says that something arrived."""
    if (said.has("left") or ("subject_left" in said.subject_cues and not said.is_away)) and not _returns(said):
        return Kind.LEFT, Notice(quote=said.quote("left"), successor=stand_in(said))
    if _is_away(said):
        day, quote = _first_day_back(said)
        return Kind.OUT_OF_OFFICE, Notice(resume_on=day, quote=quote or said.quote("away"), successor=stand_in(said))
    if Mark.AUTO_GENERATED in said.headers.marks and said.has("bulk") and not said.has("received", "automatic"):
        return Kind.BULK, Notice()
    return Kind.ACKNOWLEDGEMENT, Notice(quote=said.quote("received", "automatic"))


def _returns(said: Said) -> bool:
    """Whether who seems to have left says when they are back: they left the office, not the house."""
    day, quote = _first_day_back(said)
    return day is not None and (said.has("away") or bool(_BACK.search(fold(quote))))


def _is_away(said: Said) -> bool:
    """An absence is stated; closed on some day beside a receipt is only a receipt, and so is who only answers slowly."""
    received = said.has("received") or "subject_received" in said.subject_cues
    away = said.is_away
    if said.has("slow") and not away and "subject_away" not in said.subject_cues:
        return not received and _first_day_back(said)[0] is not None
    if "subject_away" in said.subject_cues and "subject_received" not in said.subject_cues:
        return away or not said.has("received") or said.day_back[0] is not None
    named = "subject_auto" in said.subject_cues and "subject_received" not in said.subject_cues
    if named and away:
        return True
    if (named or Mark.AUTO_REPLIED in said.headers.marks) and said.day_back[0] is not None and not said.has("automatic"):
        return True  # in words that nobody knows ("far from my keyboard until Friday"), beside thanks for the mail
    if (named or Mark.AUTO_REPLIED in said.headers.marks) and not received and not said.has("automatic") and said.tells_of_return:
        return True
    if away and (not received or said.has("away", within=2)):
        return True
    return (away or not received) and _first_day_back(said)[0] is not None


def _first_day_back(said: Said) -> tuple[date | None, str]:
    return said.day_back if said.day_back[0] else said.first_day_back_in(said.headers.subject, beside=said.text)
