"""One click in the demo, and no such thing outside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lended import create_app
from lended.demo import content, filling
from lended.errors import Conflict
from tests.conftest import settings_for


@pytest.fixture
def demo_app(sqlite_url: str, tmp_path: Path) -> Flask:
    """Return a filled demo; forgery protection is tested elsewhere."""
    app = create_app(settings_for(sqlite_url, tmp_path, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    filling.fill(app)
    return app


def test_a_click_signs_in_as_any_role_and_its_desk_opens(demo_app: Flask) -> None:
    for guide in content.guides():
        client = demo_app.test_client()
        answer = client.post("/demo/sign-in", data={"email": guide["email"]})
        assert answer.status_code == 303
        page = client.get(answer.location)
        assert page.status_code == 200
        assert guide["name"] in page.text
    assert len(content.guides()) >= 6


def test_only_the_guides_can_be_clicked(demo_app: Flask) -> None:
    others = [person["email"] for person in content.read("people") if not person.get("demo")]
    for email in [others[0], "nobody@example.org", ""]:
        assert (
            demo_app.test_client().post("/demo/sign-in", data={"email": email}).status_code == 404
        )


def test_the_demo_is_not_mixed_with_anything(demo_app: Flask) -> None:
    with pytest.raises(Conflict, match="empty"):
        filling.fill(demo_app)


def test_outside_the_demo_there_is_no_click(app: Flask, client: FlaskClient) -> None:
    assert "demo.sign_in" not in app.view_functions
    assert "Look around as" not in client.get("/sign-in").text
