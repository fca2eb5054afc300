"""How loans joins the application."""

from __future__ import annotations

from lended.loans.api import api
from lended.loans.listeners import LISTENERS
from lended.loans.rules.stock import set_in_words
from lended.loans.views import pages
from lended.web.feature import Feature

FEATURE: Feature = Feature(
    name="loans",
    blueprints=[pages, api],
    listeners=LISTENERS,
    globals={"set_in_words": set_in_words},
)
