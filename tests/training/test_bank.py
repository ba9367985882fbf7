"""The phrase bank: what it holds is well formed, and the check finds what is wrong with it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from nurture.training.bank import SIGNALS, BadBank, Phrase, files, phrases, replies
from nurture.training.check import contradictions, main, near_doubles, wrong_labels

LANGUAGES = ("en", "fr")


def a_bank(folder: Path, *rows: object) -> Path:
    """A file of these lines."""
    path = folder / "fr.test.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def said(text: str, *signals: str, where: str = "fr.x:1") -> Phrase:
    return Phrase(text=text, signals=frozenset(signals), where=where)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bank_has_no_fault(lang: str) -> None:
    """Every line can be learnt from; no label breaks the law or contradicts another."""
    found = phrases(files(lang))

    assert [*wrong_labels(found), *contradictions(found)] == []
    assert all(sum(signal in p.signals for p in found) >= 200 for signal in SIGNALS)


def test_a_snippet_and_a_reply() -> None:
    """A snippet stands alone; the sentences of a reply know their neighbours, and what was asked."""
    lines = [p for p in phrases(files("fr")) if p.reply >= 0]
    whole = replies(lines)

    assert all(first.before == "" and last.after == "" for first, *_, last in (r for r in whole if len(r) > 1))
    assert all(a.after == b.text and b.before == a.text for r in whole for a, b in pairwise(r))


@pytest.mark.parametrize("row", [{"text": "Bonjour"}, {"text": "Oui", "signals": ["yes"]}, {"sentences": [{"text": "Oui"}]}])
def test_a_bad_line_is_named(tmp_path: Path, row: object) -> None:
    """The file and the number of the line are told."""
    path = a_bank(tmp_path, {"text": "Oui", "signals": []}, row)

    with pytest.raises(BadBank, match=r"fr\.test:2"):
        phrases([path])


def test_the_same_words_under_two_labels_are_a_contradiction() -> None:
    """Case, accents and figures make no other words; another question does."""
    one, other = (
        said("Nous avons déjà 3 agences pour tout cela.", "objection_incumbent"),
        said("nous avons deja 4 agences pour tout cela", "need"),
    )
    asked = Phrase(text=one.text, signals=frozenset({"need"}), asked="Que vous manque-t-il ?", where="fr.x:3")

    assert len(list(contradictions([one, other, asked]))) == 1


def test_nearly_the_same_words_are_listed() -> None:
    """What shares most of its runs of words with another one is for a reader to look at."""
    first = said("Nous cherchons quelqu'un qui puisse reprendre notre site avant l'été prochain.", "need", where="fr.x:1")
    near = said("Nous cherchons quelqu'un qui puisse reprendre notre site avant la rentrée.", "need", where="fr.x:2")
    far = said("Le site date de mon prédécesseur et personne ne sait plus l'ouvrir.", "need", where="fr.x:3")

    assert [line.split(":")[1] for line in near_doubles([first, near, far])] == ["2"]


def test_the_command_fails_on_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thanks beside another signal breaks the law: told, and exit code 1."""
    path = a_bank(tmp_path, {"text": "Merci, envoyez un devis.", "signals": ["thanks", "proposal_request"]})

    assert main([str(path)]) == 1
    assert "thanks stands alone" in capsys.readouterr().out
