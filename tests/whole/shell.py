"""A shell that is told all its commands at once: `python -m tests.whole.shell LINES`, a JSON list of command lines, runs each as `nurture …`
in this one process, and prints a JSON list of [exit code, stdout, stderr]. Starting Python anew for each takes longer than they do."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from nurture.cli import main


def said(words: list[str]) -> tuple[int, str, str]:
    """One command."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(words)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return code, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    print(json.dumps([said(words) for words in json.loads(sys.argv[1])]))
