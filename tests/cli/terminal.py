"""The program on a terminal of its own, with somebody who types: each answer when its question has been asked."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.cli.program import ROOT

PATIENCE = 60  # seconds for one question


def typed(*args: str | Path, answers: Sequence[tuple[str, str]] = (), **environ: str) -> tuple[int, str]:
    """`nurture ARGS…` on a real pty: wait for each question, type its answer ("^C" for the key). Its exit code and all it said."""
    master, slave = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "nurture", *map(str, args)], stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
        preexec_fn=_own_the_terminal,
    )  # fmt: skip
    os.close(slave)
    said, seen = "", 0
    for question, answer in answers:
        said = _until(master, said, question, seen)
        seen = said.index(question, seen) + len(question)
        if answer == "^C":
            time.sleep(0.5)  # until it reads: a signal right before that is seen by Python only when the next key comes
        os.write(master, b"\x03" if answer == "^C" else f"{answer}\n".encode())
    said = _until(master, said, None, 0)
    os.close(master)
    return process.wait(PATIENCE), said.replace("\r\n", "\n")


def _own_the_terminal() -> None:
    """The pty becomes the controlling terminal, so that its keys send signals."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until(master: int, said: str, question: str | None, seen: int) -> str:
    """Read until the question stands there, or to the end."""
    deadline = time.monotonic() + PATIENCE
    while question is None or question not in said[seen:]:
        assert time.monotonic() < deadline, said
        if not select.select([master], [], [], 1)[0]:
            continue
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            assert question is None, said
            return said
        said += part.decode(errors="replace")
    return said
