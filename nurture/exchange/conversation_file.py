"""Files of conversations: JSON Lines in the format of docs/labels.md. Labels in them are never looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nurture.conversations import owner_of
from nurture.exchange.retold import Exchange, Mail
from nurture.exchange.text_file import BadFile
from nurture.messages import headers_of


def exchanges_of(path: Path) -> Iterator[Exchange]:
    """Every conversation of a file. Raises BadFile with the line."""
    with path.open(encoding="utf-8", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _exchange(path, number, line)


def _exchange(path: Path, number: int, line: str) -> Exchange:
    try:
        data = json.loads(line)
        owner = data["owner"]
        mails = tuple(_mail(mail) for mail in data["messages"])
        return Exchange(name=str(data["id"]), owner=owner_of([str(owner["address"])], str(owner.get("name", ""))), mails=mails)
    except json.JSONDecodeError as error:
        raise BadFile(path, f"no JSON ({error.msg} at column {error.colno})", number) from None
    except KeyError as error:
        raise BadFile(path, f"the key {error} is missing; docs/labels.md shows the format", number) from None
    except (TypeError, AttributeError, ValueError, RecursionError):
        raise BadFile(path, "not a conversation in the format of docs/labels.md", number) from None


def _mail(mail: dict[str, Any]) -> Mail:
    headers = headers_of(
        sender=mail["from"], to=mail.get("to", ()), date=mail.get("date", ""), subject=mail.get("subject", ""), headers=mail.get("headers")
    )  # fmt: skip
    return Mail(headers=headers, text=_clean(mail["text"]))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
