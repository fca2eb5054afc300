"""One line of JSON for each event, with the request's reference, and no secret in it.

The lines go to the error stream: what a command prints is its answer.
"""

from __future__ import annotations

import logging
import sys
import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, request

from lended.web.people import actor_if_known

log = structlog.get_logger("lended.request")


def wire(app: Flask) -> None:
    """Write a line for every request, and give each a reference people can quote."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    app.log_exception = _log_exception  # type: ignore[method-assign]
    app.before_request(_begin)
    app.after_request(_end)


def spoken_path() -> str:
    """Return the path asked for without a token that somebody could use."""
    token = str((request.view_args or {}).get("token", ""))
    return request.path.replace(token, "…") if token else request.path


def _log_exception(exc_info: Any) -> None:
    """Write on one line what Flask would write on many."""
    log.error("mistake", path=spoken_path(), exc_info=exc_info)


def _begin() -> None:
    g.began = time.perf_counter()
    g.reference = uuid.uuid4().hex[:12]
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.reference)


def _end(response: Response) -> Response:
    reference = g.get("reference", "")
    response.headers["X-Request-Reference"] = reference
    if request.endpoint == "static":
        return response
    actor = actor_if_known()
    log.info(
        "answered",
        method=request.method,
        path=spoken_path(),
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        person=actor.person_id if actor else None,
    )
    return response
