"""The loans pages."""

from lended.loans.views import asking, openings, reading, schooling, stock, supplying
from lended.loans.views.blueprint import pages

__all__ = ["asking", "openings", "pages", "reading", "schooling", "stock", "supplying"]
