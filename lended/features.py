"""The features of LendED, the most basic first."""

from __future__ import annotations

from lended.accounts.wiring import FEATURE as ACCOUNTS
from lended.catalogue.wiring import FEATURE as CATALOGUE
from lended.demo.wiring import FEATURE as DEMO
from lended.desks.wiring import FEATURE as DESKS
from lended.loans.wiring import FEATURE as LOANS
from lended.needs.wiring import FEATURE as NEEDS
from lended.notices.wiring import FEATURE as NOTICES
from lended.operations.wiring import FEATURE as OPERATIONS
from lended.outcomes.wiring import FEATURE as OUTCOMES
from lended.schools.wiring import FEATURE as SCHOOLS
from lended.web.feature import Feature

FEATURES: tuple[Feature, ...] = (
    ACCOUNTS,
    SCHOOLS,
    CATALOGUE,
    NEEDS,
    LOANS,
    OUTCOMES,
    NOTICES,
    DESKS,
    DEMO,
    OPERATIONS,
)
