"""Keeping and changing needs, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lended.errors import NotAllowed, NotFound
from lended.needs import queries, service
from lended.needs.rules import NeedWish
from tests.conftest import Transaction
from tests.makers import Makers

WISH = NeedWish("Pupils mix up the top and the bottom of fractions", codes=("misconceptions",))


def test_a_need_is_kept_with_the_codes_its_teacher_confirmed(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    school = make.organisation()
    teacher = make.person(school, "teacher")
    actor = make.actor(teacher, school, "teacher")
    with transaction() as work:
        need_id = service.keep_need(work, actor, WISH, unmet=True)
    kept = queries.need(session, actor, need_id)
    assert kept.text == WISH.text
    assert kept.codes == ("misconceptions",)
    assert kept.codes_confirmed_at is not None
    assert kept.unmet_at is not None


def test_a_need_that_is_met_later_is_no_longer_unmet(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    school = make.organisation()
    teacher = make.person(school, "teacher")
    actor = make.actor(teacher, school, "teacher")
    with transaction() as work:
        need_id = service.keep_need(work, actor, WISH, unmet=True)
    with transaction() as work:
        service.change_need(work, actor, need_id, WISH, unmet=False)
    assert queries.need(session, actor, need_id).unmet_at is None


def test_a_need_belongs_to_its_teacher(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    """A lead reads the needs of the school and changes none; strangers see nothing (T1)."""
    school, elsewhere = make.organisation(), make.organisation()
    teacher, lead = make.person(school, "teacher"), make.person(school, "school_lead")
    colleague, stranger = make.person(school, "teacher"), make.person(elsewhere, "school_lead")
    need = make.need(teacher, school)
    as_lead = make.actor(lead, school, "school_lead")
    assert queries.need(session, as_lead, need.id).id == need.id
    with pytest.raises(NotAllowed), transaction() as work:
        service.change_need(work, as_lead, need.id, WISH, unmet=False)
    for person, place, role in (
        (colleague, school, "teacher"),
        (stranger, elsewhere, "school_lead"),
    ):
        actor = make.actor(person, place, role)
        with pytest.raises(NotFound):
            queries.need(session, actor, need.id)
        with pytest.raises(NotFound), transaction() as work:
            service.put_aside(work, actor, need.id, "x", reason="other")


def test_only_people_of_a_school_keep_needs(transaction: Transaction, make: Makers) -> None:
    firm = make.organisation("supplier")
    seller = make.person(firm, "supplier")
    with pytest.raises(NotAllowed), transaction() as work:
        service.keep_need(work, make.actor(seller, firm, "supplier"), WISH, unmet=False)


def test_putting_aside_is_for_one_need_and_can_be_undone(
    transaction: Transaction, session: Session, make: Makers
) -> None:
    school = make.organisation()
    teacher = make.person(school, "teacher")
    actor = make.actor(teacher, school, "teacher")
    product = make.product(make.supplier())
    one, other = make.need(teacher, school), make.need(teacher, school)
    with transaction() as work:
        service.put_aside(work, actor, one.id, product.slug, reason="already_tried")
        service.put_aside(work, actor, one.id, product.slug, reason="too_expensive")
    (row,) = queries.put_aside(session, one.id)
    assert (row.product.id, row.reason) == (product.id, "too_expensive")
    assert not queries.put_aside(session, other.id)
    with transaction() as work:
        service.bring_back(work, actor, one.id, product.slug)
    session.rollback()
    assert not queries.put_aside(session, one.id)
