"""The command line: one thin module a command. The only room that imports click, reads the clock and prints."""

from nurture.cli.main import main

__all__ = ["main"]
