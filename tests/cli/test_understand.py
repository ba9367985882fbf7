"""`nurture understand`: the prediction format for programs, a readable page for people."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import nurture, refused

CORPUS = Path(__file__).parents[1] / "data" / "corpus"
KEYS = {"kind", "new_text", "signals", "unsure", "resume_on", "stage", "turn"}


def test_a_line_a_conversation_in_the_prediction_format() -> None:
    """Every conversation, every message in order; each signal with its quote, confidence and rule."""
    gold = [json.loads(line) for line in (CORPUS / "en.dev.jsonl").read_text(encoding="utf-8").splitlines()]

    done = nurture("understand", CORPUS / "en.dev.jsonl", "--jsonl")

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in rows] == [g["id"] for g in gold]
    for row, want in zip(rows, gold, strict=True):
        assert {"lang", "register"} < set(row)
        assert len(row["messages"]) == len(want["messages"])
        assert all(set(m) == KEYS for m in row["messages"])
        for found in (f for m in row["messages"] for f in m["signals"]):
            assert set(found) == {"signal", "quote", "confidence", "rule"}
            assert 0 < found["confidence"] <= 1


def test_a_page_for_people(tmp_path: Path) -> None:
    """80 columns; the signal stands below its sentence; what is quoted is marked; no colour when piped."""
    path = tmp_path / "one.jsonl"
    path.write_text((CORPUS / "fr.dev.jsonl").read_text(encoding="utf-8").splitlines()[5], encoding="utf-8")

    done = nurture("understand", path)

    assert done.returncode == 0, done.stderr
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    said = next(n for n, line in enumerate(lines) if line == "    | Je dis pas non pour en causer 20 min.")
    assert "interest" in " ".join(lines[said + 1 : said + 3])
    assert any(line.startswith("    ~ > ") for line in lines)
    assert "stranger > contact > PROSPECT" in done.stdout
    assert any(line.endswith("bastien@tokko-labs.example, called Bastien") for line in lines)


def test_words_of_a_mail_do_no_harm_to_a_terminal(tmp_path: Path) -> None:
    """Escape sequences are shown as nothing."""
    path = tmp_path / "evil.eml"
    path.write_bytes(
        b"From: a@b.example\nDate: 3 Mar 2026 09:00:00 +0100\nSubject: \x1b[31mred\n\nBonjour \x1b]0;title\x07\x1b[2J combien ?\n"
    )

    done = nurture("understand", path)

    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_wrong_paths_are_refused_in_one_sentence(tmp_path: Path) -> None:
    """Exit code 2."""
    assert "no such file" in refused(nurture("understand", tmp_path / "none.eml"), 2)


def test_a_pipe_that_is_closed_early_is_no_fault() -> None:
    """`nurture understand … | head -1`."""
    import subprocess
    import sys

    command = f"{sys.executable} -m nurture understand {CORPUS / 'fr.dev.jsonl'} --jsonl | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)

    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
