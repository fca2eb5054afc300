"""The inbox, through a client."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from lended.accounts.models import Person
from lended.notices import queries, service
from lended.notices.rules import Message
from lended.work import open_work
from tests.makers import Makers

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def ruth(made: Makers) -> Person:
    return made.person(made.organisation(), "teacher", name="Ruth")


@pytest.fixture
def reading(signed_in: Any, ruth: Person) -> FlaskClient:
    client: FlaskClient = signed_in(ruth)
    return client


def tell(made: Makers, person: Person, *titles: str, link: str = "/account") -> None:
    with open_work(made.engine) as work:
        for title in titles:
            service.tell(work, person, Message("test", title, title, "Words.", link=link))


def post(client: FlaskClient, path: str) -> Any:
    token = TOKEN.search(client.get("/account").text)
    assert token
    return client.post(path, data={"csrf_token": token[1]})


def test_an_empty_inbox_says_what_it_is_for(reading: FlaskClient) -> None:
    page = reading.get("/inbox").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Nothing here yet" in page


def test_what_is_unread_is_counted_on_every_page(
    reading: FlaskClient, made: Makers, ruth: Person
) -> None:
    tell(made, ruth, "One", "Two")
    assert "2 unread" in reading.get("/account").text
    page = reading.get("/inbox").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "2 things you have not read" in page


def test_following_a_notice_reads_it(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, "One", "Two")
    answer = post(reading, "/inbox/1")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "1 unread" in reading.get("/account").text


def test_reading_the_page_reads_nothing(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, "One")
    reading.get("/inbox")
    reading.get("/inbox")
    assert "1 unread" in reading.get("/inbox").text


def test_everything_is_read_at_once(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, "One", "Two")
    assert post(reading, "/inbox/read").location == "/inbox"
    assert "You have read everything" in reading.get("/inbox").text


def test_a_notice_leads_nowhere_else(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, "One", link="//evil.example/")
    assert post(reading, "/inbox/1").location == "/inbox"


def test_anothers_notice_is_not_found(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, made.person(), "Not yours")
    assert "Not yours" not in reading.get("/inbox").text
    assert post(reading, "/inbox/1").status_code == 404


def test_words_are_shown_as_words(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, "<script>alert(1)</script>")
    assert "<script>alert" not in reading.get("/inbox").text


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "²", "9" * 400, ""])
def test_pages_that_are_not_there_are_not_found(reading: FlaskClient, page: str) -> None:
    assert reading.get("/inbox", query_string={"page": page}).status_code == 404


def test_a_long_inbox_has_pages(reading: FlaskClient, made: Makers, ruth: Person) -> None:
    tell(made, ruth, *(f"Title {number:02}" for number in range(queries.PAGE + 5)))
    assert 'href="/inbox?page=2"' in reading.get("/inbox").text
    assert reading.get("/inbox?page=2").text.count('class="notice ') == 5


def test_visitors_have_no_inbox(client: FlaskClient) -> None:
    assert client.get("/inbox").location == "/sign-in?next=%2Finbox"
    assert "Inbox" not in client.get("/sign-in").text


def test_the_page_of_a_failure_asks_the_database_nothing(
    app: Flask, reading: FlaskClient, made: Makers, ruth: Person
) -> None:
    with app.app_context():
        engine = app.extensions["migrate"].db.engine
    asked: list[str] = []

    def away(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)
        raise OperationalError(statement, {}, Exception("connection lost"))

    event.listen(engine, "before_cursor_execute", away)
    try:
        answer = reading.get("/inbox")
    finally:
        event.remove(engine, "before_cursor_execute", away)
    assert answer.status_code == 503
    assert len(asked) == 1
    assert answer.headers["Retry-After"]
