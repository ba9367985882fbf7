"""The errors a reader of nurture may meet: a sentence that says what to do next, an exit code, the data.

Everything derives from `NurtureError`; edges translate their library's errors into these, so nothing foreign travels
inward. `Deferred` errors end a run with exit code 0: the next cron run tries again, and the third in a row speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def one_sentence(text: str) -> str:
    """On one line, without what a terminal would obey: errors quote file names, settings and servers."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class NurtureError(Exception):
    """Something that stops the work, told in one sentence that says what to do next."""

    exit_code = 70


class WrongUsage(NurtureError):
    """The command line asks for something that makes no sense."""

    exit_code = 2


class ConfigFault(NurtureError):
    """The configuration has faults; all of them come together."""

    exit_code = 10

    def __init__(self, path: Path | str, faults: Sequence[str], advice: str = "Mend the file, then run `nurture check`.") -> None:
        self.path = str(path)
        self.faults = tuple(faults)
        listed = "; ".join(self.faults)
        super().__init__(f"{self.path}: {listed}. {advice}".rstrip())


class SecretFault(ConfigFault):
    """The password or token could not be obtained (command failed, file too open, nothing configured)."""


class LoginRefused(NurtureError):
    """The mail server said no to the user name or the password."""

    exit_code = 11

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"{host} refused the login. Check the user name and the password or token command, then run `nurture check`."
        )


class ConnectionFault(NurtureError):
    """The server cannot be reached or trusted, and waiting will not help (unknown host, TLS, not IMAP)."""

    exit_code = 12


class TlsFault(ConnectionFault):
    """The server's certificate is not trusted, or TLS could not be agreed."""


class FoldersFault(NurtureError):
    """A folder that the work needs is missing, ambiguous or must not be used."""

    exit_code = 13


class DatabaseFault(NurtureError):
    """The database cannot be used as it is (damaged, newer than the program, unreadable, full)."""

    exit_code = 14


class NoesLost(DatabaseFault):
    """The list of those who said no, or its key, is gone, damaged, or not the one that the database knows. Nothing is drafted."""


class MailboxSuspicious(NurtureError):
    """The mailbox looks wrong; a person must look before anything is concluded from it."""

    exit_code = 15


class TemplateFault(NurtureError):
    """A template or sequence cannot be used."""

    exit_code = 16


class RevisedMeanwhile(TemplateFault):
    """Somebody else has saved a revision since this one's author looked."""

    def __init__(self, name: str, seen: int, newest: int) -> None:
        self.name, self.seen, self.newest = name, seen, newest
        super().__init__(
            f"Meanwhile {name} has come to revision {newest}; yours was made from {seen}. Nothing was saved. Look at "
            f"`nurture sequence diff {name}:{seen} {name}:{newest}`, then say it again."
        )


class OutOfBounds(NurtureError):
    """Code tried to do what nurture promises never to do (P1, P2). Always our own fault."""

    exit_code = 70


class Deferred(NurtureError):
    """Not now: the next run will try again. Exit code 0 and silence for `nurture run`, until the third in a row.

    Any other command says it, and exits with `speaks_with`.
    """

    exit_code = 0
    speaks_with = 12


class AlreadyRunning(Deferred):
    """Another run holds the lock."""

    speaks_with = 0


class DatabaseBusy(Deferred):
    """Another program holds the database."""

    speaks_with = 14


class Offline(Deferred):
    """The server cannot be reached at the moment."""


class Throttled(Deferred):
    """The server asks us to come back later."""

    def __init__(self, host: str, seconds: float | None = None) -> None:
        self.host = host
        self.seconds = seconds
        super().__init__(f"{host} asks to be left alone for a while. The next run tries again; nothing is to be done.")


class OutcomeUnknown(Deferred):
    """A write was sent and its answer lost: whether it happened is found out by the next run, never guessed."""
