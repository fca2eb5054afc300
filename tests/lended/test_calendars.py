"""Calendars as files: whole days, whatever the clock and the zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from lended import calendars
from lended.calendars import Entry, Status

ENTRY = Entry(
    name="loan-7",
    sequence=3,
    starts_on=date(2027, 3, 26),
    ends_on=date(2027, 3, 29),
    title="Fraction tiles, lent by Larkrise",
    words="LN-2007. In use.",
    link="/loans/7",
    status=Status.CONFIRMED,
    changed_at=datetime(2027, 3, 1, 9, 30, tzinfo=UTC),
)
SITE = "https://lended.example"


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand elsewhere."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def only_event(written: bytes) -> Event:
    (event,) = Calendar.from_ical(written).events
    return event


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "dtstart", "dtend"),
    [
        (date(2027, 3, 26), date(2027, 3, 29), "20270326", "20270330"),
        (date(2027, 10, 4), date(2027, 10, 31), "20271004", "20271101"),
        (date(2027, 12, 31), date(2027, 12, 31), "20271231", "20280101"),
    ],
)
def test_days_stay_days_over_clock_changes_and_wherever_the_server_stands(
    starts_on: date, ends_on: date, dtstart: str, dtend: str
) -> None:
    """Scenario 10 of the lending design."""
    entry = replace(ENTRY, starts_on=starts_on, ends_on=ends_on)
    lines = calendars.written([entry], SITE).decode().split("\r\n")
    assert f"DTSTART;VALUE=DATE:{dtstart}" in lines
    assert f"DTEND;VALUE=DATE:{dtend}" in lines
    assert not [line for line in lines if line.startswith(("BEGIN:VTIMEZONE", "TZID"))]


def test_an_entry_keeps_its_name_and_says_how_new_it_is() -> None:
    event = only_event(calendars.written([ENTRY], SITE))
    assert event["UID"] == "loan-7@lended.example"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["URL"] == f"{SITE}/loans/7"
    later = replace(ENTRY, sequence=4, status=Status.CANCELLED, ends_on=date(2027, 4, 9))
    changed = only_event(calendars.written([later], SITE))
    assert (changed["UID"], changed["SEQUENCE"]) == (event["UID"], 4)
    assert changed["STATUS"] == "CANCELLED"


def test_the_same_is_written_the_same() -> None:
    assert calendars.written([ENTRY], SITE) == calendars.written([ENTRY], SITE)


def test_a_file_is_published_and_a_calendar_has_a_name() -> None:
    file = Calendar.from_ical(calendars.written([ENTRY], SITE))
    assert file["METHOD"] == "PUBLISH"
    assert "NAME" not in file
    feed = Calendar.from_ical(calendars.written([], SITE, "LendED loans"))
    assert (feed["NAME"], feed["X-WR-CALNAME"]) == ("LendED loans", "LendED loans")
    assert feed.events == []


def test_an_entry_is_the_same_after_it_was_kept() -> None:
    assert Entry.of_stored(ENTRY.stored()) == ENTRY


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_typed_can_begin_another_line(title: str, words: str) -> None:
    written = calendars.written([replace(ENTRY, title=title, words=words)], SITE)
    unfolded = written.decode().replace("\r\n ", "")
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded.split("\r\n") if line]
    assert names.count("BEGIN") == names.count("END") == 2
    assert names.count("SUMMARY") == names.count("DESCRIPTION") == names.count("UID") == 1
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    event = only_event(written)
    assert timedelta(days=4) == event.DTEND - event.DTSTART
