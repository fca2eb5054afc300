"""Refusals as programs read them: ``application/problem+json``.

References
----------
RFC 9457: problem details for HTTP APIs.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, jsonify

from lended.web import bearer

MIMETYPE = "application/problem+json"
WORDS: dict[int, str] = {
    400: "This request cannot be understood.",
    404: "There is no such thing, or it is not yours to know about.",
    405: "This address does not know that method; the header Allow names those it does.",
    413: "This is larger than LendED takes.",
    415: "Send JSON: Content-Type: application/json.",
    429: "That was very often in a short time. Wait as long as the header Retry-After says.",
    500: "LendED made a mistake. Quote the header X-Request-Reference when you tell us.",
    507: "LendED has no room left to save this. Nothing was changed.",
}
"""What is said where nobody has said more."""

SEVERAL = "Several fields need another look; each is named under errors."


def problem(status: int, words: str, fields: Mapping[str, str]) -> Response:
    """Return a refusal for a program.

    Parameters
    ----------
    fields
        One sentence for each field or parameter that is wrong, keyed by its name.
    """
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": SEVERAL if len(fields) > 1 else words or WORDS.get(status, ""),
    }
    if fields:
        body["errors"] = [{"field": name, "detail": said} for name, said in fields.items()]
    response = jsonify(body)
    response.status_code = status
    response.content_type = MIMETYPE
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = bearer.challenge()
    return response
