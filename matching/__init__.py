"""Text in, ranked and explained matches out; knows no web and no database.

>>> from matching import Document, Matcher
>>> matcher = Matcher().fit([Document("d1", "Quick Marks", "Marking in half the time.")])
>>> [match.key for match in matcher.rank("marking takes my Sunday")]
['d1']
"""

from matching.choosing import Allowed
from matching.concepts import Concept, Constraint, ConstraintReading
from matching.constraints import ConstraintReader
from matching.documents import Code, Document, Match, Proposal, Reason
from matching.explanation import WHAT_YOU_DESCRIBE
from matching.matcher import Matcher
from matching.persistence import IndexDamaged
from matching.proposals import CodeProposer
from matching.ranking import Ranker
from matching.rows import Learnt, Rows, add_rows, fit_rows
from matching.savings import Savings, write_durably
from matching.scope import ScopeReader
from matching.stages import StageReading, read_stages
from matching.stored import StoredMatcher
from matching.stores import Found, Known, Sought, Store
from matching.weights import Statistics

__all__ = [
    "WHAT_YOU_DESCRIBE",
    "Allowed",
    "Code",
    "CodeProposer",
    "Concept",
    "Constraint",
    "ConstraintReader",
    "ConstraintReading",
    "Document",
    "Found",
    "IndexDamaged",
    "Known",
    "Learnt",
    "Match",
    "Matcher",
    "Proposal",
    "Ranker",
    "Reason",
    "Rows",
    "Savings",
    "ScopeReader",
    "Sought",
    "StageReading",
    "Statistics",
    "Store",
    "StoredMatcher",
    "add_rows",
    "fit_rows",
    "read_stages",
    "write_durably",
]
