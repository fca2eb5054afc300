"""The blueprint of every page about notices."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("notices", __name__)
