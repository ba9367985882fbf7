"""One exchange read from its first message to its last, each in the light of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from nurture.conversations import Entry, Owner, is_ours
from nurture.messages import Address, Headers, Kind, Message, parse, parse_text
from nurture.stages import Context, Reading, Verdict, between, context_after, judge, read

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of a mail that tells no date
NOBODY = Address(addr="nobody@invalid")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail before it is read: `raw` bytes, or a body that is decoded already."""

    headers: Headers
    raw: bytes | None = None
    text: str = ""

    @property
    def sent(self) -> datetime:
        return self.headers.sent or NEVER


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A conversation as it stands in a file, oldest first."""

    name: str
    owner: Owner
    mails: tuple[Mail, ...]


@dataclass(frozen=True, kw_only=True)
class _Read:
    message: Message
    ours: bool
    context: Context
    reading: Reading

    @property
    def lang(self) -> str | None:
        return self.message.lang


@dataclass(frozen=True, kw_only=True)
class Told(_Read):
    """One message, what it says, and where it has brought the conversation."""

    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Retold:
    """A whole exchange, understood. `lang` and `register` are the conversation's."""

    name: str
    told: tuple[Told, ...]
    lang: str | None
    register: str | None


def retell(exchange: Exchange, feasts: tuple[tuple[str, str], ...] = ()) -> Retold:
    """Read an exchange; `feasts` are the owner's named days. Never raises on what a mail holds."""
    done: list[_Read] = []
    for mail in exchange.mails:
        done.append(_read(mail, exchange.owner, done, feasts))
    verdicts = judge([(_entry(n, d), d.reading) for n, d in enumerate(done)])
    told = tuple(Told(**vars(d), verdict=verdict) for d, verdict in zip(done, verdicts, strict=True))
    return Retold(name=exchange.name, told=told, lang=_lang(told), register=_register(told))


def _read(mail: Mail, owner: Owner, before: Sequence[_Read], feasts: tuple[tuple[str, str], ...]) -> _Read:
    sender = mail.headers.sender
    ours = sender is not None and is_ours(sender.addr, owner)
    prior = next((d.lang for d in reversed(before) if d.lang), None)
    sent_by_us = [] if ours else [d.message.new_text for d in before if d.ours]
    wrote = None if ours else next((d.message.headers.sent for d in reversed(before) if d.ours), None)
    if mail.raw is not None:
        message = parse(mail.raw, prior=prior, ours=sent_by_us, wrote=wrote)
    else:
        message = parse_text(mail.text, mail.headers, prior=prior, ours=sent_by_us, wrote=wrote)
    day = mail.sent.astimezone(timezone(timedelta(minutes=mail.headers.offset or 0))).date()
    context = context_after(before, ours=ours, sent=day, feasts=feasts)
    return _Read(message=message, ours=ours, context=context, reading=read(message, context))


def _entry(key: int, done: _Read) -> Entry:
    headers, notice = done.message.headers, done.message.notice
    return Entry(
        key=key,
        by="us" if done.ours else "them",
        message_id=headers.message_id,
        sent=headers.sent or NEVER,
        sender=headers.sender or NOBODY,
        to=headers.to,
        cc=headers.cc,
        subject=headers.subject,
        kind=done.message.kind,
        offset=headers.offset or 0,
        lang=done.message.lang,
        failed=notice.failed,
        resume_on=notice.resume_on,
        notice_quote=notice.quote,
    )


def _lang(told: Sequence[Told]) -> str | None:
    """That of the first letter: they may answer in another, which their messages tell."""
    human = (t.lang for t in told if t.lang and t.message.kind is Kind.HUMAN)
    return next(human, None) or next((t.lang for t in told if t.lang), None)


def _register(told: Sequence[Told]) -> str | None:
    """How they address each other."""
    return between((t.ours, t.reading) for t in told if t.message.kind is Kind.HUMAN)
