"""Which mailbox an account means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nurture.config import AccountConfig
from nurture.mailbox.contract import Mailbox
from nurture.mailbox.maildir import MaildirMailbox


def open_mailbox(account: AccountConfig, *, secret: Callable[[], str], uid_store: Path) -> Mailbox:
    """The mailbox of an account, not yet connected: enter it. `secret` is asked only where one is needed."""
    if account.mailbox.scheme == "maildir":
        return MaildirMailbox(Path(account.mailbox.path), account.key, account.folders, uid_store=uid_store)
    from nurture.mailbox.imap import ImapMailbox

    return ImapMailbox(account, secret())
