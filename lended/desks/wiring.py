"""How desks joins the application."""

from __future__ import annotations

from lended.desks.views import pages
from lended.web.feature import Feature

FEATURE: Feature = Feature(name="desks", blueprints=[pages])
