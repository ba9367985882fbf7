"""What a first run over a large mailbox costs, and a run with nothing new: on a Maildir and on a real Dovecot over TLS.

usage: python -m tests.bench.measure [MESSAGES]          (50,000 where nothing is said; needs about 8 KB of disk a message)
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from nurture.config import AccountConfig, Config, MailboxUrl, OwnerConfig, to_toml
from tests.bench.mailbox import write
from tests.servers.dovecot import PASSWORD, running_dovecot


@dataclass(frozen=True)
class Cost:
    """One command, as the operating system saw it: wall clock and processor in seconds, memory in MB at its highest."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s elapsed {self.cpu:7.2f} s of processor {self.memory:6.0f} MB"


def cost_of(*args: str) -> Cost:
    """Run `nurture ARGS…` in a process of its own."""
    began = time.perf_counter()
    pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "nurture", *args])
    _, status, used = os.wait4(pid, 0)
    assert status == 0, f"nurture {' '.join(args)} ended with {status}"
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def a_home(folder: Path, account: AccountConfig) -> Path:
    """A home over one mailbox; everybody is followed."""
    folder.mkdir(mode=0o700)
    owner = OwnerConfig(name="Alex Moreau", addresses=("alex@atelier.example",), signature="Alex Moreau")
    (folder / "config.toml").write_text(to_toml(Config(owner=owner, accounts=(account,), follow="all")), encoding="utf-8")
    cost_of("db", "upgrade", "--quiet", "--home", str(folder))
    return folder


def first_and_second(home: Path) -> tuple[Cost, Cost]:
    """A first run, and a run with nothing new."""
    first = cost_of("run", "--home", str(home))
    cost_of("run", "--home", str(home))  # whoever got a draft is looked at once more
    return first, cost_of("run", "--home", str(home))


def measure(messages: int) -> dict[str, tuple[Cost, Cost]]:
    """Both mailboxes, made anew."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    found = {}
    try:
        write(folder / "Maildir", messages)
        maildir = AccountConfig(mailbox=MailboxUrl(scheme="maildir", path=str(folder / "Maildir")))
        found["Maildir"] = first_and_second(a_home(folder / "maildir", maildir))
        with running_dovecot() as server:
            user = server.new_user()
            shutil.rmtree(server.maildir(user))
            shutil.copytree(folder / "Maildir", server.maildir(user))
            for draft in (server.maildir(user) / ".Drafts" / "cur").iterdir():
                draft.unlink()
            server.give(user)
            secret = folder / "secret"
            secret.write_text(PASSWORD)
            secret.chmod(0o600)
            account = server.account(user)
            over_tls = AccountConfig(mailbox=account.mailbox, ca_file=account.ca_file, password_file=str(secret))
            found["Dovecot"] = first_and_second(a_home(folder / "dovecot", over_tls))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    print(f"{count} messages on {os.cpu_count()} cores")
    print(f"{'nurture --version':34}{cost_of('--version')}")
    for name, (first, second) in measure(count).items():
        print(f"{name + ', first run':34}{first}")
        print(f"{name + ', nothing new':34}{second}")
