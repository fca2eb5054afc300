"""The loans pages."""

from lended.loans.views import (
    asking,
    incidents,
    keeping,
    reading,
    returning,
    schooling,
    stock,
    supplying,
)
from lended.loans.views.blueprint import pages

__all__ = [
    "asking",
    "incidents",
    "keeping",
    "pages",
    "reading",
    "returning",
    "schooling",
    "stock",
    "supplying",
]
