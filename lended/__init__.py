"""LendED: a need, a suggestion, a loan, an outcome."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings, read_settings
from lended.features import FEATURES
from lended.web import (
    addresses,
    audience,
    compression,
    database,
    error_pages,
    files,
    headers,
    json_answers,
    limits,
    logs,
    people,
    pictures,
    repeats,
    theme,
)
from lended.web.programs import openapi

MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application.

    Raises
    ------
    SettingsError
        When a setting is missing or makes no sense.
    RuntimeError
        When an endpoint does not say who may come in.
    """
    settings = settings or read_settings()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_url_path=files.prefix())
    _configure(app, settings)
    compression.wire(app)
    json_answers.wire(app)
    addresses.wire(app)
    logs.wire(app)
    database.wire(app, settings)
    Migrate(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    limits.wire(app, settings)
    pictures.wire(app)
    csrf = CSRFProtect(app)
    people.login_manager.init_app(app, add_context_processor=False)
    repeats.wire(app)
    headers.wire(app, settings)
    error_pages.wire(app)
    theme.wire(app, settings)
    audience.wire(app)
    openapi.wire(app)
    for feature in FEATURES:
        feature.join(app, settings)
    audience.demand_audiences(app)
    audience.spare_programs(app, csrf)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["lended.settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        PROPAGATE_EXCEPTIONS=False,
        SESSION_COOKIE_NAME="__Host-lended" if settings.secure else "lended",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        MAX_CONTENT_LENGTH=4 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE,
        MAX_FORM_PARTS=1000,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
