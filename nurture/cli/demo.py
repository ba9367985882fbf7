"""`nurture demo`: the real worker over the sample mailbox that ships with the package, at its own fixed date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nurture.cli.options import Settings, global_options
from nurture.cli.whole_file import Written, write_whole
from nurture.errors import WrongUsage

if TYPE_CHECKING:
    from nurture.config import Home

MARKER = ".nurture-demo"  # an empty file: this folder is a demo's


@click.command()
@global_options
@click.argument("folder", metavar="[DIR]", default="nurture-demo", type=Written(file_okay=False, path_type=Path))
@click.pass_obj
def demo(settings: Settings, folder: Path) -> None:
    """Run the worker on a sample mailbox. Needs no account, no server, no network.

    \b
    Example: nurture demo /tmp/try-nurture
    """
    from nurture.cli import opening, show, telling
    from nurture.config import to_toml
    from nurture.review import review
    from nurture.run import run
    from nurture.sample import SAMPLE_NOW, SHELF, sample_config
    from nurture.store import library

    mail, home = folder / "Maildir", folder / "home"
    try:
        prepare(folder)
    except OSError as error:
        raise WrongUsage(f"The demo cannot be written to {folder} ({error.strerror}). Name another folder.") from error
    settings.home, settings.stated_now = str(home), settings.stated_now or SAMPLE_NOW
    found = opening.home_of(settings)
    if not found.config_file.exists():
        found.config.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(found.config_file, to_toml(sample_config(mail.resolve())).encode())
    refuse_a_real_mailbox(found, mail)
    with opening.world_of(settings, create=True) as world:
        with world.store.begin() as session:
            for resource in SHELF if not library.ever(session) else ():
                library.add(session, resource, settings.now)
        report = run(opening.with_progress(world, settings), opening.openers(world.config, world.home), settings.now)
        if settings.as_json:
            show.as_json(telling.report_shape(report))
        if settings.as_json or settings.quiet:
            return
        show.say(f"The sample mailbox {mail}, seen on {settings.now:%A %d %B %Y}, as {world.config.owner.name}.")
        telling.show_read(report)
        telling.show_review(review(report))
        telling.show_demo_end(world, report, mail)


def prepare(folder: Path) -> None:
    """The sample mailbox in a folder that is empty or holds an earlier demo; anything else in it is left alone, and refused."""
    from nurture.sample import build

    marker, mail, part = folder / MARKER, folder / "Maildir", folder / "Maildir.part"
    if folder.exists() and not marker.exists() and any(folder.iterdir()):
        raise WrongUsage(
            f"{folder} holds something else than a demo of nurture. Name another folder, or one that is not there yet."
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.touch()
    if not mail.exists():  # built elsewhere first: a demo that was stopped in the middle is no whole mailbox
        build(part)
        part.rename(mail)


def refuse_a_real_mailbox(home: Home, mail: Path) -> None:
    """The demo works on its own mailbox, at a date of its own; never on what somebody wrote into its configuration."""
    from nurture.cli import opening

    mailboxes = [account.mailbox for account in opening.config_of(home).accounts]
    if [(m.scheme, Path(m.path).resolve()) for m in mailboxes] != [("maildir", mail.resolve())]:
        raise WrongUsage(f"{home.config_file} names another mailbox than the demo's own. Run the demo in another folder.")
