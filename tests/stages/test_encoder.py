"""The encoder: words in pieces as its model learnt them, every sentence of a letter in its place, and no letter too long for it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.stages import Signal
from nurture.stages.encoder import Pieces, encoder, load, pieces
from nurture.stages.encoder.encoder import MODEL, SHEET, SHEETS, VOCABULARY, Damaged, parted
from nurture.stages.encoder.pieces import UNKNOWN
from nurture.training.encoder.lessons import TAUGHT
from tests.stages.builders import said

CUT = Path(__file__).parent / "data" / "pieces.jsonl"
FEW = Pieces({"▁a": 4, "▁": 5, "a": 6, "b": 7, "ab": 8, "▁ab": 9}, [0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -1.5, -3.0, -2.5, -6.0])


def names(numbers: list[int], of: Pieces) -> list[str]:
    """Pieces by their numbers."""
    known = {number: piece for piece, number in of.numbers.items()}
    return [known.get(number, "?") for number in numbers]


@pytest.mark.parametrize(
    "row", [json.loads(line) for line in CUT.read_text(encoding="utf-8").splitlines()], ids=lambda row: row["text"][:20]
)
def test_words_are_cut_as_the_model_learnt_them(row: dict[str, Any]) -> None:
    """Accents, capitals, ligatures, figures, spaces that do not break, and what a keyboard makes of French."""
    shipped = load().vocabulary

    assert names(shipped.of(row["text"]), shipped) == row["pieces"]


def test_the_likeliest_pieces_win_not_the_longest() -> None:
    """Scores add up: two likely pieces are better than one that is rare."""
    assert names(FEW.of("ab"), FEW) == ["▁a", "b"]
    assert names(FEW.of("aab a"), FEW) == ["▁a", "ab", "▁a"]


def test_what_no_piece_covers_is_one_unknown_piece() -> None:
    """However many characters of it stand in a row."""
    assert FEW.of("a漢字b") == [4, UNKNOWN, 7]
    assert FEW.of("") == FEW.of(" \n\u200b") == []


@given(st.text(max_size=200))
def test_pieces_lose_no_letter(text: str) -> None:
    """Put together again, they are the words, wherever all of them are known."""
    shipped = load().vocabulary
    found = shipped.of(text)

    assert all(0 < number < len(shipped.scores) for number in found)
    if UNKNOWN not in found and all(len(word) < pieces.LONGEST for word in text.split()):
        assert "".join(names(found, shipped)) == "".join(pieces.words(text))


@given(st.lists(st.integers(0, SHEET), max_size=300))
def test_a_letter_is_read_sheet_by_sheet(lengths: list[int]) -> None:
    """Every sentence that has a piece, in order, on sheets that it fits on; of a very long letter the beginning and the end."""
    sheets = parted(lengths)
    read = [at for sheet in sheets for at in sheet]
    there = [at for at, length in enumerate(lengths) if length]

    assert all(0 < sum(lengths[at] for at in sheet) <= SHEET for sheet in sheets)
    assert len(sheets) <= SHEETS
    if len(sheets) < SHEETS:
        assert read == there
    else:
        assert read == sorted(set(read))
        assert read[-1] == there[-1]


def test_every_sentence_has_its_logits() -> None:
    """One for each signal, in the bank's order; nothing for a sentence without a piece, or beyond what is read."""
    short = load().logits(["Bonjour,", "", "Quel est votre tarif ?"])
    long = load().logits(["Voici une phrase de plus qui ne dit rien de particulier."] * 300)

    assert load().signals == TAUGHT
    assert short[1] is None
    assert [len(logits or ()) for logits in (short[0], short[2])] == [len(TAUGHT)] * 2
    assert long[0] is not None
    assert long[200] is None
    assert long[-1] is not None


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("Combien me coûterait une journée avec vous ?", Signal.PRICE_QUESTION),
        ("Veuillez ne plus jamais m'envoyer de courrier.", Signal.OPT_OUT),
        ("Écrivez-moi plutôt au printemps.", Signal.DEFERRAL),
        ("What would two days of your time cost us?", Signal.PRICE_QUESTION),
        ("Take my name off whatever list this is.", Signal.OPT_OUT),
        ("Try me again in the spring.", Signal.DEFERRAL),
    ],
)
def test_plain_words_are_plain_to_it(sentence: str, signal: Signal) -> None:
    """What a sentence says stands above everything else that it might say."""
    (logits,) = load().logits([sentence])

    assert logits is not None
    assert TAUGHT[max(range(len(TAUGHT)), key=logits.__getitem__)] == signal.value


