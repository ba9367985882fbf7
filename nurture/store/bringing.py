"""Many people at once, as a file tells of them: a few statements, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from nurture.messages import Address
from nurture.store.people import meet
from nurture.store.session import Session
from nurture.store.tables import Addresses, OwnersFacts, People


@dataclass(frozen=True, kw_only=True)
class Brought:
    """Somebody who was not known. `company` is a domain where it is another than that of the address; `facts`: field -> value."""

    addresses: tuple[str, ...]
    name: str = ""
    first_name: str | None = None
    lang: str | None = None
    register: str | None = None
    company: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


def bring(session: Session, brought: Sequence[Brought], *, source: str, now: datetime) -> None:
    """Take them all in, and follow them."""
    keys = meet(session, [Address(addr=b.addresses[0], name=b.name) for b in brought], source=source, followed=True, now=now)
    pairs = list(zip(brought, keys, strict=True))
    theirs = update(People).where(People.id == bindparam("person"))
    session.each(theirs, (
        {"person": key, "first_name": b.first_name, "lang": b.lang, "register": b.register} for b, key in pairs if b.first_name or b.lang or b.register
    ))  # fmt: skip
    session.each(theirs, ({"person": key, "company": b.company} for b, key in pairs if b.company))
    session.each(insert(Addresses), (
        {"address": address, "person": key, "place": place} for b, key in pairs for place, address in enumerate(b.addresses) if place
    ))  # fmt: skip
    session.each(insert(OwnersFacts), (
        {"person": key, "address": b.addresses[0], "at": now, "field": name, "value": value, "quoted": False, "detected": None, "upto": 0, "via": source}
        for b, key in pairs for name, value in b.facts
    ))  # fmt: skip
