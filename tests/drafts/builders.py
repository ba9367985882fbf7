"""Drafts by hand: a folder of templates, a capsule, a page to lint, a draft to compose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nurture.config import AccountConfig, Config, MailboxUrl, OwnerConfig
from nurture.drafts import Capsule, Draft, Identity, Page, Reader, Setting, TemplateMeta, Text
from nurture.followups import Sequences
from nurture.messages import Address
from nurture.shipped import shipped
from nurture.stages import Stage, Turn, Verdict

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 11, 8, 0, tzinfo=PARIS)
OWNER = "camille@atelier.example"
ANNA = "anna@client.example"
KEY = b"k" * 32
SHIPPED = shipped("templates")
META = TemplateMeta(asks="opinion", gives="memory")
MAIL = '{% block greeting %}Bonjour{{ " " ~ person.first_name if person.first_name }},{% endblock %}{{ part }}{% block body %}{% endblock %}{{ part }}À bientôt,\n{{ owner.signature }}\n'


def a_capsule(**changes: Any) -> Capsule:
    """Somebody of whom little is known."""
    facts: dict[str, Any] = {
        "lang": "fr",
        "register": "vous",
        "owner_name": "Camille Laurent",
        "owner_signature": "Camille Laurent",
    }
    return Capsule(**(facts | changes))


def a_text(said: str, meta: TemplateMeta = META, greeting: str = "Bonjour,") -> Text:
    """A rendered text around a body."""
    return Text(
        body=f"{greeting}\n\n{said}\n\nÀ bientôt,\nCamille Laurent",
        said=said,
        greeting=greeting,
        template="t",
        variant="a",
        digest="d",
        meta=meta,
    )


def a_page(said: str, *, stage: Stage = Stage.PROSPECT, revealed: bool = True, text: Text | None = None, **changes: Any) -> Page:
    """A text for somebody at a stage; `changes` go to the capsule (`had`: its hashes of what was said before)."""
    changes = {"said" if name == "had" else name: value for name, value in changes.items()}
    verdict = Verdict(stage=stage, turn=Turn.OURS, rule="test", revealed=revealed)
    reader = Reader(capsule=a_capsule(**changes), verdict=verdict, to=ANNA, own=frozenset({OWNER}), key=KEY)
    return Page(text=text or a_text(said), reader=reader)


def a_draft(**changes: Any) -> Draft:
    """A draft that answers a mail of Anna's."""
    facts: dict[str, Any] = {
        "identity": Identity(message_id="<d1@atelier.example>", token="<t1@atelier.example>"),
        "sender": Address(addr=OWNER, name="Camille Laurent"), "to": (Address(addr=ANNA, name="Anna Roux"),), "subject": "Re: Vos clients",
        "text": a_text("Merci pour vos mots."), "date": NOW, "in_reply_to": "<2@client.example>", "references": ("<1@atelier.example>", "<2@client.example>"),
    }  # fmt: skip
    return Draft(**(facts | changes))


def a_folder(folder: Path, **templates: str) -> Path:
    """A folder of French templates: name -> source; `_` in a name stands for "-", "." for itself is given by the last `__`."""
    (folder / "fr").mkdir(parents=True, exist_ok=True)
    (folder / "fr" / "_mail.txt.j2").write_text(MAIL, encoding="utf-8")
    for name, source in templates.items():
        stem, _, variant = name.partition("__")
        (folder / "fr" / f"{stem.replace('_', '-')}.{variant or 'a'}.txt.j2").write_text(source, encoding="utf-8")
    return folder


def a_template(body: str, fields: str = 'asks = "opinion", gives = "slot"') -> str:
    """The source of one template."""
    return f'{{# {fields} #}}\n{{% extends "fr/_mail.txt.j2" %}}\n{{% block body %}}\n{body}\n{{% endblock %}}\n'


def a_config(**changes: Any) -> Config:
    """Camille's configuration."""
    owner = OwnerConfig(name="Camille Laurent", addresses=(OWNER,), gender="f", signature="Camille Laurent")
    account = AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/nowhere"))
    return replace(Config(owner=owner, accounts=(account,)), **changes)


def a_setting(**changes: Any) -> Setting:
    """One run's setting."""
    return Setting(config=a_config(**changes), sequences=Sequences.shipped(), now=NOW, tz=PARIS)
