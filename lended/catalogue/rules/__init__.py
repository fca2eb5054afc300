"""What may narrow the catalogue, be listed in it, and happen to a listing. Pure."""

from lended.catalogue.rules.filters import MOST_COMPARED, PAGE_SIZE, Filters

__all__ = ["MOST_COMPARED", "PAGE_SIZE", "Filters"]
