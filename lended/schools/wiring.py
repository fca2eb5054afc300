"""How schools joins the application."""

from __future__ import annotations

from lended.schools.cli import import_schools
from lended.schools.views import pages
from lended.web.feature import Feature

FEATURE: Feature = Feature(name="schools", blueprints=[pages], commands=[import_schools])
