"""Who may come in at each address. An endpoint that declares nothing stops the app at start.

A page lets people in by their session; an address of the API lets programs in by their token. Each
asks for its own, and neither takes the other's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, redirect, request
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from lended.access import Role, Scope
from lended.errors import NotAllowed, NotFound
from lended.web import bearer
from lended.web.people import actor_or_none

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "lended_audience"
SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may come in.

    Parameters
    ----------
    signed_in
        False lets everyone in.
    roles
        Empty lets every signed-in person in; otherwise one of these roles is needed, in the
        organisation the person acts for. To anyone else the address does not exist.
    scopes
        For programs only: the token needs one of these. Empty for pages.
    """

    signed_in: bool
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()


EVERYONE = Audience(signed_in=False)
SIGNED_IN = Audience(signed_in=True)


def only(*roles: Role) -> Audience:
    """Return the audience of people acting in one of these roles."""
    return Audience(signed_in=True, roles=frozenset(roles))


def programs(scopes: Iterable[Scope], roles: Iterable[Role] = ()) -> Audience:
    """Return the audience of programs with one of these scopes, for people in one of these roles.

    Parameters
    ----------
    roles
        None for every role.
    """
    return Audience(signed_in=True, roles=frozenset(roles), scopes=frozenset(scopes))


def audience(who: Audience) -> Callable[[View], View]:
    """Declare who may come in; goes directly on the view function."""

    def declare(view: View) -> View:
        setattr(view, ATTRIBUTE, who)
        return view

    return declare


def wire(app: Flask) -> None:
    """Check the audience before every request; files of our own are for everyone."""
    audience(EVERYONE)(app.view_functions["static"])
    app.before_request(_admit)


def demand_audiences(app: Flask) -> None:
    """Stop the start of an application with an endpoint open to nobody knows whom.

    Raises
    ------
    RuntimeError
        Naming the endpoints that declare no audience.
    """
    silent = sorted(name for name, view in app.view_functions.items() if not of(view))
    if silent:
        raise RuntimeError(f"These endpoints declare no audience: {', '.join(silent)}")


def spare_programs(app: Flask, csrf: CSRFProtect) -> None:
    """Ask for no form token where only a bearer token counts: nothing there can be forged."""
    for view in app.view_functions.values():
        who = of(view)
        if who and who.scopes:
            csrf.exempt(view)


def of(view: Callable[..., Any]) -> Audience | None:
    """Return the audience a view declares."""
    found: Audience | None = getattr(view, ATTRIBUTE, None)
    return found


def _admit() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    who = of(view) if view else None
    if who is None or not who.signed_in:
        return None
    if who.scopes:
        _admit_program(who)
        return None
    actor = actor_or_none()
    if actor is None:
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(f"{SIGN_IN}?{urlencode({'next': here})}" if here else SIGN_IN, code=303)
    if who.roles and not actor.has(*who.roles):
        raise NotFound
    return None


def _admit_program(who: Audience) -> None:
    program = bearer.demand_program()
    if who.roles and not program.actor.has(*who.roles):
        raise NotFound
    if program.scopes.isdisjoint(who.scopes):
        wanted = " or ".join(f"“{scope}”" for scope in sorted(who.scopes))
        raise NotAllowed(f"This token has not got the scope {wanted}. Make one that has it.")
