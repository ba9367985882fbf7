"""tu or vous."""

from __future__ import annotations

import pytest

from tests.stages.builders import said, wrote


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Bonjour Madame,\nVotre message m'intéresse.", "vous"),
        ("Relancez-moi en mars.", "vous"),
        ("Pourriez-vous m'envoyer un devis ?", "vous"),
        ("Veuillez agréer, Madame, mes salutations distinguées.", "vous"),
        ("Salut,\ntu peux m'envoyer ton devis ?", "tu"),
        ("Relance-moi en mars.", "tu"),
        ("T'as un exemple ?", "tu"),
        ("Salut, ça roule.", "tu"),
        ("Merci, bonne journée.", None),
        ("Le ton est bon.", None),
        ("Tu vois, vous autres êtes tous les mêmes.", "tu"),
        ("Je te remercie. Pourriez-vous m'envoyer votre devis ?", None),
        ("Salut, tu peux passer quand tu veux, dis-moi, et vous êtes combien chez toi ?", "tu"),
    ],
)
def test_the_register_of_a_french_mail(text: str, register: str | None) -> None:
    """Pronouns, possessives, imperatives and formulas tell it; both without a clear majority tell nothing."""
    assert said(text).register == register


def test_our_own_register_is_read_too() -> None:
    """The owner's way with a person counts as well."""
    assert wrote("Je te montre un film quand tu veux.").register == "tu"


def test_english_has_none() -> None:
    """There is nothing to tell in English."""
    assert said("Could you send me your brochure?", lang="en").register is None
