"""The password or token of an account: from a command, or from a file that only its owner can read."""

from __future__ import annotations

import shlex
import stat
import subprocess
from pathlib import Path

from nurture.config import AccountConfig
from nurture.errors import SecretFault

PATIENCE = 30  # seconds


def secret_of(account: AccountConfig) -> str:
    """The secret, without its line end. Raises SecretFault that never holds any of it."""
    if account.password_file:
        return _from_file(Path(account.password_file).expanduser())
    key = "token_command" if account.token_command else "password_command"
    return _from_command(key, getattr(account, key))


def _from_file(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SecretFault(path, [f"can be read by others; run chmod 600 {path}"])
        return _first_line(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SecretFault(path, ["password_file cannot be read, or is empty"]) from (
            error if isinstance(error, OSError) else None
        )


def _from_command(key: str, command: str) -> str:
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        # from None: the error of a time-out holds what was said so far
        raise SecretFault("config.toml", [f"{key} could not be run ({type(error).__name__})"]) from None
    try:
        if done.returncode:
            raise ValueError
        return _first_line(done.stdout)
    except ValueError:
        raise SecretFault("config.toml", [f"{key} gave nothing (exit code {done.returncode})"]) from None


def _first_line(raw: bytes) -> str:
    """The first line; only LF and CRLF end one. Raises ValueError where there is none, or it is no text."""
    line = raw.partition(b"\n")[0].removesuffix(b"\r").decode("utf-8", "strict")
    if not line.strip() or "\0" in line:
        raise ValueError("empty")
    return line
