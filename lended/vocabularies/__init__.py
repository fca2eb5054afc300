"""Codes and what people call them: lists kept as data, with a version and a source."""

from lended.vocabularies.facts import (
    NOT_STATED,
    Fact,
    clean_facts,
    fact,
    fact_groups,
    fact_words,
    facts,
)
from lended.vocabularies.lists import Entry, choices, codes, entry, label
from lended.vocabularies.restrictions import Restriction, restriction, restrictions
from lended.vocabularies.stages import stage_of_year, stages_for_ages

__all__ = [
    "NOT_STATED",
    "Entry",
    "Fact",
    "Restriction",
    "choices",
    "clean_facts",
    "codes",
    "entry",
    "fact",
    "fact_groups",
    "fact_words",
    "facts",
    "label",
    "restriction",
    "restrictions",
    "stage_of_year",
    "stages_for_ages",
]
