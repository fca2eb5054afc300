"""Listings: beginning one, changing it, submitting it, answering it, taking it out and back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lended import clock, vocabularies
from lended.access import Actor, demand
from lended.catalogue import policy, queries
from lended.catalogue.events import ProductAnswered, ProductSubmitted
from lended.catalogue.models import Product, ProductEvent
from lended.catalogue.rules.listings import (
    DRAFT,
    PUBLISHED,
    ListingWish,
    demand_complete,
    next_state,
    website_problem,
)
from lended.catalogue.rules.suppliers import APPROVED
from lended.catalogue.service.addresses import add_with_slug
from lended.catalogue.service.changes import changes
from lended.catalogue.service.revisions import raise_revision
from lended.errors import Conflict, Invalid
from lended.work import Work

CHANGED_MEANWHILE = (
    "This listing was changed meanwhile. Read it again: what you had typed is kept below, "
    "and sending it once more puts it in place of the other change."
)
CHANGED_SINCE_READ = "The supplier has changed this listing since you opened it. Read it again."
SUPPLIER_FIRST = "Its supplier has not been approved yet. Answer the supplier first."
WORDS_WANTED = "Say what is missing or wrong, so that the supplier can put it right."


def new_listing(work: Work, actor: Actor, wish: ListingWish) -> str:
    """Begin a listing as a draft; return the part of its address that is its own.

    Raises
    ------
    NotAllowed, NotFound
        When the actor does not act for a supplier.
    """
    demand(actor, policy.LIST)
    supplier = queries.supplier_of(work.session, actor)
    moment = clock.now()
    product = Product(
        supplier_id=supplier.id,
        name=wish.name,
        summary=wish.summary,
        product_type=wish.product_type,
        state=DRAFT,
        created_at=moment,
        updated_at=moment,
    )
    add_with_slug(work, product)
    _note(work, actor, product, "", "Begun")
    return product.slug


def change_listing(work: Work, actor: Actor, slug: str, wish: ListingWish) -> None:
    """Let a listing say something else; of a public one, it is public at once.

    Raises
    ------
    NotAllowed, NotFound
        When the listing is not the actor's own.
    Invalid
        Beside each field that makes no sense or, unless it is a draft, is empty.
    Conflict
        When somebody changed it meanwhile.
    """
    demand(actor, policy.LIST)
    product = _locked(work, queries.listing(work.session, actor, slug).id)
    if wish.seen and wish.seen != product.version:
        raise Conflict(CHANGED_MEANWHILE)
    _demand_sense(wish)
    if product.state != DRAFT:
        demand_complete(wish)
    said = changes(product, wish)
    if not said:
        return
    for name in policy.writable(policy.LISTING_FIELDS, actor):
        setattr(product, name, dict(wish.facts) if name == "facts" else getattr(wish, name))
    product.updated_at = clock.now()
    _note(work, actor, product, product.state, "; ".join(said))
    if product.state == PUBLISHED:
        raise_revision(work)


def submit_listing(work: Work, actor: Actor, slug: str, words: str = "") -> None:
    """Ask staff to make a listing public.

    Raises
    ------
    NotAllowed, NotFound
        When the listing is not the actor's own.
    Invalid
        When something a teacher needs to decide is missing.
    Conflict
        When it is neither a draft nor sent back.
    """
    demand(actor, policy.LIST)
    product = _locked(work, queries.listing(work.session, actor, slug).id)
    demand_complete(queries.wish_of(product))
    _move(work, actor, product, "submit", words)
    product.submitted_at = clock.now()
    work.session.flush()
    work.record(ProductSubmitted(product.id, actor.person_id or 0, words))


def move_listing(work: Work, actor: Actor, slug: str, move: str) -> None:
    """Take a listing back from staff, withdraw it, or bring it back.

    Parameters
    ----------
    move
        ``take_back``, ``withdraw`` or ``bring_back``.

    Raises
    ------
    NotAllowed, NotFound
        When the listing is not the actor's own.
    Conflict
        When it is in a state in which that is not possible.
    """
    demand(actor, policy.LIST)
    product = _locked(work, queries.listing(work.session, actor, slug).id)
    _move(work, actor, product, move, "")


def answer_listing(
    work: Work, actor: Actor, slug: str, *, approved: bool, words: str, seen: str = ""
) -> None:
    """Make a submitted listing public, or send it back with words.

    Parameters
    ----------
    seen
        Which version staff had read, from `Product.version`; empty skips the check.

    Raises
    ------
    NotAllowed
        When the actor is not staff.
    NotFound
        When there is no such listing.
    Invalid
        When it is sent back without words.
    Conflict
        When it does not wait, was changed since, or its supplier is not approved.
    """
    demand(actor, policy.ANSWER)
    if not approved and not words:
        raise Invalid(problems={"words": WORDS_WANTED})
    product = _locked(work, queries.listing(work.session, actor, slug).id)
    if seen and seen != product.version:
        raise Conflict(CHANGED_SINCE_READ)
    if approved and product.supplier.state != APPROVED:
        raise Conflict(SUPPLIER_FIRST)
    _move(work, actor, product, "publish" if approved else "send_back", words)
    work.record(ProductAnswered(product.id, actor.person_id or 0, approved, words))


def _move(work: Work, actor: Actor, product: Product, move: str, words: str) -> None:
    before = product.state
    product.state = next_state(move, before)
    product.state_words = words
    product.updated_at = clock.now()
    _note(work, actor, product, before, words)
    if PUBLISHED in (before, product.state):
        raise_revision(work)


def _note(work: Work, actor: Actor, product: Product, before: str, words: str) -> None:
    work.session.add(
        ProductEvent(
            product_id=product.id,
            person_id=actor.person_id,
            at=clock.now(),
            from_state=before,
            to_state=product.state,
            words=words,
        )
    )
    work.session.flush()


def _demand_sense(wish: ListingWish) -> None:
    _facts, problems = vocabularies.clean_facts(wish.facts)
    if website_problem(wish.website):
        problems["website"] = website_problem(wish.website)
    if problems:
        raise Invalid(problems=problems)


def _locked(work: Work, product_id: int) -> Product:
    """Return a product with its supplier as they are now; nobody else can change it meanwhile."""
    return work.session.scalars(
        select(Product)
        .where(Product.id == product_id)
        .options(joinedload(Product.supplier))
        .with_for_update(of=Product)
        .execution_options(populate_existing=True)
    ).one()
