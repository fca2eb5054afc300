"""Every refusal and failure is a page of ours that says what to do, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from lended import create_app
from lended.web import limits
from tests.conftest import settings_for
from tests.makers import Makers

PAGES = (400, 403, 404, 409, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("status", PAGES)
def test_a_refusal_is_a_page_of_ours(odd: FlaskClient, status: int) -> None:
    response = odd.get(f"/try/status/{status}")
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "<h1>" in response.text
    assert "LendED" in response.text
    assert 'href="/"' in response.text


@pytest.mark.parametrize("status", PAGES)
def test_a_program_gets_a_problem_document(odd: FlaskClient, status: int) -> None:
    response = odd.get(f"/api/try/status/{status}")
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert json.loads(response.text)["status"] == status


def test_the_words_of_a_refusal_are_shown(odd: FlaskClient) -> None:
    assert "Somebody was faster." in odd.get("/try/status/409").text
    assert json.loads(odd.get("/api/try/status/409").text)["detail"] == "Somebody was faster."


def test_a_link_that_is_over_says_so_and_not_that_it_was_mistyped(odd: FlaskClient) -> None:
    page = odd.get("/reset/long-gone")
    assert page.status_code == 404
    assert "This link no longer works" in page.text
    assert "mistyped" not in page.text
    assert 'href="/sign-in"' in page.text


def test_what_is_not_there_and_what_is_not_yours_look_the_same(odd: FlaskClient) -> None:
    assert odd.get("/try/status/404").text == odd.get("/nowhere").text


@pytest.mark.parametrize("path", ["/", "/products"])
def test_a_wrong_verb_is_told_the_right_ones(client: FlaskClient, path: str) -> None:
    response = client.delete(path)
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    assert "<h1>" in response.text


def test_a_busy_database_asks_to_try_again_soon(odd: FlaskClient) -> None:
    for path in ("/try/fail/locked", "/try/status/503", "/api/try/fail/locked"):
        response = odd.get(path)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0


def test_too_many_for_the_connections_there_are_are_asked_to_try_again(app: Flask) -> None:
    with app.app_context():
        engine = app.extensions["migrate"].db.engine
    engine.pool._timeout = 0.01
    with ExitStack() as taken:
        for _ in range(engine.pool.size() + engine.pool._max_overflow):
            taken.enter_context(engine.connect())
        response = app.test_client().get("/products")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert "very busy" in response.text
    assert app.test_client().get("/products").status_code == 200


def test_a_full_disk_is_called_what_it_is(odd: FlaskClient) -> None:
    assert odd.get("/try/fail/full").status_code == 507


def test_a_mistake_of_ours_says_nothing_about_itself(odd: FlaskClient) -> None:
    response = odd.get("/try/fail/somehow")
    assert response.status_code == 500
    assert "We made a mistake" in response.text
    assert "secret somehow" not in response.text
    assert "Traceback" not in response.text


def test_a_failing_error_page_still_answers(
    odd: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_rest: object, **_more: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("lended.web.error_pages.render_template", broken)
    response = odd.get("/try/fail/somehow")
    assert response.status_code == 500
    assert "Internal Server Error" in response.text
    assert response.headers["Content-Security-Policy"]


def test_too_many_are_told_when_to_come_back(app: Flask) -> None:
    view = app.view_functions["needs.home"]
    limited: Any = limits.limiter.limit("2 per minute")(view)
    app.view_functions["needs.home"] = limited
    client = app.test_client()
    answers = [client.get("/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "<h1>" in answers[-1].text


def test_a_form_without_its_token_is_refused_kindly(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": "a@b.example"})
    assert response.status_code == 400
    assert "had been open too long" in response.text


def test_without_a_database_a_signed_in_person_gets_a_page_too(
    app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]
) -> None:
    school = made.organisation()
    client = signed_in(made.person(school, "teacher"), school)
    assert client.get("/needs").status_code == 200
    with app.app_context(), app.extensions["migrate"].db.engine.connect() as connection:
        connection.execute(text("ALTER TABLE people RENAME TO gone"))
        connection.commit()
    for path in ("/needs", "/", "/products", "/nowhere"):
        response = client.get(path)
        assert response.status_code in {404, 500}
        assert "<h1>" in response.text


def test_with_the_database_away_pages_say_so(tmp_path: Path) -> None:
    app = create_app(settings_for("postgresql+psycopg://u@127.0.0.1:1/x", tmp_path))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "1:1"
    for path in ("/products", "/needs", "/sign-in"):
        response = client.get(path)
        assert response.status_code == 503
        assert "<h1>" in response.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json == {
        "status": "not ready",
        "problems": ["The database does not answer."],
    }
