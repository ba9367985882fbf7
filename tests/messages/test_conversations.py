"""The reader against the labelled conversations (tests/data/corpus): kind, new words, language, first day back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nurture.messages import Kind, Message, headers_of, new_words, parse_text

CORPUS = Path(__file__).parents[1] / "data" / "corpus"


@dataclass(frozen=True)
class Read:
    """One message of a conversation, its labels, and how it was read."""

    where: str
    lang: str
    ours: bool
    gold: dict[str, Any]
    message: Message


def read(lang: str, *, with_ours: bool = False) -> Iterator[Read]:
    """Every message of a file, read as a conversation reader does: oldest first, the thread's language as prior."""
    for line in (CORPUS / f"{lang}.dev.jsonl").read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        said: list[str] = []
        prior = None
        for i, m in enumerate(conversation["messages"]):
            ours = conversation["owner"]["address"] in m["from"].lower()
            headers = headers_of(sender=m["from"], to=m["to"], date=m["date"], subject=m["subject"], headers=m["headers"])
            message = parse_text(m["text"], headers, prior=prior, ours=said if with_ours and not ours else ())
            yield Read(f"{conversation['id']}[{i}]", conversation["lang"], ours, m["gold"], message)
            if ours:
                said.append(m["text"])
                prior = prior or message.lang


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


@pytest.fixture(scope="module", params=["fr", "en"])
def messages(request: pytest.FixtureRequest) -> list[Read]:
    return list(read(request.param))


def test_what_sent_each_message(messages: list[Read]) -> None:
    """The kind of their messages is right in 99 of a hundred, and a mail that the owner wrote is always a person's."""
    assert share([r.message.kind.value == r.gold["kind"] for r in messages if not r.ours]) >= 0.99
    assert [r.where for r in messages if r.ours and r.gold["kind"] == "human" and r.message.kind is not Kind.HUMAN] == []


def test_the_newly_written_words(messages: list[Read]) -> None:
    """Exact, white space aside, in 99 of a hundred human messages."""
    human = [r for r in messages if r.gold["kind"] == "human"]

    assert share([r.message.new_text.split() == r.gold["new_text"].split() for r in human]) >= 0.99


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_our_own_texts_cost_them_no_word(lang: str) -> None:
    """Where our earlier texts are known, what they wrote stays the same."""
    human = [r for r in read(lang, with_ours=True) if r.gold["kind"] == "human" and not r.ours]

    assert share([r.message.new_text.split() == r.gold["new_text"].split() for r in human]) >= 0.99


def test_new_words_are_all_new(messages: list[Read]) -> None:
    """What is new once stays: no greeting, answer, list or wish is taken for a footer, whoever signs."""
    human = [r for r in messages if r.gold["kind"] == "human"]
    words = [r.gold["new_text"] for r in human]

    assert [w for w in words if new_words(w)[0].split() != w.split()] == []


def test_the_first_day_back(messages: list[Read]) -> None:
    """Absence notices give the day that the labels give."""
    away = [r for r in messages if r.gold["kind"] == "out_of_office"]
    days = [(r.message.notice.resume_on.isoformat() if r.message.notice.resume_on else None, r.gold["resume_on"]) for r in away]

    assert share([got == wanted for got, wanted in days]) >= 0.97
    assert all(r.message.notice.quote for r in away if r.gold["resume_on"])


def test_the_language_of_ours_is_the_conversation_s(messages: list[Read]) -> None:
    """The language in which the owner writes first is that of the conversation, and short answers follow it."""
    first = {r.where.partition("[")[0]: r for r in reversed(messages) if r.ours}

    assert [r.where for r in first.values() if r.message.lang != r.lang] == []
    theirs = [r for r in messages if not r.ours and r.gold["kind"] == "human"]
    assert share([r.message.lang == r.lang for r in theirs]) >= 0.95  # a few answer in the other language
    assert {r.message.lang for r in theirs} <= {"fr", "en"}
