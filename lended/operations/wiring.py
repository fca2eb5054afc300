"""How operations joins the application."""

from __future__ import annotations

from lended.web.feature import Feature

FEATURE: Feature = Feature(name="operations")
