"""`nurture completion bash|zsh|fish`: the script that has a shell complete commands, options, and what is known."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Any

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete, add_completion_class, split_arg_string

from nurture.cli.options import Settings, global_options

VARIABLE = "_NURTURE_COMPLETE"
LOOK = {  # where each shell looks for such a script by itself
    "bash": "~/.local/share/bash-completion/completions/nurture",
    "zsh": "a folder of $fpath, as _nurture",
    "fish": "~/.config/fish/completions/nurture.fish",
}


class Bash(BashComplete):
    """Bash breaks words at @, : and =, as they stand in addresses and revisions: the line is read as a person reads it."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' line=${COMP_LINE:0:COMP_POINT} breaks=${COMP_WORDBREAKS//[^@:=]/} before= word type value
    word=${line##*[[:space:]]}
    [[ -n $breaks ]] && before=${word%%"${word##*[$breaks]}"}
    while IFS=',' read -r type value; do
        case $type in
            dir) COMPREPLY=(); compopt -o dirnames 2>/dev/null ;;
            file) COMPREPLY=(); compopt -o default 2>/dev/null ;;
            plain) COMPREPLY+=("${value#"$before"}") ;;
        esac
    done < <(COMP_WORDS=$line %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null || complete -F %(complete_func)s %(prog_name)s
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being written, and what is there of it."""
        line = os.environ.get("COMP_WORDS", "")
        words = split_arg_string(line)
        return (words[1:], "") if line[-1:].isspace() else (words[1:-1], words[-1] if len(words) > 1 else "")

    @staticmethod
    def _check_version() -> None:
        """The script makes do with bash 3.2: nothing to warn of."""


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}


def answer(root: click.Group, settings: Settings, environ: MutableMapping[str, str]) -> bool:
    """Answer a shell that asks what may come next; False where none asks. Whatever goes wrong, it is told nothing."""
    asked = environ.get(VARIABLE, "").partition("_")
    if asked[0] not in SHELLS or asked[2] != "complete":
        return False
    try:
        found = SHELLS[asked[0]](root, {"obj": settings}, "nurture", VARIABLE).complete()
        click.echo(found.encode())
    except Exception:  # noqa: S110  a person is typing: a word of ours would stand in the middle of their line
        pass
    return True


def script(shell: str) -> str:
    """What that shell is to run once."""
    return SHELLS[shell](click.Group("nurture"), {}, "nurture", VARIABLE).source()


for name, made in SHELLS.items():
    add_completion_class(made, name)


@click.command()
@global_options
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_obj
def completion(settings: Settings, shell: str) -> None:
    """Print the script that has your shell complete commands, options, addresses, and names of sequences and templates.

    Run it from your shell's start file, or put it where the shell looks for such scripts. Completing reads the database and changes
    nothing.

    \b
    Example: eval "$(nurture completion bash)"       # in ~/.bashrc
    Example: eval "$(nurture completion zsh)"        # in ~/.zshrc
    Example: nurture completion fish > ~/.config/fish/completions/nurture.fish
    """
    from nurture.cli import show

    text = script(shell)
    if settings.as_json:
        facts: dict[str, Any] = {"schema": 1, "shell": shell, "looks_in": LOOK[shell], "script": text}
        show.as_json(facts)
    else:
        click.echo(text, nl=False)
