"""How well lint reads the sentences written for it, in both halves, and that docs/lint.md says so."""

from __future__ import annotations

import pytest

from tests.drafts.measure import PAGE, Sentence, measured, rules_of, score, with_figures

LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def read() -> dict[str, list[Sentence]]:
    """Every sentence of both languages, read once."""
    return {lang: measured(lang) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_set_is_large_and_half_of_it_is_innocent(lang: str, read: dict[str, list[Sentence]]) -> None:
    """At least 200 sentences, each once."""
    texts = [(s.text, s.expected) for s in read[lang]]
    innocent = sum(not s.expected for s in read[lang])

    assert len(texts) >= 200
    assert len({text for text, _ in texts}) >= len(texts) - 4
    assert 0.4 <= innocent / len(texts) <= 0.6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_is_measured_and_seldom_wrong(lang: str, read: dict[str, list[Sentence]]) -> None:
    """Precision first: what is refused is rightly refused; the half held back is as strict about that."""
    halves = [[s for s in read[lang] if s.held_back is held] for held in (False, True)]

    assert len(rules_of(read[lang])) == 12
    for rule in rules_of(read[lang]):
        seen, unseen = (score(half, rule) for half in halves)
        assert (seen.precision >= 0.95, seen.recall >= 0.9) == (True, True), (rule, seen)
        assert (unseen.precision >= 0.8, unseen.recall >= 0.6) == (True, True), (rule, unseen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_innocent_sentences_are_left_alone(lang: str, read: dict[str, list[Sentence]]) -> None:
    """In both halves, nearly always: a false error silences a good draft."""
    innocent = [s for s in read[lang] if not s.expected]

    assert sum(not s.found for s in innocent) / len(innocent) >= 0.98


def test_the_page_shows_these_figures() -> None:
    """docs/lint.md is what `make docs` writes."""
    page = PAGE.read_text(encoding="utf-8")

    assert with_figures(page) == page
