"""The reader: what one message's newly written words say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from nurture.messages import Kind, Message, fold
from nurture.stages.awaits import awaits
from nurture.stages.dates import day_to_resume
from nurture.stages.findings import findings, findings_of_ours
from nurture.stages.lexicon import languages, lexicon
from nurture.stages.meetings import meeting
from nurture.stages.promises import promise
from nurture.stages.register import register, wanted
from nurture.stages.sentences import Letter, Role, letter, says_something
from nurture.stages.subject import final_words, is_empty, may_be_ours, with_subject
from nurture.stages.thanks import mere_thanks, perhaps_no
from nurture.stages.verdict import Context, Finding, Reading, Signal
from nurture.stages.would import would

READER = 9  # a newer reader reads old mail again
LONGEST = 1_000  # characters of a line
_OF_A_CALENDAR = re.compile(
    r"^\W*(?:when|where|who|guests?|organi[sz]er|quand|qui|lieu|ou|date|heure|time) ?:|\b(?:invitation|reunion|meeting|event|evenement|calendar|agenda|teams|horaire|new time)\b"
)
CALLED_OFF = frozenset({"CANCEL", "DECLINECOUNTER"})


def read(message: Message, context: Context) -> Reading:
    """The reading of one message in the light of what was known before it."""
    if message.kind is not Kind.HUMAN:
        return _automatic(message, context)
    told = _letter(message, context)
    if context.ours:
        return _ours(told, message)
    if message.headers.subject and is_empty(told):
        return _by_subject(message, context)
    return _theirs(told, message)


def _by_subject(message: Message, context: Context) -> Reading:
    """Their body says nothing, so that their subject is read; one that may be ours only for what we would not write."""
    whole = with_subject(message)
    told = _letter(whole, context)
    if not may_be_ours(message.headers):
        return _theirs(told, whole)
    said, final = _theirs(_letter(message, context), message), final_words(told)
    if not any(final):
        return said
    return replace(said, findings=final[0], unsure=final[1], resume_on=_resume_on(told, final[0]))


def _automatic(message: Message, context: Context) -> Reading:
    """What a program wrote says nothing of what a person wants; an absence and a meeting have their days.

    Beside a calendar's answer somebody may have typed a last word: that much is read.
    """
    notice = message.notice
    off = notice.method in CALLED_OFF or notice.partstat == "DECLINED"
    day = notice.starts.date() if message.kind is Kind.CALENDAR and notice.starts else None
    found, unsure = _typed(message, context) if message.kind is Kind.CALENDAR and not context.ours else ((), ())
    return Reading(
        reader=READER, findings=found, unsure=unsure, lang=message.lang, resume_on=notice.resume_on, meeting_on=None if off else day,
        meeting_off=off and message.kind is Kind.CALENDAR, meeting_off_on=day if off else None,
    )  # fmt: skip


def _typed(message: Message, context: Context) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(found, suspected) final words among the lines that no calendar wrote."""
    lines = [line for line in message.new_text.split("\n") if not _OF_A_CALENDAR.search(fold(line[:LONGEST]))]
    told = _letter(replace(message, new_text="\n".join(lines)), context)
    return ((), ()) if is_empty(told) else final_words(told)


def _letter(message: Message, context: Context) -> Letter:
    """In the message's language; where it does not tell or has no lexicon, in the thread's if that finds something, else in what finds most."""
    known = languages()
    if message.lang in known:
        return letter(message.new_text, lexicon(str(message.lang)), context)
    letters = {name: letter(message.new_text, lexicon(name), context) for name in known}
    in_thread = letters.get(context.lang or "")
    if in_thread is not None and says_something(in_thread):
        return in_thread
    return max(
        letters.values(), key=lambda told: (says_something(told), told is in_thread, sum(len(s.hits) for s in told.sentences))
    )


def _theirs(told: Letter, message: Message) -> Reading:
    found, unsure = findings(told, doubtful=message.unsure)
    promised, by = promise(told)
    met = meeting(told)
    if {f.signal for f in found} == {Signal.THANKS} and (promised or not mere_thanks(told, found[0].confidence)):
        found, unsure = (), (*unsure, *perhaps_no(told))
    return Reading(
        reader=READER,
        findings=found,
        unsure=unsure,
        resume_on=_resume_on(told, found),
        register=register(told),
        register_wanted=wanted(told),
        lang=message.lang,
        promise=promised,
        promise_on=by,
        meeting_on=met.on,
        meeting_off=met.off,
        meeting_off_on=met.off_on,
        would=would(told),
        greeting=_greeting(told),
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
    left, quote = awaits(told, found)
    promised, by = promise(told)
    met = meeting(told)
    return Reading(
        reader=READER,
        findings=found,
        register=register(told),
        register_wanted=wanted(told),
        lang=message.lang,
        awaits=left,
        awaits_quote=quote,
        promise=promised,
        promise_on=by,
        meeting_on=met.on,
        meeting_off=met.off,
        meeting_off_on=met.off_on,
        greeting=_greeting(told),
    )
