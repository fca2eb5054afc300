"""Text in, ranked and explained matches out; knows no web and no database.

>>> from matching import Document, Matcher
>>> matcher = Matcher().fit([Document("d1", "Quick Marks", "Marking in half the time.")])
>>> [match.key for match in matcher.rank("marking takes my Sunday")]
['d1']
"""

from matching.concepts import Concept, Constraint, ConstraintReading
from matching.constraints import ConstraintReader
from matching.documents import Code, Document, Match, Proposal, Reason
from matching.matcher import Matcher
from matching.persistence import IndexDamaged
from matching.proposals import CodeProposer
from matching.stages import StageReading, read_stages

__all__ = [
    "Code",
    "CodeProposer",
    "Concept",
    "Constraint",
    "ConstraintReader",
    "ConstraintReading",
    "Document",
    "IndexDamaged",
    "Match",
    "Matcher",
    "Proposal",
    "Reason",
    "StageReading",
    "read_stages",
]
