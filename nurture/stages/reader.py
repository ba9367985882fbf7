"""The reader: what one message's newly written words say."""

from __future__ import annotations

from nurture.messages import Kind, Message
from nurture.stages.findings import findings
from nurture.stages.lexicon import languages, lexicon
from nurture.stages.sentences import Letter, letter
from nurture.stages.verdict import Context, Reading

READER = 1  # a newer reader reads old mail again

CALLED_OFF = frozenset({"CANCEL", "DECLINECOUNTER"})


def read(message: Message, context: Context) -> Reading:
    """The reading of one message in the light of what was known before it."""
    if message.kind is not Kind.HUMAN:
        return _automatic(message)
    told = _letter(message, context)
    return Reading(reader=READER, lang=message.lang) if context.ours else _theirs(told, message)


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
    found, unsure = findings(told)
    return Reading(reader=READER, findings=found, unsure=unsure, lang=message.lang)
