"""Loans for programs: what is free, asking, following, answering."""

from lended.loans.api import asking, availability, following, turns
from lended.loans.api.blueprint import api

__all__ = ["api", "asking", "availability", "following", "turns"]
