"""Needs in teachers' own words, and what may help."""
