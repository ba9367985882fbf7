"""The reader: what one message's newly written words say."""

from __future__ import annotations

from datetime import date

from nurture.messages import Kind, Message
from nurture.stages.awaits import awaits
from nurture.stages.dates import day_to_resume
from nurture.stages.findings import findings, findings_of_ours
from nurture.stages.lexicon import languages, lexicon
from nurture.stages.meetings import meeting_on
from nurture.stages.promises import promise
from nurture.stages.register import register
from nurture.stages.sentences import Letter, Role, letter
from nurture.stages.thanks import mere_thanks, perhaps_no
from nurture.stages.verdict import Context, Finding, Reading, Signal

READER = 1  # a newer reader reads old mail again

CALLED_OFF = frozenset({"CANCEL", "DECLINECOUNTER"})


def read(message: Message, context: Context) -> Reading:
    """The reading of one message in the light of what was known before it."""
    if message.kind is not Kind.HUMAN:
        return _automatic(message)
    told = _letter(message, context)
    return _ours(told, message) if context.ours else _theirs(told, message)


def _automatic(message: Message) -> Reading:
    """What a program wrote says nothing of what a person wants; an absence and a meeting have their days."""
    notice = message.notice
    off = notice.method in CALLED_OFF or notice.partstat == "DECLINED"
    meeting = notice.starts.date() if message.kind is Kind.CALENDAR and notice.starts and not off else None
    return Reading(reader=READER, lang=message.lang, resume_on=notice.resume_on, meeting_on=meeting)


def _letter(message: Message, context: Context) -> Letter:
    """In the message's language, else the thread's; where neither has a lexicon, in the one that finds most."""
    known = languages()
    lang = message.lang or context.lang
    letters = [letter(message.new_text, lexicon(name), context) for name in ((lang,) if lang in known else known)]
    return max(letters, key=lambda told: sum(len(s.hits) for s in told.sentences))


def _theirs(told: Letter, message: Message) -> Reading:
    found, unsure = findings(told, doubtful=message.unsure)
    if {f.signal for f in found} == {Signal.THANKS} and not mere_thanks(told):
        found, unsure = (), (*unsure, *perhaps_no(told))
    promised, by = promise(told)
    return Reading(
        reader=READER,
        findings=found,
        unsure=unsure,
        resume_on=_resume_on(told, found),
        register=register(told),
        lang=message.lang,
        promise=promised,
        promise_on=by,
        meeting_on=meeting_on(told),
    )


def _resume_on(told: Letter, found: tuple[Finding, ...]) -> date | None:
    """The day that a request to be written to later names."""
    asked, sent = next((f for f in found if f.signal is Signal.DEFERRAL), None), told.context.sent
    if asked is None or sent is None:
        return None
    at = next(n for n, s in enumerate(told.sentences) if s.quote == asked.quote)
    return day_to_resume([s.folded for s in told.sentences], at, sent, told.lexicon.lang, told.context.feasts)


def _greeting(told: Letter) -> str:
    """The line of greeting of a letter, "" where it has none."""
    first = next(iter(told.sentences), None)
    return first.quote if first and first.role is Role.GREETING else ""


def _ours(told: Letter, message: Message) -> Reading:
    found = findings_of_ours(told)
    left, quote = awaits(told, frozenset(f.signal for f in found))
    promised, by = promise(told)
    return Reading(
        reader=READER,
        findings=found,
        register=register(told),
        lang=message.lang,
        awaits=left,
        awaits_quote=quote,
        promise=promised,
        promise_on=by,
        meeting_on=meeting_on(told),
        greeting=_greeting(told),
    )
