"""The language of short mail, with and without the thread."""

from __future__ import annotations

import pytest

from nurture.messages import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci !", "fr"), ("Pas intéressé", "fr"), ("ok pour mardi", "fr"), ("C combien ?", "fr"), ("tarif svp", "fr"), ("j'suis pas dispo", "fr"), ("ça marche", "fr"), ("lundi 8h", "fr"),
        ("Sounds good", "en"), ("No thanks", "en"), ("how much", "en"), ("call me tmrw", "en"), ("I'm in", "en"), ("don't bother", "en"), ("fridays off sorry. same time mon?", "en"),
        ("Nein danke, kein Interesse", "de"), ("Sehr geehrter Herr Müller, vielen Dank", "de"), ("No, gracias", "es"), ("¿Cuánto cuesta?", "es"), ("Grazie, non ci interessa", "it"), ("Perfetto, a domani", "it"),
        ("Bedankt, maar nee", "nl"), ("Ik heb geen tijd", "nl"), ("Obrigado, não temos interesse", "pt"), ("Quanto custa? Obrigada", "pt"),
        ("", None), ("👍", None), ("https://www.example.com/the/price", None), ("12/03", None), ("paul@bois.example", None),
    ],
)  # fmt: skip
def test_one_short_line(text: str, lang: str | None) -> None:
    """Words, endings and letters; nothing where they do not tell."""
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "prior", "lang"),
    [("ok", "fr", "fr"), ("Merci !", "en", "en"), ("Stop", "fr", "fr"), ("👍", "en", "en"), ("", "de", "de")],
)
def test_the_thread_decides_where_words_are_few(text: str, prior: str, lang: str) -> None:
    """An Englishwoman says « merci »."""
    assert detect_language(text, prior) == lang


def test_clear_words_decide_against_the_thread() -> None:
    """Who answers a French letter in English has changed the language."""
    assert detect_language("Thank you for writing, I read French but I answer faster in English.", "fr") == "en"
    assert detect_language("Je vous réponds en français si ça ne vous dérange pas.", "en") == "fr"
    assert detect_language("Je vous réponds en français si ça ne vous dérange pas.", "sv") == "fr"
