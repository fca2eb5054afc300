"""Answers made smaller on the way, where the browser understands it.

Static files are compressed once (``lended.operations.files``); this is for pages.
``docs/decisions`` says why compressing pages that carry a token is safe here.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
from flask import Flask, Response, request

SMALLEST = 800
"""Bytes below which compressing costs more than it saves: one network packet carries them."""

COMPRESSIBLE = frozenset(
    {"text/html", "text/plain", "application/json", "application/problem+json", "text/calendar"}
)


# The quality at which a page of ours costs a tenth of a millisecond; higher ones save a few hundred
# bytes more at several times the cost.
def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=2))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=3, mtime=0)


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}
"""In the order we like them."""


def wire(app: Flask) -> None:
    """Compress answers as their last change; must come before all other ``after_request``."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSIBLE or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    encoding = request.accept_encodings.best_match(ENCODINGS)
    body = response.get_data()
    if encoding is None or len(body) < SMALLEST or "Content-Encoding" in response.headers:
        return response
    response.set_data(ENCODINGS[encoding](body))
    response.headers["Content-Encoding"] = encoding
    return response
