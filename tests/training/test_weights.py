"""The weights in the package: up to date, made in a way that can be repeated, and scored in whole numbers as they were fitted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nurture.stages.model import load
from nurture.stages.model.weights import ZERO, Sum, pack, unpack
from nurture.training.bank import SIGNALS, Phrase, files, phrases
from nurture.training.fit import Fitted, bag_of, digest_of, fitted, packed

LANGUAGES = ("en", "fr")
PLAIN: dict[str, Any] = {"centres": [0.0] * len(SIGNALS), "made": {}}


@pytest.fixture(scope="module")
def small() -> tuple[list[Phrase], Fitted]:
    """A model of a few hundred wordings."""
    some = phrases(files("fr")[:1])[::7]
    return some, fitted([bag_of(p, "fr") for p in some], [p.signals for p in some], kept=4_000)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shipped_weights_are_those_of_the_bank(lang: str) -> None:
    """Another bank, lexicon or way of fitting needs `make train`."""
    model = load(lang)

    assert model is not None
    assert model.made["bank"] == digest_of(lang, files(lang)), "run `make train`"
    assert model.signals == SIGNALS


def test_fitting_twice_gives_the_same_bytes(small: tuple[list[Phrase], Fitted]) -> None:
    """Nothing is drawn by chance."""
    some, first = small
    again = fitted([bag_of(p, "fr") for p in some], [p.signals for p in some], kept=4_000)

    assert packed(first, **PLAIN) == packed(again, **PLAIN)


def test_whole_numbers_score_as_the_fitted_ones(small: tuple[list[Phrase], Fitted]) -> None:
    """Bytes and coarse frequencies move a logit by little, and the order of signals not at all where it is clear."""
    some, model = small
    coarse = unpack(packed(model, **PLAIN))
    bags = [bag_of(p, "fr") for p in some[:100]]

    exact = model.logits(bags)
    rough = np.array([coarse.scores(coarse.add(bag.elements())) for bag in bags])

    assert np.abs(exact - rough).max() < 0.25


def test_grams_add_up() -> None:
    """Two sentences together are the grams of both: sums are sums, up to the longest that is read."""
    model = load("fr")
    assert model is not None
    one, other = ["w:merci", "w:devis"], ["w:budget"]

    assert model.add([*one, *other]) == model.add(one) + model.add(other)
    assert len(model.scores(model.add(["w:merci"] * 100_000) + model.add(["w:devis"] * 100_000))) == len(SIGNALS)
    assert model.add(["no gram of this model"]) == Sum()


def test_a_foreign_file_is_refused() -> None:
    """Another format, or a table of another size, is no model."""
    head = {"signals": ["need"], "biases": [0.0], "scales": [1.0], "centres": [0.0], "made": {}}
    good = pack(head, ["w:a"], bytes([ZERO, 1]))

    assert unpack(good).signals == ("need",)
    with pytest.raises(ValueError, match="format"):
        unpack(good + b"x")
    with pytest.raises(ValueError, match="table"):
        pack(head, ["w:a"], b"")
