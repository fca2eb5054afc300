"""Making, seeing and revoking tokens, through a client."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended.accounts.models import Organisation, Person
from lended.notices.models import Notice
from tests.makers import Makers

Send = Callable[..., Any]
SECRET = re.compile(r"lended_[\w-]{43}")
FIELDS = {"name": "Our booking system", "scopes": ["loans:read", "availability:read"]}


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def test_a_token_is_shown_once_and_works(lead: FlaskClient, app: Flask, send: Send) -> None:
    assert "Tokens for programs" in page(lead, "/account")
    answer = send(lead, "/tokens", **FIELDS)
    assert answer.status_code == 303
    shown = lead.get(answer.location)
    assert shown.headers["Cache-Control"] == "no-store"
    secret = SECRET.search(shown.text)
    assert secret
    assert not SECRET.search(page(lead, answer.location))
    assert not SECRET.search(page(lead, "/tokens"))
    headers = {"Authorization": f"Bearer {secret[0]}"}
    told = app.test_client().get("/api/v1/token", headers=headers).get_json()
    assert told["scopes"] == sorted(FIELDS["scopes"])
    assert "last used on" in page(lead, "/tokens")


def test_a_double_click_makes_one_token(lead: FlaskClient, send: Send) -> None:
    form = page(lead, "/tokens")
    once = re.findall(r'name="once" value="([^"]+)"', form)[-1]
    first = send(lead, "/tokens", once=once, **FIELDS)
    again = send(lead, "/tokens", once=once, **FIELDS)
    assert first.location == again.location
    assert SECRET.search(page(lead, again.location))
    assert page(lead, "/tokens").count("Our booking system</a>") == 1


def test_a_revoked_token_is_gone(lead: FlaskClient, app: Flask, send: Send) -> None:
    path = send(lead, "/tokens", **FIELDS).location
    secret = SECRET.search(page(lead, path))
    assert secret
    assert send(lead, f"{path}/revoke", page=path).status_code == 303
    assert "Our booking system" not in page(lead, "/tokens")
    assert lead.get(path).status_code == 404
    headers = {"Authorization": f"Bearer {secret[0]}"}
    assert app.test_client().get("/api/v1/token", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scopes": ["loans:read"]}, "Give it a name"),
        ({"name": "x"}, "Choose what the program may do."),
        ({"name": "x", "scopes": ["everything"]}, "Choose from the list."),
        ({"name": "x" * 81, "scopes": ["loans:read"]}, "Shorten this to 80"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    lead: FlaskClient, send: Send, fields: dict[str, Any], words: str
) -> None:
    answer = send(lead, "/tokens", **fields)
    assert answer.status_code == 422
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert words in answer.text


def test_its_maker_is_told(
    lead: FlaskClient, send: Send, ruth: Person, mailed: Callable[[], list[Notice]]
) -> None:
    send(lead, "/tokens", **FIELDS)
    (notice,) = mailed()
    assert notice.person_id == ruth.id
    assert "Our booking system" in notice.words
    assert not SECRET.search(notice.words + notice.title)


def test_a_supplier_is_not_offered_what_only_schools_do(
    made: Makers, signed_in: Callable[..., FlaskClient]
) -> None:
    business = made.organisation("supplier")
    made.supplier(business)
    client = signed_in(made.person(business, "supplier"), business)
    assert 'value="loans:request"' not in page(client, "/tokens")
    assert 'value="loans:answer"' in page(client, "/tokens")


@pytest.mark.parametrize("role", ["teacher", "technologist"])
def test_who_does_not_lead_sees_none_of_it(
    made: Makers, school: Organisation, signed_in: Callable[..., FlaskClient], role: str
) -> None:
    client = signed_in(made.person(school, role), school)
    assert client.get("/tokens").status_code == 404
    assert "Tokens for programs" not in page(client, "/account")


def test_a_token_shown_belongs_to_its_page(lead: FlaskClient, send: Send) -> None:
    first = send(lead, "/tokens", **FIELDS).location
    second = send(lead, "/tokens", **{**FIELDS, "name": "Another"}).location
    assert not SECRET.search(page(lead, first))
    assert not SECRET.search(page(lead, second))
