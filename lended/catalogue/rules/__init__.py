"""What may narrow the catalogue, be listed in it, and happen to a listing. Pure."""

from lended.catalogue.rules.filters import LEFT_OUT, MOST_COMPARED, PAGE_SIZE, Filters

__all__ = ["LEFT_OUT", "MOST_COMPARED", "PAGE_SIZE", "Filters"]
