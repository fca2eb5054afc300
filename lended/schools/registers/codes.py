"""What the register's words are in the vocabularies of LendED.

Names are read, not the numbers beside them: the search export has names only, and files of 2018
number some independent schools as special ones.
"""

from __future__ import annotations

import re

OPEN, CLOSED, PROPOSED = "open", "closed", "proposed"
SPECIAL = "special"

STATUSES = {
    "open": OPEN,
    "open, but proposed to close": OPEN,
    "closed": CLOSED,
    "proposed to open": PROPOSED,
}
PHASES = {
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "middle_deemed_primary",
    "secondary": "secondary",
    "middle deemed secondary": "middle_deemed_secondary",
    "16 plus": "sixteen_plus",
    "all-through": "all_through",
    "all through": "all_through",
}
NO_PHASE = frozenset({"", "not applicable"})
TYPE_GROUPS = {
    "colleges": "colleges",
    "universities": "universities",
    "independent schools": "independent",
    "local authority maintained schools": "local_authority_maintained",
    "special schools": SPECIAL,
    "welsh schools": "welsh",
    "other types": "other",
    "academies": "academies",
    "free schools": "free_schools",
    "online provider": "online_provider",
}
SPECIAL_TYPE = re.compile(r"\bspecial\b(?! post)", re.IGNORECASE)
"""Community, academy and independent special schools; colleges for special needs are 16 plus."""

TRUST_KINDS = {
    "multi-academy trust": "multi_academy_trust",
    "single-academy trust": "single_academy_trust",
    "trust": "foundation_trust",
    "supported by a multi-academy trust": "multi_academy_trust",
    "supported by a single-academy trust": "single_academy_trust",
    "supported by a trust": "foundation_trust",
    "federation": "federation",
    "school sponsor": "sponsor",
    "children's centres group": "childrens_centres",
    "children's centres collaboration": "childrens_centres",
    "umbrella trust": "umbrella_trust",
    "secure single-academy trust": "single_academy_trust",
}
SEND_NEEDS = {
    "SLCN": "communication_interaction",
    "ASD": "communication_interaction",
    "SPLD": "cognition_learning",
    "MLD": "cognition_learning",
    "SLD": "cognition_learning",
    "PMLD": "cognition_learning",
    "SEMH": "semh",
    "BESD": "semh",
    "HI": "sensory_physical",
    "VI": "sensory_physical",
    "MSI": "sensory_physical",
    "PD": "sensory_physical",
}
"""The register's thirteen types in the four broad areas of the SEND code of practice (2015)."""


def phase_of_ages(low: int | None, high: int | None) -> str:
    """Return the phase that a range of ages leaves no doubt about, or "".

    A preparatory school for ages 3 to 13 is neither primary nor secondary, so it has none.
    """
    if low is None or high is None:
        return ""
    if high <= 5:
        return "nursery"
    if low >= 16:
        return "sixteen_plus"
    if high <= 11:
        return "primary"
    if low >= 11:
        return "secondary"
    return "all_through" if low <= 7 and high >= 16 else ""
