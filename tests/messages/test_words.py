"""Folded text, sentences, harmless lines, hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages import fold, fold_same, one_line, sentence_hashes, sentences
from nurture.messages.words import plain_words, unwrapped

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève, où ça ?", "eleve, ou ca ?"), ("L’œuvre «à part»", "l'oeuvre \"a part\""), ("Straße", "strasse"), ("a\u00a0b\u202fc", "a b c"),
        ("mi–janvier…", "mi-janvier..."), ("Łódź", "lodz"), ("ﬁn", "fin"), ("e\u0301", "e"), ("x\ud800y", "xy"), ("`ok´", "'ok'"), ("№ 5™", "no 5tm"),
    ],
)  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    """Lower case, no accents, plain quotes, dashes and spaces."""
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_once_is_enough(text: str) -> None:
    """Folded text stays as it is, keeps its line breaks, and can be encoded."""
    folded = fold(text)

    assert fold(folded) == folded
    assert folded.count("\n") == text.count("\n")
    assert folded.encode() is not None


@given(st.text(max_size=100))
def test_folding_in_place_keeps_the_length(text: str) -> None:
    """Places in the folded text are places in the text."""
    assert len(fold_same(text)) == len(text) or (text.isascii() is False and len(text.lower()) != len(text))


def test_folding_in_place_finds_the_place() -> None:
    """An accent before a word does not move it."""
    assert fold_same("Été à Évry").index("evry") == "Été à Évry".index("Évry")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui. Non ! Peut-être ?", ("Oui.", "Non !", "Peut-être ?")), ("une ligne\nune autre", ("une ligne", "une autre")),
        ("« Bien. » dit-il. Fin", ("« Bien. »", "dit-il.", "Fin")), ("\n\n", ()), ("2.5 kg", ("2.5 kg",)),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: tuple[str, ...]) -> None:
    """A full stop followed by space ends one, and so does a line."""
    assert [s.strip("» ") for s in sentences(text)] == [s.strip("» ") for s in expected]


def test_wrapped_lines_are_joined() -> None:
    """A line of wrapping length goes on below; a short one, a list and a blank line end it."""
    long = "Nous cherchons quelqu'un qui sache filmer un chantier en hiver dans le"

    assert unwrapped(f"{long}\nfroid.\nMerci\nPaul") == f"{long} froid.\nMerci\nPaul"
    assert unwrapped(f"{long}\n- froid") == f"{long}\n- froid"
    assert unwrapped(f"{long}\n\nfroid") == f"{long}\n\nfroid"


@given(ANY_TEXT)
def test_one_line_is_harmless(text: str) -> None:
    """No control, bidi or zero-width character, no lone surrogate, no more than the limit."""
    line = one_line(text, 50)

    assert len(line) <= 50
    assert line.encode() is not None
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\u200b\u2028\ufeff" for c in line)


def test_one_line_says_that_it_was_cut() -> None:
    """An ellipsis stands for what is missing."""
    assert one_line("mot " * 100, 20) == "mot mot mot mot mot…"


def test_sentence_hashes_are_keyed_and_need_four_words() -> None:
    """The same sentence in another dress has the same hash, under the same key only; short ones have none."""
    one = sentence_hashes("Je reviens vers vous mardi. Merci !", b"k")

    assert one == sentence_hashes("je reviens,  vers vous MARDI.", b"k")
    assert len(one) == 1
    assert one.isdisjoint(sentence_hashes("Je reviens vers vous mardi.", b"other"))


def test_plain_words() -> None:
    """Folded, without punctuation."""
    assert plain_words("L'été, déjà !") == ["l", "ete", "deja"]
