"""Pages about LendED itself, and the two addresses that tell whether it is well."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, render_template

from config import Settings
from lended import clock
from lended.access import Role
from lended.operations import health, queries
from lended.web.audience import EVERYONE, audience, only
from lended.web.database import reader

site = Blueprint("site", __name__)
KEPT_FOR = timedelta(days=365)


@site.get("/accessibility")
@audience(EVERYONE)
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("site/accessibility.html", contact=_settings().security_contact)


@site.get("/privacy")
@audience(EVERYONE)
def privacy() -> str:
    """Say what LendED keeps, and for how long."""
    return render_template("site/privacy.html", contact=_settings().security_contact)


@site.get("/security")
@audience(EVERYONE)
def security() -> str:
    """Say how to report a weakness."""
    return render_template("site/security.html", contact=_settings().security_contact)


@site.get("/contact")
@audience(EVERYONE)
def contact() -> str:
    """Say how to reach people."""
    return render_template("site/contact.html", contact=_settings().security_contact)


@site.get("/.well-known/security.txt")
@audience(EVERYONE)
def security_txt() -> Response:
    """Give researchers the standard file (RFC 9116)."""
    expires = (clock.now() + KEPT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"Contact: mailto:{_settings().security_contact}", f"Expires: {expires}"]
    return Response("\n".join([*lines, "Preferred-Languages: en", ""]), mimetype="text/plain")


@site.get("/healthz")
@audience(EVERYONE)
def healthz() -> Response:
    """Tell that the process answers."""
    return jsonify(status="ok")


@site.get("/readyz")
@audience(EVERYONE)
def readyz() -> tuple[Response, int]:
    """Tell whether what the process depends on is there."""
    problems = health.problems(_settings())
    if problems:
        return jsonify(status="not ready", problems=problems), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ready"), HTTPStatus.OK


@site.get("/staff/clock")
@audience(only(Role.STAFF))
def clock_entries() -> str:
    """Show what happened by date, run by run."""
    return render_template("site/clock_entries.html", entries=queries.clock_entries(reader()))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["lended.settings"]
    return settings
