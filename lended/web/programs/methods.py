"""One address in the description: what it takes, what it answers, and what may stand in its way."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import wtforms
from werkzeug.routing import IntegerConverter, Rule

from lended.web import audience
from lended.web.addresses import GREATEST_KEY
from lended.web.forms import Form
from lended.web.programs import keys
from lended.web.programs.fields import Shape, is_wanted, shape_of
from lended.web.programs.operations import Operation
from lended.web.programs.requests import JSON

VARIABLE = re.compile(r"<(?:[^:<>]*:)?(\w+)>")
KEY: Shape = {"type": "integer", "minimum": 1, "maximum": GREATEST_KEY}
NAME: Shape = {"type": "string", "minLength": 1}
PROBLEMS: dict[int, str] = {
    400: "What was sent cannot be read.",
    401: "No token was shown, or one that does not work.",
    403: "It is there, but not for this token or its maker to do.",
    404: "There is no such thing, or it is not yours to know about.",
    409: "Somebody was faster, or there is none left; the words say how things stand now.",
    413: "Too much was sent.",
    415: "Something else than JSON was sent.",
    422: "Something does not hold together; every field that is wrong is named.",
    429: "Too often; the header Retry-After says when to come back.",
    503: "The database is busy or away; nothing was changed.",
}
OF_WRITING = frozenset({400, 409, 413, 415})
OF_PROGRAMS = frozenset({401, 403})
KEY_PARAMETER: Shape = {
    "name": keys.HEADER,
    "in": "header",
    "description": "A fresh random text for each change. Sent again with the same request, it "
    "gets the same answer and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": keys.LONGEST, "pattern": "^[!-~]+$"},
}


def path_of(rule: Rule) -> str:
    """Return an address as OpenAPI writes it."""
    return VARIABLE.sub(r"{\1}", rule.rule)


def methods_of(rule: Rule, view: Callable[..., Any], declared: Operation) -> dict[str, Any]:
    """Return what is said of an address, by its one method."""
    writes = "POST" in (rule.methods or ())
    who = audience.of(view)
    scopes = sorted(who.scopes) if who else []
    said: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "summary": declared.summary or (inspect.getdoc(view) or "").partition("\n")[0],
        "security": [{"token": [str(scope)]} for scope in scopes],
        "parameters": _parameters(rule, declared, writes=writes),
        "responses": _responses(declared, writes=writes, programs=bool(scopes)),
    }
    if writes:
        said["requestBody"] = _body(declared.body)
    return {"post" if writes else "get": said}


def _parameters(rule: Rule, declared: Operation, *, writes: bool) -> list[Shape]:
    fields = list(declared.query()) if declared.query else []
    return [
        *(_in_path(rule, name) for name in VARIABLE.findall(rule.rule)),
        *(_in_query(field) for field in fields),
        *([KEY_PARAMETER] if writes else []),
    ]


def _in_path(rule: Rule, name: str) -> Shape:
    whole = isinstance(rule._converters[name], IntegerConverter)  # noqa: SLF001 - not told else
    return {"name": name, "in": "path", "required": True, "schema": KEY if whole else NAME}


def _in_query(field: wtforms.Field) -> Shape:
    return {
        "name": field.name,
        "in": "query",
        "required": is_wanted(field),
        "description": field.label.text,
        "schema": shape_of(field),
    }


def _body(form: type[Form] | None) -> Shape:
    shape = _object(list(form()) if form else [])
    return {"required": bool(shape["required"]), "content": {JSON: {"schema": shape}}}


def _object(fields: list[wtforms.Field]) -> Shape:
    """Return the shape of an object that fills a form; null is the same as nothing."""
    return {
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        "required": [field.name for field in fields if is_wanted(field)],
        "additionalProperties": False,
    }


def _property(field: wtforms.Field) -> Shape:
    shape, words = shape_of(field), {"description": field.label.text}
    return words | (shape if is_wanted(field) else {"anyOf": [shape, {"type": "null"}]})


def _responses(declared: Operation, *, writes: bool, programs: bool) -> dict[str, Shape]:
    done = {"$ref": f"#/components/schemas/{declared.answer.__name__}"}
    takes = writes or declared.query is not None
    left_out = (
        (frozenset() if writes else OF_WRITING)
        | (frozenset() if programs else OF_PROGRAMS)
        | (frozenset() if takes else frozenset({422}))
    )
    problems = {
        str(status): {"$ref": f"#/components/responses/Problem{status}"}
        for status in PROBLEMS
        if status not in left_out
    }
    found = {"description": "As asked.", "content": {JSON: {"schema": done}}}
    return {str(declared.status): found} | problems
