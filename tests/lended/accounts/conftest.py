"""People who can really sign in, and links out of the outbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.accounts import passwords
from lended.accounts.models import Organisation, Person
from lended.notices.models import Notice
from tests.makers import Makers

WORDS = "seven quiet herons"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(scope="session")
def password_hash() -> str:
    return passwords.hashed(WORDS)


@pytest.fixture
def school(made: Makers) -> Organisation:
    return made.organisation("school", "Millfold Primary")


@pytest.fixture
def ruth(made: Makers, school: Organisation, password_hash: str) -> Person:
    return made.person(
        school,
        "school_lead",
        name="Ruth Ackroyd",
        email="ruth@millfold.example",
        password_hash=password_hash,
    )


@pytest.fixture
def send() -> Callable[..., object]:
    """Return a function that sends a form with a good token, as a browser does."""

    def post(client: FlaskClient, path: str, page: str = "", **fields: object) -> object:
        token = TOKEN.search(client.get(page or path).text)
        assert token, f"{page or path} has no form"
        return client.post(path, data={"csrf_token": token[1], **fields})

    return post


@pytest.fixture
def mailed(app: Flask, made: Makers) -> Callable[[], list[Notice]]:
    """Return a function that lists what is in the outbox, oldest first."""

    def notices() -> list[Notice]:
        with Session(made.engine) as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))

    return notices


@pytest.fixture
def lead(signed_in: Any, ruth: Person, school: Organisation) -> FlaskClient:
    client: FlaskClient = signed_in(ruth, school)
    return client
