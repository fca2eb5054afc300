"""Signing in and out, through a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from lended.accounts import passwords
from lended.accounts.models import Person
from tests.lended.accounts.conftest import WORDS
from tests.makers import Makers

Send = Callable[..., Any]
RUTH = "ruth@millfold.example"
NASTY = [
    "",
    " ",
    "\x00",
    "\u200b\u200e",
    "\u202eevil",
    "🦊🌙",
    "x" * 5000,
    "a@b",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
]


def test_the_right_words_let_somebody_in(client: FlaskClient, ruth: Person, send: Send) -> None:
    answer = send(client, "/sign-in", email=" Ruth@Millfold.example ", password=WORDS)
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert "Ruth Ackroyd" in client.get("/account").text


def test_signing_in_is_written_down(
    client: FlaskClient, ruth: Person, send: Send, made: Makers
) -> None:
    send(client, "/sign-in", email=RUTH, password=WORDS)
    with Session(made.engine) as session:
        assert session.get_one(Person, ruth.id).last_sign_in_at is not None


def test_an_old_hash_is_replaced_at_sign_in(client: FlaskClient, made: Makers, send: Send) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(WORDS)
    person = made.person(email=RUTH, password_hash=old)
    send(client, "/sign-in", email=RUTH, password=WORDS)
    with Session(made.engine) as session:
        found = session.get_one(Person, person.id).password_hash
    assert found != old
    assert passwords.is_right(WORDS, found)


def test_somebody_without_a_place_is_led_to_find_one(
    client: FlaskClient, made: Makers, password_hash: str, send: Send
) -> None:
    made.person(email="new@school.example", password_hash=password_hash)
    answer = send(client, "/sign-in", email="new@school.example", password=WORDS)
    assert answer.location == "/join"


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/needs/7?a=b", "/needs/7?a=b"),
        ("//evil.example", "/desk"),
        ("https://evil.example/", "/desk"),
        ("/\\evil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/\t/evil.example", "/desk"),
        ("x" * 5000, "/desk"),
        ("/\x00", "/desk"),
        ("", "/desk"),
    ],
)
def test_nobody_is_led_to_another_site(
    client: FlaskClient, ruth: Person, send: Send, wanted: str, led_to: str
) -> None:
    answer = send(client, "/sign-in", email=RUTH, password=WORDS, next=wanted)
    assert (answer.status_code, answer.location) == (303, led_to)
    again = client.get("/sign-in", query_string={"next": wanted})
    assert (again.status_code, again.location) == (303, led_to)


def test_a_page_asked_for_is_reached_after_signing_in(
    client: FlaskClient, ruth: Person, send: Send
) -> None:
    asked = client.get("/members")
    assert asked.location == "/sign-in?next=%2Fmembers"
    page = client.get(asked.location).text
    assert 'name="next" type="hidden" value="/members"' in page
    assert "LendED has to know who you are" in page
    assert "LendED has to know who you are" not in client.get("/sign-in").text


def test_known_and_unknown_are_refused_alike(
    app: Flask, ruth: Person, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same status, the same words, the same length, and both cost one hashing."""
    hashings: list[str | None] = []
    real = passwords.is_right

    def counting(password: str, stored: str | None) -> bool:
        hashings.append(stored)
        return real(password, stored)

    monkeypatch.setattr(passwords, "is_right", counting)
    known = send(app.test_client(), "/sign-in", email=RUTH, password="nearly right")
    unknown = send(app.test_client(), "/sign-in", email="rush@millfold.example", password="n" * 12)
    assert known.status_code == unknown.status_code == 422
    assert abs(len(known.data) - len(unknown.data)) < 20
    assert "do not belong together" in known.text
    assert "do not belong together" in unknown.text
    assert [stored is None for stored in hashings] == [False, True]


def test_a_closed_account_is_refused_like_an_unknown_one(
    client: FlaskClient, ruth: Person, send: Send, made: Makers
) -> None:
    from lended import clock

    with Session(made.engine) as session:
        session.execute(update(Person).values(disabled_at=clock.now()))
        session.commit()
    answer = send(client, "/sign-in", email=RUTH, password=WORDS)
    assert answer.status_code == 422
    assert "do not belong together" in answer.text


