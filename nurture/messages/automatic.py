"""What sent a mail: headers first, words second. The order of the questions is the design."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from nurture.messages.body import Body
from nurture.messages.bounce import Report, is_bounce, read_bounce
from nurture.messages.calendar import read_calendar
from nurture.messages.message import Headers, Kind, Mark, Notice
from nurture.messages.notices import Said, greets_us, is_challenge, is_plain_notice, stand_in

_AUTOMATIC = frozenset({Mark.AUTO_REPLIED, Mark.AUTO_GENERATED})
_MASS = frozenset({Mark.LIST, Mark.BULK})
_SYSTEM = frozenset({Mark.MAILER_DAEMON, Mark.REPORT})
_PARTSTATS = {"accepted": "ACCEPTED", "declined": "DECLINED", "tentative": "TENTATIVE"}
_METHODS = {"counter": "COUNTER", "cancelled": "CANCEL"}
_COMPLAINT = re.compile(r"^(?:complaint about message|(?:e-?mail )?(?:abuse|spam|feedback) report)")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the parser found beside the readable text."""

    report: Report = field(default_factory=Report)
    calendar: bytes = b""


def classify(headers: Headers, text: str, body: Body, parts: Parts, *, at_once: bool = False) -> tuple[Kind, Notice]:
    """(what sent it, what it states). `body` is what was read of `text`: a notice that is only quoted is nobody's notice; `at_once`: it
    answers sooner than a person can.
    """
    said = Said(headers, body.said or text, quotes=body.quotes, at_once=at_once)
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
    if is_bounce(headers, said.subject, text, parts.report):
        return read_bounce(headers, text, parts.report)
    if headers.marks & _AUTOMATIC or is_plain_notice(said):
        return _answer(said)
    if Mark.NO_REPLY in headers.marks and said.has("bulk", "received", "automatic"):
        return (Kind.BULK if said.has("bulk") else Kind.ACKNOWLEDGEMENT), Notice()
    return Kind.HUMAN, Notice()


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
    return not said.is_reply or (said.has("bulk") and not said.headers.parents and not said.quotes and not greets_us(said))


def _is_calendar(said: Said, parts: Parts) -> bool:
    if parts.report.status or said.headers.marks & _SYSTEM:
        return False
    if parts.calendar or Mark.CALENDAR in said.headers.marks:
        return True
    named = said.subject_cues & {"accepted", "declined", "tentative", "counter", "cancelled", "invitation"}
    return bool(named) and ":" in said.subject[:40] and said.has("calendar", within=12)


def _calendar(said: Said, parts: Parts) -> Notice:
    """What the calendar part states; where there is none, what the subject says."""
    found = read_calendar(parts.calendar) if parts.calendar else Notice()
    worded = next((partstat for cue, partstat in _PARTSTATS.items() if cue in said.subject_cues), "")
    method = next((method for cue, method in _METHODS.items() if cue in said.subject_cues), "REPLY" if worded else "REQUEST")
    return replace(found, method=found.method or method, partstat=found.partstat or ("" if found.method else worded))


def _answer(said: Said) -> tuple[Kind, Notice]:
    """An automatic answer: has left, is away, is mass mail, or only says that something arrived."""
    if said.has("left"):
        return Kind.LEFT, Notice(quote=said.quote("left"), successor=stand_in(said))
    if _is_away(said):
        day, quote = _first_day_back(said)
        return Kind.OUT_OF_OFFICE, Notice(resume_on=day, quote=quote or said.quote("away"), successor=stand_in(said))
    if Mark.AUTO_GENERATED in said.headers.marks and said.has("bulk") and not said.has("received", "automatic"):
        return Kind.BULK, Notice()
    return Kind.ACKNOWLEDGEMENT, Notice(quote=said.quote("received", "automatic"))


def _is_away(said: Said) -> bool:
    """An absence is stated; closed on some day beside a receipt is only a receipt, and so is who only answers slowly."""
    received = said.has("received") or "subject_received" in said.subject_cues
    away = said.has("away")
    if said.has("slow") and not away and "subject_away" not in said.subject_cues:
        return not received and _first_day_back(said)[0] is not None
    if said.subject_cues & {"subject_auto", "subject_away"} and "subject_received" not in said.subject_cues:
        return away or not said.has("received")
    return (away and (not received or said.has("away", within=2))) or (not received and _first_day_back(said)[0] is not None)


def _first_day_back(said: Said) -> tuple[date | None, str]:
    return said.day_back if said.day_back[0] else said.first_day_back_in(said.headers.subject, beside=said.text)
