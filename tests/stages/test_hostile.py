"""Anything may come by mail: reading never raises, and takes time in proportion to what is read."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.builders import said, wrote

SIZE = 100_000
LIMIT = 0.25  # seconds; 0.05 here, and other machines are slower
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


@pytest.mark.timed
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("lang", ["fr", "en", None])
def test_a_hundred_kilobytes_take_no_time(name: str, lang: str | None) -> None:
    """Whatever the text is made of, both ways of reading it are quick."""
    said("Bonjour", lang=lang)  # the lexicons are compiled
    started = time.process_time()
    said(TEXTS[name], lang=lang)
    wrote(TEXTS[name], lang=lang)

    assert time.process_time() - started < 2 * LIMIT


@pytest.mark.timed
def test_a_short_message_is_read_in_a_moment() -> None:
    """A usual mail takes well under a millisecond or two, so 50,000 are read in a minute."""
    mail = "Bonjour Madame,\n\nVotre démarche m'intéresse. Combien ça coûte ?\n\nBien à vous"
    said(mail)
    started = time.process_time()
    for _ in range(50):
        said(mail)

    assert (time.process_time() - started) / 50 < 0.005


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
