"""The program on a real terminal, with somebody who answers its questions, and editors that are scripts."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.cli.program import ROOT


def typed(*args: str | Path, answers: Iterable[tuple[str, str]] = (), **environ: str) -> tuple[int, str]:
    """Run `nurture ARGS…` on a terminal; each answer is typed when the words before it stand there. Returns exit code and screen."""
    master, slave = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1", **environ}
    child = subprocess.Popen([sys.executable, "-m", "nurture", *map(str, args)], env=env, preexec_fn=lambda: os.login_tty(slave))
    os.close(slave)
    screen, waiting, until = "", list(answers), time.monotonic() + 60
    read_up_to = 0
    while time.monotonic() < until:
        if not select.select([master], [], [], 1)[0]:
            continue
        try:
            part = os.read(master, 65536)
        except OSError:  # the program has ended
            break
        if not part:
            break
        screen += part.decode("utf-8", "replace").replace("\r\n", "\n")
        if waiting and (at := screen.find(waiting[0][0], read_up_to)) >= 0:
            read_up_to = at + len(waiting[0][0])
            time.sleep(0.2)  # nobody types while readline still writes its prompt, and a Ctrl-C of then would be lost in Python
            os.write(master, waiting.pop(0)[1].encode())
    os.close(master)
    code = child.wait(10)
    assert not waiting, screen
    return code, screen


def an_editor(folder: Path, *turns: str) -> str:
    """An editor that does one turn each time it is started, a line of shell to which "$1" is the file; then nothing."""
    folder.mkdir(exist_ok=True)
    script = folder / "editor.sh"
    cases = "\n".join(f"{number}) {turn} ;;" for number, turn in enumerate(turns, 1))
    script.write_text(
        f'#!/bin/sh\nfor last; do :; done; set -- "$last"\necho x >> {folder}/turns\n'
        f"case $(wc -l < {folder}/turns) in\n{cases}\n*) ;;\nesac\n"
    )
    script.chmod(0o755)
    return str(script)
