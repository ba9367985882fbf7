"""`nurture demo`: the real worker over the sample mailbox that ships with the package, at its own fixed date."""

from __future__ import annotations

from pathlib import Path

import click

from nurture.cli.options import Settings, global_options


@click.command()
@global_options
@click.argument("folder", metavar="[DIR]", default="nurture-demo", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def demo(settings: Settings, folder: Path) -> None:
    """Run the worker on a sample mailbox. Needs no account, no server, no network.

    \b
    Example: nurture demo /tmp/try-nurture
    """
    from nurture.cli import opening, show
    from nurture.config import to_toml
    from nurture.review import review
    from nurture.run import run
    from nurture.sample import SAMPLE_NOW, build, sample_config

    mail, home = folder / "Maildir", folder / "home"
    if not mail.exists():
        build(mail)
    settings.home, settings.stated_now = str(home), settings.stated_now or SAMPLE_NOW
    found = opening.home_of(settings)
    if not found.config_file.exists():
        found.config.mkdir(parents=True, exist_ok=True, mode=0o700)
        found.config_file.write_text(to_toml(sample_config(mail.resolve())), encoding="utf-8")
    with opening.world_of(settings, create=True) as world:
        report = run(opening.with_progress(world, settings), opening.openers(world.config, world.home), settings.now)
        if settings.as_json:
            show.as_json(show.report_shape(report))
            return
        show.say(f"The sample mailbox {mail}, seen on {settings.now:%A %d %B %Y}, as {world.config.owner.name}.")
        show.show_read(report)
        show.show_review(review(report))
        show.show_demo_end(world, report, mail)
