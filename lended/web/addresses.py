"""Numbers in addresses: only those that can be the key of a row exist."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

GREATEST_KEY = 2**31 - 1


class KeyConverter(IntegerConverter):
    """A whole number that fits the databases' columns; any other address is not found."""

    def __init__(self, url_map: Map, **rest: Any) -> None:
        super().__init__(url_map, max=GREATEST_KEY, **rest)


def wire(app: Flask) -> None:
    """Let ``<int:…>`` mean a key; must come before the features join."""
    app.url_map.converters["int"] = KeyConverter
