"""Mails as real clients and servers make them (tests/data/oddities): each is read as its .toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nurture.messages import Kind, Message, parse

ODDITIES = Path(__file__).parents[1] / "data" / "oddities"
NAMES = sorted(path.stem for path in ODDITIES.glob("*.eml"))


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((ODDITIES / f"{name}.toml").read_text(encoding="utf-8"))


def told(message: Message, fact: str) -> Any:
    """One fact of a message, as the .toml files write it."""
    notice = message.notice
    match fact:
        case "kind":
            return message.kind.value
        case "new_text":
            return " ".join(message.new_text.split())
        case "lang":
            return message.lang
        case "resume_on":
            return notice.resume_on.isoformat() if notice.resume_on else ""
        case "starts":
            return notice.starts.isoformat() if notice.starts else ""
        case "successor":
            return f"{notice.successor.name} <{notice.successor.addr}>".strip() if notice.successor else ""
        case "failed":
            return list(notice.failed)
    return getattr(notice, fact)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_read_as_stated(name: str) -> None:
    """Kind, new words, language, and what a notice states."""
    message = parse((ODDITIES / f"{name}.eml").read_bytes())
    wanted = expected(name)

    assert {fact: told(message, fact) for fact in wanted} == {
        fact: " ".join(value.split()) if fact == "new_text" else value for fact, value in wanted.items()
    }
    assert message.kind is not Kind.HUMAN or not message.unsure


def test_there_are_many() -> None:
    """The folder is found, and every mail has its expectation."""
    assert len(NAMES) >= 70
    assert sorted(path.stem for path in ODDITIES.glob("*.toml")) == NAMES
