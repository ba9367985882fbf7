"""Calendar parts: method, answer, start; and calendars in words only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.messages import Kind, parse
from nurture.messages.calendar import read_calendar
from tests.messages.builders import parts, read

TEN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)  # ten o'clock in Paris


def ics(
    start: str, *, method: str = "REPLY", attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:p@x.example", before: str = ""
) -> bytes:
    return f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\n{before}BEGIN:VEVENT\r\n{start}\r\n{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


ZONE = "BEGIN:VTIMEZONE\nTZID:My own\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"


@pytest.mark.parametrize(
    ("start", "before", "starts"),
    [
        ("DTSTART:20260310T090000Z", "", TEN), ("DTSTART;TZID=Europe/Paris:20260310T100000", "", TEN), ('DTSTART;TZID="Romance Standard Time":20260310T100000', "", TEN),
        ("DTSTART;TZID=My own:20260310T100000", ZONE, TEN), ("DTSTART;TZID=Nowhere:20260310T090000", "", TEN), ("DTSTART;VALUE=DATE:20260310", "", datetime(2026, 3, 10, tzinfo=UTC)),
        ("DTSTART:20260310T0900", "", TEN), ("DTSTART:99999999T999999Z", "", None), ("DTSTART:soon", "", None), ("X:1", "", None), ("DTSTART;TZID=../../etc/passwd:20260310T090000", "", TEN),
        ("DTST\r\n ART;TZID=Europe\r\n /Paris:20260310T10\r\n 0000", "", TEN),
    ],
)  # fmt: skip
def test_starts(start: str, before: str, starts: datetime | None) -> None:
    """In UTC, by whatever zone: IANA's names, Windows' names, a zone of its own, none."""
    assert read_calendar(ics(start, before=before)).starts == starts


@pytest.mark.parametrize(
    ("method", "attendee", "partstat"),
    [
        ("REPLY", "ATTENDEE;PARTSTAT=DECLINED:x", "DECLINED"), ("REPLY", 'ATTENDEE;CN="Marchand; Paul";PARTSTAT=tentative:x', "TENTATIVE"), ("COUNTER", "ATTENDEE;PARTSTAT=TENTATIVE:x", "TENTATIVE"),
        ("REQUEST", "ATTENDEE;PARTSTAT=NEEDS-ACTION:x", ""), ("REPLY", "X:y", ""), ("CANCEL", "ATTENDEE;PARTSTAT=ACCEPTED:x", ""),
    ],
)  # fmt: skip
def test_methods_and_answers(method: str, attendee: str, partstat: str) -> None:
    """Only an answer answers."""
    notice = read_calendar(ics("DTSTART:20260310T090000Z", method=method, attendee=attendee))

    assert (notice.method, notice.partstat) == (method, partstat)


def test_the_first_event_counts() -> None:
    """A series has many."""
    raw = ics("DTSTART:20260310T090000Z").replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT\nDTSTART:20270101T000000Z\nATTENDEE;PARTSTAT=DECLINED:x\nEND:VEVENT\nEND:VCALENDAR"
    )

    assert (read_calendar(raw).starts, read_calendar(raw).partstat) == (TEN, "ACCEPTED")


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    """A stranger's calendar may hold anything."""
    notice = read_calendar(b"BEGIN:VEVENT\nDTSTART" + raw + b"\nMETHOD:" + raw)

    assert notice.method == "" or notice.method.isalpha()


def test_a_calendar_part_makes_a_calendar_mail() -> None:
    """Whatever the words beside it."""
    mail = parts(
        "\nBonjour, ça me va.",
        "Content-Type: text/calendar; method=REPLY\n\n" + ics("DTSTART:20260310T090000Z").decode(),
        kind="alternative",
        Subject="Re: Appel",
    )

    assert (parse(mail).kind, parse(mail).notice.method) == (Kind.CALENDAR, "REPLY")


@pytest.mark.parametrize(
    ("subject", "method", "partstat"),
    [
        ("Accepté : Appel", "REPLY", "ACCEPTED"), ("Refusé : Appel", "REPLY", "DECLINED"), ("Tentative: Call", "REPLY", "TENTATIVE"), ("Nouvelle heure proposée : Appel", "COUNTER", ""),
        ("Annulé : Appel", "CANCEL", ""), ("Invitation : Appel", "REQUEST", ""), ("Zugesagt: Anruf", "REPLY", "ACCEPTED"),
    ],
)  # fmt: skip
def test_calendars_in_words_only(subject: str, method: str, partstat: str) -> None:
    """The subject says what the part would have said."""
    message = read("Quand : mardi 10 mars 2026 10:00\nLieu : réunion Microsoft Teams", subject=subject)

    assert (message.kind, message.notice.method, message.notice.partstat) == (Kind.CALENDAR, method, partstat)


def test_an_invitation_by_a_person_is_a_letter() -> None:
    """No calendar program writes so."""
    assert read("Bonjour Claire, je vous invite au vernissage jeudi.", subject="Invitation : vernissage").kind is Kind.HUMAN


def test_a_calendar_file_beside_a_letter_is_a_file() -> None:
    """Whoever attaches one has written a letter."""
    attached = (
        "Content-Type: text/calendar; name=salon.ics\nContent-Disposition: attachment; filename=salon.ics\n\n"
        + ics("DTSTART:20260310T090000Z").decode()
    )

    assert parse(parts("\nBonjour, je vous joins les dates du salon.", attached, Subject="Re: Salon")).kind is Kind.HUMAN
