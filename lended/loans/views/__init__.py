"""The loans pages."""

from lended.loans.views import (
    asking,
    certificates,
    keeping,
    reading,
    schooling,
    seats,
    stock,
    supplying,
)
from lended.loans.views.blueprint import pages

__all__ = [
    "asking",
    "certificates",
    "keeping",
    "pages",
    "reading",
    "schooling",
    "seats",
    "stock",
    "supplying",
]
