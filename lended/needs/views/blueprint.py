"""The blueprint of every page about needs."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("needs", __name__)
