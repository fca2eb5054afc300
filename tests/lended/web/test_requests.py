"""Requests as attackers and broken programs send them: hosts, sizes, paths, addresses to go to."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as some

from lended import create_app
from lended.web.redirects import safe_next
from tests.conftest import settings_for
from tests.makers import Makers

HERE = "https://lended.example"


@pytest.mark.parametrize(
    "host", ["evil.example", "lended.example.evil.example", "lended.example@evil"]
)
def test_a_foreign_host_is_refused_and_never_repeated(tmp_path: Path, host: str) -> None:
    settings = settings_for(
        f"sqlite:///{tmp_path}/x.db", tmp_path, trusted_hosts=("lended.example",)
    )
    client = create_app(settings).test_client()
    response = client.get("/accessibility", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.text
    assert "Location" not in response.headers
    assert client.get("/accessibility", headers={"Host": "lended.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-For": "203.0.113.9"}]
)
def test_what_a_proxy_would_say_is_believed_only_of_a_proxy(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    response = client.get("/needs", headers=headers)
    assert response.headers["Location"].startswith("/sign-in")
    assert "evil" not in response.text


def parts(*bodies: bytes) -> dict[str, Any]:
    """Return a multipart request written by hand, so that no temporary file is left open."""
    head = b'--cut\r\nContent-Disposition: form-data; name="field%d"\r\n\r\n'
    written = b"".join(head % number + body + b"\r\n" for number, body in enumerate(bodies))
    return {"data": written + b"--cut--", "content_type": "multipart/form-data; boundary=cut"}


def test_a_body_that_is_too_large_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    limit = app.config["MAX_CONTENT_LENGTH"]
    for request in ({"data": {"email": "x" * limit}}, parts(b"x" * limit)):
        response = client.post("/sign-in", **request)
        assert response.status_code == 413
        assert "<h1>" in response.text


def test_a_field_that_is_too_large_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    request = parts(b"x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1))
    assert app.test_client().post("/sign-in", **request).status_code == 413


def test_a_form_of_too_many_parts_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    request = parts(*[b"x"] * (app.config["MAX_FORM_PARTS"] + 1))
    assert app.test_client().post("/sign-in", **request).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/products/%FF%FE",
        "/products/..%2f..%2fconfig.py",
        "/products/" + "x" * 5000,
        "/find?need=%00%0d%0a",
        "/find?need=" + "%F0%9F%91%A9" * 3000,
        "/find?need=%ED%A0%80",
        "/products?page=99999999999999999999999",
        "/products?page=-1",
        "/stories?page=nan",
        "/stories/99999999999999999999999",
        "/loans/9223372036854775808",
    ],
)
def test_a_strange_address_is_answered(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {200, 303, 308, 400, 404, 414, 422}


@given(some.text(max_size=60))
@example("//evil.example")
@example("/\\evil.example")
@example("/\t/evil.example")
@example("https:/evil.example")
@example("/x\r\nSet-Cookie: a=b")
@example("javascript:alert(1)")
@example("/ok?next=//evil.example")
def test_whatever_is_asked_one_stays_here(address: str) -> None:
    for asked in (address, "/" + address, "//" + address):
        led = safe_next(asked)
        assert led.startswith("/")
        assert not led.startswith(("//", "/\\"))
        assert urlsplit(HERE + led).hostname == "lended.example"
        assert not any(ord(letter) < 32 for letter in led)


@given(some.from_regex(r"/[a-z0-9/_-]{1,20}(\?[a-z]=[a-z0-9%+]{1,9})?", fullmatch=True))
def test_our_own_addresses_are_kept(address: str) -> None:
    if not address.startswith("//"):
        assert safe_next(address) == address


@pytest.mark.parametrize("address", [None, "", "needs", "https://lended.example/"])
def test_anything_else_leads_to_the_fallback(address: str | None) -> None:
    assert safe_next(address, "/desk") == "/desk"


Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines(app: Flask, capsys: pytest.CaptureFixture[str]) -> Lines:
    """Return a function that gives what has been logged since it was last called."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_request_is_one_line_whatever_its_path(client: FlaskClient, lines: Lines) -> None:
    client.get('/x%0d%0a{"event": "forged"}%E2%80%A8%1b[31m')
    (line,) = lines()
    assert line["event"] == "answered"
    assert line["status"] == 404
    assert "\r\n" in str(line["path"])


def test_a_line_names_the_person_and_the_reference_and_no_secret(
    app: Flask, made: Makers, signed_in: Callable[..., FlaskClient], lines: Lines
) -> None:
    school = made.organisation()
    person = made.person(school, "teacher")
    response = signed_in(person, school).get("/needs?need=private+words")
    (line,) = lines()
    assert line["person"] == person.id
    assert line["request"] == response.headers["X-Request-Reference"]
    assert "private" not in json.dumps(line)


def test_tokens_in_addresses_are_not_written_down(client: FlaskClient, lines: Lines) -> None:
    client.get("/reset/a-token-that-opens-an-account")
    assert "a-token-that-opens" not in json.dumps(lines())


def test_a_mistake_is_one_line_with_its_reference(odd: FlaskClient, lines: Lines) -> None:
    response = odd.get("/try/fail/somehow")
    mistake, answered = lines()
    assert mistake["event"] == "mistake"
    assert "ValueError" in str(mistake["exception"])
    assert mistake["request"] == answered["request"] == response.headers["X-Request-Reference"]


def test_health_is_told_without_a_session(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers


def test_researchers_find_a_contact(client: FlaskClient) -> None:
    response = client.get("/.well-known/security.txt")
    assert response.mimetype == "text/plain"
    assert response.text.startswith("Contact: mailto:")
    assert "\nExpires: 20" in response.text
