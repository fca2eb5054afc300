"""Reading what only desks show: a trust's schools, unmet demand, the platform in numbers."""

from lended.desks.queries.overview import (
    UNDER_WAY,
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
    "UNDER_WAY",
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
