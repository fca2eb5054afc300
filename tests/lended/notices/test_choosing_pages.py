"""The page of choices, and the link that stops mail, through a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Person
from lended.notices import queries
from lended.notices.rules import Topic, Way
from lended.notices.rules.signatures import (
    LONGEST,
    calendar_of,
    calendar_token,
    mail_of,
    mail_token,
)
from tests.conftest import SECRET
from tests.lended.notices.test_inbox import TOKEN
from tests.makers import Makers

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def ruth(made: Makers) -> Person:
    return made.person(made.organisation(), "teacher", name="Ruth Ackroyd", email="ruth@x.example")


@pytest.fixture
def choosing(signed_in: Callable[..., FlaskClient], ruth: Person) -> FlaskClient:
    return signed_in(ruth)


def ways(made: Makers, person: Person) -> dict[Topic, Way]:
    with Session(made.engine) as session:
        return queries.ways(session, person.id)


def send(client: FlaskClient, path: str, **fields: Any) -> Any:
    token = TOKEN.search(client.get("/account").text)
    assert token
    return client.post(path, data={"csrf_token": token[1], **fields})


def stop_path(person: Person, *topics: Topic) -> str:
    return f"/unsubscribe/{mail_token(SECRET, person.id, topics or (Topic.LOANS,))}"


def parsed(page: str) -> str:
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def test_a_teacher_chooses_about_what_reaches_teachers(
    choosing: FlaskClient, made: Makers, ruth: Person
) -> None:
    page = parsed(choosing.get("/account/notices").text)
    assert "cannot be switched off" in page.replace("\n", " ").replace("  ", "")
    assert "News of loans" in page
    assert "People who join" not in page
    chosen = {"loans": "daily", "reminders": "at_once", "stories": "site"}
    answer = send(choosing, "/account/notices", **chosen, joining="site")
    assert (answer.status_code, answer.location) == (303, "/account/notices")
    assert ways(made, ruth) == {
        Topic.LOANS: Way.DAILY,
        Topic.REMINDERS: Way.AT_ONCE,
        Topic.STORIES: Way.SITE,
    }
    page = parsed(choosing.get("/account/notices").text)
    assert page.count("checked") == 3


def test_a_choice_that_is_none_is_refused_beside_its_field(
    choosing: FlaskClient, made: Makers, ruth: Person
) -> None:
    answer = send(choosing, "/account/notices", loans="never", reminders="site")
    assert answer.status_code == 422
    page = parsed(answer.text)
    assert "Choose how you hear of: news of loans." in page
    assert 'id="stories-error"' in page
    assert ways(made, ruth) == {}


def test_who_belongs_nowhere_has_nothing_to_choose(
    signed_in: Callable[..., FlaskClient], made: Makers
) -> None:
    page = parsed(signed_in(made.person()).get("/account/notices").text)
    assert "while you belong nowhere" in page


def test_the_account_leads_to_both_pages(choosing: FlaskClient) -> None:
    page = choosing.get("/account").text
    assert 'href="/account/notices"' in page
    assert 'href="/account/calendar"' in page


def test_opening_the_link_changes_nothing_and_pressing_the_button_stops_mail(
    client: FlaskClient, made: Makers, ruth: Person
) -> None:
    path = stop_path(ruth)
    page = parsed(client.get(path).text)
    assert "Stop mail about this?" in page
    assert "News of loans" in page
    assert client.head(path).status_code == 200
    assert ways(made, ruth) == {}
    answer = client.post(path, data={"once": "one-time"})
    assert (answer.status_code, answer.location) == (303, path)
    assert ways(made, ruth) == {Topic.LOANS: Way.SITE}
    assert "You get no more mail about this" in parsed(client.get(path).text)
    assert client.post(path, data={"once": "one-time"}).status_code == 303, "a double click"


def test_a_mail_program_stops_it_with_one_post_and_follows_nothing(
    client: FlaskClient, made: Makers, ruth: Person
) -> None:
    """RFC 8058: no cookie, no token against forgery, no redirect; twice is as good as once."""
    path = stop_path(ruth, Topic.LOANS, Topic.STORIES)
    for _time in range(2):
        answer = client.post(path, data=ONE_CLICK)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers or "_user_id" not in answer.headers["Set-Cookie"]
    assert ways(made, ruth) == {Topic.LOANS: Way.SITE, Topic.STORIES: Way.SITE}


def test_only_this_post_goes_without_a_token_against_forgery(
    choosing: FlaskClient, made: Makers, ruth: Person
) -> None:
    assert choosing.post("/account/notices", data={"loans": "site"}).status_code == 400
    assert choosing.post("/account/calendar").status_code == 400
    assert choosing.post("/account/calendar/end").status_code == 400
    assert ways(made, ruth) == {}


def test_the_link_tells_a_stranger_nothing_of_its_reader(
    client: FlaskClient, made: Makers, ruth: Person
) -> None:
    for page in (
        client.get(stop_path(ruth)).text,
        client.post(stop_path(ruth), data=ONE_CLICK).text,
    ):
        assert "Ruth" not in page
        assert ruth.email not in page


def test_the_link_signs_nobody_in(client: FlaskClient, ruth: Person) -> None:
    client.get(stop_path(ruth))
    client.post(stop_path(ruth), data=ONE_CLICK)
    assert client.get("/account/notices").status_code == 303


def test_a_link_nobody_signed_leads_nowhere(
    client: FlaskClient, made: Makers, ruth: Person
) -> None:
    good = mail_token(SECRET, ruth.id, [Topic.LOANS])
    other = mail_token(SECRET, ruth.id + 1, [Topic.LOANS])
    body, _, signature = good.rpartition(".")
    tampered = [
        f"{other.rpartition('.')[0]}.{signature}",
        body,
        good + "x",
        good[:-1],
        calendar_token(SECRET, "mark"),
        mail_token("another secret that is long enough for it", ruth.id, [Topic.LOANS]),
        mail_token(SECRET, ruth.id, []),
        mail_token(SECRET, 999_999, [Topic.LOANS]),
        "x" * (LONGEST + 1),
    ]
    for token in tampered:
        assert client.get(f"/unsubscribe/{token}").status_code == 404, token
        assert client.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404, token
    assert ways(made, ruth) == {}


def test_a_closed_account_s_link_looks_like_one_nobody_signed(
    client: FlaskClient, made: Makers
) -> None:
    gone = made.person(disabled_at=clock.now())
    closed, unsigned = client.get(stop_path(gone)), client.get("/unsubscribe/unsigned")
    assert closed.status_code == unsigned.status_code == 404
    assert closed.text == unsigned.text


def test_what_is_signed_for_one_thing_opens_no_other() -> None:
    assert mail_of(SECRET, mail_token(SECRET, 7, [Topic.STORIES])) == (7, (Topic.STORIES,))
    assert mail_of(SECRET, calendar_token(SECRET, "mark")) is None
    assert calendar_of(SECRET, calendar_token(SECRET, "mark")) == "mark"
    assert calendar_of(SECRET, mail_token(SECRET, 7, [Topic.STORIES])) is None


def test_the_link_may_not_be_tried_without_end(app: Flask, client: FlaskClient) -> None:
    answers = [client.get(f"/unsubscribe/guess-{number}").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]
