"""The whole tree of commands, walked: for the manual, for docs/cli.md, and for what every command must keep to."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One command of the tree, with the names that lead to it."""

    path: tuple[str, ...]  # ("person", "show"); () is `nurture` itself
    command: click.Command
    context: click.Context

    @property
    def called(self) -> str:
        """As it is typed: `nurture person show`."""
        return " ".join(("nurture", *self.path))

    @property
    def is_group(self) -> bool:
        return isinstance(self.command, click.Group)

    @property
    def title(self) -> str:
        """The first sentence of what it does."""
        return " ".join(self.paragraphs[0].split()) if self.paragraphs else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its help text, by paragraphs; one that begins with a backspace keeps its lines."""
        text = inspect.cleandoc(self.command.help or "")
        return tuple(part.strip("\n") for part in text.split("\n\n") if part.strip())


def walk() -> Iterator[Branch]:
    """Every command, each group before its own."""
    from nurture.cli.main import nurture

    yield from _below(nurture, (), click.Context(nurture, info_name="nurture", **nurture.context_settings))


def _below(command: click.Command, path: tuple[str, ...], context: click.Context) -> Iterator[Branch]:
    yield Branch(path=path, command=command, context=context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                yield from _below(below, (*path, name), click.Context(below, info_name=name, parent=context))


def find(path: tuple[str, ...]) -> Branch | None:
    """The command of these names."""
    return next((branch for branch in walk() if branch.path == path), None)
