"""What stands in addresses: only what can be a key or a name of ours exists."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

GREATEST_KEY = 2**31 - 1


def is_key(text: str) -> bool:
    """Tell whether a text can be the key of a row."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(GREATEST_KEY))
    return digits and int(text) <= GREATEST_KEY


class KeyConverter(IntegerConverter):
    """A whole number that fits the databases' columns; any other address is not found."""

    def __init__(self, url_map: Map, **rest: Any) -> None:
        super().__init__(url_map, max=GREATEST_KEY, **rest)


class NameConverter(UnicodeConverter):
    """A name without invisible characters, of which PostgreSQL cannot even ask for some."""

    def to_python(self, value: str) -> str:
        """Return the name; an address with any other is not found."""
        if not value.isprintable():
            raise ValidationError
        return value


def wire(app: Flask) -> None:
    """Let ``<int:…>`` mean a key and ``<…>`` a name; must come before the features join."""
    app.url_map.converters.update(int=KeyConverter, default=NameConverter, string=NameConverter)