@pytest.mark.parametrize("field", ["email", "password", "next"])
@pytest.mark.parametrize("value", NASTY)
def test_any_input_gets_an_answer_and_keeps_what_was_typed(
    client: FlaskClient, send: Send, field: str, value: str
) -> None:
    fields = {"email": "nobody@school.example", "password": "some password", field: value}
    answer = send(client, "/sign-in", **fields)
    assert answer.status_code == 422
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert "<script>alert" not in answer.text
    if field == "password":
        assert 'value="nobody@school.example"' in answer.text
        assert not value.strip() or f'value="{value}"' not in answer.text


def test_missing_and_doubled_fields_get_an_answer(client: FlaskClient, send: Send) -> None:
    assert send(client, "/sign-in").status_code == 422
    assert send(client, "/sign-in", email=["a", "b"], password=["c", "d"]).status_code == 422


def test_without_a_token_the_answer_is_a_page_of_ours(client: FlaskClient, ruth: Person) -> None:
    answer = client.post("/sign-in", data={"email": RUTH, "password": WORDS})
    assert answer.status_code == 400
    assert "LendED" in answer.text
    assert client.get("/account").status_code == 303


def test_wrong_passwords_for_one_account_make_the_pause_grow(
    app: Flask, ruth: Person, send: Send
) -> None:
    client = app.test_client()
    for _ in range(5):
        assert send(client, "/sign-in", email=RUTH, password="wrong words").status_code == 422
    slowed = send(client, "/sign-in", email=RUTH.upper(), password=WORDS)
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_a_stranger_who_guesses_does_not_lock_the_rightful_person_out(
    app: Flask, ruth: Person, send: Send
) -> None:
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    guesses = [send(stranger, "/sign-in", email=RUTH, password="wrong words") for _ in range(6)]
    assert guesses[-1].status_code == 429
    assert send(app.test_client(), "/sign-in", email=RUTH, password=WORDS).status_code == 303


def test_unknown_addresses_are_slowed_like_known_ones(app: Flask, send: Send) -> None:
    client = app.test_client()
    answers = [
        send(client, "/sign-in", email="nobody@school.example", password="w").status_code
        for _ in range(6)
    ]
    assert answers == [422] * 5 + [429]


def test_one_network_guessing_at_many_accounts_is_slowed(app: Flask, send: Send) -> None:
    client = app.test_client()
    answers = [
        send(client, "/sign-in", email=f"p{n}@school.example", password="w").status_code
        for n in range(21)
    ]
    assert answers[-1] == 429
    assert answers[:-1] == [422] * 20


def test_right_passwords_are_never_counted(app: Flask, ruth: Person, send: Send) -> None:
    for _ in range(8):
        assert send(app.test_client(), "/sign-in", email=RUTH, password=WORDS).status_code == 303


def test_the_session_is_new_after_signing_in(client: FlaskClient, ruth: Person, send: Send) -> None:
    client.get("/sign-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        before = cookie["csrf_token"]
    send(client, "/sign-in", email=RUTH, password=WORDS)
    client.get("/account")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["csrf_token"] != before


def test_signing_out_ends_the_session_here(client: FlaskClient, ruth: Person, send: Send) -> None:
    send(client, "/sign-in", email=RUTH, password=WORDS)
    assert send(client, "/sign-out", page="/account").location == "/sign-in"
    assert client.get("/account").status_code == 303


def test_signing_out_everywhere_ends_the_others_too(app: Flask, ruth: Person, send: Send) -> None:
    here, there = app.test_client(), app.test_client()
    for client in (here, there):
        send(client, "/sign-in", email=RUTH, password=WORDS)
    send(here, "/sign-out-everywhere", page="/account")
    assert here.get("/account").status_code == 303
    assert there.get("/account").status_code == 303


@pytest.mark.parametrize(
    "key", ["", "1", "1:", ":1", "x:1", "1:x", "99:1", "1:99", "-1:1", "²:1", "1:1:1"]
)
def test_a_made_up_session_is_nobodys(client: FlaskClient, ruth: Person, key: str) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = key
    assert client.get("/account").status_code == 303


def test_nobody_signs_out_by_following_a_link(client: FlaskClient) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
