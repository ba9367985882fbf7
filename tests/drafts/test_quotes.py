"""Their words in a text of ours: whole, on one line, without mark-up, with marks that pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.drafts.quotes import quoted

FULL = "\u00a0"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("On veut plus de devis.", "On veut plus de devis"),
        ("C'est possible ?", "C’est possible ?"),
        ("On verra…", "On verra…"),
        ("On verra...", "On verra..."),
        ("Il a dit « non » hier", "Il a dit “non” hier"),
        ("Il a dit « non »", "Il a dit “non”"),
        ("« On veut plus de devis. »", "On veut plus de devis"),
        ('"On veut plus de devis"', "On veut plus de devis"),
        ("« Oui » et « non »", "“Oui” et “non”"),
        ("Le fameux « clic qui tue", "Le fameux clic qui tue"),
        ("clic » tout court", "clic tout court"),
        ('Un "vrai" film', "Un “vrai” film"),
        ('Un "vrai film', "Un vrai film"),
        ("Nos <b>vidéos</b> ne convertissent pas", "Nos vidéos ne convertissent pas"),
        ("Nos vidéos &amp; nos photos&nbsp;: rien", "Nos vidéos & nos photos : rien"),
        ("Moins de 500 appels < 20 par jour", "Moins de 500 appels < 20 par jour"),
        ("Plus de devis\nen juin", "Plus de devis en juin"),
        ("- nos vidéos ne convertissent pas", "nos vidéos ne convertissent pas"),
        ("> 2) plus de devis", "plus de devis"),
        ("Plus de clients , moins d'appels", "Plus de clients, moins d’appels"),
        ("Plus de devis,", "Plus de devis"),
    ],
)
def test_french_quotes(words: str, text: str) -> None:
    """Between guillemets; what they quoted themselves stands between high marks."""
    assert quoted(words, "fr") == f"«{FULL}{text}{FULL}»"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("We want fewer calls.", "We want fewer calls"),
        ('He said "no" to it', "He said ‘no’ to it"),
        ("He said “no”", "He said ‘no’"),
        ("“We want fewer calls.”", "We want fewer calls"),
        ("We don't \"get it", "We don't get it"),
    ],
)
def test_english_quotes(words: str, text: str) -> None:
    """Between high marks; what they quoted themselves stands between single ones."""
    assert quoted(words, "en") == f"“{text}”"


def test_long_words_of_theirs_are_cut_behind_a_word() -> None:
    """With an ellipsis that stays, and no mark left open by the cut."""
    words = "Nous voulons que les « visiteurs " + "du site demandent un devis sans téléphoner " * 8 + "» enfin."
    text = quoted(words, "fr").strip(f"«»{FULL}")

    assert text.endswith("…")
    assert "“" not in text
    assert text.removesuffix("…").split()[-1] in words.split()


@given(st.text(alphabet="ab «»“”\"'.,…?<>&;(\n\t", max_size=400), st.sampled_from(["fr", "en"]))
def test_whatever_they_wrote_the_marks_pair(words: str, lang: str) -> None:
    """Inside ours there is never one of ours, and on one line."""
    text = quoted(words, lang)
    outer, inner = ("«»", "“”") if lang == "fr" else ("“”", "‘’")

    assert (text.count(outer[0]), text.count(outer[1])) == (1, 1)
    assert text.count(inner[0]) == text.count(inner[1])
    assert "\n" not in text
