"""Anything may come by mail: reading never raises, and takes time in proportion to what is read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurture.stages.encoder import load
from tests.slowness import processor
from tests.stages.builders import said, wrote

SIZE = 100_000
TIMES = 4  # as long as a plain letter that fills every sheet the encoder reads
_mixed = random.Random(7)
TEXTS = {
    "one letter": "a" * SIZE,
    "short lines": "a\n" * (SIZE // 2),
    "many requests": "Relancez-moi lundi. " * (SIZE // 20),
    "many dates": "relancez-moi le 15 mars ou le 16 avril " * (SIZE // 39),
    "many halves of patterns": "ne ne ne plus plus retirez de votre si quand " * (SIZE // 45),
    "abbreviations": "M. " * (SIZE // 3),
    "question marks": "? " * (SIZE // 2),
    "digits": "1" * SIZE,
    "combining marks": "e\u0301" * (SIZE // 2),
    "faces": "😀" * (SIZE // 2),
    "full lines": ("x" * 70 + "\n") * (SIZE // 71),
    "anything": "".join(_mixed.choice("abcdeé '\n.?!0123-€😀") for _ in range(SIZE)),
}


@pytest.fixture(scope="module")
def letter_long() -> float:
    """What a letter takes of which the encoder reads all it ever reads: some 0.1 to 0.25 s."""
    plain = "Nous avons bien reçu votre lettre, que nous avons lue avec grand plaisir hier soir.\n" * 80
    return processor(lambda: said(plain))


@pytest.mark.timed
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("lang", ["fr", "en", None])
def test_a_hundred_kilobytes_take_no_time(name: str, lang: str | None, letter_long: float) -> None:
    """Whatever the text is made of, both ways of reading it are quick."""
    said("Bonjour", lang=lang)  # the lexicons are compiled

    assert processor(lambda: (said(TEXTS[name], lang=lang), wrote(TEXTS[name], lang=lang))) < TIMES * letter_long


@pytest.mark.timed
def test_a_short_message_is_read_in_a_moment() -> None:
    """Of a usual mail the encoder takes most: the rest together no longer than it does."""
    mail = ["Bonjour Madame,", "Votre démarche m'intéresse.", "Combien ça coûte ?", "Bien à vous"]
    heard = processor(lambda: [load().logits(mail) for _ in range(30)])

    assert processor(lambda: [said("\n\n".join(mail)) for _ in range(30)]) < 2 * heard


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=2_000), st.sampled_from(["fr", "en", "de", None]))
def test_any_text_gives_a_reading(text: str, lang: str | None) -> None:
    """Findings and quotes are always well formed."""
    theirs, ours = said(text, lang=lang), wrote(text, lang=lang)

    for finding in (*theirs.findings, *theirs.unsure, *ours.findings):
        assert 0 < finding.confidence <= 1
        assert 0 < len(finding.quote) <= 200
        assert "\n" not in finding.quote
    assert ours.awaits is not None
    assert len(ours.awaits_quote) <= 200
