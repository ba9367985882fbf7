"""The development conversations: what this slice of the reader promises of them, so that no change loses it unseen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest

from nurture.conversations import Entry
from nurture.messages import Address, Headers, Kind, Message, Notice, detect_language
from nurture.stages import Context, Reading, Signal, Verdict, judge, read

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
THEIRS = [s for s in Signal if s is not Signal.PROPOSAL_SENT]


@dataclass
class Figures:
    """Counts of what was right, and of what there was."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    signals: dict[str, Counter[Signal]] = field(default_factory=lambda: {k: Counter() for k in ("hit", "false", "missed")})

    def count(self, what: str, ok: bool) -> None:
        self.total[what] += 1
        self.right[what] += ok

    def rate(self, what: str) -> float:
        return self.right[what] / self.total[what]

    def f1(self, signal: Signal) -> float:
        hit, wrong = self.signals["hit"][signal], self.signals["false"][signal] + self.signals["missed"][signal]
        return 2 * hit / (2 * hit + wrong)


def parsed(mail: dict[str, Any], lang: str | None) -> Message:
    """The mail as the parser would hand it on if it made no mistake: kind and newly written words are the labels'."""
    gold = mail["gold"]
    words = gold.get("new_text") or mail["text"]
    back = date.fromisoformat(gold["resume_on"]) if gold["resume_on"] and gold["kind"] != "human" else None
    return Message(
        headers=Headers(), text=mail["text"], new_text=words, lang=detect_language(words, lang), kind=Kind(gold["kind"]),
        notice=Notice(resume_on=back),
    )  # fmt: skip


def understood(conversation: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool, Reading, Verdict]]:
    """Each mail's labels, whether it is ours, its reading, and the verdict after it."""
    owner = conversation["owner"]["address"]
    pairs: list[tuple[Entry, Reading]] = []
    last: Reading | None = None
    lang, offered = None, False
    for n, mail in enumerate(conversation["messages"]):
        sender, ours = parseaddr(mail["from"])[1], owner in mail["from"]
        sent, message = datetime.fromisoformat(mail["date"]), parsed(mail, lang)
        context = Context(
            ours=ours, lang=lang, first=not pairs, offer_out=offered, sent=sent.date(),
            awaits=last.awaits if last else None, awaits_quote=last.awaits_quote if last else "",
        )  # fmt: skip
        reading = read(message, context)
        last, lang = reading if ours else last, message.lang or lang
        offered = offered or (ours and Signal.PROPOSAL_SENT in reading.signals)
        entry = Entry(
            key=n, by="us" if ours else "them", message_id=None, sent=sent.astimezone(UTC), sender=Address(addr=sender), kind=message.kind,
            to=tuple(Address(addr=parseaddr(to)[1]) for to in mail["to"]), resume_on=message.notice.resume_on,
        )  # fmt: skip
        pairs.append((entry, reading))
    for mail, (entry, reading), verdict in zip(conversation["messages"], pairs, judge(pairs), strict=True):
        yield mail["gold"], entry.ours, reading, verdict


def figures(lang: str) -> Figures:
    """The figures of one language's development conversations."""
    found = Figures()
    for line in (CORPUS / f"{lang}.dev.jsonl").read_text(encoding="utf-8").splitlines():
        for gold, ours, reading, verdict in understood(json.loads(line)):
            found.count("stage", verdict.stage == gold["stage"])
            found.count("turn", verdict.turn == gold["turn"])
            if ours:
                found.count("offer", (Signal.PROPOSAL_SENT in reading.signals) == ("proposal_sent" in gold["signals"]))
            elif gold["kind"] == "human":
                _count_theirs(found, gold, reading)
    return found


def _count_theirs(found: Figures, gold: dict[str, Any], reading: Reading) -> None:
    want, got = {Signal(s) for s in gold["signals"]}, reading.signals
    for name, signals in (("hit", want & got), ("false", got - want), ("missed", want - got)):
        found.signals[name].update(signals)
    resume = str(reading.resume_on) if reading.resume_on else None
    found.count("resume" if gold["resume_on"] else "no false day", resume == gold["resume_on"])
    if Signal.OPT_OUT in want:
        found.count("opt-out", Signal.OPT_OUT in got)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_development_conversations_are_understood(lang: str) -> None:
    """Stage and turn, offers, days, opt-outs and signals reach what was asked of the first lexicon."""
    found = figures(lang)

    assert found.rate("stage") >= 0.85
    assert found.rate("turn") >= 0.95
    assert found.rate("offer") >= 0.98
    assert found.rate("resume") >= 0.85
    assert found.rate("no false day") >= 0.99
    assert found.rate("opt-out") == 1.0
    assert sum(map(found.f1, THEIRS)) / len(THEIRS) >= 0.65


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_with_the_labels_for_readings_the_judge_is_never_wrong(lang: str) -> None:
    """The fold is the law itself: given what the labels say of each mail, stage and turn are the labels'."""
    wrong = []
    for line in (CORPUS / f"{lang}.dev.jsonl").read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        told = list(understood(conversation))
        entries = [
            Entry(
                key=n, by="us" if ours else "them", message_id=None, sent=datetime.fromisoformat(mail["date"]).astimezone(UTC),
                sender=Address(addr="x@client.example"), to=(Address(addr="x@client.example"),), kind=Kind(gold["kind"]),
            )
            for n, ((gold, ours, _, _), mail) in enumerate(zip(told, conversation["messages"], strict=True))
        ]  # fmt: skip
        verdicts = judge([(e, _labelled(gold)) for e, (gold, _, _, _) in zip(entries, told, strict=True)])
        wrong += [
            conversation["id"]
            for v, (gold, _, _, _) in zip(verdicts, told, strict=True)
            if (v.stage, v.turn) != (gold["stage"], gold["turn"])
        ]

    assert wrong == []


def _labelled(gold: dict[str, Any]) -> Reading:
    from tests.stages.builders import found

    return found(*(Signal(s) for s in gold["signals"]))
