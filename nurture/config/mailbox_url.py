"""The URL of a mailbox: its parts, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from nurture.config.values import MailboxUrl
from nurture.errors import ConfigFault

PORTS = {"imaps": 993, "imap+starttls": 143, "imap+insecure": 143}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def parse_mailbox_url(url: str, fault: Callable[[str], None] | None = None) -> MailboxUrl:
    """`imaps://user@host[:993]`, `imap+starttls://…`, `imap+insecure://…` (loopback only), `maildir:PATH`. Raises ConfigFault without `fault`."""
    says = _mailbox_fault(url)
    if says:
        if fault is None:
            raise ConfigFault("the mailbox", [says])
        fault(says)
        return MailboxUrl(scheme="maildir", path="?")
    if url.startswith("maildir:"):
        return MailboxUrl(scheme="maildir", path=os.path.expanduser(url.removeprefix("maildir:")))
    scheme, user, host, port = _split(url)
    return MailboxUrl(scheme=scheme, user=user, host=host, port=port)


def _split(url: str) -> tuple[str, str, str, int]:
    """(scheme, user, host, port). The user may hold an @: the last one before the host counts."""
    scheme, _, rest = url.partition("://")
    user, _, place = rest.rstrip("/").rpartition("@")
    parts = urlsplit(f"//{place}")
    return scheme, unquote(user), (parts.hostname or "").lower(), parts.port or PORTS.get(scheme, 0)


def _mailbox_fault(url: str) -> str:
    if url.startswith("maildir:"):
        return "" if url.removeprefix("maildir:").strip() else "the path is missing: maildir:PATH"
    try:
        scheme, user, host, _ = _split(url)
    except ValueError as error:
        return f"{url!r} cannot be read: {error}"
    if scheme not in PORTS:
        return f"{url!r} begins with none of imaps://, imap+starttls://, imap+insecure://, maildir:"
    if not user or not host:
        return f"{url!r} lacks the user or the host: {scheme}://user@host"
    if ":" in user and "@" not in user:
        return "a password must not stand in the URL; use password_command"
    return "imap+insecure is for this machine only; use imaps" if scheme == "imap+insecure" and host not in LOOPBACK else ""
