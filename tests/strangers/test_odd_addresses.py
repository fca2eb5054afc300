"""Addresses nobody would write, on both engines: not there, and never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from lended import clock, create_app
from lended.access import Scope
from lended.accounts.models import Token
from lended.accounts.rules import digest
from lended.db import engine_options, prepare_engine
from lended.web.limits import limiter
from tests.conftest import settings_for
from tests.makers import Makers
from tests.strangers.world import program_token

ODD_KEYS = (
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "9" * 40,
    "1.5",
    "0x1",
    "%00",
    "\u0669" * 5,
)
ODD_WORDS = (
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    quote("\u202e\u200b👩\u200d🏫"),
    "x" * 5000,
    "'%20OR%201=1%20--",
    "{{7*7}}",
)
ROLES = {
    "school": ("teacher", "school_lead"),
    "trust": ("trust_lead", "technologist"),
    "supplier": ("supplier",),
    "platform": ("staff",),
}


@pytest.fixture
def odd_app(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return an application on each kind of database in turn, that slows nobody down."""
    app = create_app(settings_for(database_url, tmp_path, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(limiter, "enabled", False)
    yield app
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()


@pytest.fixture
def people(odd_app: Flask, database_url: str) -> list[FlaskClient]:
    """Return a visitor and somebody of each kind of place."""
    engine = prepare_engine(create_engine(database_url, **engine_options(database_url)))
    make = Makers(engine)
    clients = [odd_app.test_client()]
    for kind, roles in ROLES.items():
        place = make.organisation(kind)
        person = make.person(place, *roles)
        if kind == "supplier":
            make.supplier(place)
        clients.append(odd_app.test_client())
        with clients[-1].session_transaction() as cookie:
            cookie["_user_id"] = f"{person.id}:1"
        secret = program_token(person.id, place.id)
        clients[-1].environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        make.save(Token(organisation_id=place.id, person_id=person.id, name="A program",
                        scopes=tuple(Scope), token_digest=digest(secret), ending="xxxx",
                        made_at=clock.now()))  # fmt: skip
    engine.dispose()
    return clients


def test_what_is_not_there_is_not_there_however_it_is_written(
    odd_app: Flask, people: list[FlaskClient]
) -> None:
    for method, path in odd_addresses(odd_app):
        for client in people:
            answer = client.open(path, method=method, data={"reason": "other", "need": "9" * 12})
            unknown = {401} if path.startswith("/api/") else set()
            allowed = {204, 303, 403, 404, 405, 422} | unknown
            assert answer.status_code in allowed, (method, path[:80])
            answer.close()


def odd_addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield every address with something in it, with something odd in its place."""
    for rule in app.url_map.iter_rules():
        whole = [name for name in rule.arguments if name.endswith("_id")]
        if not rule.arguments or rule.endpoint == "static":
            continue
        for odd in ODD_KEYS if whole else ODD_WORDS:
            path = "".join(
                odd if dynamic else part.partition("|")[0] for dynamic, part in rule._trace
            )
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield method, "/" + path.lstrip("/")


@pytest.mark.parametrize("odd", ODD_WORDS)
def test_a_query_may_hold_anything(odd_app: Flask, people: list[FlaskClient], odd: str) -> None:
    pages = {
        "/find": ("need", "aside", "stage", "page", "borrow_from-day"),
        "/products": ("stage", "page", "device", "borrow_until-year", odd),
        "/compare": ("product",),
        "/stories": ("need", "verdict", "page"),
        "/sign-in": ("next",),
        "/api/v1/match": ("need", "limit"),
        "/api/v1/loans": ("state", "cursor", "limit", odd),
        "/api/v1/products/none/availability": ("from", "to", "quantity"),
        "/join": ("words",),
        "/inbox": ("page",),
    }
    for path, names in pages.items():
        for name in names:
            for client in people:
                answer = client.get(f"{path}?{name}={odd}&{name}={odd}")
                assert answer.status_code in {200, 302, 303, 401, 404, 422}, (path, name)
                answer.close()


@pytest.mark.parametrize("odd", ["%00", "a%00", "%FF", "x" * 64, "x" * 65, "'--"])
def test_a_form_s_own_mark_may_hold_anything(
    odd_app: Flask, people: list[FlaskClient], odd: str
) -> None:
    form = "application/x-www-form-urlencoded"
    for client in people:
        for path, field in (
            ("/forgotten", "email=a%40b.example"),
            ("/demo/sign-in", f"email={odd}"),
        ):
            answer = client.post(path, data=f"{field}&once={odd}", content_type=form)
            assert answer.status_code in {303, 404}, (path, answer.status_code)
