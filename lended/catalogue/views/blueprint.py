"""The blueprint of every page about products and suppliers."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("catalogue", __name__)
