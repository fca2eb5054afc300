"""A product lent as a set of several parts."""

from __future__ import annotations

import re

import pytest

from lended import clock
from lended.errors import Conflict, Invalid, NotFound
from lended.loans import queries, service
from lended.loans.rules.stock import StockWish, UnitWish, set_in_words
from tests.lended.loans.scene import Scene, a_wish
from tests.lended.loans.site import Site, sent, shown

ROBOTS = StockWish("physical", 12, label="Robots", in_a_set=6)
TABLETS = StockWish("physical", 6, label="Tablets", in_a_set=6)
SEATS = StockWish("digital", 60, label="Seats", in_a_set=30)


def a_set(scene: Scene) -> list[int]:
    slug = scene.product.slug
    first = scene.do(service.keep_stock, scene.supplier, slug, ROBOTS)
    rest = [scene.do(service.add_part, scene.supplier, slug, part) for part in (TABLETS, SEATS)]
    return [first, *rest]


def test_a_set_is_said_in_words_and_a_single_part_is_not(scene: Scene) -> None:
    assert set_in_words([ROBOTS]) == ""
    assert set_in_words([ROBOTS, TABLETS, SEATS]) == "6 × Robots, 6 × Tablets and 30 × Seats"


def test_each_set_asked_for_takes_its_share_of_every_part(scene: Scene) -> None:
    a_set(scene)
    loan_id = scene.draft()
    scene.do(service.submit, scene.teacher, loan_id, a_wish(quantity=1))
    assert [line.quantity for line in scene.row(loan_id).lines] == [6, 6, 30]
    teacher, _lead = scene.another_school()
    second = scene.draft(teacher)
    wish = a_wish(quantity=1)
    with pytest.raises(Conflict):
        scene.do(service.submit, teacher, second, wish)


def test_parts_have_names_of_their_own(scene: Scene) -> None:
    slug = scene.product.slug
    with pytest.raises(Invalid) as unnamed:
        scene.do(service.add_part, scene.supplier, slug, TABLETS)
    assert set(unnamed.value.problems) == {"label"}
    a_set(scene)
    for wish in (StockWish("physical", 1, label="robots"), StockWish("physical", 1)):
        with pytest.raises(Invalid):
            scene.do(service.add_part, scene.supplier, slug, wish)
    with pytest.raises(Invalid):
        scene.do(
            service.add_part, scene.supplier, slug, StockWish("digital", 1, label="X", in_a_set=0)
        )


def test_what_a_set_is_stays_while_one_is_lent(scene: Scene) -> None:
    robots, _tablets, seats = a_set(scene)
    scene.do(service.submit, scene.teacher, scene.draft(), a_wish())
    slug, supplier = scene.product.slug, scene.supplier
    smaller = StockWish("physical", 12, label="Robots", in_a_set=4)
    with pytest.raises(Conflict):
        scene.do(service.keep_stock, supplier, slug, smaller, robots)
    with pytest.raises(Conflict):
        scene.do(service.add_part, supplier, slug, StockWish("physical", 9, label="Chargers"))
    with pytest.raises(Conflict):
        scene.do(service.remove_part, supplier, slug, seats)
    more = StockWish("physical", 24, label="Robots", in_a_set=6)
    scene.do(service.keep_stock, supplier, slug, more, robots)


def test_a_part_never_lent_goes_and_one_with_kits_stays(scene: Scene) -> None:
    robots, tablets, seats = a_set(scene)
    slug, supplier = scene.product.slug, scene.supplier
    scene.do(service.remove_part, supplier, slug, seats)
    scene.do(service.add_unit, supplier, slug, UnitWish("TAB-1"), tablets)
    with pytest.raises(Conflict):
        scene.do(service.remove_part, supplier, slug, tablets)
    with pytest.raises(NotFound):
        scene.do(service.remove_part, supplier, slug, seats)
    with scene.transaction() as work:
        found = queries.stock_of_product(work.session, scene.product.id)
    assert [pool.id for pool in found] == [robots, tablets]


