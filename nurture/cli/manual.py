"""The manual pages, made of the commands and of the declarations of the configuration: they cannot disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from nurture.cli.ending import EXIT_CODES
from nurture.cli.roff import broken, head, line, listed, plain, section, see
from nurture.cli.tree import Branch, walk

ENVIRONMENT = (
    ("NURTURE_HOME", "one folder for configuration and database, as --home names it"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME", "where they lie else: a folder nurture in each"),
    ("NO_COLOR, CLICOLOR=0, TERM=dumb", "no bold and no colour; none is ever written into a pipe or a file"),
    ("VISUAL, EDITOR", "the editor of nurture sequence edit and nurture template edit"),
)
FILES = (
    ("~/.config/nurture/config.toml", "the configuration: nurture-config(5)"),
    ("~/.config/nurture/suppression.list, nurture.key", "who said no, as keyed fingerprints; keep both with your backups"),
    ("~/.local/state/nurture/nurture.db", "the database"),
)
COMMON = frozenset({"--json", "--quiet", "--verbose", "--now", "--home", "--yes", "--help"})  # the options of every command


def pages() -> dict[str, str]:
    """Every page by its file name: nurture.1, nurture-person.1, …, nurture-config.5."""
    branches = tuple(walk())
    root, tops = branches[0], [b for b in branches if len(b.path) == 1]
    found = {"nurture.1": _whole(root, tops)}
    for top in tops:
        found[f"nurture-{top.path[0]}.1"] = _page(top, [b for b in branches if b.path[:1] == top.path and b is not top])
    return found | {"nurture-config.5": _configuration()}


def written(folder: Path) -> tuple[Path, ...]:
    """Write them where man looks: man1/nurture.1, man5/nurture-config.5, …; what is no page any more goes."""
    files = {folder / f"man{name[-1]}" / name: text for name, text in pages().items()}
    for old in set(folder.glob("man*/*")) - set(files):
        old.unlink()
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(files)


def first(title: str) -> str:
    """The first sentence of a title."""
    return re.split(r"(?<=[.?]) ", title)[0]


def usage(branch: Branch) -> str:
    """The command with its arguments."""
    if branch.is_group:
        return f"{branch.called} …"
    pieces = [p for p in branch.command.collect_usage_pieces(branch.context) if p != "[OPTIONS]"]
    return " ".join([branch.called, *pieces])


def _whole(root: Branch, tops: list[Branch]) -> str:
    return _joined(
        head("NURTURE", 1, "nurture", first(root.title)),
        section("SYNOPSIS", [r"\fBnurture\fR [\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]"]),
        section("DESCRIPTION", _text(root)),
        section("COMMANDS", listed((usage(top), f"{first(top.title)} See nurture-{top.path[0]}(1).") for top in tops)),
        section("OPTIONS", ["Every command takes these, before or after its name.", *listed(options(root, everything=True))]),
        _codes(),
        section("ENVIRONMENT", listed(ENVIRONMENT)),
        section("FILES", listed(FILES)),
        see("nurture-config(5)", *(f"nurture-{top.path[0]}(1)" for top in tops)),
    )


def _page(top: Branch, below: list[Branch]) -> str:
    own = list(options(top))
    more = [_sub(branch) for branch in below]
    return _joined(
        head(f"NURTURE-{top.path[0].upper()}", 1, f"nurture-{top.path[0]}", first(top.title)),
        section("SYNOPSIS", broken(_synopsis(b) for b in (below or [top]))),
        section("DESCRIPTION", _text(top)),
        section("COMMANDS", [line for lines in more for line in lines]) if more else "",
        section("OPTIONS", [*listed(own), ".PP", *_common()] if own else list(_common())),
        section("EXIT STATUS", ["0, or one of the codes that nurture(1) lists."]),
        see("nurture(1)", "nurture-config(5)"),
    )


def _common() -> Iterator[str]:
    yield line("Those of every command (--json, --yes, --home and others) stand in nurture(1).")


def _sub(branch: Branch) -> list[str]:
    return [f".SS {plain(usage(branch))}", *_text(branch), *listed(options(branch))]


def _synopsis(branch: Branch) -> str:
    some = " [\\fIOPTIONS\\fR]" if next(options(branch), None) else ""
    rest = plain(usage(branch)[len(branch.called) :])
    return f"\\fB{plain(branch.called)}\\fR{some}{rest}"


def _configuration() -> str:
    from nurture.config import WHERE, sections

    lines = [line for section in sections() for line in (
        f".SS {plain(section.title.replace('`', ''))}",
        *listed((key.name, f"{key.says} (default: {key.default})" if key.default != "empty" else key.says) for key in section.keys),
    )]  # fmt: skip
    return _joined(
        head("NURTURE-CONFIG", 5, "nurture-config", "the configuration of nurture, config.toml"),
        section("DESCRIPTION", [line(" ".join(WHERE.split()))]),
        section("KEYS", lines),
        see("nurture(1)"),
    )


def _codes() -> str:
    return section("EXIT STATUS", listed((str(code), says) for code, says in EXIT_CODES.items()))


def _joined(*parts: str) -> str:
    return "".join(part for part in parts if part)


def _text(branch: Branch) -> list[str]:
    """Its paragraphs; those that keep their lines, such as examples, stand as they are."""
    lines: list[str] = []
    for part in branch.paragraphs:
        lines += [".PP"] if lines else []
        if part.startswith("\b\n"):
            lines += [".EX", *(plain(line) for line in part[2:].split("\n")), ".EE"]
        else:
            lines.append(line(" ".join(part.split())))
    return lines


def options(branch: Branch, *, everything: bool = False) -> Iterator[tuple[str, str]]:
    """What stands in --help, without what every command has, unless all is wanted."""
    with branch.context:
        for param in branch.command.get_params(branch.context):
            shared = branch.path and not COMMON.isdisjoint(param.opts)
            record = param.get_help_record(branch.context) if isinstance(param, click.Option) else None
            if record and (everything or not shared):
                yield record
