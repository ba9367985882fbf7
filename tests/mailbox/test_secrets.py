"""Secrets: from a command or a private file, one line, and never in an error."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import pytest

from nurture.config import AccountConfig, MailboxUrl
from nurture.errors import SecretFault
from nurture.mailbox import secret_of

URL = MailboxUrl(scheme="imaps", user="camille", host="imap.atelier.example", port=993)
CANARY = "canary-of-a-secret"


def says(text: str, code: int = 0, to: str = "stdout") -> str:
    """A command that says a text and ends with a code."""
    return f'{sys.executable} -c "import sys; sys.{to}.buffer.write({text.encode()!r}); sys.exit({code})"'


def a_file(folder: Path, raw: bytes, mode: int = 0o600) -> AccountConfig:
    """An account whose password lies in a file."""
    path = folder / "secret"
    path.write_bytes(raw)
    path.chmod(mode)
    return AccountConfig(mailbox=URL, password_file=str(path))


@pytest.mark.parametrize(
    ("raw", "secret"),
    [
        (b"simple\n", "simple"),
        (b"no line end", "no line end"),
        (b"crlf\r\nsecond: line\r\n", "crlf"),
        ("é\u2028ü\x0b \x85\n".encode(), "é\u2028ü\x0b \x85"),  # these end no line
        (b"  blanks stay  \n", "  blanks stay  "),
    ],
)
def test_a_secret_is_the_first_line(raw: bytes, secret: str, tmp_path: Path) -> None:
    """From both places alike: `pass show` adds more lines."""
    command = f"cat {a_file(tmp_path, raw).password_file}"
    assert secret_of(a_file(tmp_path, raw)) == secret
    assert secret_of(AccountConfig(mailbox=URL, password_command=command)) == secret
    assert secret_of(AccountConfig(mailbox=URL, token_command=command)) == secret


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o777])
def test_a_file_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    """With the command that mends it."""
    with pytest.raises(SecretFault, match="chmod 600"):
        secret_of(a_file(tmp_path, CANARY.encode(), mode))


@pytest.mark.parametrize("raw", [b"", b"\n", b"  \nsecond\n", b"\xff\xfe\n", b"a\0b\n"])
def test_a_file_without_a_secret_is_told(raw: bytes, tmp_path: Path) -> None:
    """Empty, blank, no text."""
    with pytest.raises(SecretFault, match="password_file"):
        secret_of(a_file(tmp_path, raw))


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    """Or a folder."""
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(SecretFault):
            secret_of(AccountConfig(mailbox=URL, password_file=str(path)))


@pytest.mark.parametrize(
    "command",
    [
        says("", 0), says("\n"), says(CANARY, 1), says(CANARY, 3, "stderr"), "/nowhere/at/all", "'unclosed", f"{sys.executable} -c 'import os; os.kill(os.getpid(), 9)'",
    ],
)  # fmt: skip
def test_a_command_that_gives_nothing_is_told(command: str) -> None:
    """Exit code 10, the key's name, and nothing that the command said."""
    with pytest.raises(SecretFault, match="password_command") as refused:
        secret_of(AccountConfig(mailbox=URL, password_command=command))
    assert refused.value.exit_code == 10
    assert CANARY not in "".join(traceback.format_exception(refused.value))


def test_a_command_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it said so far is not told."""
    monkeypatch.setattr("nurture.mailbox.secrets.PATIENCE", 0.5)
    slow = f"{sys.executable} -u -c \"import time; print('{CANARY}'); time.sleep(60)\""
    with pytest.raises(SecretFault) as refused:
        secret_of(AccountConfig(mailbox=URL, password_command=slow))
    shown = "".join(traceback.format_exception(refused.value)).replace(slow, "")
    assert CANARY not in shown


def test_a_command_is_no_shell() -> None:
    """`$(…)`, `;` and `|` are letters."""
    assert secret_of(AccountConfig(mailbox=URL, password_command="echo '$(id); x | y'")) == "$(id); x | y"


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Not at DEBUG either."""
    caplog.set_level(logging.DEBUG)
    assert secret_of(AccountConfig(mailbox=URL, password_command=f"echo {CANARY}")) == CANARY
    assert CANARY not in caplog.text
