"""One's own account, places and unfinished forms, through a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lended.accounts import queries
from lended.accounts.models import Organisation, Person
from lended.notices.models import Notice
from tests.lended.accounts.conftest import TOKEN, WORDS
from tests.makers import Makers

Send = Callable[..., Any]
Mailed = Callable[[], list[Notice]]


def test_a_name_is_changed(lead: FlaskClient, send: Send) -> None:
    assert send(lead, "/account", name="Ruth  Ackroyd-Lee").status_code == 303
    assert "Ruth Ackroyd-Lee" in lead.get("/account").text


@pytest.mark.parametrize("name", ["", "\u200b", "\x00", "x" * 121])
def test_a_name_that_is_none_is_explained(lead: FlaskClient, send: Send, name: str) -> None:
    answer = send(lead, "/account", name=name)
    assert answer.status_code == 422
    assert "name-error" in answer.text


def test_a_password_is_changed_and_other_sessions_end(
    app: Flask,
    lead: FlaskClient,
    signed_in: Any,
    ruth: Person,
    school: Organisation,
    send: Send,
    mailed: Mailed,
) -> None:
    elsewhere = signed_in(ruth, school)
    answer = send(lead, "/account/password", present=WORDS, password="four brown foxes")
    assert answer.status_code == 303
    assert lead.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert mailed()[-1].title == "Your password was changed"


@pytest.mark.parametrize(
    ("present", "password", "wrong"),
    [
        ("not it at all", "four brown foxes", "present"),
        ("", "four brown foxes", "present"),
        (WORDS, "short", "password"),
        (WORDS, "ruth ackroyd 12", "password"),
        ("x" * 2000, "four brown foxes", "present"),
    ],
)
def test_a_password_is_not_changed_without_sense(
    lead: FlaskClient, send: Send, present: str, password: str, wrong: str
) -> None:
    answer = send(lead, "/account/password", present=present, password=password)
    assert answer.status_code == 422
    assert f"{wrong}-error" in answer.text


def test_what_is_wrong_is_told_in_the_order_of_the_fields(lead: FlaskClient, send: Send) -> None:
    page = send(lead, "/account/password", present="", password="").text
    assert page.index('href="#present"') < page.index('href="#password"')


def test_a_person_switches_between_their_own_places_only(
    made: Makers, lead: FlaskClient, ruth: Person, school: Organisation, send: Send
) -> None:
    trust = made.organisation("trust", "Hawkesmere")
    made.member(ruth, trust, "trust_lead")
    foreign = made.organisation("school", "Elsewhere")
    assert send(lead, "/acting-for", organisation_id=str(trust.id)).location == "/desk"
    assert "People of Hawkesmere" in lead.get("/members").text
    assert send(lead, "/acting-for", organisation_id=str(foreign.id)).status_code == 404
    assert "People of Hawkesmere" in lead.get("/members").text


@pytest.mark.parametrize("number", ["", "x", "²", "-1", "9" * 19, "9" * 400, "🦊", "\x00"])
def test_places_that_are_none_get_an_answer(
    made: Makers, ruth: Person, lead: FlaskClient, send: Send, number: str
) -> None:
    made.member(ruth, made.organisation("trust"), "trust_lead")
    answer = send(lead, "/acting-for", organisation_id=number)
    assert answer.status_code in {404, 422}


def test_a_form_is_kept_and_its_token_stays_good(
    lead: FlaskClient, send: Send, made: Makers, ruth: Person
) -> None:
    """What saves itself while somebody types must not use up the form's one sending."""
    kept = send(lead, "/unfinished/trial/7", page="/account", goal="Fewer slips", once="the-token")
    assert (kept.status_code, kept.location) == (303, "/desk")
    sent = send(lead, "/account", name="Another Name", once="the-token")
    assert sent.status_code == 303
    assert "Another Name" in lead.get("/account").text
    with Session(made.engine) as session:
        found = queries.unfinished(session, made.actor(ruth, None), "trial", "7")
    assert found == {"goal": ["Fewer slips"]}


def test_a_script_that_saves_is_answered_with_silence(lead: FlaskClient, send: Send) -> None:
    token = TOKEN.search(lead.get("/account").text)
    assert token
    answer = lead.post(
        "/unfinished/trial/7",
        data={"csrf_token": token[1], "goal": "x"},
        headers={"HX-Request": "true"},
    )
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize("path", ["/unfinished/nothing/7", f"/unfinished/trial/{'x' * 300}"])
def test_forms_that_cannot_be_kept_are_not_found(lead: FlaskClient, send: Send, path: str) -> None:
    assert send(lead, path, page="/account", goal="x").status_code == 404
