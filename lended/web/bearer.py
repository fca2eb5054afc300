"""Programs: which one shows a token with ``Authorization: Bearer …``.

A token counts below ``/api/`` and nowhere else, and there nothing else counts: no program comes in
by a session cookie, so none of its requests can be forged in somebody's browser.

References
----------
RFC 6750: bearer tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app, g, request
from flask_limiter.util import get_remote_address

from lended.access import Actor, Scope
from lended.errors import NotRecognised

PREFIX = "/api/"
UNSHOWN = "Show a token: Authorization: Bearer lended_… Your school lead or supplier makes them."
NOT_WORKING = "This token does not work. It may be mistyped, revoked, or its maker may have left."


@dataclass(frozen=True, slots=True)
class Program:
    """Whoever shows a token that works.

    Parameters
    ----------
    actor
        Who made the token, in the organisation it was made for, as they are there now.
    """

    token_id: int
    name: str
    actor: Actor
    scopes: frozenset[Scope]
    last_used_on: date | None


Loader = Callable[[str], Program | None]


def recognise_by(app: Flask, loader: Loader) -> None:
    """Let programs be recognised by what they show."""
    app.extensions["lended.programs"] = loader


def counts_here() -> bool:
    """Tell whether the address asked for is one where tokens count."""
    return request.path.startswith(PREFIX)


def program() -> Program | None:
    """Return which program asks; None for none, and for a token that does not work."""
    if "program" not in g:
        loader: Loader = current_app.extensions["lended.programs"]
        shown = _shown()
        g.program = loader(shown) if shown else None
    found: Program | None = g.program
    return found


def demand_program() -> Program:
    """Return which program asks.

    Raises
    ------
    NotRecognised
        When none does, or its token does not work.
    """
    found = program()
    if found is None:
        raise NotRecognised(NOT_WORKING if _shown() else UNSHOWN)
    return found


def challenge() -> str:
    """Return what to answer a program that was not recognised (RFC 6750, section 3)."""
    wrong = ', error="invalid_token"' if "Authorization" in request.headers else ""
    return f'Bearer realm="LendED"{wrong}'


def asker() -> str:
    """Return by what requests are counted: the program, or the network address of nobody known."""
    found = program()
    return f"token {found.token_id}" if found else get_remote_address()


def _shown() -> str:
    """Return the token shown; empty when there is none, or the header cannot be understood."""
    shown = request.authorization
    if shown is None or shown.type != "bearer":
        return ""
    return shown.token or ""
