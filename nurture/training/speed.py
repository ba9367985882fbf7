"""How many short mails a second are read: parsed, their new words cut out, every sentence judged. CPU time of one core."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nurture.messages import parse
from nurture.stages import Context, read
from nurture.training.labelled import conversations

SHORT = 400  # characters of a body
ROUNDS = 3


def short_mails(paths: Sequence[Path]) -> list[bytes]:
    """The short human mails of the other side, as they would come by mail."""
    return [
        f"From: Anna <anna@client.example>\r\nTo: camille@atelier.example\r\nSubject: Re: {mail['subject']}\r\n"
        f"Date: Mon, 02 Mar 2026 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{mail['text']}".encode()
        for gold in conversations(paths)
        for mail in gold["messages"]
        if mail["gold"]["kind"] == "human" and len(mail["text"]) <= SHORT and gold["owner"]["address"] not in mail["from"]
    ]


def messages_a_second(mails: Sequence[bytes]) -> float:
    """The best of some rounds, after one that warms up."""
    best = 0.0
    for warm in range(ROUNDS + 1):
        started = time.process_time()
        for raw in mails:
            read(parse(raw), Context(ours=False, sent=date(2026, 3, 2)))
        spent = time.process_time() - started
        best = max(best, len(mails) / spent) if warm else 0.0
    return best
