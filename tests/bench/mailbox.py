"""A synthetic outbound mailbox as Maildir++, of any size: one message in five belongs to a prospect's conversation.

usage: python -m tests.bench.mailbox DEST MESSAGES [SEED]
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

OWNER = "Alex Moreau <alex@atelier.example>"
WORDS = (
    "bonjour merci pour votre message nous avons bien reçu la proposition et nous reviendrons vers vous après la réunion de jeudi avec "
    "toute l'équipe afin de préciser le besoin le budget ainsi que le calendrier thanks for getting back to me we would like to understand "
    "what success looks like for your team"
).split()
STYLE = "td{font:12px sans-serif}" * 40


@dataclass
class Post:
    """Where the mail goes, and how much there is."""

    root: Path
    chance: random.Random
    count: int = 0

    def deliver(self, folder: str, mail: EmailMessage, when: datetime) -> None:
        """Write one message."""
        self.count += 1
        path = self.root / folder / "cur" / f"{int(when.timestamp())}.M{self.count}P1.bench:2,S"
        path.write_bytes(mail.as_bytes())
        os.utime(path, (when.timestamp(),) * 2)

    def words(self, count: int) -> str:
        """Lines of twelve words."""
        said = [self.chance.choice(WORDS) for _ in range(count)]
        return "\n".join(" ".join(said[i : i + 12]) for i in range(0, count, 12))

    def mail(
        self, sender: str, to: str, subject: str, when: datetime, words: int, parents: list[str], *, html: bool
    ) -> EmailMessage:
        """One message of a realistic size, with the usual trace headers."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, to, subject, format_datetime(when)
        mail["Message-ID"] = f"<{self.chance.getrandbits(80):x}@{sender.split('@')[1].rstrip('>')}>"
        if parents:
            mail["In-Reply-To"], mail["References"] = parents[-1], " ".join(parents)
        for i in range(6):
            mail[f"X-Trace-{i}"] = f"{self.chance.getrandbits(200):x}"
        body = self.words(words)
        mail.set_content(body)
        if html:
            rows = "".join(f"<tr><td>{line}</td></tr>" for line in body.split("\n"))
            mail.add_alternative(
                f"<html><head><style>{STYLE}</style></head><body><table>{rows}</table></body></html>", subtype="html"
            )
        return mail


def conversation(post: Post, number: int, when: datetime) -> None:
    """A first letter and up to three more messages in turn."""
    person, subject = f"Contact {number} <contact{number}@societe{number % 4000}.example>", f"Votre projet {number}"
    first = post.mail(OWNER, person, subject, when, 90, [], html=False)
    post.deliver(".Sent", first, when)
    ids = [str(first["Message-ID"])]
    for turn in range(post.chance.choice((0, 0, 1, 1, 2, 3))):
        when += timedelta(days=post.chance.randrange(1, 9))
        theirs = turn % 2 == 0
        mail = post.mail(person if theirs else OWNER, OWNER if theirs else person, "Re: " + subject, when, 60, ids, html=theirs)
        post.deliver("" if theirs else ".Sent", mail, when)
        ids.append(str(mail["Message-ID"]))


def write(dest: Path, total: int, seed: int = 1, now: datetime | None = None) -> int:
    """Write `total` messages of the last two years; returns the number of prospect conversations."""
    post, people = Post(dest, random.Random(seed)), 0
    for folder in ("", ".Sent", ".Drafts", ".Archive", ".Trash"):
        for part in ("cur", "new", "tmp"):
            (dest / folder / part).mkdir(parents=True, exist_ok=True)
    start = (now or datetime.now(UTC)) - timedelta(days=720)
    while post.count < total:
        when = start + timedelta(seconds=post.chance.randrange(715 * 86400))
        if post.chance.random() < 0.11:
            people += 1
            conversation(post, people, when)
        else:
            n = post.chance.randrange(300)
            news = post.mail(
                f"News {n} <news@liste{n}.example>",
                OWNER,
                f"Lettre {post.chance.randrange(10**6)}",
                when,
                post.chance.choice((80, 200, 500)),
                [],
                html=True,
            )
            post.deliver(post.chance.choice(("", ".Archive", ".Archive")), news, when)
    return people


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1), "conversations")
