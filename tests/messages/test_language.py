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


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("On en discute lundi", "fr"), ("Je te rappelle", "fr"), ("Facture annulée", "fr"), ("Accepted.", "en"), ("Try somebody else next year", "en"), ("Wrong invoice", "en"),
        ("Nein, danke", "de"), ("Zu teuer", "de"), ("No estoy interesada", "es"), ("Non mi interessa", "it"), ("Geen interesse", "nl"), ("Sem interesse", "pt"),
        ("ok", None), ("Super !", None), ("Hello", None), ("Stop", None), ("The Old Mill", None), ("dziękuję, to jest super", None), ("Local de 240 m², pas plus, merci", "fr"),
    ],
)  # fmt: skip
def test_what_alone_tells(text: str, lang: str | None) -> None:
    """Neutral words, names, and letters of other languages tell nothing."""
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "prior", "lang"),
    [
        ("Thanks so much, best wishes !", "fr", "fr"), ("Many thanks and kind regards", "fr", "fr"), ("Have a lovely weekend!", "fr", "fr"), ("Merci beaucoup, très belle journée", "en", "en"),
        ("On affiche « We care for all that you love about your home ». Ça ira ?", "fr", "fr"), ("Le site dit : You are not allowed to see this page. Vous savez pourquoi ?", "fr", "fr"),
        ("WARNING: This message comes from outside of the company. Do not open any of the links.\n\nOk merci", "fr", "fr"), ("Lucy Hill\nHead of People for the North\nThe Big House", "fr", "fr"),
        ("Please write to me in English.", "fr", "en"), ("En français svp", "en", "fr"), ("Bitte auf Deutsch", "fr", "de"), ("Not interested, sorry.", "fr", "en"), ("Stop contacting us", "fr", "en"),
        ("C'est trop cher pour nous", "en", "fr"), ("Rappelez en octobre", "en", "fr"), ("Kein Interesse", "fr", "de"), ("No nos interesa", "fr", "es"), ("Wat kost dat?", "fr", "nl"),
    ],
)  # fmt: skip
def test_what_changes_the_language_of_a_thread(text: str, prior: str, lang: str) -> None:
    """Courtesies, quoted titles, banners and names do not; a wish or two words of another language and nothing else do."""
    assert detect_language(text, prior) == lang
