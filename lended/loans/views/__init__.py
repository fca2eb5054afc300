"""The loans pages."""

from lended.loans.views import asking, reading, schooling, stock, supplying
from lended.loans.views.blueprint import pages

__all__ = ["asking", "pages", "reading", "schooling", "stock", "supplying"]
