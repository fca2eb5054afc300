"""What cannot be read is refused in JSON, by the right number, and never breaks anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.lended.web.programs.office import Office, named

JSON = "application/json"


def sent(office: Office, data: Any, kind: str = JSON) -> TestResponse:
    headers = {"Authorization": f"Bearer {office.school_token}"}
    client = office.app.test_client()
    return client.post("/api/v1/loans", data=data, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    "data",
    [b"{", b"\xff\xfe{}", b'{"a": NaN}', b'{"a": Infinity}', b"[" * 100_000, b"9" * 5000, b"{}x"],
)
def test_what_is_no_json_is_told_so(office: Office, data: bytes) -> None:
    answer = sent(office, data)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert "JSON" in answer.get_json()["detail"]


@pytest.mark.parametrize("data", ["[]", "1", '"x"', "null", "true"])
def test_json_that_is_no_object_is_told_so(office: Office, data: str) -> None:
    answer = sent(office, data)
    assert answer.status_code == 422
    assert "object" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "text/json"],
)
def test_something_else_than_json_is_refused(office: Office, kind: str) -> None:
    answer = sent(office, json.dumps(office.plan()), kind)
    assert answer.status_code == 415
    assert answer.content_type == "application/problem+json"


def test_json_may_say_its_letters(office: Office) -> None:
    kind = "application/json; charset=utf-8"
    assert sent(office, json.dumps(office.plan()), kind).status_code == 201


def test_too_much_is_refused(office: Office) -> None:
    answer = sent(office, b'{"goal": "' + b"x" * office.app.config["MAX_CONTENT_LENGTH"] + b'"}')
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/loans", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PUT", "/loans/1", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/loans/1/approve", {"OPTIONS", "POST"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    office: Office, method: str, path: str, allowed: set[str]
) -> None:
    answer = office.app.test_client().open(f"/api/v1{path}", method=method)
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/nothing", "/loans/0", "/loans/x", "/loans/99999999999", "/"])
def test_what_is_not_there_is_told_in_json(office: Office, path: str) -> None:
    answer = office.get(path, office.school_token)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"]


WRONG_FIELDS: tuple[tuple[str, Any], ...] = (
    ("goal", 4),
    ("goal", ["x"]),
    ("goal", "x" * 1501),
    ("goal", " \u200b\n"),
    ("criterion_about", "log_ins"),
    ("criterion_about", ""),
    ("measure", "Hours of use of the app"),
    ("measure_kind", 1),
    ("direction", "sideways"),
    ("baseline_value", "4"),
    ("baseline_value", 1e7),
    ("baseline_value", True),
    ("starts_on", "27/03/2027"),
    ("starts_on", "2027-02-30"),
    ("starts_on", "0000-01-01"),
    ("starts_on", "9999-12-31"),
    ("starts_on", "2020-01-06"),
    ("starts_on", 20270327),
    ("weeks", 0),
    ("weeks", 53),
    ("weeks", 1.5),
    ("weeks", "4"),
    ("weeks", 40),
    ("quantity", 0),
    ("quantity", -1),
    ("quantity", 10**30),
    ("quantity", 5),
    ("pupils", 0.5),
    ("ready_time", "yes"),
    ("ready_time", 1),
    ("product", ""),
    ("need_id", 0),
    ("need_id", "1"),
    ("need_id", 2**31),
    ("origin", "nobody"),
    ("sponsor", {"name": "x"}),
    ("surprise", "x"),
)


def test_what_is_wrong_with_a_field_is_said_by_its_name(office: Office) -> None:
    for field, value in WRONG_FIELDS:
        answer = office.post("/loans", office.school_token, office.plan() | {field: value})
        assert answer.status_code == 422, (field, value, answer.text)
        assert set(named(answer)) == {field}, (value, answer.text)


def test_every_field_that_is_missing_is_named_at_once(office: Office) -> None:
    document = office.app.test_client().get("/api/v1/openapi.json").get_json()
    body = document["paths"]["/api/v1/loans"]["post"]["requestBody"]["content"][JSON]["schema"]
    assert set(named(office.post("/loans", office.school_token, {}))) == {
        *body["required"],
        "problem",
    }


WRONG_PARAMETERS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/loans", {"limit": "0"}, "limit"),
    ("/loans", {"limit": "201"}, "limit"),
    ("/loans", {"limit": "1,0"}, "limit"),
    ("/loans", {"limit": ""}, "limit"),
    ("/loans", {"cursor": "x"}, "cursor"),
    ("/loans", {"state": "lost_in_space"}, "state"),
    ("/loans", {"state": ["active", "closed"]}, "state"),
    ("/products/{slug}/availability", {"quantity": "0"}, "quantity"),
    ("/products/{slug}/availability", {"from": "tomorrow"}, "from"),
    ("/products/{slug}/availability", {"from": "2020-01-01"}, "from"),
    ("/products/{slug}/availability", {"from": "9999-12-31"}, "from"),
    ("/products/{slug}/availability", {"to": "9999-12-31"}, "to"),
    ("/products/{slug}/availability", {"to": "2020-01-01"}, "to"),
    ("/match", {"need": " "}, "need"),
    ("/match", {"need": "x", "limit": "ten"}, "limit"),
)


def test_what_is_wrong_with_a_parameter_is_said_by_its_name(office: Office) -> None:
    for path, query, field in WRONG_PARAMETERS:
        answer = office.get(path.format(slug=office.product.slug), office.school_token, **query)
        assert answer.status_code == 422, (path, query, answer.text)
        assert set(named(answer)) == {field}, (query, answer.text)
