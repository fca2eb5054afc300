"""Checks of people, organisations and who belongs where."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.access import ROLES_OF_KIND, OrganisationKind
from lended.accounts.models import Invitation, Membership, Organisation, Person
from lended.accounts.rules import normal_email
from lended.catalogue.models import Supplier
from lended.schools.models import School, Trust

KIND_OF_ENTRY: dict[type[School | Trust | Supplier], str] = {
    School: "school",
    Trust: "trust",
    Supplier: "supplier",
}


def roles_suit_organisations(session: Session) -> Iterator[str]:
    """Nobody holds, or is invited to, a role that the organisation's kind does not know."""
    for what, model in (("membership", Membership), ("invitation", Invitation)):
        query = (
            select(model.id, model.role, Organisation.kind)
            .join(Organisation, Organisation.id == model.organisation_id)
            .order_by(model.id)
        )
        for number, role, kind in session.execute(query):
            if role not in ROLES_OF_KIND[OrganisationKind(kind)]:
                yield f"{what} {number} makes somebody {role} in a {kind}"


def addresses_are_written_one_way(session: Session) -> Iterator[str]:
    """Every address of a person is written in its one normal form."""
    for number, email in session.execute(select(Person.id, Person.email).order_by(Person.id)):
        if email != normal_email(email):
            yield f"person {number} has an address that nobody can sign in with"


def entries_stand_for_organisations_of_their_kind(session: Session) -> Iterator[str]:
    """A school, trust or supplier is tied to an organisation of that kind only."""
    for model, kind in KIND_OF_ENTRY.items():
        query = (
            select(model.id, Organisation.kind)
            .join(Organisation, Organisation.id == model.organisation_id)
            .where(Organisation.kind != kind)
            .order_by(model.id)
        )
        for number, found in session.execute(query):
            yield f"{kind} {number} is tied to a {found}"


CHECKS = (
    roles_suit_organisations,
    addresses_are_written_one_way,
    entries_stand_for_organisations_of_their_kind,
)
