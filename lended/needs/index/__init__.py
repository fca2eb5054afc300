"""The only door to matching: what may help with a need, and how that is kept ready.

`suggesting` answers needs; `constraints` reads what they rule out, `topics` what they are about;
`learning` makes a matcher of products' words; `saving` keeps it in the data folder for every
process of this machine; `renewing` brings it up to date. `sharing` does the same for one that lies
in PostgreSQL.
"""

from lended.needs.index.constraints import constraints_in
from lended.needs.index.learning import learn
from lended.needs.index.renewing import Renewal
from lended.needs.index.sharing import SharedRenewal, learn_shared
from lended.needs.index.suggesting import (
    Index,
    ProposedCode,
    Suggestion,
    Suggestions,
    stages_in,
)
from lended.needs.index.topics import elsewhere_words
from matching import WHAT_YOU_DESCRIBE

__all__ = [
    "WHAT_YOU_DESCRIBE",
    "Index",
    "ProposedCode",
    "Renewal",
    "SharedRenewal",
    "Suggestion",
    "Suggestions",
    "constraints_in",
    "elsewhere_words",
    "learn",
    "learn_shared",
    "stages_in",
]