def test_what_we_asked_changes_what_a_word_means() -> None:
    """The letter is read after our question, not by itself."""
    (alone,), (asked,) = (
        load().logits(["Mardi à dix heures."]),
        load().logits(["Mardi à dix heures."], "Quand pouvons-nous nous parler ?"),
    )

    assert alone is not None
    assert asked is not None
    assert asked[TAUGHT.index("meeting")] > alone[TAUGHT.index("meeting")]


def test_reading_twice_gives_the_same() -> None:
    """No chance, no state."""
    letter = ["Bonjour,", "Rien ne presse, mais gardez mon adresse.", "Paul"]

    assert load().logits(letter) == load().logits(letter)


@pytest.mark.timed
@pytest.mark.parametrize(
    "text", ["a" * 100_000, "é漢 " * 30_000, "Relancez-moi lundi. " * 5_000], ids=["letters", "strangers", "sentences"]
)
def test_a_hundred_kilobytes_take_no_time(text: str) -> None:
    """Words, sentences and letters are bounded before they are given to it."""
    load().logits(["Bonjour"])
    started = time.process_time()
    load().logits([text[at : at + 800] for at in range(0, 14_000, 800)])

    assert time.process_time() - started < 0.5  # 0.05 here, and other machines are slower


@pytest.mark.parametrize(
    ("filler", "last", "lang", "signal"),
    [
        ("Il fait beau ici, et l'atelier tourne bien. ", "Ne m'écrivez plus, s'il vous plaît.", "fr", Signal.OPT_OUT),
        ("La foire a lieu chaque année au bord du lac. ", "Ce sera non pour nous.", "fr", Signal.DECLINE),
        ("The weather has been kind and the workshop is busy. ", "Please stop writing to me.", "en", Signal.OPT_OUT),
        ("We hold a fair by the lake every year. ", "It's a no from us, I'm afraid.", "en", Signal.DECLINE),
    ],
)
@pytest.mark.parametrize("many", [3, 12, 25, 40])
def test_a_final_word_is_heard_however_long_the_letter(filler: str, last: str, lang: str, signal: Signal, many: int) -> None:
    """At its end; found, or suspected at the least."""
    reading = said(filler * many + last, lang=lang)

    assert signal in {f.signal for f in (*reading.findings, *reading.unsure)}


@pytest.mark.parametrize("text", ["I'm afraid that ship has sailed."])
def test_what_the_documentation_says_of_it_is_so(text: str) -> None:
    """docs/understanding.md names it as a no that no word says."""
    (finding,) = said(text, lang="en").findings
    (logits,) = load().logits([text])

    assert finding.signal is Signal.DECLINE
    assert logits is not None
    assert TAUGHT[max(range(len(TAUGHT)), key=logits.__getitem__)] == Signal.DECLINE.value


def test_what_cannot_be_loaded_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A damaged or half installed package says what to do."""
    half = VOCABULARY.read_text(encoding="utf-8").splitlines(keepends=True)[:1000]
    (tmp_path / "half.tsv").write_text("".join(half), encoding="utf-8")
    (tmp_path / "torn.onnx").write_bytes(MODEL.read_bytes()[:100_000])
    load.cache_clear()
    for name, path in (
        ("VOCABULARY", tmp_path / "half.tsv"),
        ("MODEL", tmp_path / "torn.onnx"),
        ("MODEL", tmp_path / "none.onnx"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(encoder, name, path)
            with pytest.raises(Damaged, match="Install nurture again"):
                load()


def test_it_tells_nobody_that_it_runs(tmp_path: Path) -> None:
    """The library it runs on reports its use from a certain version on: nothing is written for that, nothing is connected."""
    code = (
        "import sys, time\nconnected = []\nsys.addaudithook(lambda event, args: connected.append(event) if event.startswith('socket.') else None)\n"
        "from nurture.stages.encoder import load\nload().logits(['Bonjour'])\nimport onnxruntime, threading\n"
        "time.sleep(1)\nprint(onnxruntime.__version__, connected)"
    )
    env = {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env, timeout=60)
    version, _, connected = done.stdout.strip().partition(" ")

    assert tuple(map(int, version.split(".")[:2])) < (1, 29)
    assert connected == "[]"
    assert list(tmp_path.rglob("*")) == []
