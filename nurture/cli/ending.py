"""How a command ends: every error as one sentence on stderr, with `--json` as one object on stdout too, and the design's exit code."""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from nurture.cli.options import Settings
from nurture.errors import Deferred, NurtureError, one_sentence

STOPPED = "Stopped. What was done is kept; the next run goes on from there."
OUTPUT = 1  # what was to be printed could not be
INTERRUPTED = 130
EXIT_CODES = {  # what each means, in the order of the documentation
    0: "done; or put off until the next run (the third time in a row speaks)",
    OUTPUT: "what was to be printed could not be written",
    2: "wrong usage; or a question was to be asked and nobody was there to answer",
    10: "the configuration, or a secret that it names",
    11: "the server refused the login",
    12: "no connection, or no trust in the server",
    13: "a folder of the mailbox is missing, or must not be used",
    14: "the database, or the list of those who said no",
    15: "the mailbox, or the clock, looks wrong: a person must look",
    16: "a template, a sequence, or a text that names somebody",
    70: "a fault of nurture's own",
    INTERRUPTED: "stopped by Ctrl-C, or by a no to its question",
}
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF})


def code_of(command: Callable[[], object], settings: Settings) -> int:
    """Run a command; the exit code that it ends with."""
    try:
        code = _outcome(command, settings)
        _flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        _let_go_of_stdout()
        return 0
    except OSError as fault:  # the output itself: a full disk behind `>`
        _let_go_of_stdout()
        _say(f"The output could not be written ({fault.strerror}).")
        return OUTPUT
    return code


def _outcome(command: Callable[[], object], settings: Settings) -> int:
    try:
        command()
    except SystemExit as stop:
        if stop.code == 1:  # click's answer to a closed pipe; no command of ours ends so
            raise BrokenPipeError from stop
        return stop.code if isinstance(stop.code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as fault:
        help_ = fault.ctx.command_path if isinstance(fault, click.UsageError) and fault.ctx else "nurture"
        return _failed(settings, "WrongUsage", f"{fault.format_message().rstrip('.')}. See `{help_} --help`.", 2)
    except (click.Abort, KeyboardInterrupt):
        return _failed(settings, "Stopped", STOPPED, INTERRUPTED)
    except Deferred as later:  # nobody but `nurture run` tries again by itself
        return _failed(settings, type(later).__name__, str(later), later.speaks_with)
    except NurtureError as fault:
        return _failed(settings, type(fault).__name__, str(fault), fault.exit_code)
    except BrokenPipeError:
        raise
    except OSError as fault:
        if fault.filename is None and fault.errno in NO_ROOM:
            raise
        if fault.filename is None:
            return _failed(settings, type(fault).__name__, _own_fault(fault), NurtureError.exit_code)
        return _failed(settings, "NoAccess", _of_a_file(fault), _code_of_a_file(fault, settings))
    except Exception as fault:
        if settings.verbose:
            traceback.print_exc()
        return _failed(settings, type(fault).__name__, _own_fault(fault), NurtureError.exit_code)
    return 0


def _failed(settings: Settings, kind: str, sentence: str, code: int) -> int:
    sentence = one_sentence(sentence)
    if (settings.as_json or settings.as_json_asked) and not settings.told_json:
        click.echo(json.dumps({"schema": 1, "error": {"kind": kind, "says": sentence, "exit_code": code}}, indent=2))
    _say(sentence)
    return code


def _say(sentence: str) -> None:
    try:
        click.echo(sentence if sentence == STOPPED else f"nurture: {sentence}", err=True)
    except OSError:  # stderr is closed or full: the exit code says the rest
        sys.stderr = None  # Python would complain of it at exit


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go_of_stdout() -> None:
    """What is still buffered goes nowhere, so that Python does not complain of it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)


def _of_a_file(fault: OSError) -> str:
    return f"{fault.filename} cannot be used ({fault.strerror}). Mend its permissions or make room, then run again."


def _code_of_a_file(fault: OSError, settings: Settings) -> int:
    """10 for what belongs to the configuration, 14 for what lies with the database, else a fault of ours."""
    from nurture.cli import opening
    from nurture.errors import ConfigFault, DatabaseFault

    try:
        home = opening.home_of(settings)
    except NurtureError as other:
        return other.exit_code
    path = Path(os.fsdecode(fault.filename)).absolute()
    if path.is_relative_to(home.state) and home.state != home.config:
        return DatabaseFault.exit_code
    if path.is_relative_to(home.config):
        return ConfigFault.exit_code
    return DatabaseFault.exit_code if home.state.is_relative_to(path) else NurtureError.exit_code


def _own_fault(fault: Exception) -> str:
    """A fault of ours: one line that names nobody; the traceback only where it was asked for."""
    where = fault.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename.rpartition('/')[2]}:{where.tb_lineno}" if where else "?"
    return f"a fault of its own ({type(fault).__name__} at {place}). Nothing is lost; run again with --verbose and report it."
