"""Suppliers: proposing one, changing its details, answering it."""

from __future__ import annotations

from sqlalchemy import select

from lended import clock
from lended.access import Actor, OrganisationKind, Role, demand
from lended.accounts import service as accounts
from lended.catalogue import policy, queries
from lended.catalogue.events import SupplierAnswered, SupplierProposed
from lended.catalogue.models import Supplier
from lended.catalogue.rules.names import look_alikes
from lended.catalogue.rules.suppliers import REFUSED, WAITING, SupplierWish, answered_state
from lended.catalogue.service.addresses import add_with_slug
from lended.errors import Invalid, NotAllowed
from lended.work import Work

WORDS_WANTED = "Say what is missing, so that the supplier can put it right."


def propose_supplier(work: Work, actor: Actor, wish: SupplierWish) -> int:
    """Open an organisation for a supplier that waits for staff; return the organisation's id.

    The actor becomes its first person, and every session of theirs ends: the caller renews theirs.

    Raises
    ------
    NotAllowed
        When nobody is behind the actor.
    Invalid
        When a supplier with people has a name that looks the same, or the actor already waits.
    """
    if actor.person_id is None:
        raise NotAllowed
    _demand_new_name(work, wish.name)
    organisation = accounts.open_organisation(work, OrganisationKind.SUPPLIER, wish.name)
    supplier = Supplier(
        organisation_id=organisation.id,
        name=wish.name,
        about=wish.about,
        town=wish.town,
        state=WAITING,
        created_at=clock.now(),
    )
    add_with_slug(work, supplier)
    accounts.give_role(work, actor.person_id, organisation.id, Role.SUPPLIER)
    work.record(SupplierProposed(supplier.id, actor.person_id, wish.about))
    return organisation.id


def change_details(work: Work, actor: Actor, wish: SupplierWish) -> None:
    """Change what the actor's supplier says of itself; one that was sent back waits again.

    Raises
    ------
    NotAllowed
        When the actor does not act for a supplier.
    NotFound
        When there is no such supplier.
    """
    demand(actor, policy.LIST)
    supplier = _locked(work, queries.supplier_of(work.session, actor).id)
    for name in policy.writable(policy.SUPPLIER_FIELDS, actor):
        setattr(supplier, name, getattr(wish, name))
    if supplier.state == REFUSED and actor.person_id is not None:
        supplier.state, supplier.state_words = WAITING, ""
        work.record(SupplierProposed(supplier.id, actor.person_id, supplier.about))
    work.session.flush()


def answer_supplier(work: Work, actor: Actor, slug: str, *, approved: bool, words: str) -> None:
    """Approve a waiting supplier, or send it back with words.

    Raises
    ------
    NotAllowed
        When the actor is not staff.
    NotFound
        When no supplier of this name waits.
    Invalid
        When it is sent back without words.
    """
    demand(actor, policy.ANSWER)
    if not approved and not words:
        raise Invalid(problems={"words": WORDS_WANTED})
    supplier = _locked(work, queries.waiting_supplier(work.session, slug).id)
    supplier.state = answered_state(supplier.state, approved=approved)
    supplier.state_words = words
    supplier.answered_at = clock.now()
    supplier.answered_by_id = actor.person_id
    work.session.flush()
    work.record(SupplierAnswered(supplier.id, actor.person_id or 0, approved, words))


def _demand_new_name(work: Work, name: str) -> None:
    """Refuse the name of a supplier that has people; one from an open list may find its people."""
    known = [other for other in queries.other_suppliers(work.session) if other.organisation_id]
    alike = look_alikes(name, [other.name for other in known])
    if alike:
        words = (
            f"There is already a supplier called {alike[0]}. If you work there, "
            "ask a colleague to invite you."
        )
        raise Invalid(problems={"name": words})


def _locked(work: Work, supplier_id: int) -> Supplier:
    """Return a supplier as it is now, which nobody else can change meanwhile."""
    return work.session.scalars(
        select(Supplier)
        .where(Supplier.id == supplier_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
