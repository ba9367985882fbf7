"""`nurture check`: configuration, login, folders, templates, schema, clock, cron entry: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from nurture.cli.looked_at import Finding
from nurture.cli.options import Settings, global_options
from nurture.errors import NurtureError

if TYPE_CHECKING:
    from nurture.config import Config, Home

NO_TRASH = 'no Trash folder is known, so drafts that lost their reason stay; name it: [account.folders] trash = "…"'

NAMED = 8  # texts that are quoted at most


@click.command()
@global_options
@click.option("--proof", is_flag=True, help="Show the evidence that nurture cannot send and touches nothing but its own.")
@click.pass_obj
def check(settings: Settings, proof: bool) -> None:
    """Look everything over and say what is wrong and what to do. Changes nothing.

    \b
    Example: nurture check --proof
    """
    from nurture.cli import opening, show

    home = opening.home_of(settings)
    findings = list(_all(settings, home, proof=proof))
    if settings.as_json:
        show.as_json({"schema": 1, "findings": [{"what": f.what, "ok": f.ok, "says": f.says} for f in findings]})
    else:
        for f in findings:
            if not (settings.quiet and f.ok):
                show.bullet(f.what, indent=f"{'ok   ' if f.ok else 'WRONG' if f.code else 'note '}  ")
                show.bullet(f.says, indent="       ", limit=600)
    wrong = [f.code for f in findings if not f.ok and f.code]
    if wrong:
        raise SystemExit(wrong[0])


def _all(settings: Settings, home: Home, *, proof: bool) -> Iterator[Finding]:
    from nurture.cli import opening

    try:
        config = opening.config_of(home)
    except NurtureError as fault:
        yield Finding(what="configuration", ok=False, says=str(fault), code=fault.exit_code)
        return
    yield Finding(what="configuration", ok=True, says=str(home.config_file))
    yield from _guarded("database", lambda: _database(settings))
    yield from _guarded("templates", lambda: _templates(home))
    yield from _confidential(settings)
    for account in config.accounts:
        yield from _guarded(f"mailbox {account.mailbox}", lambda a=account: _mailbox(a, home))  # type: ignore[misc]
    yield from _sheet(settings, config)
    yield from _clock(settings)
    yield from _cron()
    if proof:
        from nurture.cli.proof import prove

        yield from prove(config, home)


def _guarded(what: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(what=what, ok=True, says=look())
    except NurtureError as fault:
        yield Finding(what=what, ok=False, says=str(fault), code=fault.exit_code or 12)


def _database(settings: Settings) -> str:
    from nurture.cli import opening
    from nurture.errors import DatabaseFault
    from nurture.store import people, schema_version

    with opening.world_of(settings) as world:
        if faults := world.store.check():
            raise DatabaseFault("; ".join(faults))
        with world.store.begin() as session:
            count = people.count_followed(session)
    return f"sound, schema {schema_version()}, {count} people followed"


def _templates(home: Home) -> str:
    from nurture.drafts import Templates
    from nurture.followups import parse_sequence, shipped_sequences
    from nurture.shipped import shipped

    templates = Templates((home.templates, shipped("templates")))
    wanted = {t for _, source in shipped_sequences() for t in parse_sequence(source).templates}
    count = sum(templates.check(name) for name in sorted(wanted))
    return f"{count} files for {len(wanted)} templates, French and English"


def _confidential(settings: Settings) -> Iterator[Finding]:
    """What stands in the configuration may be told to anybody: that it names somebody is worth a look."""
    from nurture.cli import opening
    from nurture.confidential import of_configuration

    try:
        with opening.world_of(settings) as world:
            found = of_configuration(world)
    except NurtureError:
        return
    if found:
        texts = ", ".join(f"“{m.text}”" for m in found[:NAMED])
        says = f"[offer] and [[conviction]] name {texts}, known from somebody in your mail, and drafts tell it to anybody. Put it otherwise, or `nurture confidential clear TEXT`."
        yield Finding(what="confidential", ok=False, says=says)


def _mailbox(account: object, home: Home) -> str:
    from nurture.cli import opening
    from nurture.config import AccountConfig
    from nurture.mailbox import Role, gesture_folders, reading_folders, sheet_folder

    assert isinstance(account, AccountConfig)
    with opening.opener(account, home)() as box:
        found = box.folders()
        from nurture.reconcile import role_folder

        drafts = role_folder(box, Role.DRAFTS)
        trash = next((f"drafts taken back go to {f.name}" for f in found if f.role is Role.TRASH), NO_TRASH)
        box.position(drafts)
        sent = [f.name for f in found if f.role is Role.SENT]
        sheet = sheet_folder(found)
        place = f"the review sheet goes to {sheet.name}" if sheet else "no folder for the review sheet"
        named = [folder.name for _, folder in gesture_folders(found)]
        place += f"; gestures in {', '.join(named)}" if named else ""
        return (
            f"reads {', '.join(f.name for f in reading_folders(found))}; sent mail in {', '.join(sent)}; "
            f"drafts go to {drafts.name}; {trash}; {place}"
        )


def _sheet(settings: Settings, config: Config) -> Iterator[Finding]:
    """Why none is posted, as far as the last run knows; that is no fault."""
    from nurture.cli import opening
    from nurture.cli.sheet import WHY_NONE
    from nurture.store import meta

    if config.privacy.sheet == "never":
        return
    try:
        with opening.world_of(settings) as world, world.store.begin() as session:
            state = meta.get(session, "sheet")
    except NurtureError:
        return
    if none := WHY_NONE.get(state or ""):
        yield Finding(what="review sheet", ok=False, says=none)


def _clock(settings: Settings) -> Iterator[Finding]:
    from nurture.cli import opening
    from nurture.store import runs

    try:
        with opening.world_of(settings) as world, world.store.begin() as session:
            last = runs.last(session)
    except NurtureError:
        return
    if last and last.started > settings.now:
        yield Finding(
            what="clock",
            ok=False,
            code=15,
            says=f"The last run was at {last.started:%Y-%m-%d %H:%M} UTC, later than now. Set the clock.",
        )
    else:
        yield Finding(what="clock", ok=True, says=f"{settings.now:%Y-%m-%d %H:%M} UTC")


def _cron() -> Iterator[Finding]:
    from nurture.cli.cron import BEGIN, read_table

    try:
        there = BEGIN.encode() in read_table()
    except NurtureError as fault:
        yield Finding(what="cron", ok=False, says=str(fault))
        return
    says = "an entry runs it" if there else "no entry yet; `nurture cron install` makes one"
    yield Finding(what="cron", ok=there, says=says)
