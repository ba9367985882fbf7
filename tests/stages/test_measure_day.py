"""The day that a sentence about success names: the last one behind the day on which it was said."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.stages import measure_day

SAID = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("lang", "sentence", "day"),
    [
        ("fr", "Si d'ici fin juin on passe de 40 à 20 appels par semaine, c'est gagné.", "2026-06-30"),
        ("fr", "On jugera en septembre, sur le nombre de demandes.", "2026-09-30"),
        ("fr", "Si au bout de trois mois on a vingt demandes par mois, c'est bon.", "2026-06-11"),
        ("fr", "Le 15/09 on compte les dossiers.", "2026-09-15"),
        ("fr", "Avant Noël, trente inscriptions.", "2026-12-25"),
        ("fr", "Moitié moins de retours au 1er octobre, et zéro au 15 décembre.", "2026-12-15"),
        ("fr", "Depuis janvier on a 40 appels par semaine ; à 20 le 30 juin, c'est gagné.", "2026-06-30"),
        ("fr", "Passer de 10 à 20 leads par mois.", None),
        ("fr", "Le lundi on reçoit 40 appels, il en faudrait 20.", None),
        ("fr", "Moins de retours qu'en 2024.", None),
        ("en", "If by the end of June we go from 40 to 20 calls a week, it's a win.", "2026-06-30"),
        ("en", "We'll judge it in September by the number of requests.", "2026-09-30"),
        ("en", "Three months from now, half as many calls.", "2026-06-11"),
        ("en", "Success means 30 sign-ups before Christmas.", "2026-12-25"),
        ("en", "20 calls a day instead of 40 in Q3.", "2026-09-30"),
        ("en", "Twice as many orders as last year by 1 October.", "2026-10-01"),
        ("en", "From 10 to 20 leads a month.", None),
        ("en", "Half as many returns.", None),
        ("de", "Bis Ende Juni halb so viele Anrufe.", None),
    ],
)
def test_the_day_of_a_measure(lang: str, sentence: str, day: str | None) -> None:
    """What counts something other than days names none; a language without data neither."""
    found = measure_day(sentence, SAID, lang)

    assert (found.isoformat() if found else None) == day
