"""docs/cli.md, made of the commands."""

from __future__ import annotations

from nurture.cli.ending import EXIT_CODES
from nurture.cli.manual import first, options, usage
from nurture.cli.tree import walk

OVERVIEW = """# The commands

{about} `nurture COMMAND --help` tells more of each, `nurture man COMMAND` all
of it; [json.md](json.md) has the shapes of `--json`.
This page is made from the code by `make docs`, and so are the manual pages in [man/](man/).
"""
ASKING = """
## What asks first

What one command cannot undo, or what goes against somebody's no, asks first: `reopen` (at a terminal; a script that names somebody means
it), `db noes`, `person import`, `person export` over a file, `candidates --follow`, `sequence migrate`, `sequence export` over files,
`template reset` of a text that has no shipped one behind it. `--yes` answers, and so does a line that is piped in. Where nobody answers,
or with `--json`, it is refused with exit code 2, and nothing is done. What another command takes back does not ask: `follow` and
`unfollow`, `stop`, `person merge` and `split`, `cron install` and `remove`.

## Completion

`nurture completion bash|zsh|fish` prints the script; `nurture completion --help` says where it goes. Commands and options are completed
without a look at the database; addresses, sequences, templates and the numbers of resources by one quick look that changes nothing.
"""


def overview() -> str:
    """docs/cli.md: all commands in a line each, exit codes, and what goes for all of them."""
    root, *branches = walk()
    lines = [OVERVIEW.format(about=root.title)]
    for branch in branches:
        indent = "  " * (len(branch.path) - 1)
        lines.append(f"{indent}- `{usage(branch)}`: {first(branch.title)}")
    codes = "".join(f"| {code} | {says} |\n" for code, says in EXIT_CODES.items())
    shared = "".join(f"| `{name}` | {says} |\n" for name, says in options(root, everything=True) if name != "--version")
    return (
        "\n".join(lines) + f"\n\n## Options of every command\n\n| | |\n| --- | --- |\n{shared}"
        f"\n## Exit codes\n\n| | |\n| --- | --- |\n{codes}{ASKING}"
    )
