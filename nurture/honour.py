"""What one message in a folder of gestures comes to: whom it means, and what is done about them, or why nothing is.

`Nurture/Follow` is `nurture follow`, `Nurture/Later` a pause of a month, `Nurture/Never` `nurture stop`. Nobody is guessed.
"""

from __future__ import annotations

import hashlib
import hmac
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from nurture.conversations import company_of, is_no_reply, is_our_hand, looks_bulk, other_side
from nurture.followups import in_words
from nurture.gestured import AGAIN
from nurture.mailbox import Folder, Gesture, Row
from nurture.messages import Address, Headers, Kind
from nurture.recognise import Desk, by_headers, is_report, message_key
from nurture.steps import reached
from nurture.store import PersonRow, Session, cases, gestures, messages, people, words

SOURCE = "gesture"  # of people who became known by one


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One message in a folder of gestures."""

    desk: Desk
    gesture: Gesture
    folder: Folder
    uidvalidity: int
    row: Row
    headers: Headers

    @property
    def mid(self) -> str:
        return message_key(self.headers)[:600]

    @property
    def source(self) -> str:
        """What stands beside it on the list of noes: this copy has said so once, whatever becomes of the database."""
        told = f"gesture:{self.desk.box.account}|{self.folder.name}|{self.uidvalidity}|{self.row.uid}|{self.mid}".encode()
        return f"never:{hmac.new(self.desk.world.suppression.key, told, hashlib.sha256).hexdigest()[:24]}"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of a copy. `anew`: something was said by it that was not so before."""

    rule: str
    why: str
    person: int | None = None
    anew: bool = True


def others_of(session: Session, copy: Copy) -> tuple[Address, ...]:
    """Whom the message means."""
    desk, headers = copy.desk, copy.headers
    place = messages.place(session, desk.box.account, copy.mid)
    ours = is_our_hand(headers, desk.known(session), desk.world.owner, in_sent=False) or bool(place and place.ours)
    return other_side(headers, desk.world.owner, ours=ours)


def honour(session: Session, copy: Copy, others: Sequence[Address], *, old: bool) -> Done:
    """Do what the copy says, or say why not. `old`: it was heeded before its folder was numbered anew."""
    if none := _nobody(session, copy, others):
        return none
    return _old(copy, others[0]) if old else ACTS[copy.gesture](session, copy, others[0])


def _nobody(session: Session, copy: Copy, others: Sequence[Address]) -> Done | None:
    """Why nobody can be meant; None: one human outside is."""
    if not others:
        return Done(rule="gesture-nobody", why="The message concerns nobody but yourself.", anew=False)
    if len(others) > 1:
        why = "The message went to several people, and nobody is guessed. Say whom you mean."
        return Done(rule="gesture-several", why=why, anew=False)
    if copy.desk.known(session).person_of(others[0].addr) is None and _is_machine(copy, others[0]):
        why = "A mailing or a machine, not a person: there is nobody to keep in touch with."
        return Done(rule="gesture-machine", why=why, anew=False)
    return _excluded(copy, others[0])


def _is_machine(copy: Copy, other: Address) -> bool:
    mass = by_headers(copy.headers, words_follow=False).kind is Kind.BULK
    return mass or is_report(copy.headers) or is_no_reply(other.addr) or looks_bulk(other.addr)


def _excluded(copy: Copy, other: Address) -> Done | None:
    """What the configuration excludes may be stopped all the same: the configuration may change."""
    world = copy.desk.world
    if company_of(other.addr) in world.owner.domains:
        return Done(rule="gesture-excluded", why="They are of your own house: nobody there is followed.", anew=False)
    entry = world.config.excludes(other.addr)
    if entry and copy.gesture is not Gesture.NEVER:
        why = f"The configuration excludes them: `exclude` in config.toml names {entry}."
        return Done(rule="gesture-excluded", why=why, anew=False)
    return None


def _old(copy: Copy, other: Address) -> Done:
    """It was heeded before the folder was numbered anew. A no that has been taken back since is asked about, not said again."""
    if copy.gesture is Gesture.NEVER and not copy.desk.world.suppression.closed_by(other.addr):
        return _asked_again()
    return Done(rule=gestures.KNOWN, why="", anew=False)


def _asked_again() -> Done:
    return Done(rule=AGAIN, why="Its word was heeded once, and you have reopened them since. If you mean it anew, say so.")


def _person(session: Session, copy: Copy, address: str) -> PersonRow | None:
    key = copy.desk.known(session).person_of(address)
    return next(iter(people.by_keys(session, [key])), None) if key is not None else None


def _never(session: Session, copy: Copy, other: Address) -> Done:
    """On the list beside the configuration first, so that it outlives everything."""
    noes, now = copy.desk.world.suppression, copy.desk.now
    closed, said = noes.closed_by(other.addr), noes.holds(copy.source)
    if said and not closed:
        return _asked_again()
    if not said and (not closed or closed.startswith("@")):
        noes.add(other.addr, copy.source, now)
        reached("gesture_stop")
    row = _person(session, copy, other.addr)
    if row and not row.stopped:
        words.stop(session, row.person.key, now, via=copy.folder.name)
        cases.touch(session, {row.person.key})
    fresh = not closed or said
    why = "They will not be written to any more." if fresh else "They were stopped already, or said no themselves."
    return Done(rule="gesture-never", why=why, person=row.person.key if row else None, anew=fresh)


def _follow(session: Session, copy: Copy, other: Address) -> Done:
    """Whoever said no, or was stopped, is followed and not reopened."""
    desk, row = copy.desk, _person(session, copy, other.addr)
    anew = row is None or not row.followed
    if row is None:
        key = people.add(session, address=other.addr, name=other.name, source=SOURCE, followed=True, now=desk.now)
        desk.add_person(key, other)
    else:
        key = row.person.key
    if anew:
        words.follow(session, key, desk.now, copy.folder.name)
        people.follow(session, key, desk.now)
    if (row and row.stopped) or desk.world.suppressed(row.person.addresses if row else (other.addr,)):
        why = "They are followed, but said no or were stopped: nothing is drafted until you reopen them."
        return Done(rule="gesture-stopped", why=why, person=key, anew=anew)
    why = "They are followed from now on." if anew else "They were followed already."
    return Done(rule="gesture-follow", why=why, person=key, anew=anew)


def _later(session: Session, copy: Copy, other: Address) -> Done:
    """A month; a longer pause stays."""
    desk, row = copy.desk, _person(session, copy, other.addr)
    if row is None:
        why = "Nobody is known there, so that nobody can be left alone for a while. Follow them first."
        return Done(rule="gesture-unknown", why=why, anew=False)
    today, key = desk.now.astimezone(desk.world.tz).date(), row.person.key
    until, paused = a_month_on(today), row.paused_until
    repeated = paused and paused > today and gestures.numberings(session, desk.box.account, copy.gesture, copy.mid)
    if paused and (paused >= until or repeated):
        return Done(rule="gesture-later", why=f"They were left alone until {in_words(paused)} already.", person=key, anew=False)
    words.pause(session, key, until, desk.now, via=copy.folder.name)
    cases.touch(session, {key})
    why = f"They are left alone until {in_words(until)}."
    return Done(rule="gesture-later", why=why if row.followed else f"{why} They are not followed.", person=key)


ACTS: dict[Gesture, Callable[[Session, Copy, Address], Done]] = {
    Gesture.NEVER: _never, Gesture.FOLLOW: _follow, Gesture.LATER: _later,
}  # fmt: skip


def a_month_on(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
