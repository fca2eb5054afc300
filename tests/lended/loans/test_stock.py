"""Stock, and what of it can be borrowed when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from lended import clock
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.loans import queries, service
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import Closure, next_working_day, whole_weeks
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.stock import Content, StockWish, UnitWish
from tests.lended.loans.scene import ITEMS, Scene, a_wish

KITS = StockWish("physical", 3, contents=(Content("Fraction tiles", 24), Content("Book", 1)))


def test_a_supplier_says_what_it_lends_and_changes_it(scene: Scene, session: Session) -> None:
    product = scene.make.product(scene.supplier_row)
    first = scene.do(service.keep_stock, scene.supplier, product.slug, KITS)
    again = scene.do(
        service.keep_stock, scene.supplier, product.slug, StockWish("digital", 0, True)
    )
    assert first == again
    (pool,) = queries.stock_of_product(session, product.id)
    assert pool is not None
    assert (pool.kind, pool.unlimited, pool.contents) == ("digital", True, [])


def test_the_kind_stays_while_something_is_lent(scene: Scene) -> None:
    scene.loan("requested")
    with pytest.raises(Conflict):
        scene.do(service.keep_stock, scene.supplier, scene.product.slug, StockWish("digital", 5))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (StockWish("ghostly", 1), "kind"),
        (StockWish("physical", -1), "capacity"),
        (StockWish("physical", 100_001), "capacity"),
        (StockWish("physical", 1, unlimited=True), "unlimited"),
        (StockWish("physical", 1, contents=(Content("Book", 0),)), "contents"),
        (StockWish("physical", 1, contents=(Content("Book", 1),) * 41), "contents"),
    ],
)
def test_stock_that_cannot_be_is_refused(scene: Scene, wish: StockWish, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        scene.do(service.keep_stock, scene.supplier, scene.product.slug, wish)
    assert set(refused.value.problems) == {field}


def test_fewer_may_be_kept_than_are_promised_but_not_fewer_than_are_out(scene: Scene) -> None:
    slug, none = scene.product.slug, StockWish("physical", 0, contents=[Content("Tiles", 24)])
    promised = scene.loan("preparing")
    scene.do(service.keep_stock, scene.supplier, slug, none)
    scene.do(service.keep_stock, scene.supplier, slug, replace(none, capacity=1))
    scene.do(service.dispatch, scene.supplier, promised, DispatchWish(ITEMS, "New"))
    with pytest.raises(Invalid) as refused:
        scene.do(service.keep_stock, scene.supplier, slug, none)
    assert "1 is with schools just now" in refused.value.problems["capacity"]
    with scene.transaction() as work:
        (pool,) = queries.stock_of_product(work.session, scene.product.id)
    assert pool.capacity == 1


def test_only_its_own_supplier_keeps_stock(scene: Scene) -> None:
    business = scene.make.organisation("supplier")
    scene.make.supplier(business)
    stranger = scene.make.actor(scene.make.person(), business, "supplier")
    with pytest.raises(NotFound):
        scene.do(service.keep_stock, stranger, scene.product.slug, KITS)
    with pytest.raises(NotAllowed):
        scene.do(service.keep_stock, scene.teacher, scene.product.slug, KITS)


def test_a_serial_is_given_once(scene: Scene) -> None:
    slug = scene.product.slug
    unit_id = scene.do(service.add_unit, scene.supplier, slug, UnitWish("KIT-1"))
    with pytest.raises(Invalid):
        scene.do(service.add_unit, scene.supplier, slug, UnitWish("kit-1"))
    scene.do(service.change_unit, scene.supplier, slug, unit_id, UnitWish("KIT-1", "Worn"))
    with pytest.raises(NotFound):
        scene.do(service.change_unit, scene.supplier, slug, unit_id + 1, UnitWish("KIT-2"))
    future = UnitWish("KIT-3", electrical_check_on=clock.today() + timedelta(days=1))
    with pytest.raises(Invalid):
        scene.do(service.add_unit, scene.supplier, slug, future)


def test_what_is_held_is_not_borrowable_and_the_next_free_day_is_true(scene: Scene) -> None:
    loan_id = scene.loan("requested")
    line = scene.row(loan_id).lines[0]
    with scene.transaction() as work:
        taken = queries.borrowable_product_ids(work.session, line.starts_on, line.due_on)
        free = queries.next_free(work.session, [scene.product.id])[scene.product.id]
    assert scene.product.id not in taken
    assert free is not None
    teacher, _lead = scene.another_school()
    wish = a_wish(dates=whole_weeks(free, queries.stock.TYPICAL_WEEKS))
    scene.do(service.submit, teacher, scene.draft(teacher), wish)


def test_a_kit_that_is_late_has_no_next_free_day(scene: Scene, make: Any) -> None:
    loan = make.loan(scene.school, scene.teacher_person, scene.product, scene.pool, state="overdue")
    with scene.transaction() as work:
        held = queries.loan(work.session, scene.lead, loan.id)
        held.lines[0].blocked_from = clock.today()
        held.lines[0].blocked_until = NEVER
    with scene.transaction() as work:
        assert queries.next_free(work.session, [scene.product.id]) == {scene.product.id: None}


def test_what_could_not_be_sent_in_time_is_not_borrowable(scene: Scene) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    later = next_working_day(clock.today() + timedelta(days=30))
    with scene.transaction() as work:
        assert scene.product.id not in queries.borrowable_product_ids(
            work.session, tomorrow, tomorrow
        )
        assert scene.product.id in queries.borrowable_product_ids(work.session, later, later)


def test_unpublished_and_unlendable_products_are_never_borrowable(scene: Scene) -> None:
    hidden = scene.make.product(scene.supplier_row, state="draft")
    scene.make.pool(hidden)
    unlendable = scene.make.product(scene.make.supplier())
    scene.make.pool(unlendable)
    later = clock.today() + timedelta(days=400)
    with scene.transaction() as work:
        found = queries.borrowable_product_ids(work.session, later, later)
    assert found == {scene.product.id}


def test_every_product_is_looked_at_in_two_queries(scene: Scene) -> None:
    for _ in range(12):
        scene.make.pool(scene.make.product(scene.supplier_row))
    asked: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    later = next_working_day(clock.today() + timedelta(days=40))
    with scene.transaction() as work:
        work.session.connection()
        event.listen(scene.make.engine, "before_cursor_execute", note)
        try:
            found = queries.borrowable_product_ids(
                work.session, later, later + timedelta(days=20), scene.school.id
            )
        finally:
            event.remove(scene.make.engine, "before_cursor_execute", note)
    assert len(found) == 13
    assert len(asked) <= 2, asked


def test_a_school_closed_on_the_way_back_is_known_to_list_and_request(scene: Scene) -> None:
    with scene.transaction() as work:
        before = queries.next_free(work.session, [scene.product.id], scene.school.id)
    first = before[scene.product.id]
    assert first is not None
    scene.do(service.add_closure, scene.lead, Closure(first, first + timedelta(days=6)))
    with scene.transaction() as work:
        after = queries.next_free(work.session, [scene.product.id], scene.school.id)
        elsewhere = queries.next_free(work.session, [scene.product.id])
    later = after[scene.product.id]
    assert later is not None
    assert later > first + timedelta(days=6)
    assert elsewhere == before
    closed, wish = a_wish(dates=whole_weeks(first, 4)), a_wish(dates=whole_weeks(later, 4))
    draft = scene.draft()
    with pytest.raises(Invalid):
        scene.do(service.submit, scene.teacher, draft, closed)
    scene.do(service.submit, scene.teacher, draft, wish)
