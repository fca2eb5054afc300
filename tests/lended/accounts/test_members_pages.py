"""The people of an organisation, through a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended.accounts import service
from lended.accounts.models import Organisation, Person
from lended.notices.models import Notice
from lended.work import open_work
from tests.makers import Makers

Send = Callable[..., Any]
Mailed = Callable[[], list[Notice]]
MOST_QUERIES = 12
NASTY = [
    "",
    " ",
    "\x00",
    "\u200b\u200e",
    "\u202eevil",
    "🦊🌙",
    "x" * 5000,
    "<script>alert(1)</script>",
]


@pytest.fixture
def asked(made: Makers, school: Organisation, ruth: Person) -> int:
    dilys = made.person(name="Dilys Pryce", email="dilys@school.example")
    with open_work(made.engine) as work:
        return service.ask_to_join(
            work, made.actor(dilys, None), school.id, "teacher", "I begin in Year 4."
        )


@contextmanager
def counted(made: Makers) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(made.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(made.engine, "before_cursor_execute", note)


def test_every_page_is_sound_and_asks_little(
    app: Flask,
    made: Makers,
    lead: FlaskClient,
    ruth: Person,
    school: Organisation,
    asked: int,
    send: Send,
) -> None:
    for number in range(30):
        made.person(school, "teacher", "technologist", name=f"Person {number}")
    for number in range(10):
        send(lead, "/members", email=f"p{number}@school.example", role="teacher")
    paths = ["/members", f"/members/{ruth.id}", f"/members/requests/{asked}", "/account",
             "/account/password", "/acting-for", "/inbox"]  # fmt: skip
    for path in paths:
        with counted(made) as statements:
            page = lead.get(path)
        assert page.status_code == 200, path
        html5lib.HTMLParser(strict=True).parse(page.text)
        asked_for = [line for line in statements if line.startswith("SELECT")]
        assert len(asked_for) <= MOST_QUERIES, (path, asked_for)


@pytest.mark.parametrize("field", ["email", "role"])
@pytest.mark.parametrize("value", NASTY)
def test_any_invitation_gets_an_answer_beside_the_field(
    lead: FlaskClient, send: Send, field: str, value: str
) -> None:
    answer = send(
        lead, "/members", **{"email": "tom@school.example", "role": "teacher", field: value}
    )
    assert answer.status_code == 422
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert f'"{field}-error"' in answer.text
    if field == "role":
        assert 'value="tom@school.example"' in answer.text


def test_a_doubled_role_is_the_first_one(lead: FlaskClient, send: Send, mailed: Mailed) -> None:
    answer = send(lead, "/members", email="tom@school.example", role=["teacher", "staff"])
    assert answer.status_code == 303
    assert len(mailed()) == 1


@pytest.mark.parametrize("role", ["staff", "supplier", "trust_lead"])
def test_a_school_lead_cannot_invite_to_another_kind_of_role(
    lead: FlaskClient, send: Send, mailed: Mailed, role: str
) -> None:
    assert send(lead, "/members", email="tom@school.example", role=role).status_code == 422
    assert mailed() == []


def test_an_invitation_is_sent_again_and_withdrawn(
    lead: FlaskClient, send: Send, mailed: Mailed, client: FlaskClient
) -> None:
    send(lead, "/members", email="tom@school.example", role="teacher")
    send(lead, "/members/invitations/1/resend", page="/members")
    first, second = (notice.link for notice in mailed())
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    send(lead, "/members/invitations/1/withdraw", page="/members")
    assert client.get(second).status_code == 404
    assert send(lead, "/members/invitations/1/withdraw", page="/members").status_code == 404


def test_somebody_is_let_in(
    lead: FlaskClient, send: Send, asked: int, mailed: Mailed, made: Makers
) -> None:
    assert "Dilys Pryce asks to join" in lead.get("/members").text
    page = f"/members/requests/{asked}"
    assert send(lead, f"{page}/approve", page=page).location == "/members"
    assert "Dilys Pryce" in lead.get("/members").text
    assert mailed()[-1].title == "You belong to Millfold Primary now"
    assert lead.get(page).status_code == 404


@pytest.mark.parametrize("words", ["", "  \n", "\x00", "\u200b", "x" * 5000])
def test_no_needs_words(lead: FlaskClient, send: Send, asked: int, words: str) -> None:
    page = f"/members/requests/{asked}"
    answer = send(lead, f"{page}/refuse", page=page, words=words)
    assert answer.status_code == 422
    assert "words-error" in answer.text


def test_no_with_words_reaches_who_asked(
    lead: FlaskClient, send: Send, asked: int, mailed: Mailed
) -> None:
    page = f"/members/requests/{asked}"
    send(lead, f"{page}/refuse", page=page, words="Ask the office first. 🦊")
    assert "Ask the office first. 🦊" in mailed()[-1].words


def test_roles_are_changed_and_the_last_lead_stays(
    lead: FlaskClient, made: Makers, ruth: Person, school: Organisation, send: Send
) -> None:
    tom = made.person(school, "teacher", name="Tom")
    assert send(lead, f"/members/{tom.id}", roles=["technologist"]).status_code == 303
    assert "Learning technologist" in lead.get("/members").text
    refused = send(lead, f"/members/{ruth.id}", roles=["teacher"])
    assert refused.status_code == 422
    assert "Nobody else leads Millfold Primary" in refused.text
    assert send(lead, f"/members/{ruth.id}/remove", page="/members").status_code == 422
    assert lead.get("/account").status_code == 200


def test_who_changes_their_own_roles_stays_signed_in_here_only(
    app: Flask, lead: FlaskClient, signed_in: Any, ruth: Person, school: Organisation, send: Send
) -> None:
    elsewhere = signed_in(ruth, school)
    send(lead, f"/members/{ruth.id}", roles=["school_lead", "teacher"])
    assert lead.get("/members").status_code == 200
    assert elsewhere.get("/members").status_code == 303


@pytest.mark.parametrize("roles", [[], ["staff"], ["🦊"], ["teacher", "staff"], ["x" * 5000]])
def test_roles_that_make_no_sense_are_explained(
    lead: FlaskClient, made: Makers, school: Organisation, send: Send, roles: list[str]
) -> None:
    tom = made.person(school, "teacher")
    answer = send(lead, f"/members/{tom.id}", roles=roles)
    assert answer.status_code == 422
    assert "roles-error" in answer.text


def test_a_removed_person_is_out_at_once(
    lead: FlaskClient, made: Makers, school: Organisation, signed_in: Any, send: Send
) -> None:
    tom = made.person(school, "teacher")
    toms = signed_in(tom, school)
    assert toms.get("/account").status_code == 200
    assert send(lead, f"/members/{tom.id}/remove", page="/members").status_code == 303
    assert toms.get("/account").status_code == 303


@pytest.mark.parametrize("number", ["0", "999", "99999999999999999999999"])
def test_people_and_requests_that_are_not_there_are_not_found(
    lead: FlaskClient, number: str
) -> None:
    assert lead.get(f"/members/{number}").status_code == 404
    assert lead.get(f"/members/requests/{number}").status_code == 404


def test_strangers_find_nothing(
    app: Flask, made: Makers, signed_in: Any, ruth: Person, asked: int, send: Send
) -> None:
    other = made.organisation("school", "Elsewhere")
    stranger = signed_in(made.person(other, "school_lead"), other)
    teacher = signed_in(made.person(other, "teacher"), other)
    for path in (f"/members/{ruth.id}", f"/members/requests/{asked}"):
        assert stranger.get(path).status_code == 404
        assert teacher.get(path).status_code == 404
        assert app.test_client().get(path).status_code == 303
    for path in (f"/members/requests/{asked}/approve", f"/members/{ruth.id}/remove"):
        assert send(stranger, path, page="/account").status_code == 404
        assert send(teacher, path, page="/account").status_code == 404
    assert teacher.get("/members").status_code == 404
    assert "Ruth" not in stranger.get("/members").text
