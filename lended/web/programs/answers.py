"""What programs are answered: frozen dataclasses, written as JSON and described as JSON Schema."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask import Response, jsonify

from lended.web.programs.fields import Shape

PLAIN: dict[type, Shape] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}
NOTHING: Shape = {"type": "null"}


def answered(answer: object, status: int = 200, location: str = "") -> Response:
    """Return a dataclass as JSON.

    Parameters
    ----------
    location
        Where what was made is found; empty for nowhere.
    """
    response = jsonify(plain(answer))
    response.status_code = status
    if location:
        response.headers["Location"] = location
    return response


def plain(value: object) -> Any:
    """Return a value as JSON has it: dates and moments in ISO 8601, moments in UTC."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def shape_of_answer(kind: type) -> Shape:
    """Return what an answer looks like, from the types of its fields; each is always there."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "properties": {name: shape_of_type(hint) for name, hint in hints.items()},
        "required": list(hints),
    }


def parts_of_answer(kind: type) -> dict[str, type]:
    """Return an answer and every answer inside it, by name."""
    found = {kind.__name__: kind}
    for hint in typing.get_type_hints(kind).values():
        for inner in (hint, *_inside(hint)):
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                found |= parts_of_answer(inner)
    return found


def shape_of_type(hint: Any) -> Shape:
    """Return the shape of a type: plain, named, a list, or perhaps nothing.

    ``Annotated[kind, "words"]`` describes itself in those words.
    """
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return shape_of_type(inside[0]) | {"description": inside[1]}
    if origin is types.UnionType or origin is typing.Union:
        shapes = [shape_of_type(each) for each in inside if each is not types.NoneType]
        return {"anyOf": [*shapes, NOTHING]}
    if origin in (tuple, list):
        return {"type": "array", "items": shape_of_type(inside[0])}
    return _shape_of_name(hint)


def _shape_of_name(kind: type) -> Shape:
    if dataclasses.is_dataclass(kind):
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(each) for each in kind]}
    return dict(PLAIN[kind])


def _inside(hint: Any) -> Sequence[Any]:
    found = [each for each in typing.get_args(hint) if each is not Ellipsis]
    return [*found, *(inner for each in found for inner in _inside(each))]
