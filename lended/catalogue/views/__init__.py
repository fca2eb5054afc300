"""Pages about products: the list from A to Z, one product, several side by side."""

from lended.catalogue.views import browsing, product
from lended.catalogue.views.blueprint import pages

__all__ = ["browsing", "pages", "product"]
