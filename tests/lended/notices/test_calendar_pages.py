"""A calendar of one's own: made, read by programs, changed and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Membership, Person
from lended.loans.models import Loan
from lended.notices.models import CalendarFeed
from lended.notices.rules.signatures import calendar_token
from lended.work import open_work
from tests.conftest import SECRET
from tests.lended.notices.test_choosing_pages import parsed, send
from tests.makers import Makers

MARK = "a-mark"
PATH = f"/calendar/{calendar_token(SECRET, MARK)}.ics"


class Town:
    """A school with a loan, another school with another, and who sees what."""

    def __init__(self, made: Makers) -> None:
        self.made = made
        self.school = made.organisation("school", "Millfold Primary")
        self.elsewhere = made.organisation("school", "Elsewhere High")
        self.business = made.organisation("supplier", "Larkrise Learning")
        self.supplier = made.supplier(self.business, name="Larkrise Learning")
        self.teacher = made.person(self.school, "teacher")
        self.stranger = made.person(self.elsewhere, "teacher", "school_lead")
        self.seller = made.person(self.business, "supplier")
        self.loan = self.lend(self.school, self.teacher, "Tiles")
        self.other = self.lend(self.elsewhere, self.stranger, "Beams")

    def lend(self, school: Any, teacher: Person, name: str, **more: Any) -> Loan:
        product = self.made.product(self.supplier, name=name)
        fields = {"state": "active", "need_text": "Zara cannot sit still", **more}
        return self.made.loan(school, teacher, product, self.made.pool(product), **fields)

    def feed(self, person: Person) -> None:
        self.made.save(CalendarFeed(person_id=person.id, mark=MARK, made_at=clock.now()))


@pytest.fixture
def town(made: Makers) -> Town:
    return Town(made)


def titles(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return sorted(str(entry["SUMMARY"]) for entry in Calendar.from_ical(answer.data).events)


def test_it_is_made_changed_and_ended_on_one_page(
    town: Town, client: FlaskClient, signed_in: Callable[..., FlaskClient]
) -> None:
    own = signed_in(town.teacher)
    assert "Make my calendar" in parsed(own.get("/account/calendar").text)
    addresses = []
    for _time in range(2):
        assert send(own, "/account/calendar").location == "/account/calendar"
        page = parsed(own.get("/account/calendar").text)
        addresses.append(page.partition("<code>http://localhost")[2].partition("</code>")[0])
    first, second = addresses
    assert first != second
    assert client.get(first).status_code == 404, "a new address ends the one before"
    assert titles(client.get(second)) == ["Tiles, lent by Larkrise Learning"]
    assert send(own, "/account/calendar/end").status_code == 303
    assert client.get(second).status_code == 404
    assert send(own, "/account/calendar/end").status_code == 303, "ending twice is ending once"
    assert "Make my calendar" in own.get("/account/calendar").text


def test_the_address_is_kept_nowhere(town: Town, signed_in: Callable[..., FlaskClient]) -> None:
    send(signed_in(town.teacher), "/account/calendar")
    with Session(town.made.engine) as session:
        mark = session.get_one(CalendarFeed, town.teacher.id).mark
    client = signed_in(town.teacher)
    assert client.get(f"/calendar/{mark}.ics").status_code == 404


def test_each_sees_what_they_may_see_and_nothing_of_others(town: Town, client: FlaskClient) -> None:
    town.feed(town.teacher)
    answer = client.get(PATH)
    assert titles(answer) == ["Tiles, lent by Larkrise Learning"]
    assert "Elsewhere" not in answer.text
    assert "Zara" not in answer.text


def test_a_supplier_sees_where_its_products_are(town: Town, client: FlaskClient) -> None:
    town.lend(town.school, town.teacher, "Hidden", state="school_signoff")
    town.feed(town.seller)
    answer = client.get(PATH)
    assert titles(answer) == ["Beams at Elsewhere High", "Tiles at Millfold Primary"]
    assert "Zara" not in answer.text


def test_who_belongs_to_two_places_sees_both_and_who_has_left_one_sees_the_other(
    town: Town, made: Makers, client: FlaskClient
) -> None:
    place = made.member(town.teacher, town.elsewhere, "school_lead")
    town.feed(town.teacher)
    assert len(titles(client.get(PATH))) == 2
    with open_work(made.engine) as work:
        ended = update(Membership).where(Membership.id == place.id).values(ended_at=clock.now())
        work.session.execute(ended)
    assert titles(client.get(PATH)) == ["Tiles, lent by Larkrise Learning"]


def test_a_closed_account_has_no_calendar(town: Town, made: Makers, client: FlaskClient) -> None:
    gone = made.person(town.school, "teacher", disabled_at=clock.now())
    town.feed(gone)
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("requested", "TENTATIVE"),
        ("offered", "TENTATIVE"),
        ("approved", "CONFIRMED"),
        ("overdue", "CONFIRMED"),
        ("closed", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
        ("declined", "CANCELLED"),
    ],
)
def test_it_says_whether_dates_hold(
    town: Town, client: FlaskClient, state: str, status: str
) -> None:
    said = {"decline_reason": "other", "decline_words": "No."} if state == "declined" else {}
    start = date(2027, 3, 26)
    days = {"starts_on": start, "due_on": date(2027, 3, 29)}
    town.lend(town.school, town.teacher, "Dated", state=state, **days, **said)
    town.feed(town.teacher)
    entries = Calendar.from_ical(client.get(PATH).data).events
    (dated,) = [entry for entry in entries if "Dated" in str(entry["SUMMARY"])]
    assert dated["STATUS"] == status
    assert (start, date(2027, 3, 30)) == (dated.DTSTART, dated.DTEND)


@pytest.mark.parametrize("state", ["draft", "waitlisted"])
def test_what_has_no_dates_yet_is_not_in_it(town: Town, client: FlaskClient, state: str) -> None:
    town.lend(town.school, town.teacher, "Undated", state=state)
    town.feed(town.teacher)
    assert titles(client.get(PATH)) == ["Tiles, lent by Larkrise Learning"]


def test_what_was_over_a_year_ago_is_not_in_it(town: Town, client: FlaskClient) -> None:
    then = clock.today() - timedelta(days=400)
    town.lend(town.school, town.teacher, "Old", state="closed", starts_on=then, due_on=then)
    town.feed(town.teacher)
    assert titles(client.get(PATH)) == ["Tiles, lent by Larkrise Learning"]


def test_what_has_not_changed_is_not_sent_again(
    town: Town, made: Makers, client: FlaskClient
) -> None:
    town.feed(town.teacher)
    first = client.get(PATH)
    assert first.mimetype == "text/calendar"
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with open_work(made.engine) as work:
        work.session.execute(update(Loan).where(Loan.id == town.loan.id).values(state="overdue"))
    changed = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("secret", [MARK, "x", calendar_token(SECRET, "no-such"), "%00", "a" * 999])
def test_an_address_nobody_was_given_leads_nowhere(
    town: Town, client: FlaskClient, secret: str
) -> None:
    town.feed(town.teacher)
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_nobody_guesses_for_long_and_no_program_asks_too_often(
    town: Town, client: FlaskClient
) -> None:
    town.feed(town.teacher)
    assert [client.get(PATH).status_code for _time in range(61)] == [200] * 60 + [429]
    guesses = [client.get(f"/calendar/guess{number}.ics").status_code for number in range(21)]
    assert guesses == [404] * 20 + [429]


def test_it_costs_a_few_queries_however_many_loans_there_are(
    app: Flask, town: Town, client: FlaskClient
) -> None:
    for number in range(12):
        town.lend(town.school, town.teacher, f"Kit {number}")
    town.feed(town.teacher)
    with app.app_context():
        engine = app.extensions["migrate"].db.engine
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    assert len(titles(client.get(PATH))) == 13
    assert len(asked) <= 8
    html5lib.HTMLParser(strict=True).parse(client.get("/calendar/x.ics").text)
