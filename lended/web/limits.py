"""How often one address may ask. Feature views name their own limits with ``limiter.limit``."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from config import Settings

limiter = Limiter(key_func=get_remote_address, strategy="moving-window")


def wire(app: Flask, settings: Settings) -> None:
    """Start counting; must come before CSRF protection, or bad tokens are never throttled."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.rate_limit_store
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)
