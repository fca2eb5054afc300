"""Who may do what with people, and which roles an organisation knows."""

from __future__ import annotations

from lended.access import ROLES_OF_KIND, Actor, OrganisationKind, Right, Role, Scope
from lended.errors import Invalid

LEAD_ROLE = {
    OrganisationKind.SCHOOL: Role.SCHOOL_LEAD,
    OrganisationKind.TRUST: Role.TRUST_LEAD,
    OrganisationKind.SUPPLIER: Role.SUPPLIER,
    OrganisationKind.PLATFORM: Role.STAFF,
}
LEADS = frozenset(LEAD_ROLE.values())
MAKE_TOKENS = Right(
    "token:make",
    frozenset({Role.SCHOOL_LEAD, Role.SUPPLIER}),
    "A lead of your school looks after its tokens.",
)
MANAGE = Right("people:manage", LEADS, "Somebody who leads your organisation looks after people.")


def roles_of(kind: str | OrganisationKind | None) -> tuple[Role, ...]:
    """Return the roles an organisation of a kind knows; none for no organisation."""
    return ROLES_OF_KIND[OrganisationKind(kind)] if kind else ()


def lead_role(kind: str | OrganisationKind) -> Role:
    """Return the role whose holders look after an organisation's people."""
    return LEAD_ROLE[OrganisationKind(kind)]


def demand_roles(kind: str | OrganisationKind | None, *roles: str) -> None:
    """Go on only when an organisation of this kind knows each of the roles.

    Raises
    ------
    Invalid
        Otherwise.
    """
    if not set(roles) <= set(roles_of(kind)):
        raise Invalid("Choose a role that this organisation has.")


def scopes_of(kind: str | OrganisationKind | None) -> tuple[Scope, ...]:
    """Return what programs of an organisation can be let do: only schools ask for trials."""
    if kind == OrganisationKind.SUPPLIER:
        return tuple(scope for scope in Scope if scope is not Scope.REQUEST)
    return tuple(Scope)


def leads(actor: Actor) -> bool:
    """Tell whether the actor looks after the people of the organisation acted for."""
    kind = actor.organisation_kind
    return kind is not None and actor.has(lead_role(kind))
