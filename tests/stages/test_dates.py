"""Days that sentences name, counted from the day of the mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages import fold
from nurture.stages.dates import Edge, days_ahead, first_day, named
from nurture.stages.dates.almanac import coming, easter, feast, months_later, nth_weekday, weekday_after

FRIDAY = date(2026, 1, 9)


def day(text: str, lang: str, sent: date = FRIDAY) -> str | None:
    """The start of the first span that a sentence names."""
    found = named(fold(text), sent, lang)
    return str(found[0].period.start) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 15 mars", "2026-03-15"),
        ("le 1er mai", "2026-05-01"),
        ("le mardi 3 mars 2027", "2027-03-03"),
        ("le 5 janvier", "2027-01-05"),  # it has passed this year
        ("le 15/03", "2026-03-15"),
        ("le 15/03/2027", "2027-03-15"),
        ("au 2026-04-02", "2026-04-02"),
        ("le 15", "2026-01-15"),
        ("le 8", "2026-02-08"),
        ("lundi", "2026-01-12"),
        ("vendredi", "2026-01-16"),  # the mail's own weekday is the next one
        ("lundi 26", "2026-01-26"),
        ("lundi en huit", "2026-01-19"),
        ("jeudi en quinze", "2026-01-29"),
        ("demain", "2026-01-10"),
        ("après-demain", "2026-01-11"),
        ("la semaine prochaine", "2026-01-12"),
        ("semaine 12", "2026-03-16"),
        ("S12", "2026-03-16"),
        ("la semaine du 2 mars", "2026-03-02"),
        ("la première semaine de mars", "2026-03-01"),
        ("la deuxième quinzaine de mars", "2026-03-16"),
        ("en septembre", "2026-09-01"),
        ("en janvier", "2027-01-01"),
        ("en mars 2027", "2027-03-01"),
        ("mi-janvier", "2026-01-15"),
        ("mi janvier", "2026-01-15"),
        ("début mars", "2026-03-01"),
        ("fin mars", "2026-03-31"),
        ("courant mars", "2026-03-01"),
        ("le mois prochain", "2026-02-01"),
        ("à la fin du mois", "2026-01-31"),
        ("dans deux mois", "2026-03-09"),
        ("dans un mois", "2026-02-09"),
        ("d'ici 15 jours", "2026-01-24"),
        ("dans une quinzaine", "2026-01-24"),
        ("dans 3 semaines", "2026-01-30"),
        ("dans un an", "2027-01-09"),
        ("le trimestre prochain", "2026-04-01"),
        ("au T3", "2026-07-01"),
        ("au deuxième trimestre", "2026-04-01"),
        ("au second semestre", "2026-07-01"),
        ("au semestre prochain", "2026-07-01"),
        ("fin du trimestre", "2026-03-31"),
        ("l'année prochaine", "2027-01-01"),
        ("en début d'année prochaine", "2027-01-01"),
        ("en 2028", "2028-01-01"),
        ("début 2027", "2027-01-01"),
        ("en fin d'année", "2026-12-31"),
        ("au printemps", "2026-03-21"),
        ("à l'automne", "2026-09-21"),
        ("à la rentrée", "2026-09-01"),
        ("à Pâques", "2026-04-05"),
        ("le lundi qui suit Pâques", "2026-04-13"),
        ("la semaine qui suit la Toussaint", "2026-11-02"),
        ("le 31 février", None),
        ("jeudi 15 h", "2026-01-15"),  # Thursday, at three
        ("bonjour", None),
    ],
)
def test_french_days(text: str, expected: str | None) -> None:
    """A French day, span or feast begins on this day, seen from Friday 9 January 2026."""
    assert day(text, "fr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 15 March", "2026-03-15"),
        ("on March 15th, 2027", "2027-03-15"),
        ("the 2nd of May", "2026-05-02"),
        ("on the 15th", "2026-01-15"),
        ("on 5 January", "2027-01-05"),
        ("on 15/03", "2026-03-15"),
        ("on 03/15/2026", "2026-03-15"),
        ("mon 26", "2026-01-26"),
        ("on Friday", "2026-01-16"),
        ("next Monday", "2026-01-12"),
        ("monday week", "2026-01-19"),
        ("a week on Tuesday", "2026-01-20"),
        ("a fortnight on Tuesday", "2026-01-27"),
        ("tomorrow", "2026-01-10"),
        ("next week", "2026-01-12"),
        ("the week after next", "2026-01-19"),
        ("at the end of next week", "2026-01-16"),
        ("week 12", "2026-03-16"),
        ("the week of 2 March", "2026-03-02"),
        ("w/c 2 March", "2026-03-02"),
        ("the week of March 2", "2026-03-02"),
        ("in September", "2026-09-01"),
        ("in January", "2027-01-01"),
        ("mid-June", "2026-06-15"),
        ("early May", "2026-05-01"),
        ("the end of May", "2026-05-31"),
        ("the second half of November", "2026-11-16"),
        ("the last week of March", "2026-03-25"),
        ("next month", "2026-02-01"),
        ("at month end", "2026-01-31"),
        ("end of next month", "2026-02-28"),
        ("in two months", "2026-03-09"),
        ("in a fortnight", "2026-01-23"),
        ("in a couple of weeks", "2026-01-23"),
        ("two weeks from now", "2026-01-23"),
        ("in two quarters' time", "2026-07-09"),
        ("next quarter", "2026-04-01"),
        ("in Q3", "2026-07-01"),
        ("in the third quarter", "2026-07-01"),
        ("EOQ", "2026-03-31"),
        ("in the second half of the year", "2026-07-01"),
        ("the first half of next year", "2027-01-01"),
        ("in the new year", "2027-01-02"),
        ("next year", "2027-01-01"),
        ("end of the year", "2026-12-31"),
        ("in the spring", "2026-03-01"),
        ("in the fall", "2026-09-01"),
        ("at Easter", "2026-04-05"),
        ("at Thanksgiving", "2026-11-26"),
        ("around Memorial Day", "2026-05-25"),
        ("you may write, and march on", None),
        ("we sat in the sun", None),
    ],
)
def test_english_days(text: str, expected: str | None) -> None:
    """An English day, span or feast begins on this day, seen from Friday 9 January 2026."""
    assert day(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "lang", "edge"),
    [
        ("après le 15 mars", "fr", Edge.AFTER),
        ("jusqu'au 15 mars", "fr", Edge.UNTIL),
        ("avant le 15 mars", "fr", Edge.BEFORE),
        ("rien avant le 15 mars", "fr", Edge.NOT_BEFORE),
        ("à partir du 15 mars", "fr", Edge.ON),
        ("after 15 March", "en", Edge.AFTER),
        ("until the 15th of March", "en", Edge.UNTIL),
        ("before 15 March", "en", Edge.BEFORE),
        ("not until 15 March", "en", Edge.NOT_BEFORE),
    ],
)
def test_the_words_before_a_day_say_how_it_is_meant(text: str, lang: str, edge: Edge) -> None:
    """After, until, before and not before are told apart."""
    assert named(fold(text), FRIDAY, lang)[0].edge is edge


@pytest.mark.parametrize(("text", "lang"), [("en mars dernier", "fr"), ("depuis le 15 mars", "fr"), ("since March", "en")])
def test_what_is_over_is_no_day_ahead(text: str, lang: str) -> None:
    """A day that the words put into the past is not named."""
    assert named(fold(text), FRIDAY, lang) == ()


def test_a_range_has_both_its_ends() -> None:
    """« du 9 au 20 mars », from December into January, days of one month and of two."""
    spans = [
        (n.period.start, n.period.end)
        for text in ("du 9 au 20 mars", "du 28 mars au 4 avril", "du 15 au 2")
        for n in named(text, FRIDAY, "fr")
    ]

    assert spans == [
        (date(2026, 3, 9), date(2026, 3, 20)),
        (date(2026, 3, 28), date(2026, 4, 4)),
        (date(2026, 1, 15), date(2026, 2, 2)),
    ]
    assert [str(n.period.start) for n in named("from march 9-20", FRIDAY, "en")] == ["2026-03-09"]


def test_a_meeting_day_is_a_single_day() -> None:
    """A week is no day; today counts; the last day of a span is when a promise is due."""
    assert first_day("la semaine prochaine, disons mardi", FRIDAY, "fr") == date(2026, 1, 13)
    assert first_day("ce soir", FRIDAY, "fr") == FRIDAY
    assert first_day("mardi n'est pas possible, jeudi oui", FRIDAY, "fr") == date(2026, 1, 15)
    assert first_day("not tuesday but thursday", FRIDAY, "en") == date(2026, 1, 15)
    assert first_day("suite a votre mail du 6 fevrier", FRIDAY, "fr") is None
    assert days_ahead("d'ici la fin de la semaine", FRIDAY, "fr")[0].period.end == date(2026, 1, 16)
    assert days_ahead("early next week", FRIDAY, "en")[0].period.end == date(2026, 1, 14)
    assert days_ahead("nothing named", FRIDAY, "en") == ()


@given(st.text(max_size=300), st.dates(date(1900, 1, 1), date(9999, 12, 31)), st.sampled_from(["fr", "en"]))
def test_nothing_that_is_written_breaks_the_grammar(text: str, sent: date, lang: str) -> None:
    """Any text on any day gives days in order, each with an end that is not before its start."""
    assert all(n.period.start <= n.period.end and n.at < n.end for n in named(fold(text), sent, lang))


PIECES = st.sampled_from(
    "le 0 99 31 février mars lundi lundi en huit dans quinze 48 mois fin mi- du au après pâques s99 t3 15/40 2026-13-45 30/02".split()
)


@given(st.lists(PIECES, max_size=12), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_nonsense_made_of_dates_breaks_nothing(pieces: list[str], sent: date) -> None:
    """Impossible days and weeks are no days."""
    assert all(n.period.start.year >= 2000 for n in named(fold(" ".join(pieces)), sent, "fr"))


def test_easter_falls_where_the_church_says() -> None:
    """The computus agrees with the almanacs."""
    assert [str(easter(y)) for y in (1999, 2024, 2025, 2026, 2027, 2038)] == [
        "1999-04-04", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25",
    ]  # fmt: skip


def test_feasts_by_their_tables() -> None:
    """A day, a span over the turn of the year, a movable feast, an nth weekday and the day after it, a last weekday."""
    assert feast("12-24..01-01", 2026).end == date(2027, 1, 1)
    assert feast("easter+39", 2026).start == date(2026, 5, 14)
    assert feast("11 4 3 +1", 2026).start == date(2026, 11, 27)
    assert nth_weekday(2026, 5, -1, 0) == date(2026, 5, 25)
    assert coming("01-01", date(2026, 1, 1)) == feast("01-01", 2027)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 6), st.integers(0, 60))
def test_the_almanac_counts(day: date, weekday: int, months: int) -> None:
    """The next weekday lies one to seven days ahead; months later never leaves the month."""
    assert timedelta(1) <= weekday_after(day, weekday) - day <= timedelta(7)
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
