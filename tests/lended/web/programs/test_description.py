"""The description says what happens, because it is drawn from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import pytest
import wtforms
from flask import Flask
from flask.testing import FlaskClient

from config import VERSION
from lended.loans.forms.programs import RequestForm
from lended.web import forms
from lended.web.programs.answers import parts_of_answer, plain, shape_of_answer
from lended.web.programs.fields import WrongKind, shape_of, texts_of

ROLES = {"/api/v1/loans/{loan_id}/approve": "loans:answer", "/api/v1/loans": "loans:request"}


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    """Something inside."""

    on: date


@dataclass(frozen=True, slots=True)
class Outer:
    """Something that is answered.

    Of which only the first line is told.
    """

    at: datetime
    colours: list[Colour]
    inner: Inner | None
    more: Annotated[tuple[Inner, ...], "the rest"]


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_it_is_openapi_of_this_version(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"]["version"] == VERSION
    assert document["servers"] == [{"url": "http://localhost"}]


def test_every_address_tells_its_token_and_its_refusals(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            assert said["summary"].endswith("."), path
            assert {"404", "429", "503"} <= set(said["responses"]), path
            names = {parameter["name"] for parameter in said["parameters"]}
            assert ("Idempotency-Key" in names) == (method == "post"), path
            assert bool(said["security"]) == ("401" in said["responses"]), path
    for path, scope in ROLES.items():
        assert document["paths"][path]["post"]["security"] == [{"token": [scope]}]


def test_whatever_it_points_to_is_there(document: dict[str, Any]) -> None:
    for text in json.dumps(document).split('"$ref": "#/')[1:]:
        place: Any = document
        for name in text.partition('"')[0].split("/"):
            place = place[name]
        assert place


def test_what_is_asked_is_what_the_form_asks(document: dict[str, Any]) -> None:
    body = document["paths"]["/api/v1/loans"]["post"]["requestBody"]["content"]
    shape = body["application/json"]["schema"]
    assert list(shape["properties"]) == sorted(field.name for field in RequestForm())
    assert shape["additionalProperties"] is False
    assert shape["properties"]["weeks"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 52,
        "description": "For how many weeks?",
    }
    assert "pupil_learning" in shape["properties"]["criterion_about"]["enum"]


def test_it_is_the_same_each_time(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/api/v1/openapi.json").data == client.get("/api/v1/openapi.json").data


def test_an_answer_is_described_by_its_types() -> None:
    assert shape_of_answer(Outer) == {
        "type": "object",
        "description": "Something that is answered.",
        "properties": {
            "at": {"type": "string", "format": "date-time"},
            "colours": {"type": "array", "items": {"type": "string", "enum": ["red"]}},
            "inner": {"anyOf": [{"$ref": "#/components/schemas/Inner"}, {"type": "null"}]},
            "more": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/Inner"},
                "description": "the rest",
            },
        },
        "required": ["at", "colours", "inner", "more"],
    }
    assert parts_of_answer(Outer) == {"Outer": Outer, "Inner": Inner}


def test_an_answer_is_written_in_plain_json() -> None:
    inner = Inner(date(2027, 3, 27))
    outer = Outer(datetime(2027, 3, 27, 9, tzinfo=UTC), [Colour.RED], None, (inner,))
    assert json.loads(json.dumps(plain(outer))) == {
        "at": "2027-03-27T09:00:00+00:00",
        "colours": ["red"],
        "inner": None,
        "more": [{"on": "2027-03-27"}],
    }


class Every(forms.Form):
    """A form with a field of each kind."""

    line = forms.LineField("Line", missing="Say it.", most=5)
    number = forms.NumberField("Number", 0, 2)
    whole = forms.WholeNumberField("Whole", 1, 9)
    code = forms.CodeField("Code", "measure_kind")
    codes = forms.CodesField("Codes", "stage")
    three = forms.ThreeStateField("Three")
    tick = forms.TickField("Tick")
    day = forms.DateField("Day")


@pytest.mark.parametrize(
    ("name", "value", "texts"),
    [
        ("line", "abc", [("line", "abc")]),
        ("number", 1.5, [("number", "1.5000000000")]),
        ("number", 2, [("number", "2")]),
        ("number", 2.0, [("number", "2")]),
        ("whole", 3.0, [("whole", "3")]),
        ("code", "quiz", [("code", "quiz")]),
        ("codes", ["ks1", "ks2"], [("codes", "ks1"), ("codes", "ks2")]),
        ("three", False, [("three", "no")]),
        ("tick", True, [("tick", "y")]),
        ("tick", False, []),
        ("day", "2027-03-27", [("day-year", "2027"), ("day-month", "03"), ("day-day", "27")]),
    ],
)
def test_a_value_becomes_what_a_browser_would_send(
    name: str, value: object, texts: list[tuple[str, str]]
) -> None:
    assert texts_of(Every()[name], value) == texts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("line", 1),
        ("line", "too long"),
        ("number", "1"),
        ("number", True),
        ("whole", 1.5),
        ("whole", False),
        ("code", "nothing"),
        ("code", ""),
        ("codes", "ks1"),
        ("codes", [1]),
        ("three", "yes"),
        ("tick", 1),
        ("day", "27/03/2027"),
        ("day", "\u0662\u0660\u0662\u0667-03-27"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_words(name: str, value: object) -> None:
    with pytest.raises(WrongKind, match=r"^\w.+\.$"):
        texts_of(Every()[name], value)


def test_every_kind_of_field_has_a_shape() -> None:
    assert all(shape_of(field)["type"] for field in Every())
    with pytest.raises(TypeError):
        shape_of(wtforms.Field())
