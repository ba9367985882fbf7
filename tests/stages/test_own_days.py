"""Days that the owner named: `[[holiday]]` of the configuration."""

from __future__ import annotations

from datetime import date

import pytest

from nurture.config import OwnHoliday
from nurture.messages import fold
from nurture.stages import feasts_of
from nurture.stages.dates import day_to_resume
from tests.stages.builders import said, wrote

SENT = date(2026, 1, 9)
OWN = feasts_of(
    [
        OwnHoliday(day="08-24", name="La rentrée", free=False),
        OwnHoliday(day="2026-05-09", until="2026-05-11", name="la foire de Mai"),
        OwnHoliday(day="2027-05-08", until="2027-05-10", name="la foire de mai"),
        OwnHoliday(day="02-14", until="02-22", name="half-term"),
        OwnHoliday(day="2026-05-15"),
    ]
)


@pytest.mark.parametrize(
    ("text", "lang", "sent", "expected"),
    [
        ("Recontactez-moi à la rentrée.", "fr", SENT, "2026-08-24"),
        ("Recontactez-moi après la foire de mai.", "fr", SENT, "2026-05-12"),
        ("Recontactez-moi après la foire de mai.", "fr", date(2026, 6, 1), "2027-05-11"),
        ("Please get back to me after half term.", "en", SENT, "2026-02-23"),
        ("Please get back to me after Easter.", "en", SENT, "2026-04-07"),
    ],
)
def test_the_owners_days_count_before_the_tables(text: str, lang: str, sent: date, expected: str) -> None:
    """By the name, with or without its article, in either language; several years of one name are told apart."""
    assert str(day_to_resume([fold(text)], 0, sent, lang, OWN)) == expected


def test_readings_know_them() -> None:
    """A deferral of theirs, a promise of ours."""
    assert str(said("Recontactez-moi à la rentrée.", sent=SENT, feasts=OWN).resume_on) == "2026-08-24"
    assert str(wrote("Je vous envoie le devis à la rentrée.", sent=SENT, feasts=OWN).promise_on) == "2026-08-24"


def test_a_day_without_a_name_is_no_word() -> None:
    """Only names reach the grammar."""
    assert [name for name, _ in OWN] == ["la rentree", "la foire de mai", "la foire de mai", "half-term"]
