"""A form sent several times is one change, and every sender is led to the same page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts.models import Organisation
from lended.web import once, repeats
from lended.web.models import Submission

AT_ONCE = 5


def opened(app: Flask) -> int:
    """Count what the form has changed."""
    with app.app_context(), Session(engine_of(app)) as session:
        return session.scalar(select(func.count()).select_from(Organisation)) or 0


def engine_of(app: Flask) -> Engine:
    """Return an application's engine."""
    engine: Engine = app.extensions["migrate"].db.engine
    return engine


def send(app: Flask, token: str) -> tuple[int, str]:
    """Send the form from a browser of its own."""
    response = app.test_client().post("/try/once", data={once.FIELD: token})
    return response.status_code, response.headers["Location"]


def test_five_equal_forms_at_once_are_one_change_and_five_equal_answers(odd_app: Flask) -> None:
    token = once.fresh_token()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: send(odd_app, token), range(AT_ONCE)))
    assert opened(odd_app) == 1
    assert len(set(answers)) == 1
    assert answers[0][0] == 303
    assert answers[0][1].startswith("/opened/")


def test_a_form_sent_again_later_leads_to_where_the_first_one_did(odd_app: Flask) -> None:
    token = once.fresh_token()
    assert send(odd_app, token) == send(odd_app, token)
    assert opened(odd_app) == 1


def test_different_forms_are_different_changes(odd_app: Flask) -> None:
    answers = {send(odd_app, once.fresh_token()) for _ in range(3)}
    assert len(answers) == 3
    assert opened(odd_app) == 3


@pytest.mark.parametrize("token", ["", "x" * 65, "é", "\u202e"])
def test_a_token_that_is_none_does_no_harm(odd_app: Flask, token: str) -> None:
    assert send(odd_app, token)[0] == 303
    assert send(odd_app, token)[0] == 303
    assert opened(odd_app) == 2


def test_tokens_are_forgotten_after_two_days(odd_app: Flask) -> None:
    send(odd_app, once.fresh_token())
    with odd_app.app_context():
        assert repeats.forget_old(clock.now() + repeats.KEPT - timedelta(minutes=1)) == 0
        assert repeats.forget_old(clock.now() + repeats.KEPT + timedelta(minutes=1)) == 1
        with Session(engine_of(odd_app)) as session:
            assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_a_reader_cannot_write(odd_app: Flask) -> None:
    assert odd_app.test_client().get("/try/write").status_code == 500
    assert opened(odd_app) == 0
