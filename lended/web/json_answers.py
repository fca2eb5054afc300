"""Answers for programs: JSON in which no words can be taken for HTML, wherever they are shown."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2.utils import htmlsafe_json_dumps


class WordsOnly(DefaultJSONProvider):
    """Writes the letters that HTML is made of by their numbers; to a program they are the same."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Write a value as JSON."""
        return str(htmlsafe_json_dumps(obj, dumps=super().dumps, **kwargs))


def wire(app: Flask) -> None:
    """Let every answer in JSON be written so."""
    app.json = WordsOnly(app)
