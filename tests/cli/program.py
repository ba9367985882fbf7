"""The program itself, in a process of its own, as a user's shell would start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


def nurture(*args: str | Path, stdin: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `nurture ARGS…`; returns its exit code, stdout and stderr."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environ}
    return subprocess.run(
        [sys.executable, "-m", "nurture", *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        input=stdin,
        env=env,
    )


def answer(*args: str | Path) -> Any:
    """The JSON that `nurture ARGS… --json` prints; the command must have come to its end."""
    done = nurture(*args, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence with which a command refused; checks that it is one, with the right exit code and no traceback."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()
