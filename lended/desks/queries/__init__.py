"""Reading what only desks show: a trust's schools, unmet demand, the platform in numbers."""

from lended.desks.queries.overview import (
    OUT,
    Comparable,
    Learnt,
    SchoolAtATrust,
    comparable,
    learnt,
    platform,
    schools_of_trust,
    unmet_needs,
)
from lended.desks.queries.timeline import PoolWeeks, Timeline, timeline

__all__ = [
    "OUT",
    "Comparable",
    "Learnt",
    "PoolWeeks",
    "SchoolAtATrust",
    "Timeline",
    "comparable",
    "learnt",
    "platform",
    "schools_of_trust",
    "timeline",
    "unmet_needs",
]
