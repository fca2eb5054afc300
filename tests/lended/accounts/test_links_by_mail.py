"""Forgotten passwords, registration and invitations, through a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from lended.accounts import passwords
from lended.accounts.models import Organisation, Person
from lended.notices.models import Notice
from tests.lended.accounts.conftest import WORDS
from tests.makers import Makers

Send = Callable[..., Any]
Mailed = Callable[[], list[Notice]]
RUTH, NOBODY = "ruth@millfold.example", "nobody@millfold.example"
NEW = "four brown foxes"


@pytest.mark.parametrize("path", ["/forgotten", "/register"])
def test_known_and_unknown_addresses_are_answered_alike(
    app: Flask, ruth: Person, send: Send, mailed: Mailed, path: str
) -> None:
    pages = []
    for email in (RUTH, NOBODY):
        client = app.test_client()
        answer = send(client, path, email=email)
        assert (answer.status_code, answer.location) == (303, "/look-in-your-mail")
        pages.append(client.get(answer.location).text)
    assert pages[0] == pages[1]
    assert [notice.email for notice in mailed()] == [RUTH, NOBODY]


@pytest.mark.parametrize(
    ("path", "email", "link", "title"),
    [
        ("/forgotten", RUTH, "/reset/", "Choose a new password for LendED"),
        ("/forgotten", NOBODY, "/register/", "There is no LendED account with this address"),
        ("/register", RUTH, "/reset/", "You already have a LendED account"),
        ("/register", NOBODY, "/register/", "Confirm your address for LendED"),
    ],
)
def test_what_the_mail_says_depends_on_whether_we_know_the_address(
    client: FlaskClient,
    ruth: Person,
    send: Send,
    mailed: Mailed,
    path: str,
    email: str,
    link: str,
    title: str,
) -> None:
    send(client, path, email=email)
    notice = mailed()[0]
    assert notice.title == title
    assert notice.link.startswith(link)
    assert not notice.in_inbox


def test_a_forgotten_password_is_replaced_and_other_sessions_end(
    app: Flask, ruth: Person, send: Send, mailed: Mailed
) -> None:
    elsewhere, here = app.test_client(), app.test_client()
    send(elsewhere, "/sign-in", email=RUTH, password=WORDS)
    send(here, "/forgotten", email=RUTH)
    link = mailed()[0].link
    answer = send(here, link, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/desk")
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert here.get(link).status_code == 404
    fresh = app.test_client()
    assert send(fresh, "/sign-in", email=RUTH, password=WORDS).status_code == 422
    assert send(fresh, "/sign-in", email=RUTH, password=NEW).status_code == 303


def test_an_account_begins_with_a_confirmed_address(
    client: FlaskClient, made: Makers, send: Send, mailed: Mailed
) -> None:
    send(client, "/register", email=NOBODY)
    link = mailed()[0].link
    assert client.get("/account").status_code == 303
    answer = send(client, link, name="Nobody Yet", password=NEW)
    assert (answer.status_code, answer.location) == (303, "/join")
    assert "Nobody Yet" in client.get("/account").text
    with Session(made.engine) as session:
        person = session.query(Person).one()
        assert (person.email, person.last_sign_in_at is not None) == (NOBODY, True)


def test_reading_a_link_uses_nothing_up(
    client: FlaskClient, ruth: Person, send: Send, mailed: Mailed
) -> None:
    """Mail programs follow links before their reader does."""
    send(client, "/forgotten", email=RUTH)
    link = mailed()[0].link
    for _ in range(3):
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("kind", ["reset", "register", "invitations"])
@pytest.mark.parametrize("token", ["x", "%00", "..%2F..", "é" * 300, "🦊"])
def test_links_we_never_sent_are_not_found(client: FlaskClient, kind: str, token: str) -> None:
    answer = client.get(f"/{kind}/{token}")
    assert answer.status_code == 404
    html5lib.HTMLParser(strict=True).parse(answer.text)


@pytest.mark.parametrize(
    "password",
    ["", "short", "x" * 257, "x" * 5000, "passwordpassword", RUTH, "            ", "\x00" * 12],
)
def test_a_poor_password_is_explained_beside_the_field(
    client: FlaskClient, ruth: Person, send: Send, mailed: Mailed, password: str
) -> None:
    send(client, "/forgotten", email=RUTH)
    answer = send(client, mailed()[0].link, password=password)
    assert answer.status_code == 422
    assert 'aria-describedby="password-hint password-error"' in answer.text
    assert 'name="password"' in answer.text
    assert 'name="password" type="password" value=""' in answer.text, "never shown again"


@pytest.mark.parametrize(
    "password", [NEW, "ключ от старого дома", "🦊 over the 🌙 twice", "\u202eright to left words"]
)
def test_unusual_passwords_work(
    app: Flask, ruth: Person, send: Send, mailed: Mailed, password: str
) -> None:
    send(app.test_client(), "/forgotten", email=RUTH)
    assert send(app.test_client(), mailed()[0].link, password=password).status_code == 303
    assert send(app.test_client(), "/sign-in", email=RUTH, password=password).status_code == 303


@pytest.mark.parametrize("path", ["/forgotten", "/register"])
@pytest.mark.parametrize(
    "email",
    [
        "",
        " ",
        "\x00",
        "\u200b",
        "\u202ex@y.example",
        "🦊@school.example",
        "x" * 5000,
        "no-address",
        "a@b.example\nBcc: c@d.example",
        "a@school.example, b@school.example",
    ],
)
def test_what_is_no_address_is_explained_beside_the_field(
    client: FlaskClient, send: Send, mailed: Mailed, path: str, email: str
) -> None:
    answer = send(client, path, email=email)
    if answer.status_code == 303:
        assert [notice.email for notice in mailed()] == ["x@y.example"], "only marks were removed"
        return
    assert answer.status_code == 422
    assert 'aria-describedby="email-error"' in answer.text
    assert mailed() == []


@pytest.mark.parametrize("name", ["", "   ", "\x00", "\u200b\u200e", "x" * 121, "x" * 5000])
def test_a_name_that_is_none_is_explained_beside_the_field(
    client: FlaskClient, send: Send, mailed: Mailed, name: str
) -> None:
    send(client, "/register", email=NOBODY)
    answer = send(client, mailed()[0].link, name=name, password=NEW)
    assert answer.status_code == 422
    assert 'aria-describedby="name-error"' in answer.text


@pytest.mark.parametrize("name", ["Zoë 🦊 O’Brien", "أمل حسن", "\u202eevil", "<b>Tom</b>"])
def test_names_are_as_people_write_them(
    client: FlaskClient, send: Send, mailed: Mailed, name: str
) -> None:
    send(client, "/register", email=NOBODY)
    assert send(client, mailed()[0].link, name=name, password=NEW).status_code == 303
    page = client.get("/account").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "\u202e" not in page
    assert "<b>Tom" not in page


def test_links_are_sent_a_few_times_only(app: Flask, send: Send, mailed: Mailed) -> None:
    client = app.test_client()
    answers = [send(client, "/forgotten", email=NOBODY).status_code for _ in range(4)]
    assert answers == [303, 303, 303, 429]
    assert len(mailed()) == 3


def test_without_a_token_nothing_is_sent(client: FlaskClient, mailed: Mailed) -> None:
    assert client.post("/forgotten", data={"email": RUTH}).status_code == 400
    assert mailed() == []


def test_no_token_of_a_link_reaches_the_log(
    client: FlaskClient,
    ruth: Person,
    send: Send,
    mailed: Mailed,
    capsys: pytest.CaptureFixture[str],
) -> None:
    send(client, "/forgotten", email=RUTH)
    link = mailed()[0].link
    client.get(link)
    assert link.rpartition("/")[2] not in capsys.readouterr().out


class TestInvitations:
    @pytest.fixture
    def link(
        self, signed_in: Any, ruth: Person, school: Organisation, send: Send, mailed: Mailed
    ) -> str:
        lead = signed_in(ruth, school)
        assert send(lead, "/members", email=NOBODY, role="teacher").status_code == 303
        return mailed()[0].link

    def test_somebody_new_joins(self, client: FlaskClient, link: str, send: Send) -> None:
        assert "Millfold Primary" in client.get(link).text
        answer = send(client, link, name="Nobody Yet", password=NEW)
        assert (answer.status_code, answer.location) == (303, "/desk")
        assert "Millfold Primary" in client.get("/account").text
        assert client.get(link).status_code == 404

    def test_poor_answers_are_explained_and_the_rest_is_kept(
        self, client: FlaskClient, link: str, send: Send
    ) -> None:
        answer = send(client, link, name="Nobody Yet", password="short")
        assert answer.status_code == 422
        assert 'value="Nobody Yet"' in answer.text

    def test_somebody_known_signs_in_and_joins(
        self, client: FlaskClient, made: Makers, password_hash: str, link: str, send: Send
    ) -> None:
        made.person(email=NOBODY, password_hash=password_hash)
        assert f"/sign-in?next={link}" in client.get(link).text
        assert send(client, "/sign-in", email=NOBODY, password=WORDS, next=link).location == link
        answer = send(client, f"{link}/accept", page=link)
        assert (answer.status_code, answer.location) == (303, "/desk")
        assert client.get("/account").status_code == 200

    def test_somebody_else_is_told_so(
        self, made: Makers, signed_in: Any, link: str, send: Send
    ) -> None:
        other = signed_in(made.person())
        assert "another address" in other.get(link).text
        assert send(other, f"{link}/accept", page=link).status_code == 403

    def test_a_second_account_is_refused(
        self, client: FlaskClient, made: Makers, link: str, send: Send
    ) -> None:
        token = client.get(link)
        assert token.status_code == 200
        made.person(email=NOBODY)
        answer = send(client, link, page="/sign-in", name="Somebody", password=NEW)
        assert answer.status_code == 409


def test_the_hash_is_made_before_the_transaction(
    app: Flask, ruth: Person, send: Send, mailed: Mailed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a password is hashed somebody else can write."""
    send(app.test_client(), "/forgotten", email=RUTH)
    link = mailed()[0].link
    real = passwords.hashed
    written: list[int] = []

    def hashing(password: str) -> str:
        send(app.test_client(), "/forgotten", email=NOBODY)
        written.append(len(mailed()))
        return real(password)

    monkeypatch.setattr(passwords, "hashed", hashing)
    assert send(app.test_client(), link, password=NEW).status_code == 303
    assert written == [2]
