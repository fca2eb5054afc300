"""Where a person may be led: only to our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import redirect, url_for
from werkzeug.wrappers import Response

FORBIDDEN = frozenset("\\\t\r\n\x00")


def safe_next(address: str | None, fallback: str = "/") -> str:
    """Return a path on this site, or the fallback for anything else.

    An address with a host, a scheme, a backslash, a control character or two leading slashes is
    somebody else's idea.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return fallback
    if FORBIDDEN & set(address) or any(ord(letter) < 32 for letter in address):
        return fallback
    parts = urlsplit(address)
    return fallback if parts.scheme or parts.netloc else address


def see(endpoint: str, **values: object) -> Response:
    """Redirect after a POST (303) to one of our endpoints."""
    return redirect(url_for(endpoint, **values), code=303)  # type: ignore[arg-type]
