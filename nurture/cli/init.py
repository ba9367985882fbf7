"""`nurture init`: configuration, connection tried, folders found, database, and what a first run would do."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nurture.cli.options import Settings, global_options
from nurture.errors import ConfigFault, WrongUsage

if TYPE_CHECKING:
    from nurture.config import Config, Home
    from nurture.mailbox import Mailbox

PLACES = {"gmail.com": "imap.gmail.com", "googlemail.com": "imap.gmail.com", "outlook.com": "outlook.office365.com", "hotmail.com": "outlook.office365.com",
          "yahoo.com": "imap.mail.yahoo.com", "yahoo.fr": "imap.mail.yahoo.com", "icloud.com": "imap.mail.me.com", "orange.fr": "imap.orange.fr",
          "free.fr": "imap.free.fr", "laposte.net": "imap.laposte.net", "sfr.fr": "imap.sfr.fr", "gmx.com": "imap.gmx.com"}  # fmt: skip


@click.command()
@global_options
@click.option("--non-interactive", is_flag=True, help="Ask nothing; what is missing is an error.")
@click.option("--name", help="Your name, as it stands in your mails.")
@click.option("--address", "addresses", multiple=True, help="Your address; repeat for aliases.")
@click.option("--mailbox", help="imaps://user@host, imap+starttls://user@host, or maildir:PATH.")
@click.option("--password-command", help="A command that prints the password.")
@click.option("--password-file", help="A file of mode 0600 that holds the password.")
@click.option("--token-command", help="A command that prints an OAuth2 token.")
@click.option("--language", type=click.Choice(["fr", "en"]), help="The language nurture speaks to you.")
@click.option("--country", help="Two letters: holidays and time zone, e.g. FR.")
@click.option(
    "--follow", type=click.Choice(["listed", "all"]), help="Whom to follow: people you list, or everybody you write to."
)
@click.option("--drafts-per-day", type=click.IntRange(1, 100), help="New drafts a day at most.")
@click.option("--open-drafts", type=click.IntRange(1, 100), help="Untouched drafts lying open at most.")
@click.option(
    "--make-folders",
    is_flag=True,
    help="Make the folder Nurture in the mailbox, for the review sheet, and Follow, Later and Never in it, for your gestures; "
    "alone, in the mailbox that is configured.",
)
@click.pass_obj
def init(settings: Settings, /, **answers: Any) -> None:
    """Set nurture up: nothing is written to the mailbox, and nothing is kept unless the connection works.

    \b
    Example: nurture init --name "Camille Laurent" --address me@atelier.example \\
               --mailbox imaps://me@imap.atelier.example \\
               --password-command "pass show mail"
    Example: nurture init --make-folders
    """
    from nurture.cli import opening, show

    home = opening.home_of(settings)
    if home.config_file.exists() and not settings.yes and _only_folders(answers):
        for line in try_connection(opening.config_of(home), home, make_folders=True):
            show.say(line)
        return
    if home.config_file.exists() and not settings.yes:
        raise ConfigFault(
            home.config_file,
            ["there is a configuration already"],
            "Edit it, or run again with --yes to replace it (the old one is kept beside it).",
        )
    config = config_from(answers, asking=not answers["non_interactive"])
    found = try_connection(config, home, make_folders=answers["make_folders"])
    keep(config, home)
    make_database(settings)
    tell(settings, config, home, found)


def _only_folders(answers: dict[str, Any]) -> bool:
    """Nothing is asked for but the folder, in the mailbox that is configured already."""
    return bool(answers["make_folders"]) and not any(
        v for k, v in answers.items() if k not in ("make_folders", "non_interactive")
    )


def config_from(answers: dict[str, Any], *, asking: bool) -> Config:
    """The configuration that the answers make; asks for what is missing, where it may."""
    from nurture.config import AccountConfig, Caps, Config, OwnerConfig, country_code, parse_mailbox_url

    name = answers["name"] or _ask(asking, "--name", "Your name, as it stands in your mails")
    addresses = answers["addresses"] or tuple(
        a.strip() for a in _ask(asking, "--address", "Your addresses, separated by commas").split(",") if a.strip()
    )
    if not addresses:
        raise WrongUsage("No address was given. Name every address that you write from.")
    mailbox = answers["mailbox"] or _ask(asking, "--mailbox", "Your mailbox", default=guessed_mailbox(addresses[0]))
    url = parse_mailbox_url(mailbox)
    if url.scheme == "maildir":  # cron starts in another folder
        url = replace(url, path=os.path.abspath(url.path))
    secrets = {k: answers[k] or "" for k in ("password_command", "password_file", "token_command")}
    if url.scheme != "maildir" and not any(secrets.values()):
        secrets["password_command"] = _ask(
            asking, "--password-command", "A command that prints the password (e.g. pass show mail)"
        )
    account = AccountConfig(
        mailbox=url, auth="xoauth2" if secrets["token_command"] else "password", password_command=secrets["password_command"],
        password_file=secrets["password_file"], token_command=secrets["token_command"],
    )  # fmt: skip
    caps = Caps(
        **{k: v for k, v in (("drafts_per_day", answers["drafts_per_day"]), ("open_drafts", answers["open_drafts"])) if v}
    )
    language = answers["language"] or (_ask(asking, "--language", "Your language, fr or en", default="fr") if asking else "fr")
    stated = answers["country"] or (
        _ask(asking, "--country", "Your country, two letters", default="FR" if language == "fr" else "GB") if asking else "FR"
    )
    country = country_code(stated) or stated  # what is none is refused with everything else, by `checked`
    owner = OwnerConfig(
        name=name, addresses=tuple(a.lower() for a in addresses), language=language, country=country, signature=name
    )
    return checked(Config(owner=owner, accounts=(account,), follow=answers["follow"] or "listed", caps=caps))


def checked(config: Config) -> Config:
    """The same configuration as a file would give it: written and read back, so that every fault comes together."""
    import tempfile

    from nurture.config import load, to_toml

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(to_toml(config), encoding="utf-8")
        try:
            return load(path)
        except ConfigFault as fault:
            raise ConfigFault("what you answered", fault.faults, "Correct that, and run `nurture init` again.") from None


def _ask(asking: bool, option: str, question: str, default: str | None = None) -> str:
    if not asking:
        raise WrongUsage(f"{option} is missing. Give it, or run without --non-interactive.")
    return str(click.prompt(question, default=default))


def guessed_mailbox(address: str) -> str | None:
    """The likely URL of an address's mailbox; None where it is anybody's guess."""
    domain = address.rpartition("@")[2].lower()
    return f"imaps://{address}@{PLACES[domain]}" if domain in PLACES else f"imaps://{address}@imap.{domain}" if domain else None


def try_connection(config: Config, home: Home, *, make_folders: bool) -> list[str]:
    """Connect, find the folders, and say what they are; raises what stands in the way, before anything is kept."""
    from nurture.cli import opening
    from nurture.mailbox import Role
    from nurture.reconcile import role_folder

    opening.guard_for(config)
    lines = []
    for account in config.accounts:
        _prepare(home)
        with opening.opener(account, home)() as box:
            found = box.folders()
            lines.append(f"{account.mailbox}: {len(found)} folders; drafts go to {role_folder(box, Role.DRAFTS).name}")
            if not any(f.role is Role.SENT for f in found):
                role_folder(box, Role.SENT)
            if make_folders:
                lines += made_folders(box)
    return lines


def made_folders(box: Mailbox) -> list[str]:
    """Make the folders that are missing, and say which; those for gestures are no need, where the server has no folders in folders."""
    from nurture.errors import FoldersFault
    from nurture.mailbox import SHEET, Gesture, gesture_folders, sheet_folder

    lines = []
    if sheet_folder(box.folders()) is None:
        lines.append(f"made the folder {box.make_folder(SHEET).name}, for the review sheet")
    there = {gesture for gesture, _ in gesture_folders(box.folders())}
    try:
        made = [
            box.make_folder(gesture.folder).name
            for gesture in (Gesture.FOLLOW, Gesture.LATER, Gesture.NEVER)
            if gesture not in there
        ]
    except FoldersFault as refused:
        return [*lines, f"no folders for gestures: {refused}"]
    return [*lines, f"made the folders {', '.join(made)}, for your gestures"] if made else lines


def _prepare(home: Home) -> None:
    for folder in (home.config, home.state):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ConfigFault(folder, [f"cannot be made ({error.strerror})"], "Name a folder that nurture may use.") from error


def keep(config: Config, home: Home) -> None:
    """Write config.toml; an older one is kept beside it."""
    from nurture.config import to_toml

    try:
        _keep(to_toml(config), home.config_file)
    except OSError as error:
        raise ConfigFault(
            home.config_file,
            [f"cannot be written ({error.strerror})"],
            "Nothing was lost; run `nurture init` again when that is mended.",
        ) from error


def _keep(text: str, file: Path) -> None:
    new = file.with_suffix(".toml.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    if file.exists():
        n = 1
        while (old := file.with_suffix(f".toml.{n}")).exists():
            n += 1
        os.link(file, old)  # a moment without any configuration is no moment for cron to come
    new.rename(file)


def make_database(settings: Settings) -> None:
    """The database with its schema and the shipped sequences as revision 1; key and suppression list beside the configuration."""
    from nurture.cli import opening
    from nurture.followups import shipped_sequences
    from nurture.store import sequences

    with opening.world_of(settings, create=True) as world, world.store.begin() as session:
        sequences.seed(session, shipped_sequences(), settings.now)


def tell(settings: Settings, config: Config, home: Home, found: list[str]) -> None:
    """What was found, and what a first run would do."""
    from nurture.candidates import find
    from nurture.cli import opening, show

    with opening.world_of(settings) as world:
        people = find(opening.with_progress(world, settings), opening.openers(config, home), settings.now)
    if settings.as_json:
        show.as_json({"schema": 1, "config": str(home.config_file), "folders": found, "candidates": len(people)})
        return
    if settings.quiet:
        return
    for line in found:
        show.say(line)
    show.say(f"The configuration is {home.config_file}; look at it, and say in [offer] what you offer.")
    whom = "everybody you wrote to" if config.follow == "all" else "nobody yet: you list whom to follow"
    show.say(
        f"A first run would follow {whom}. {len(people)} people in the mailbox look like prospects" + (":" if people else ".")
    )
    for c in people[:8]:
        show.bullet(f"{c.address}  {c.reason}", indent="  ")
    show.say("")
    show.say(
        "Next: `nurture candidates --follow`, then `nurture run --dry-run`, then `nurture cron install`."
        if config.follow != "all"
        else "Next: `nurture run --dry-run`, then `nurture cron install`."
    )
