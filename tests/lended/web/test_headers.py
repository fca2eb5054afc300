"""Headers that keep strangers out are on every answer, whatever it is."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from lended import create_app
from lended.web import files
from lended.web.headers import HEADERS, POLICY
from tests.conftest import settings_for

EVERYWHERE = (
    "/",
    "/products",
    "/nowhere",
    "/needs",
    "/healthz",
    "/try/status/403",
    "/try/status/503",
    "/try/fail/somehow",
    "/api/try/status/409",
    f"{files.prefix()}/css/base.css",
    "/.well-known/security.txt",
)


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_every_answer_is_guarded(odd: FlaskClient, path: str, method: str) -> None:
    response = odd.open(path, method=method, buffered=True)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_policy_lets_no_inline_code_and_no_stranger_in() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_pages_are_not_kept_and_files_are(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    kept = client.get(f"{files.prefix()}/css/base.css", buffered=True)
    assert "no-store" not in kept.headers["Cache-Control"]


def test_the_address_of_files_changes_with_them(client: FlaskClient) -> None:
    assert client.get("/static/css/base.css").status_code == 404
    assert f'href="{files.prefix()}/css/base.css"' in client.get("/").text


@pytest.mark.parametrize(
    ("base_url", "strict"), [("https://lended.example", True), ("http://x", False)]
)
def test_https_is_demanded_where_it_is_used(tmp_path: Path, base_url: str, strict: bool) -> None:
    settings = settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path)
    app = create_app(dataclasses.replace(settings, base_url=base_url))
    response = app.test_client().get("/healthz")
    assert ("Strict-Transport-Security" in response.headers) is strict
    assert app.config["SESSION_COOKIE_SECURE"] is strict
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-") is strict


def test_the_session_cookie_is_out_of_reach(client: FlaskClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_is_compressed_as_asked(client: FlaskClient, encoding: str) -> None:
    plain = client.get("/accessibility")
    small = client.get("/accessibility", headers={"Accept-Encoding": encoding})
    assert small.headers["Content-Encoding"] == encoding
    assert len(small.data) < len(plain.data)
    body = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding](small.data)
    assert b"</html>" in body
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.data)


def test_a_tiny_answer_is_left_alone(client: FlaskClient) -> None:
    response = client.get("/healthz", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response.headers
    assert response.json == {"status": "ok"}


@pytest.mark.parametrize("path", ["/", "/products", "/healthz", "/nowhere"])
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    with_body, without = client.get(path), client.head(path)
    assert without.status_code == with_body.status_code
    assert without.data == b""
    assert without.mimetype == with_body.mimetype


def test_options_says_what_can_be_done(client: FlaskClient) -> None:
    response = client.options("/products")
    assert response.status_code == 200
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
