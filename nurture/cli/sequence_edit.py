"""`nurture sequence edit` and `new`: as visudo does it: nothing faulty is saved, nothing that was written is lost."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nurture.cli import sequence_named as named
from nurture.cli.options import Settings, global_options
from nurture.errors import RevisedMeanwhile, TemplateFault, WrongUsage

if TYPE_CHECKING:
    from nurture.cli import editor
    from nurture.drafts import SequenceFinding
    from nurture.revise import Saved
    from nurture.store import Author
    from nurture.world import World

NEXT = "What now? (e)dit again, e(x)it without saving, (Q)uit without saving"
NEWER = "What now? (e)dit again, e(x)it without saving, (Q)uit and save mine over it"
LARGEST = 256 * 1024  # bytes that are read of a file
WHY_REFUSED = "The text has faults."
WHY_STOPPED = "The edit was stopped."

SKELETON = """\
# For whom: nobody stands on a list yet, so nobody begins this sequence. Take the line with `for` away, or write
# for = {{ lang = "en" }}, when it is ready.
name = "{name}"
title = "{name}"
stage = "stranger"
for = {{ list = "{name}" }}

[[steps]]
name = "useful-news"
after = "5 working days"
template = "useful-news"

[[steps]]
name = "open-door"
after = "12 working days"
template = "open-door"
"""


@click.command("edit")
@global_options
@click.argument("name")
@named.message_option
@click.pass_obj
def edit(settings: Settings, name: str, message: str) -> None:
    """Open a sequence in $VISUAL or $EDITOR, check it when you save, and keep it as a new revision.

    It is for those who begin from now on; whoever has begun goes on as before, until `nurture sequence migrate`. What is faulty is
    not saved, and your text is kept in a file that is named.

    \b
    Example: nurture sequence edit stranger -m "an earlier first letter"
    """
    with named.world_of(settings) as world:
        with world.store.begin() as session:
            from nurture.store import sequences

            row = named.row_of(session, name)
            seen = sequences.newest(session, name)
        by = named.author(world, settings, message)
        sitting = Sitting(
            settings=settings, world=world, name=name, by=by, before=row.in_force.source, number=row.in_force.number, seen=seen
        )
        sitting.tell_left_over()
        saved, source = sitting.through()
    named.tell_saved(settings, saved, source)


@click.command("new")
@global_options
@click.argument("name")
@click.option("--from", "other", metavar="OTHER", help="Begin as a copy of another sequence.")
@named.message_option
@click.pass_obj
def new(settings: Settings, name: str, other: str | None, message: str) -> None:
    """Make a sequence: a small one that is for nobody yet, or a copy of another. Then shape it with `nurture sequence edit`.

    \b
    Example: nurture sequence new english-strangers --from stranger
    """
    from nurture.followups import renamed
    from nurture.revise import save, templates_of
    from nurture.store import sequences

    named.checked(name)
    with named.world_of(settings) as world, world.store.begin() as session:
        if sequences.get(session, name):
            raise WrongUsage(f"There is a sequence {name} already. Change it with `nurture sequence edit {name}`.")
        source = renamed(named.revision_of(session, other).source, name) if other else SKELETON.format(name=name)
        by = named.author(world, settings, message or (f"a copy of {other}" if other else ""))
        saved = save(session, templates_of(world), name, source, by, seen=0)
    named.tell_saved(settings, saved, source)


@dataclass(kw_only=True)
class Sitting:
    """One edit from opening the editor to saving, or to giving up with the text kept."""

    settings: Settings
    world: World
    name: str
    by: Author
    before: str  # the text that it began with
    number: int  # the revision in force then
    seen: int  # the newest revision that its author has had before them
    path: Path = field(init=False)

    @property
    def folder(self) -> Path:
        return self.world.home.state / "unsaved"

    def tell_left_over(self) -> None:
        """An earlier text that was not saved is not forgotten."""
        from nurture.cli import editor

        editor.tell_left_over(self.name, editor.left_over(self.folder, self.name))

    def through(self) -> tuple[Saved, str]:
        """Edit until it is saved, or nothing was changed. Raises EditRefused with the place of the text."""
        from nurture.cli import editor, opening

        editor.command()  # that there is none is told before a file is made
        self.path = editor.private_file(self.folder, f"{self.name}.toml", self.before)
        try:
            with editor.stoppable():
                saved, source = self._rounds()
        except (KeyboardInterrupt, click.Abort):
            raise self._unless_unchanged(editor.EditRefused(self.path, WHY_STOPPED)) from None
        except editor.EditRefused as refused:
            raise self._unless_unchanged(refused) from refused
        except Exception:
            opening.complain(f"Your text lies in {self.path}.")
            raise
        editor.let_go(self.path)
        return saved, source

    def _unless_unchanged(self, refused: editor.EditRefused) -> TemplateFault:
        """Where there is nothing to lose, nothing is kept."""
        from nurture.cli import editor

        if not self.path.exists():
            editor.let_go(self.path)
            return TemplateFault("The editor left no file behind. Nothing was changed.")
        if self.path.is_file() and editor.read(self.path, LARGEST) == self.before:
            editor.let_go(self.path)
            return TemplateFault(f"{refused.why} Nothing was changed.")
        return refused

    def _rounds(self) -> tuple[Saved, str]:
        from nurture.cli import editor
        from nurture.revise import Saved

        line: int | None = None
        while True:
            editor.start(self.path, line)
            source = editor.read(self.path, LARGEST)
            if source == self.before:
                return Saved(name=self.name, revision=self.number, changed=False), source
            wrong, findings = self._check(source)
            if wrong:
                line = wrong
                self._refuse(source, findings)
                continue
            if saved := self._kept(source):
                return saved, source
            line = None

    def _kept(self, source: str) -> Saved | None:
        """Save it; None where somebody else was quicker and it is to be edited again."""
        while True:
            try:
                return self._save(source)
            except RevisedMeanwhile as newer:
                if not self._goes_on_top(newer):
                    return None

    def _check(self, source: str) -> tuple[int | None, tuple[SequenceFinding, ...]]:
        """The line of the first error, or None; and everything that was found."""
        from nurture.drafts import Severity
        from nurture.revise import templates_of, tried

        if bad := named.undecodable(source):
            return bad.line, (bad,)
        with self.world.store.begin() as session:
            found = tried(session, templates_of(self.world), source, self.name).findings
        return next((f.line for f in found if f.severity is Severity.ERROR), None), found

    def _refuse(self, source: str, findings: tuple[SequenceFinding, ...]) -> None:
        """Show the faults, and ask; returns where it is to be edited again."""
        from nurture.cli import editor
        from nurture.drafts import Severity

        wrong = tuple(f for f in findings if f.severity is Severity.ERROR)
        if not self._asks():
            listed = "; ".join(f"line {f.line}: {f.says}" for f in wrong)
            raise editor.EditRefused(self.path, f"{self.name} has faults: {listed.rstrip('.')}.")
        named.tell_findings(self.path.name, source, wrong)
        if self._answer(NEXT) != "e":
            raise editor.EditRefused(self.path, WHY_REFUSED)

    def _goes_on_top(self, newer: RevisedMeanwhile) -> bool:
        """Somebody else was quicker: they are told and shown it. True: save all the same; False: edit again."""
        from nurture.cli import editor, show
        from nurture.store import sequences

        with self.world.store.begin() as session:
            there = {r.number: r for r in sequences.history(session, self.name)}
        latest = there.get(newer.newest)
        if latest is None:
            raise editor.EditRefused(self.path, f"While you were editing, {self.name} was given another name.")
        if not self.settings.as_json:
            show.say(f"While you were editing, {self.name} has come to revision {latest.number} (by {latest.author}):")
            for line in named.differences(there[newer.seen], latest):
                named.tell_difference(line)
        if not self._asks():
            raise editor.EditRefused(self.path, str(newer).replace("Nothing was saved. ", ""))
        answer = self._answer(NEWER)
        if answer == "x":
            raise editor.EditRefused(self.path, f"{self.name} is at revision {latest.number} now.")
        self.seen = newer.newest
        return answer == "Q"

    def _asks(self) -> bool:
        """Whether somebody is there to be asked."""
        return not self.settings.as_json and all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout))

    def _answer(self, question: str) -> str:
        while True:
            given = click.prompt(question, prompt_suffix=" ", default="", show_default=False).strip()[:1]
            if given in ("e", "x", "Q"):
                return str(given)
            click.echo("Type e, x or Q.")

    def _save(self, source: str) -> Saved:
        from nurture.revise import save, templates_of

        with self.world.store.begin() as session:
            return save(session, templates_of(self.world), self.name, source, self.by, seen=self.seen)
