"""Rows by hand: people, kept messages, drafts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nurture.drafts import Identity
from nurture.followups import Lane, Occasion
from nurture.messages import Address, Headers, Kind, Notice
from nurture.store import Kept, Session, ledger, messages, people

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
ACCOUNT = "maildir:/mail"
OWNER = "camille@atelier.example"


def a_person(session: Session, local: str = "anna", *, domain: str = "client.example", followed: bool = True) -> int:
    """Somebody known; returns their key."""
    return people.add(
        session, address=f"{local}@{domain}", name=f"{local.title()} Roux", source="test", followed=followed, now=NOW
    )


def a_kept(person: int, by: str = "them", *, days: int = 0, **changes: Any) -> Kept:
    """A message `days` before now."""
    sent = NOW - timedelta(days=days)
    mine = by == "us"
    sender = Address(addr=OWNER) if mine else Address(addr="anna@client.example", name="Anna Roux")
    mid = changes.pop("id", f"<{by}-{days}@client.example>")
    head = Headers(
        message_id=mid,
        sender=sender,
        to=(Address(addr=OWNER),),
        subject=changes.pop("subject", "Vos clients"),
        sent=sent,
        offset=60,
    )
    facts: dict[str, Any] = {
        "account": ACCOUNT, "folder": "Sent" if mine else "INBOX", "uid": days + 1, "uidvalidity": 1, "id": mid, "headers": head, "received": sent,
        "size": 100, "ours": mine, "kind": Kind.HUMAN, "notice": Notice(), "lang": "fr", "junk": False, "relations": {person: by},
    }  # fmt: skip
    return Kept(**(facts | changes))


def add(session: Session, *kept: Kept) -> list[int]:
    """Keep them."""
    return messages.add_many(session, kept)


def an_occasion(
    step: str = "stranger/useful-news", anchor: str = "<a@atelier.example>", person: str = "anna@client.example"
) -> Occasion:
    """What a draft is for."""
    return Occasion(person=person, lane=Lane.FOLLOWUPS, anchor=anchor, step=step)


def intend(session: Session, person: int, occasion: Occasion | None = None, *, now: datetime = NOW, **changes: Any) -> int:
    """A draft about to be written."""
    occasion = occasion or an_occasion()
    facts: dict[str, Any] = {
        "person": person, "account": ACCOUNT, "folder": "Drafts", "uidvalidity": 4_000_000_000, "uidnext": 1,
        "identity": Identity(message_id=f"<{hash(occasion.text)}@atelier.example>", token="<t@atelier.example>"), "sequence": "stranger", "revision": 1,
        "step": occasion.step.partition("/")[2], "template": "useful-news", "variant": "a", "template_digest": "d", "signal": "", "text": "Bonjour",
        "to": "anna@client.example", "now": now,
    }  # fmt: skip
    return ledger.intend(session, occasion, **(facts | changes))
