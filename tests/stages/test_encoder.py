"""The encoder: words in pieces as its model learnt them, every sentence of a letter in its place, and no letter too long for it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.stages import Signal
from nurture.stages.encoder import Pieces, encoder, load, pieces
from nurture.stages.encoder.encoder import LAST, MOST, chosen
from nurture.stages.encoder.pieces import UNKNOWN
from nurture.training.bank import SIGNALS

CUT = (
    Path(__file__).parent / "data" / "pieces.jsonl"
)  # made by the reference implementation of the model's tokenizer, at full vocabulary
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
    shipped = load().pieces

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
    shipped = load().pieces
    found = shipped.of(text)

    assert all(0 < number < len(shipped.scores) for number in found)
    if UNKNOWN not in found and all(len(word) < pieces.LONGEST for word in text.split()):
        assert "".join(names(found, shipped)) == "".join(pieces.words(text))


@given(st.lists(st.integers(0, encoder.SENTENCE), max_size=300))
def test_of_a_long_letter_the_beginning_and_the_end_are_read(lengths: list[int]) -> None:
    """In order, never more than there is room for; all of a letter that fits."""
    read = chosen(lengths)

    assert read == sorted(set(read))
    assert sum(lengths[at] for at in read) <= MOST
    assert all(lengths[at] for at in read)
    if sum(lengths) <= MOST:
        assert len(read) == sum(1 for length in lengths if length)
    elif 0 < lengths[-1] <= LAST:
        assert len(lengths) - 1 in read


def test_every_sentence_has_its_logits() -> None:
    """One for each signal, in the bank's order; nothing for a sentence without a piece, or beyond what is read."""
    short = load().logits(["Bonjour,", "", "Quel est votre tarif ?"])
    long = load().logits(["Voici une phrase de plus qui ne dit rien de particulier."] * 200)

    assert load().signals == SIGNALS
    assert short[1] is None
    assert [len(logits or ()) for logits in (short[0], short[2])] == [len(SIGNALS)] * 2
    assert long[0] is not None
    assert long[100] is None
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
    assert SIGNALS[max(range(len(SIGNALS)), key=logits.__getitem__)] == signal.value


def test_what_we_asked_changes_what_a_word_means() -> None:
    """The letter is read after our question, not by itself."""
    (alone,), (asked,) = (
        load().logits(["Mardi à dix heures."]),
        load().logits(["Mardi à dix heures."], "Quand pouvons-nous nous parler ?"),
    )

    assert alone is not None
    assert asked is not None
    assert asked[SIGNALS.index("meeting")] > alone[SIGNALS.index("meeting")]


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
