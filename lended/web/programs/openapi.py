"""The description of the API at ``/api/v1/openapi.json``, drawn from the addresses themselves.

References
----------
OpenAPI Specification 3.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from apispec import APISpec
from flask import Flask, Response, current_app, jsonify
from werkzeug.routing import Rule

from config import VERSION, Settings
from lended.web import audience, problems
from lended.web.programs import operations
from lended.web.programs.answers import parts_of_answer, shape_of_answer
from lended.web.programs.fields import Shape
from lended.web.programs.methods import PROBLEMS, methods_of, path_of
from lended.web.programs.operations import Operation

ENDPOINT = "openapi"
KEPT = "lended.openapi"
View = Callable[..., Any]
PROBLEM: Shape = {
    "type": "object",
    "description": "Why something was not done (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "In words, for a person."},
        "errors": {
            "type": "array",
            "description": "One for each field or parameter that is wrong.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["field", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def wire(app: Flask) -> None:
    """Answer the description to everyone."""
    view = audience.audience(audience.EVERYONE)(openapi)
    app.add_url_rule(f"{operations.PREFIX}/openapi.json", ENDPOINT, view)


def openapi() -> Response:
    """Describe every address for programs."""
    kept = current_app.extensions
    if KEPT not in kept:
        kept[KEPT] = description(current_app)
    return jsonify(kept[KEPT])


def description(app: Flask) -> dict[str, Any]:
    """Return the description of an application's addresses for programs."""
    settings: Settings = app.extensions["lended.settings"]
    spec = APISpec(
        title="LendED",
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": "See what is free, ask for trials, answer and follow them."},
        servers=[{"url": settings.base_url}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", PROBLEM)
    for status, words in PROBLEMS.items():
        spec.components.response(f"Problem{status}", _problem(status, words))
    for name, kind in sorted(_answers(app).items()):
        spec.components.schema(name, shape_of_answer(kind))
    for rule, view, declared in _declared(app):
        spec.path(path=path_of(rule), operations=methods_of(rule, view, declared))
    return spec.to_dict()


def _declared(app: Flask) -> Iterator[tuple[Rule, View, Operation]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        declared = operations.of(view)
        if declared:
            yield rule, view, declared


def _answers(app: Flask) -> dict[str, type]:
    found: dict[str, type] = {}
    for _rule, _view, declared in _declared(app):
        found |= parts_of_answer(declared.answer)
    return found


def _problem(status: int, words: str) -> Shape:
    answer: Shape = {
        "description": words,
        "content": {problems.MIMETYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    named = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}.get(status)
    return answer | ({"headers": {named: {"schema": {"type": "string"}}}} if named else {})
