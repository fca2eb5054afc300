"""Who may come in at each address. An endpoint that declares nothing stops the app at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.errors import NotFound
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
    """

    signed_in: bool
    roles: frozenset[Role] = frozenset()


EVERYONE = Audience(signed_in=False)
SIGNED_IN = Audience(signed_in=True)


def only(*roles: Role) -> Audience:
    """Return the audience of people acting in one of these roles."""
    return Audience(signed_in=True, roles=frozenset(roles))


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


def of(view: Callable[..., Any]) -> Audience | None:
    """Return the audience a view declares."""
    found: Audience | None = getattr(view, ATTRIBUTE, None)
    return found


def _admit() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    who = of(view) if view else None
    if who is None or not who.signed_in:
        return None
    actor = actor_or_none()
    if actor is None:
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(f"{SIGN_IN}?{urlencode({'next': here})}" if here else SIGN_IN, code=303)
    if who.roles and not actor.has(*who.roles):
        raise NotFound
    return None
