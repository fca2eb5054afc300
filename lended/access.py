"""Who is acting, and what they may do.

An *audience* says who may come in, a query's *scope* what they may see, and a `Right` what they
may do. Rights live in each feature's ``policy.py``; services demand them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lended.errors import NotAllowed


class Role(StrEnum):
    """What a person is in an organisation."""

    TEACHER = "teacher"
    SCHOOL_LEAD = "school_lead"
    TRUST_LEAD = "trust_lead"
    SUPPLIER = "supplier"
    TECHNOLOGIST = "technologist"
    STAFF = "staff"


ROLE_WORDS = {
    Role.TEACHER: "Teacher",
    Role.SCHOOL_LEAD: "School lead",
    Role.TRUST_LEAD: "Trust lead",
    Role.SUPPLIER: "Supplier",
    Role.TECHNOLOGIST: "Learning technologist",
    Role.STAFF: "LendED staff",
}
OF_STAFF = " of LendED"
"""Follows the name of one of the staff where the sides of a loan read it."""


class OrganisationKind(StrEnum):
    """What people act for."""

    SCHOOL = "school"
    TRUST = "trust"
    SUPPLIER = "supplier"
    PLATFORM = "platform"


ROLES_OF_KIND = {
    OrganisationKind.SCHOOL: (Role.TEACHER, Role.SCHOOL_LEAD, Role.TECHNOLOGIST),
    OrganisationKind.TRUST: (Role.TRUST_LEAD, Role.TECHNOLOGIST),
    OrganisationKind.SUPPLIER: (Role.SUPPLIER,),
    OrganisationKind.PLATFORM: (Role.STAFF,),
}


class Scope(StrEnum):
    """What a token lets a program do, of what the person behind it may do."""

    AVAILABILITY = "availability:read"
    READ = "loans:read"
    REQUEST = "loans:request"
    ANSWER = "loans:answer"


SCOPE_WORDS = {
    Scope.AVAILABILITY: "See what is free, and when",
    Scope.READ: "Read loans and follow them",
    Scope.REQUEST: "Ask for trials",
    Scope.ANSWER: "Answer: say yes or no, offer or take dates, cancel",
}


@dataclass(frozen=True, slots=True)
class Right:
    """Permission to do one kind of thing, held by roles.

    Parameters
    ----------
    name
        ``noun:verb``, for example ``loan:approve``.
    roles
        Whoever acts in one of these roles has the right.
    refusal
        What a person without it is told.
    """

    name: str
    roles: frozenset[Role]
    refusal: str = "This is for somebody else to do."


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting for one organisation, or the clock.

    Parameters
    ----------
    person_id
        None only for the clock.
    organisation_id
        None for a person who belongs nowhere yet.
    roles
        The person's roles in that organisation.
    """

    person_id: int | None
    name: str
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_kind: OrganisationKind | None = None
    roles: frozenset[Role] = frozenset()

    @property
    def signature(self) -> str:
        """The name under which others read what the actor did; staff belong to no side."""
        return self.name + OF_STAFF if self.has(Role.STAFF) else self.name

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor holds one of these roles here."""
        return not self.roles.isdisjoint(roles)

    def may(self, right: Right) -> bool:
        """Tell whether the actor holds a right."""
        return self is CLOCK or not self.roles.isdisjoint(right.roles)


CLOCK = Actor(person_id=None, name="LendED")


def demand(actor: Actor, right: Right) -> None:
    """Go on only when the actor holds the right.

    Raises
    ------
    NotAllowed
        Otherwise, with the right's own words.
    """
    if not actor.may(right):
        raise NotAllowed(right.refusal)
