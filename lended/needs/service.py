"""Changing needs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from lended import clock
from lended.access import Actor, demand
from lended.catalogue.models import Product
from lended.errors import NotAllowed, NotFound
from lended.needs import policy, queries
from lended.needs.events import NeedKept
from lended.needs.models import Need, PutAside
from lended.needs.rules import NeedWish
from lended.work import Work


def keep_need(work: Work, actor: Actor, wish: NeedWish, *, unmet: bool) -> int:
    """Keep a need for later and return its id.

    Parameters
    ----------
    unmet
        Whether nothing in the catalogue fits it now.

    Raises
    ------
    NotAllowed
        When the actor does not teach at a school.
    """
    demand(actor, policy.KEEP)
    moment = clock.now()
    kept = Need(
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        text=wish.text,
        made_at=moment,
        changed_at=moment,
    )
    _fill(kept, wish, moment, unmet=unmet)
    work.session.add(kept)
    work.session.flush()
    work.record(NeedKept(kept.id, kept.person_id, unmet))
    return kept.id


def change_need(work: Work, actor: Actor, need_id: int, wish: NeedWish, *, unmet: bool) -> None:
    """Put a need in other words, or confirm other codes.

    Raises
    ------
    NotFound
        When there is no such need for this actor.
    NotAllowed
        When it is another teacher's.
    """
    need = _own(work, actor, need_id)
    need.text = wish.text
    need.changed_at = clock.now()
    _fill(need, wish, need.changed_at, unmet=unmet)
    work.session.flush()


def put_aside(
    work: Work, actor: Actor, need_id: int, slug: str, *, reason: str, words: str = ""
) -> None:
    """Leave a product out of one need's suggestions; repeating it changes the reason.

    Raises
    ------
    NotFound
        When the need or the product is not there for this actor.
    NotAllowed
        When the need is another teacher's.
    """
    need = _own(work, actor, need_id)
    product_id = _product_id(work, slug)
    row = work.session.scalar(
        select(PutAside).where(PutAside.need_id == need.id, PutAside.product_id == product_id)
    )
    if row is None:
        row = PutAside(need_id=need.id, product_id=product_id)
        work.session.add(row)
    row.reason, row.words, row.at = reason, words, clock.now()
    work.session.flush()


def bring_back(work: Work, actor: Actor, need_id: int, slug: str) -> None:
    """Let a product be suggested again.

    Raises
    ------
    NotFound
        When the need or the product is not there for this actor.
    NotAllowed
        When the need is another teacher's.
    """
    need = _own(work, actor, need_id)
    work.session.execute(
        delete(PutAside).where(
            PutAside.need_id == need.id, PutAside.product_id == _product_id(work, slug)
        )
    )


def _own(work: Work, actor: Actor, need_id: int) -> Need:
    need = queries.need(work.session, actor, need_id)
    if need.person_id != actor.person_id or not actor.may(policy.CHANGE):
        raise NotAllowed(policy.CHANGE.refusal)
    return need


def _product_id(work: Work, slug: str) -> int:
    product_id = work.session.scalar(
        select(Product.id).where(Product.slug == slug, Product.state == "published")
    )
    if product_id is None:
        raise NotFound
    return product_id


def _fill(need: Need, wish: NeedWish, moment: datetime, *, unmet: bool) -> None:
    need.stages, need.subjects, need.filters = wish.stages, wish.subjects, wish.filters
    if wish.codes != need.codes:
        need.codes = wish.codes
        need.codes_confirmed_at = moment if wish.codes else None
    if not unmet:
        need.unmet_at = None
    elif need.unmet_at is None:
        need.unmet_at = moment
