"""How outcomes joins the application."""

from __future__ import annotations

from lended.outcomes.views import pages
from lended.web.feature import Feature

FEATURE: Feature = Feature(name="outcomes", blueprints=[pages])
