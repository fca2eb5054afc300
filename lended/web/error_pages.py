"""Every refusal and every failure as a page of ours, or as JSON under ``/api/``.

This is the one place where an exception becomes an HTTP status.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from markupsafe import escape
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from lended.errors import Invalid, Refusal
from lended.web import bearer, people
from lended.web.logs import spoken_path
from lended.web.problems import problem
from lended.work import BUSY_WORDS, is_busy

RETRY_SECONDS = "5"
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
POSTGRESQL_HAS_NO_ROOM = "53100"
EXPIRED_WORDS = (
    "This page had been open too long to be trusted. Go back, reload it and send the form again; "
    "what you typed is still there."
)
log = structlog.get_logger(__name__)


def wire(app: Flask) -> None:
    """Answer refusals, HTTP errors, an unreachable database and mistakes of ours."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(NoConnectionFree, _too_many)
    app.register_error_handler(OSError, _file_error)
    app.register_error_handler(Exception, _mistake)


def error_page(
    status: int, words: str = "", fields: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """Return the page for a status, or the problem document for a program.

    The page of a failure asks the database nothing: it may be the database that failed.

    Parameters
    ----------
    words
        What happened, where somebody knows.
    fields
        What is wrong with which field; for programs, because pages say it beside the field.
    """
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        people.forget_for_this_request()
    if bearer.counts_here():
        response = problem(status, words, fields)
    else:
        response = make_response(_rendered(status, words), status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _rendered(status: int, words: str) -> str:
    if request_ctx.url_adapter is None:
        return _bare(status)
    try:
        return render_template(f"errors/{status}.html", words=words)
    except TemplateNotFound:
        return render_template("errors/400.html", words=words)
    except Exception as error:
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        log.exception("error page", exc_info=error)
        return _bare(status)


def _bare(status: int) -> str:
    """Return a page that needs nothing: for a host that is not ours, or when ours fails."""
    title = escape(HTTPStatus(status).phrase)
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>{title} – LendED</title>'
        f'<h1>{title}</h1><p>LendED cannot answer this. <a href="/">Go to the home page</a></p>'
    )


def _refused(error: Refusal) -> Response:
    fields = error.problems if isinstance(error, Invalid) else {}
    return error_page(error.status, error.words, fields)


def _expired(_error: CSRFError) -> Response:
    return error_page(HTTPStatus.BAD_REQUEST, EXPIRED_WORDS)


def _http_error(error: HTTPException) -> Response:
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, DBAPIError):
        return _database_error(cause)
    if error.response is not None or (error.code or 500) < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    response = error_page(error.code or 500)
    kept = dict(error.get_headers(request.environ))
    for name in ("Allow", "Retry-After", "Location"):
        if name in kept:
            response.headers[name] = kept[name]
    return response


def _database_error(error: DBAPIError) -> Response:
    if is_busy(error):
        return error_page(HTTPStatus.SERVICE_UNAVAILABLE, BUSY_WORDS)
    if _disk_full(error.orig):
        return error_page(HTTPStatus.INSUFFICIENT_STORAGE)
    return _mistake(error)


def _too_many(_error: NoConnectionFree) -> Response:
    return error_page(HTTPStatus.SERVICE_UNAVAILABLE, BUSY_WORDS)


def _disk_full(error: object) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return "full" in str(error)
    return getattr(error, "sqlstate", None) == POSTGRESQL_HAS_NO_ROOM


def _file_error(error: OSError) -> Response:
    if error.errno in NO_ROOM:
        return error_page(HTTPStatus.INSUFFICIENT_STORAGE)
    return _mistake(error)


def _mistake(error: Exception) -> Response:
    log.error("mistake", path=spoken_path(), exc_info=error)
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR)
