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


@pytest.mark.parametrize(
    ("text", "sent", "back"),
    [
        # a notice that outlives its day: over, not a year ahead
        ("De retour le 9 février.", "2026-02-11", None), ("Back on 9 February.", "2026-04-30", None), ("Fermé du 2 au 6 février, réouverture lundi 9 février.", "2026-02-20", None),
        ("absent jusqu'au 30 décembre", "2026-01-05", None), ("retour le 22 décembre", "2026-01-20", None), ("de retour le lundi 9", "2026-03-11", None),
        # still to come
        ("de retour le 4 janvier", "2026-12-20", "2027-01-04"), ("back on 1 September", "2026-01-10", "2026-09-01"), ("back on 1 December", "2026-03-04", "2026-12-01"), ("retour lundi 4 janvier", "2026-03-04", "2027-01-04"),
        # a stretch ends after its first day
        ("fermés du 20 décembre au 2 janvier", "2026-09-01", "2027-01-04"), ("out Thursday and Friday", "2026-03-05", "2026-03-09"),
    ],
)  # fmt: skip
def test_the_year_is_the_one_that_fits(text: str, sent: str, back: str | None) -> None:
    """Without a year, a day that passed some months ago at most is over; a weekday may prove the year."""
    day, _ = first_day_back(text, date.fromisoformat(sent))

    assert (day and day.isoformat()) == back


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("On PTO through 4/17, back 4/20.", "2026-04-20"), ("Back Monday 3/9.", "2026-03-09"), ("I am out from 3/4 and return 4/7.", "2026-04-07"), ("Out 3/30/26 - 4/3/26.", "2026-04-06"),
        ("away until 9/4", "2026-04-10"), ("de retour le 9/4, salon du 3/12", "2026-04-09"), ("out 13/3 to 9/4", "2026-04-10"),
    ],
)  # fmt: skip
def test_the_month_first(text: str, back: str) -> None:
    """Where the mail itself proves it: a number above 12, a weekday that fits only so, its own day."""
    assert str(first_day_back(text, WEDNESDAY)[0]) == back


def test_an_american_mail_counts_the_month_first() -> None:
    """Where nothing in it says otherwise."""
    assert first_day_back("Back 4/9.", WEDNESDAY, american=True)[0] == date(2026, 4, 9)
    assert first_day_back("Back 20/4, call Ann before 9/4.", WEDNESDAY, american=True)[0] == date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        # the day before the word
        ("Dès mardi 17 mars, je reprends le fil.", "2026-03-17"), ("Le 17 mars nous serons de nouveau là.", "2026-03-17"), ("From 17 March we're open again.", "2026-03-17"), ("Tomorrow I'm back.", "2026-03-05"),
        ("Wir sind am 17. März wieder für Sie da.", "2026-03-17"), ("Am 17.03. bin ich zurück.", "2026-03-17"), ("Vanaf 17 maart ben ik weer bereikbaar.", "2026-03-17"), ("Dal 17 marzo sarò di nuovo in sede.", "2026-03-17"),
        ("Le 17 mars, je serai encore absent.", None), ("On 17 March I won't be back.", None), ("Away until 9 March; on 17 March we reopen the shop.", "2026-03-09"),
        # hours between
        ("Absente du 5 mars (midi) au 9 mars (soir)", "2026-03-10"), ("Fermé du 6 au soir au 12 mars", "2026-03-13"), ("Fermeture du 6 mars 18h au 12 mars 8h", "2026-03-13"), ("away until noon on 12 March", "2026-03-13"),
        ("congés jusqu'au 16 mars au matin", "2026-03-16"), ("jusqu'au 16 mars non inclus", "2026-03-16"),
        # months, weeks, words
        ("absente jusqu'en mai", "2026-05-01"), ("away until early May", "2026-05-01"), ("away until the end of this month", "2026-04-01"), ("absents jusqu'à la fin de la semaine", "2026-03-09"), ("away for the whole month of April", "2026-05-01"),
        ("away until next Tuesday", "2026-03-11"), ("away 'til 12 March", "2026-03-13"), ("I will not be back in the office until Friday 13 March", "2026-03-13"), ("back on the first of May", "2026-05-01"), ("back on 17-Mar-2026", "2026-03-17"),
        ("de retour après le 16 mars", "2026-03-17"), ("out Mar 9-12", "2026-03-13"), ("out 9-12 March", "2026-03-13"), ("Je serai absent(e) du 09/03 au 12/03", "2026-03-13"), ("absente les 5 et 6 mars", "2026-03-09"),
        # what holds every week, and feasts
        ("Je ne travaille pas le mercredi.", None), ("I'm part-time, Tuesday to Thursday.", None), ("We're closed on Mondays.", None), ("Ouverts du mardi au samedi", None), ("absent jusqu'au lundi de Pentecôte", None),
    ],
)  # fmt: skip
def test_the_day_as_it_is_told(text: str, back: str | None) -> None:
    """Counted from a Wednesday, 4 March 2026."""
    day, _ = first_day_back(text, WEDNESDAY)

    assert (day and day.isoformat()) == back
