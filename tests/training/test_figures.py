"""The figures count what the format's scorer counts, and the table shows them."""

from __future__ import annotations

import json
from pathlib import Path

from nurture.training.evaluate import columns, sets_of, table, together
from nurture.training.figures import figures
from nurture.training.labelled import conversations, labelled

CORPUS = Path(__file__).parents[1] / "data" / "corpus"


def a_conversation(folder: Path, **answer: object) -> Path:
    """A letter of ours, and an answer with these labels."""
    nothing: dict[str, object] = {"signals": [], "resume_on": None, "kind": "human"}
    owner = {"name": "Camille Roy", "address": "camille@atelier.example", "trade": "ateliers"}
    first = {"from": "Camille Roy <camille@atelier.example>", "to": ["Anna <anna@client.example>"], "date": "2026-03-02T09:00:00+01:00",
             "subject": "Vos ateliers", "text": "Bonjour,\n\nJ'anime des ateliers. Cela vous intéresse ?\n\nCamille", "headers": {},
             "gold": nothing | {"new_text": "", "stage": "stranger", "turn": "theirs"}}  # fmt: skip
    text = "Bonjour,\n\nQuels sont vos tarifs ?\n\nAnna"
    reply = {"from": "Anna <anna@client.example>", "to": ["camille@atelier.example"], "date": "2026-03-03T09:00:00+01:00",
             "subject": "Re: Vos ateliers", "text": text, "headers": {},
             "gold": nothing | {"new_text": "Bonjour,\n\nQuels sont vos tarifs ?", "signals": ["price_question"], "stage": "prospect", "turn": "ours"} | answer}  # fmt: skip
    path = folder / "fr.one.jsonl"
    line = {"id": "fr-x-01-o", "lang": "fr", "register": "vous", "owner": owner, "messages": [first, reply]}
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return path


def test_what_is_right_counts_as_right(tmp_path: Path) -> None:
    """Signals, stage, turn, kind and language of a plain question."""
    found = figures(labelled([a_conversation(tmp_path)]))

    assert found.wrong == []
    assert (found.rate("stage"), found.rate("turn"), found.rate("kind"), found.f1("price_question")) == (1, 1, 1, 1)
    assert found.rate("resume_on") is None  # no day was to be found
    assert found.macro_f1 == 1


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    """A missed and a false signal count against both, and every difference is named with its place."""
    found = figures(labelled([a_conversation(tmp_path, signals=["need"], turn="nobody")]))

    assert (found.f1("need"), found.f1("price_question"), found.rate("turn")) == (0, 0, 0.5)
    assert (found.recall("need"), found.precision("price_question")) == (0, 0)
    assert all(line.startswith("fr-x-01-o[1]") for line in found.wrong)


def test_the_table_has_a_column_for_each_kind(tmp_path: Path) -> None:
    """Ordinary and hard conversations stand apart."""
    sets = sets_of([a_conversation(tmp_path)])
    shown = table(columns(sets))

    assert "fr.one ordinary" in shown
    assert "hard" not in shown
    assert "| price_question | 1.00 |" in shown
    assert [c.name for c in together(sets) if c.figures.total["stage"]] == ["all", "all fr", "ordinary"]


def test_nothing_is_learnt_from_what_is_measured() -> None:
    """No sentence of a labelled conversation stands in the bank, but for formulas that everybody writes (one line in 500)."""
    from nurture.training.bank import files, phrases
    from nurture.training.check import plain

    for lang in ("fr", "en"):
        bank = {plain(p.text) for p in phrases(files(lang))}
        paths = [*CORPUS.glob(f"{lang}.*.jsonl"), *(CORPUS / "trial").glob(f"{lang}.*.jsonl")]
        lines = [
            plain(line)
            for conversation in conversations(paths)
            for mail in conversation["messages"]
            for line in mail["gold"]["new_text"].replace(". ", ".\n").split("\n")
        ]

        shared = [line for line in lines if len(line.split()) >= 8 and line in bank]
        assert len(shared) <= len(lines) // 500, shared
