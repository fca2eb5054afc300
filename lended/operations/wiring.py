"""How operations joins the application."""

from __future__ import annotations

from lended.operations.cli import COMMANDS
from lended.operations.views import site
from lended.web.feature import Feature

FEATURE: Feature = Feature(name="operations", blueprints=[site], commands=COMMANDS)
