"""Working days are those of the recipient's country."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.config import Config, OwnerConfig, OwnHoliday
from nurture.followups import Wait, calendar_of, country_of, policy_of
from nurture.followups.cadence import in_words, months_after, supported_countries
from tests.followups.builders import PARIS, a_case, a_person, automatic, ours, theirs

FRANCE = calendar_of("FR")
NOWHERE = calendar_of("ZZ")
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("country", "start", "count", "end"),
    [
        ("FR", "2026-03-03", 5, "2026-03-10"),
        ("FR", "2026-03-06", 1, "2026-03-09"),
        ("FR", "2026-03-07", 1, "2026-03-09"),
        ("FR", "2026-04-30", 1, "2026-05-04"),  # 1 May, then a weekend
        ("FR", "2026-12-24", 1, "2026-12-28"),
        ("GB", "2026-04-02", 1, "2026-04-06"),  # Good Friday; Easter Monday is not the whole kingdom's
        ("US", "2026-07-02", 1, "2026-07-06"),  # Independence Day is a Saturday, its Friday is free
        ("IL", "2026-03-05", 1, "2026-03-08"),  # the week begins on Sunday
        ("ZZ", "2026-04-30", 1, "2026-05-01"),  # an unknown country has weekends only
        ("FR", "2026-03-07", 0, "2026-03-07"),
        ("FR", "2025-12-31", 300, "2027-03-10"),
    ],
)
def test_working_days_pass_weekends_and_holidays(country: str, start: str, count: int, end: str) -> None:
    """The n-th working day after a day."""
    assert calendar_of(country).add_working_days(d(start), count) == d(end)


def test_own_days_bridges_and_august_are_free_when_the_owner_says_so() -> None:
    """`[[holiday]]` days each year or once, the Friday after Ascension Day, the whole of August."""
    own = calendar_of("FR", ("09-01", "2026-03-12"))
    assert [own.is_working(d(day)) for day in ("2026-09-01", "2027-09-01", "2026-03-12", "2027-03-12")] == [
        False,
        False,
        False,
        True,
    ]

    assert FRANCE.is_working(d("2026-05-15"))
    assert not calendar_of("FR", (), True).is_working(d("2026-05-15"))
    assert not calendar_of("FR", (), True).is_working(d("2026-07-13"))  # before a Tuesday

    assert calendar_of("FR", (), False, True).add_working_days(d("2026-07-31"), 1) == d("2026-09-01")


@given(start=DAYS, count=st.integers(0, 400))
def test_counting_there_and_back_agrees(start: date, count: int) -> None:
    """Between a day and its n-th working day lie n working days, and the last one is a working day."""
    end = FRANCE.add_working_days(start, count)

    assert FRANCE.working_days_between(start, end) == count
    assert count == 0 or FRANCE.is_working(end)


@given(start=DAYS, end=DAYS)
def test_without_holidays_counting_is_what_a_calendar_shows(start: date, end: date) -> None:
    """Compared with counting day by day."""
    shown = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, (end - start).days + 1))

    assert NOWHERE.working_days_between(start, end) == shown


@pytest.mark.parametrize("day", [date.min, date.max])
def test_absurd_days_are_counted_without_an_error(day: date) -> None:
    """Dates from mails may be anything."""
    assert FRANCE.add_working_days(day, 3).year in (1970, 2200)
    assert FRANCE.on_or_after(day).year in (1970, 2200)
    assert FRANCE.working_days_between(date.min, date.max) > 50_000
    assert Wait(count=2, unit="months").end(day, FRANCE).year in (1970, 2200)
    assert Wait(count=3, unit="weeks").end(day, FRANCE) >= date(1970, 1, 1)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("5 working days", "2026-03-18"),
        ("1 working day", "2026-03-12"),
        ("10 days", "2026-03-23"),  # the 21st is a Saturday
        ("3 weeks", "2026-04-01"),
        ("2 months", "2026-05-11"),
        ("0 days", "2026-03-11"),
        ("0 working days", "2026-03-11"),
    ],
)
def test_a_wait_ends_on_a_working_day(text: str, end: str) -> None:
    """All units, counted from Wednesday 11 March 2026."""
    assert Wait.parse(text).end(d("2026-03-11"), FRANCE) == d(end)
    assert FRANCE.is_working(Wait.parse(text).end(d("2026-03-14"), FRANCE))


@pytest.mark.parametrize(
    "text", ["5", "five days", "5 dayz", "-5 days", "5  days", "9999 days", "25 months", " 5 days", "5 working weeks", ""]
)
def test_what_is_no_wait_is_refused_with_a_sentence(text: str) -> None:
    """And not guessed at."""
    with pytest.raises(ValueError, match=r"is no wait|is too long"):
        Wait.parse(text)


def test_a_wait_prints_as_it_is_written_and_can_be_doubled() -> None:
    """For reports; doubled after a thank-you."""
    assert str(Wait.parse("1 working day")) == "1 working day"
    assert str(Wait.parse("3 weeks").doubled) == "6 weeks"


def test_months_end_on_their_last_day_and_days_are_written_out() -> None:
    """31 January and a month is the end of February."""
    assert months_after(d("2026-01-31"), 1) == d("2026-02-28")
    assert months_after(d("2026-11-30"), 3) == d("2027-02-28")
    assert in_words(d("2026-03-03")) == "3 March 2026"


@pytest.mark.parametrize(
    ("person", "offset", "country"),
    [
        ({"addresses": ("a@b.de",)}, None, "DE"),
        ({"addresses": ("a@b.co.uk",)}, 60, "GB"),
        ({"addresses": ("a@b.io",)}, None, "FR"),  # a country domain that everybody buys
        ({"addresses": ("a@b.example",)}, None, "FR"),
        ({"lang": "en"}, 60, "FR"),  # the owner's own zone fits: nothing is learned
        ({"lang": "en"}, 0, "GB"),
        ({"lang": "en"}, -300, "US"),
        ({"lang": "en"}, -480, "US"),
        ({"lang": "fr"}, -300, "CA"),
        ({"lang": "fr"}, 345, "FR"),  # no zone of that language
        ({"lang": None}, -300, "FR"),
    ],
)
def test_the_country_is_guessed_from_domain_then_clock_then_the_owner(
    person: dict[str, Any], offset: int | None, country: str
) -> None:
    """In this order."""
    mails = [ours("2026-03-02"), *([theirs("2026-03-03", offset=offset)] if offset is not None else [])]
    case = a_case(*mails, person=a_person(**person))

    assert country_of(case.conversation.person, case.conversation.entries, "FR", PARIS) == country


def test_an_automatic_message_tells_no_country() -> None:
    """A server's clock is not a person's."""
    from nurture.messages import Kind

    case = a_case(ours("2026-03-02"), automatic("2026-03-03", Kind.ACKNOWLEDGEMENT, offset=-300), person=a_person(lang="en"))

    assert country_of(case.conversation.person, case.conversation.entries, "FR", PARIS) == "FR"


def test_the_policy_is_the_planning_part_of_the_configuration() -> None:
    """Country in capitals, own days, caps and cadence as they are."""
    config = Config(
        owner=OwnerConfig(name="C", addresses=("c@d.example",), country="be"), accounts=(), holidays=(OwnHoliday(day="09-01"),)
    )

    policy = policy_of(config)

    assert (policy.country, policy.free_days, policy.caps, policy.cadence) == ("BE", ("09-01",), config.caps, config.cadence)


def test_the_countries_are_those_of_the_library() -> None:
    """Told without loading them all."""
    listed = holidays.list_supported_countries(include_aliases=False)

    assert supported_countries() == {code for code in listed if len(code) == 2}


@pytest.mark.parametrize(("wait", "day"), [("3 weeks", "2026-02-18"), ("1 month", "2026-02-11"), ("10 days", "2026-03-01")])
def test_a_time_back(wait: str, day: str) -> None:
    """So long before a day."""
    assert Wait.parse(wait).before(date(2026, 3, 11)).isoformat() == day
