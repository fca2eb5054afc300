"""The loans pages."""

from lended.loans.views import (
    asking,
    incidents,
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
    "pages",
    "reading",
    "returning",
    "schooling",
    "stock",
    "supplying",
]
