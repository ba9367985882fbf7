"""With whom one message is exchanged, by its headers alone: for what the owner says of a person by pointing at a mail."""

from __future__ import annotations

from nurture.conversations.conversation import Owner
from nurture.conversations.people import is_ours, mailbox_of
from nurture.messages import Address, Headers


def other_side(headers: Headers, owner: Owner, *, ours: bool) -> tuple[Address, ...]:
    """Who wrote it, or to whom we wrote it: several where our mail went to several, nobody where it concerns the owner alone.

    Whoever stands in Cc only reads along; who stands in Bcc counts where nobody else is addressed. Reply-To is anybody's to fill in.
    """
    if not ours:
        return tuple(a for a in (headers.sender,) if a and not is_ours(a.addr, owner))
    return _others(headers.to, owner) or _others(headers.bcc, owner)


def _others(addressed: tuple[Address, ...], owner: Owner) -> tuple[Address, ...]:
    return tuple({mailbox_of(a.addr): a for a in reversed(addressed) if not is_ours(a.addr, owner)}.values())[::-1]
