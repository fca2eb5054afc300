"""Who may see and ask for what with schools."""

from __future__ import annotations

from lended.access import ROLES_OF_KIND, OrganisationKind, Role

MEMBERS: tuple[Role, ...] = ROLES_OF_KIND[OrganisationKind.SCHOOL]
"""The roles people have in a school: whoever holds one sees its page, and may ask for one."""
