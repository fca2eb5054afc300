"""Pages about what happened: giving an outcome, reading it, deciding, telling the story."""

from lended.outcomes.views import giving, reading, telling
from lended.outcomes.views.blueprint import pages

__all__ = ["giving", "pages", "reading", "telling"]
