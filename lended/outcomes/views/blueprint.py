"""The blueprint of every page about what happened."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("outcomes", __name__)
