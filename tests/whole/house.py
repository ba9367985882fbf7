"""A whole house in memory: an owner's mailbox, their database, a clock that the test sets, and runs."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from zoneinfo import ZoneInfo

from nurture.config import AccountConfig, Caps, Config, Home, MailboxUrl, Near, OfferConfig, OwnerConfig
from nurture.mailbox import Mailbox, MemoryMailbox
from nurture.messages import Headers, parse, parse_headers
from nurture.run import Report, Word, run
from nurture.store import Store, Suppression
from nurture.world import World

PARIS = ZoneInfo("Europe/Paris")
US = "Camille Laurent <camille@atelier.example>"
ANNA = "Anna Roux <anna@client.example>"
PAUL = "Paul Petit <paul@client.example>"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=PARIS)
LETTER = "Bonjour Madame Roux,\n\nVos clients parlent beaucoup de leurs premières semaines.\n\nEst-ce un sujet chez vous ?\n\nBien à vous,\nCamille Laurent"
NO = "Bonjour,\n\nMerci de me retirer de votre liste et de ne plus m'écrire.\n\nAnna Roux"
PRICE = "Bonjour,\n\nQuels sont vos tarifs pour ce genre d'atelier ?\n\nAnna Roux"


def a_mail(
    sender: str, to: str, at: datetime, text: str, *, subject: str = "Vos clients", answers: str = "", **headers: str
) -> EmailMessage:
    """One mail; `answers` is the Message-ID that it answers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, to, subject, format_datetime(at)
    mail["Message-ID"] = f"<{at:%m%d%H%M}.{zlib.crc32((to + subject).encode()):08x}.{parseaddr(sender)[1]}>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text + "\n")
    return mail


@dataclass
class House:
    """Where a test lives. `now` is the clock; `box` the only mailbox unless others are named."""

    folder: Path
    box: MemoryMailbox = field(default_factory=lambda: MemoryMailbox("memory:camille"))
    now: datetime = MONDAY
    config: Config = field(default_factory=lambda: a_config())

    def write(self, to: str = ANNA, text: str = LETTER, *, answers: str = "", **more: str) -> str:
        """The owner writes by hand; returns the Message-ID."""
        mail = a_mail(US, to, self.now, text, answers=answers, **more)
        self.box.deliver("Sent", mail.as_bytes(), self.now, ["\\Seen"])
        return str(mail["Message-ID"])

    def receive(self, sender: str, text: str, *, answers: str = "", folder: str = "INBOX", **more: str) -> str:
        """Somebody writes to the owner."""
        mail = a_mail(sender, US, self.now, text, answers=answers, **more)
        self.box.deliver(folder, mail.as_bytes(), self.now)
        return str(mail["Message-ID"])

    def later(self, days: int = 0, minutes: int = 0) -> House:
        """The clock goes on."""
        self.now += timedelta(days=days, minutes=minutes)
        return self

    @contextmanager
    def world(self) -> Iterator[World]:
        """What a run works with, opened anew as a process does."""
        home = Home(config=self.folder / "config", state=self.folder / "state")
        store = Store.open(home.database, create=True)
        try:
            yield World(
                config=self.config, home=home, store=store, suppression=Suppression(home.config, create=True), tz=PARIS,
            )  # fmt: skip
        finally:
            store.close()

    def run(self, *boxes: Mailbox, dry_run: bool = False, **word: bool) -> Report:
        """One run."""
        opened = boxes or (self.box,)
        with self.world() as world:
            return run(world, [lambda b=b: b for b in opened], self.now, dry_run=dry_run, word=Word(**word))  # type: ignore[misc]  # a lambda's default

    def drafts(self) -> list[int]:
        """UIDs in Drafts."""
        return sorted(self.box.shelves["Drafts"].messages)

    def raw(self, uid: int, folder: str = "Drafts") -> bytes:
        """The bytes of a message."""
        return self.box.shelves[folder].messages[uid].raw

    def header(self, uid: int, folder: str = "Drafts") -> Headers:
        """Its header fields."""
        return parse_headers(self.raw(uid, folder))

    def body(self, uid: int, folder: str = "Drafts") -> str:
        """Its words."""
        return parse(self.raw(uid, folder)).text

    def replace_draft(self, uid: int, raw: bytes) -> int:
        """What a mail client does on saving: a new message, the old one gone."""
        del self.box.shelves["Drafts"].messages[uid]
        return self.box.deliver("Drafts", raw, self.now, ["\\Draft"])

    def send(self, uid: int) -> int:
        """The owner sends a draft as it is, with a client that keeps the Message-ID."""
        raw = self.raw(uid)
        head, _, body = raw.partition(b"\r\n\r\n")
        kept = [line for line in head.split(b"\r\n") if not line.startswith(b"Date:")]
        del self.box.shelves["Drafts"].messages[uid]
        sent = b"\r\n".join([*kept, f"Date: {format_datetime(self.now)}".encode()]) + b"\r\n\r\n" + body
        return self.box.deliver("Sent", sent, self.now, ["\\Seen"])


def a_config(**changes: object) -> Config:
    """Everybody is followed."""
    offer = OfferConfig(price_range="1 900 – 2 600 €", outside=(Near(name="plateforme", fr=("plateforme e-learning",)),))
    facts: dict[str, object] = {
        "owner": OwnerConfig(name="Camille Laurent", addresses=("camille@atelier.example",), gender="f", signature="Camille Laurent"),
        "accounts": (AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/nowhere")),), "follow": "all", "offer": offer, "caps": Caps(),
    }  # fmt: skip
    return Config(**(facts | changes))  # type: ignore[arg-type]  # keys of Config
