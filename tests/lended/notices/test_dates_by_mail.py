"""Calendar files in mail, on both engines, for loans that the services themselves move."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import Message as Parsed

import pytest
from icalendar import Calendar, Event
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.loans import service as loans
from lended.loans.rules.calendar import Dates
from lended.notices.models import Notice
from lended.notices.post import Sent, send_due
from tests.lended.loans.scene import PAPERS, Scene, Transaction
from tests.lended.notices.conftest import Office
from tests.makers import Makers

FIRST = date(2027, 4, 8)
LAST = date(2027, 4, 28)
BEFORE = datetime(2027, 2, 1, 10, tzinfo=UTC)


@pytest.fixture
def scene(make: Makers, transaction: Transaction) -> Scene:
    return Scene(make, transaction, capacity=5)


@pytest.fixture
def seats(make: Makers, transaction: Transaction) -> Scene:
    """Return a school and a supplier with seats, which can begin on a bank holiday."""
    return Scene(make, transaction, kind="digital", capacity=30, contents=[])


@pytest.fixture(params=["UTC", "America/Los_Angeles"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Post:
    """Everything mailed so far."""

    def __init__(self, engine: Engine, office: tuple[Office, str], settings: Settings) -> None:
        self.engine, self.office, self.settings = engine, office[0], settings

    def to(self, email: str) -> list[Parsed]:
        send_due(self.engine, self.settings, clock.now())
        return [letter for letter in self.office.letters if email in str(letter["To"])]

    def entries_to(self, email: str) -> list[Event]:
        return [entry for letter in self.to(email) for entry in entries_in(letter)]


def entries_in(letter: Parsed) -> list[Event]:
    found: list[Event] = []
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            assert part.get_param("method") == "PUBLISH"
            assert part.get_filename() == "dates.ics"
            written = part.get_payload(decode=True)
            assert isinstance(written, bytes)
            found += Calendar.from_ical(written).events
    return found


@pytest.fixture
def post(engine: Engine, office: tuple[Office, str], by_smtp: Settings) -> Post:
    return Post(engine, office, by_smtp)


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 3, 26), date(2027, 3, 29)), (date(2027, 10, 4), date(2027, 10, 31))],
)
def test_a_yes_comes_with_the_dates_wherever_the_server_stands(
    seats: Scene, post: Post, first: date, last: date
) -> None:
    """Scenario 10 of the lending design."""
    with clock.at(BEFORE):
        seats.loan("approved", Dates(first, last))
        (entry,) = post.entries_to(seats.teacher_person.email)
        (other,) = post.entries_to(seats.lead_person.email)
    assert (first, last + timedelta(days=1)) == (entry.DTSTART, entry.DTEND)
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert entry["UID"] == other["UID"]
    assert entry["STATUS"] == "CONFIRMED"


def test_a_later_file_is_the_newer_one_of_the_same_entry(scene: Scene, post: Post) -> None:
    with clock.at(BEFORE):
        loan_id = scene.loan("dispatched", Dates(FIRST, LAST))
        entries = post.entries_to(scene.teacher_person.email)
    assert [entry["UID"] for entry in entries] == [f"loan-{loan_id}@localhost"] * 2
    assert entries[0].sequence < entries[1].sequence


def test_other_dates_reach_everyone_once_they_are_taken(scene: Scene, post: Post) -> None:
    later = Dates(date(2027, 4, 12), date(2027, 5, 7))
    with clock.at(BEFORE):
        loan_id = scene.loan("requested", Dates(FIRST, LAST))
        scene.do(loans.propose_dates, scene.supplier, loan_id, later, "All are out until then.")
        assert post.entries_to(scene.teacher_person.email) == []
        scene.do(loans.accept_dates, scene.teacher, loan_id)
        people = (scene.teacher_person, scene.lead_person, scene.supplier_person)
        found = [post.entries_to(person.email) for person in people]
    for entries in found:
        assert [(entry.DTSTART, entry.DTEND) for entry in entries] == [
            (later.starts_on, later.due_on + timedelta(days=1))
        ]
    assert found[2][0]["SUMMARY"] == f"{scene.product.name} at {scene.school.name}"


def test_what_is_called_off_is_taken_out_of_the_calendars_it_was_in(
    scene: Scene, post: Post
) -> None:
    with clock.at(BEFORE):
        loan_id = scene.loan("approved", Dates(FIRST, LAST))
        scene.do(loans.cancel, scene.supplier, loan_id, "other", "We are closing")
        before, after = post.entries_to(scene.teacher_person.email)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert before["UID"] == after["UID"]
    assert before.sequence < after.sequence


@pytest.mark.parametrize("state", ["approved", "preparing", "dispatched"])
def test_what_did_not_come_about_is_taken_out_of_the_calendars_it_was_in(
    scene: Scene, post: Post, state: str
) -> None:
    """Not taken up without or with its papers, or not delivered."""
    with clock.at(BEFORE):
        loan_id = scene.loan(state, Dates(FIRST, LAST))
        post.to(scene.teacher_person.email)
        if state == "dispatched":
            scene.do(loans.fail_delivery, scene.supplier, loan_id, "The carrier lost it")
    scene.tick(LAST)
    with clock.at(datetime(2027, 4, 30, 18, tzinfo=UTC)):
        for person in (scene.teacher_person, scene.lead_person):
            *before, after = post.entries_to(person.email)
            assert {entry["STATUS"] for entry in before} <= {"CONFIRMED"}
            assert after["STATUS"] == "CANCELLED"
            assert all(entry.sequence < after.sequence for entry in before)
        assert len(post.entries_to(scene.teacher_person.email)) > 1


def test_what_never_was_in_a_calendar_is_not_taken_out(scene: Scene, post: Post) -> None:
    with clock.at(BEFORE):
        loan_id = scene.loan("requested", Dates(FIRST, LAST))
        scene.do(loans.cancel, scene.supplier, loan_id, "other", "We are closing")
        assert "cancelled" in str(post.to(scene.teacher_person.email)[-1]["Subject"])
        assert post.entries_to(scene.teacher_person.email) == []


def test_who_asks_and_answers_for_it_is_told_once_and_of_what_to_do(
    scene: Scene, post: Post
) -> None:
    with clock.at(BEFORE):
        loan_id = scene.loan("school_signoff", Dates(FIRST, LAST))
        scene.do(loans.sign_off, scene.lead, loan_id, scene.teacher_person.id)
        scene.do(loans.approve, scene.supplier, loan_id)
    with Session(scene.make.engine) as session:
        about = select(Notice).where(Notice.person_id == scene.teacher_person.id)
        last = session.scalars(about.order_by(Notice.id.desc())).first()
    assert last is not None
    assert last.action == "Read and agree"
    assert last.key == f"loan:{loan_id}:approve:1"


def test_a_task_somebody_else_has_done_meanwhile_is_not_mailed(
    scene: Scene, engine: Engine, office: tuple[Office, str], by_smtp: Settings
) -> None:
    """The mail server was away while it was asked and answered."""
    with clock.at(BEFORE):
        loan_id = scene.loan("approved", Dates(FIRST, LAST))
        scene.do(loans.complete_paperwork, scene.lead, loan_id, PAPERS)
        sent = send_due(engine, by_smtp, clock.now())
    assert sent.not_wanted == 3, "to sign off, to answer, and to agree"
    subjects = [str(letter["Subject"]) for letter in office[0].letters]
    assert len(subjects) == sent.sent
    assert not [subject for subject in subjects if "asks" in subject]
    assert send_due(engine, by_smtp, BEFORE + timedelta(hours=1)) == Sent()
