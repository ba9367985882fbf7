"""The first day back: every day of a sentence, and what it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages.absence import first_day_back

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        # the return itself
        ("Je serai de retour le 16 mars.", "2026-03-16"), ("de retour lundi 16 mars 2026", "2026-03-16"), ("De retour le 16/03.", "2026-03-16"), ("Retour prévu le 2026-03-16", "2026-03-16"),
        ("je reprends le 1er avril", "2026-04-01"), ("Nous rouvrons le mardi 17 mars", "2026-03-17"), ("Back on Monday, March 16th.", "2026-03-16"), ("I return on 16 March", "2026-03-16"),
        ("back in the office Monday", "2026-03-09"), ("de retour demain", "2026-03-05"), ("de retour la semaine prochaine", "2026-03-09"), ("back next week", "2026-03-09"),
        ("de retour le 26", "2026-03-26"), ("de retour le 2", "2026-04-02"), ("I'm back on the 16th", "2026-03-16"), ("de retour lundi 16", "2026-03-16"), ("de retour mi-mai", "2026-05-15"),
        ("back in September", "2026-09-01"), ("reachable again from 16 March", "2026-03-16"), ("je relève mes messages à partir du lundi 16 mars", "2026-03-16"),
        ("Ich bin ab Montag, 16. März wieder im Büro.", "2026-03-16"), ("Regreso el 16 de marzo.", "2026-03-16"), ("Rientro il 16 marzo.", "2026-03-16"), ("Terug op 16 maart.", "2026-03-16"),
        ("Regresso a 16 de março.", "2026-03-16"), ("Je ne pourrai pas répondre avant le 16 mars.", "2026-03-16"), ("I won't be able to reply before March 16.", "2026-03-16"),
        # the last day of the absence
        ("Absent jusqu'au 12 mars.", "2026-03-13"), ("Absente jusqu'au vendredi 13 mars inclus.", "2026-03-16"), ("en congés du 9 au 12 mars", "2026-03-13"), ("du 2 mars au 12 mars inclus", "2026-03-13"),
        ("away until 12 March", "2026-03-13"), ("out of office through March 12th", "2026-03-13"), ("from 9 to 12 March I am away", "2026-03-13"), ("between 9 and 12 March", "2026-03-13"),
        ("away until Monday 16 March", "2026-03-16"), ("away up to and including Monday 16 March", "2026-03-17"), ("Vom 9. bis zum 12. März im Urlaub", "2026-03-13"), ("ausente hasta el 12 de marzo", "2026-03-13"),
        ("assente fino al 12 marzo", "2026-03-13"), ("afwezig tot en met 12 maart", "2026-03-13"), ("closed 28 December to 3 January", "2027-01-04"),
        ("I will be out March 9-12 with little access to mail", "2026-03-13"), ("absent jusqu'à fin mars", "2026-04-01"), ("on sabbatical until the end of May", "2026-06-01"), ("bis Ende Mai abwesend", "2026-06-01"),
        # the return counts more than the end
        ("Absent du 9 au 12 mars. De retour le lundi 16 mars.", "2026-03-16"), ("Back Monday 16 March, away until the 12th.", "2026-03-16"),
        # neither
        ("Je suis absent.", None), ("", None), ("Votre message du 3 mars est bien arrivé.", None), ("On maternity leave from May 12.", None), ("Fermeture exceptionnelle le 15 juin.", None),
        ("de retour le 1 mars 2026", None), ("de retour le 30 février", None), ("de retour le 12/13", None), ("back on 3 March 2099", None), ("à mon retour", None), ("parti le 32", None),
    ],
)  # fmt: skip
def test_the_first_day_back(text: str, back: str | None) -> None:
    """Counted from a Wednesday, 4 March 2026."""
    day, quote = first_day_back(text, WEDNESDAY)

    assert (day and day.isoformat(), bool(quote)) == (back, back is not None)


def test_the_sentence_is_given() -> None:
    """As evidence, one line."""
    assert first_day_back("Bonjour.\nDe retour\u202e le 16 mars !\nMerci.", WEDNESDAY)[1] == "De retour le 16 mars !"


def test_a_wrapped_sentence_is_one() -> None:
    """The day may stand on the next line."""
    text = "Je suis actuellement en congés bien mérités et ne serai de retour au bureau que le\nlundi 16 mars."

    assert first_day_back(text, WEDNESDAY)[0] == date(2026, 3, 16)


@given(st.text(max_size=300), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_never_a_day_that_has_passed(text: str, sent: date) -> None:
    """Whatever is written."""
    day, _ = first_day_back(f"de retour le {text}", sent)

    assert day is None or day >= sent


@given(st.sampled_from(["de retour le ", "until ", "du 3 au "]), st.integers(0, 40), st.integers(0, 14), st.integers(0, 9999))
def test_no_date_raises(lead: str, day: int, month: int, year: int) -> None:
    """Days that no calendar has."""
    found, _ = first_day_back(f"{lead}{day}/{month}/{year}", WEDNESDAY)

    assert found is None or found >= WEDNESDAY
