"""Opening a mailbox that does not let us in."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from nurture.errors import NurtureError
from nurture.mailbox.imap import ImapMailbox
from tests.servers.scripted import Scripted

SECRET = "canary-of-a-secret"


def refusal(account: Any, secret: str = SECRET) -> NurtureError:
    """The error with which opening a mailbox ends."""
    with pytest.raises(NurtureError) as refused, ImapMailbox(account, secret):
        pass
    assert secret not in str(refused.value)
    return refused.value


def said_secret(server: Scripted) -> bool:
    """Whether anything was said that could hold the secret."""
    coded = base64.b64encode(SECRET.encode())[:12]
    return (
        SECRET.encode() in server.received
        or coded in server.received
        or any(w in server.received for w in (b"LOGIN ", b"AUTHENTICATE"))
    )
