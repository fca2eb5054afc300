"""The loans pages' blueprint."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("loans", __name__)