def test_stock_of_several_parts_is_not_kept_without_saying_which(scene: Scene) -> None:
    a_set(scene)
    with pytest.raises(Conflict):
        scene.do(service.keep_stock, scene.supplier, scene.product.slug, ROBOTS)


def test_pages_show_the_parts_and_say_what_a_set_is(site: Site) -> None:
    path = f"/supplier/products/{site.product.slug}/stock"
    robots = {"kind": "physical", "capacity": "12", "label": "Robots", "in_a_set": "6"}
    sent(site.as_supplier, path, robots)
    assert "Add another part" in shown(site.as_supplier, path)
    refused = site.as_supplier.post(f"{path}/parts/new", data={**robots, "in_a_set": "0"})
    assert refused.status_code == 422
    twice = site.as_supplier.post(f"{path}/parts/new", data=robots)
    assert "Another part has this name." in twice.text
    seats = {"kind": "digital", "capacity": "60", "label": "Seats", "in_a_set": "30"}
    sent(site.as_supplier, f"{path}/parts/new", seats)
    said = "6 × Robots and 30 × Seats"
    assert said in shown(site.as_supplier, f"{path}/parts")
    assert site.as_supplier.get(path).location.endswith("/parts")
    assert said in shown(site.as_teacher, f"/products/{site.product.slug}")
    assert said in shown(site.as_teacher, f"/loans/{site.draft()}/ask")
    shown(site.as_supplier, f"{path}/parts/{site.pool.id}")
    sent(
        site.as_supplier,
        f"{path}/parts/{site.pool.id}/kits",
        {"serial": "R-1", "state": "in_service", "battery": "none"},
    )
    shown(site.as_supplier, f"{path}/parts/99999", 404)


def test_what_a_set_is_may_change_once_everything_is_back(scene: Scene) -> None:
    robots, *_rest = a_set(scene)
    line = scene.row(scene.loan("requested")).lines[0]
    smaller = StockWish("physical", 12, label="Robots", in_a_set=4)
    with clock.at(clock.now() + (line.blocked_until - clock.today())):
        scene.do(service.keep_stock, scene.supplier, scene.product.slug, smaller, robots)


def test_what_cannot_change_now_is_said_above_what_was_typed(site: Site) -> None:
    path = f"/supplier/products/{site.product.slug}/stock"
    robots = {"kind": "physical", "capacity": "12", "label": "Robots", "in_a_set": "6"}
    assert "First name what you lend already" in shown(site.as_supplier, f"{path}/parts/new")
    sent(site.as_supplier, path, robots | {"in_a_set": "1"})
    assert "What is this part called?" in shown(site.as_supplier, f"{path}/parts/new")
    site.loan("requested")
    assert "Not while loans are under way" in shown(site.as_supplier, f"{path}/parts/new")
    for address in (f"{path}/parts/new", path):
        refused = site.as_supplier.post(address, data=robots | {"label": "Arms"})
        assert refused.status_code == 422
        assert "cannot change while loans are under way" in refused.text
        assert 'value="Arms"' in refused.text


def test_a_part_that_has_to_stay_is_explained_on_the_page_of_the_parts(site: Site) -> None:
    path = f"/supplier/products/{site.product.slug}/stock/parts"
    after = sent(site.as_supplier, f"{path}/{site.pool.id}/remove")
    assert "It stays in your list." in shown(site.as_supplier, after)


def test_what_a_stock_cannot_do_without_is_not_called_optional(site: Site) -> None:
    path = f"/supplier/products/{site.product.slug}/stock"
    site.do(service.keep_stock, site.supplier, site.product.slug, ROBOTS, site.pool.id)
    page = shown(site.as_supplier, f"{path}/parts/new")
    for label in ("What is this part called?", "How many can be lent at the same time?"):
        assert re.search(rf"{re.escape(label)}\s*</label>", page), label
    assert "What is in one kit? <span" in shown(site.as_supplier, path)
