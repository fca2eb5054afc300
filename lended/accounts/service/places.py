"""Places: organisations, and the roles people hold in them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from lended import clock
from lended.access import Actor, OrganisationKind, Role, demand
from lended.accounts import policy, queries
from lended.accounts.events import RolesChanged
from lended.accounts.models import Membership, Organisation, Person
from lended.accounts.service.people import raise_session_version
from lended.errors import Invalid
from lended.work import Work

LAST_LEAD = (
    "Nobody else leads {organisation} on LendED. Give a colleague that role first; "
    "then this one can end."
)


def open_organisation(work: Work, kind: OrganisationKind | str, name: str) -> Organisation:
    """Make an organisation that people can act for."""
    organisation = Organisation(kind=OrganisationKind(kind), name=name, created_at=clock.now())
    work.session.add(organisation)
    work.session.flush()
    return organisation


def give_role(work: Work, person_id: int, organisation_id: int, role: Role | str) -> None:
    """Give somebody a role in an organisation; giving it twice changes nothing.

    Raises
    ------
    NotFound
        When there is no such person or organisation.
    Invalid
        When an organisation of that kind does not know the role.
    """
    organisation = _locked(work, organisation_id)
    policy.demand_roles(organisation.kind, role)
    held = _open_roles(work, person_id, organisation_id)
    _set_roles(work, person_id, organisation_id, {*held, str(role)}, by_id=None)


def change_roles(work: Work, actor: Actor, person_id: int, roles: Iterable[str]) -> Person:
    """Let a member of the actor's organisation hold exactly these roles there, and return them.

    Raises
    ------
    NotAllowed
        When the actor does not lead the organisation.
    NotFound
        When the person does not belong to it.
    Invalid
        When there is no role, one the organisation does not know, or no lead would be left.
    """
    wanted = set(roles)
    if not wanted:
        raise Invalid(problems={"roles": "Choose at least one role, or remove the person."})
    return _change(work, actor, person_id, wanted)


def remove_person(work: Work, actor: Actor, person_id: int) -> None:
    """End everything a person is in the actor's organisation.

    Raises
    ------
    NotAllowed
        When the actor does not lead the organisation.
    NotFound
        When the person does not belong to it.
    Invalid
        When no lead would be left.
    """
    _change(work, actor, person_id, set())


def _change(work: Work, actor: Actor, person_id: int, wanted: set[str]) -> Person:
    demand(actor, policy.MANAGE)
    member = queries.member(work.session, actor, person_id)
    organisation = _locked(work, actor.organisation_id or 0)
    policy.demand_roles(organisation.kind, *wanted)
    _demand_a_lead(work, organisation, member, wanted)
    _set_roles(work, person_id, organisation.id, wanted, by_id=actor.person_id)
    return member.person


def _demand_a_lead(
    work: Work, organisation: Organisation, member: queries.Member, wanted: set[str]
) -> None:
    lead = policy.lead_role(organisation.kind)
    if lead in wanted or lead not in member.roles:
        return
    leads = queries.people_with_role(work.session, organisation.id, lead)
    if all(person.id == member.person.id for person in leads):
        words = LAST_LEAD.format(organisation=organisation.name)
        raise Invalid(problems={"roles": words})


def _locked(work: Work, organisation_id: int) -> Organisation:
    """Return an organisation whose people nobody else can change meanwhile."""
    queries.organisation(work.session, organisation_id)
    return work.session.scalars(
        select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    ).one()


def _open_roles(work: Work, person_id: int, organisation_id: int) -> dict[str, Membership]:
    rows = work.session.scalars(
        select(Membership)
        .where(
            Membership.person_id == person_id,
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.id)
    )
    return {row.role: row for row in rows}


def _set_roles(
    work: Work, person_id: int, organisation_id: int, wanted: set[str], by_id: int | None
) -> None:
    person = queries.person(work.session, person_id)
    held = _open_roles(work, person_id, organisation_id)
    if wanted == set(held):
        return
    moment = clock.now()
    for role in held.keys() - wanted:
        held[role].ended_at = moment
    for role in sorted(wanted - held.keys()):
        work.session.add(
            Membership(
                person_id=person_id, organisation_id=organisation_id, role=role, created_at=moment
            )
        )
    raise_session_version(work, person)
    work.record(RolesChanged(person_id, organisation_id, frozenset(wanted), by_id))
