"""The loans pages."""

from lended.loans.views import asking, keeping, reading, schooling, stock, supplying
from lended.loans.views.blueprint import pages

__all__ = ["asking", "keeping", "pages", "reading", "schooling", "stock", "supplying"]
