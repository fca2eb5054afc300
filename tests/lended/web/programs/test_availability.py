"""What of a product is free, as programs are told."""

from __future__ import annotations

from tests.conftest import ON_EACH_ENGINE
from tests.lended.web.programs.office import Office


@ON_EACH_ENGINE
def test_what_is_held_is_not_free(office: Office) -> None:
    path = f"/products/{office.product.slug}/availability"
    stretch = {"from": office.day(21), "to": office.day(48)}
    before = office.get(path, office.supplier_token, **stretch).get_json()
    assert (before["lent"], before["free"], len(before["periods"])) == (True, 1, 1)
    office.asked()
    after = office.get(path, office.supplier_token, **stretch).get_json()
    assert after["free"] == 0
    assert after["periods"][0]["free"] == 0
    assert after["earliest_start"] > stretch["to"]


def test_more_than_there_is_never_begins(office: Office) -> None:
    path = f"/products/{office.product.slug}/availability"
    answer = office.get(path, office.school_token, quantity=2).get_json()
    assert (answer["quantity"], answer["free"], answer["earliest_start"]) == (2, 1, None)


def test_the_earliest_start_can_be_asked_for(office: Office) -> None:
    office.asked()
    path = f"/products/{office.product.slug}/availability"
    start = office.get(path, office.school_token).get_json()["earliest_start"]
    again = office.post("/loans", office.school_token, office.plan(starts_on=start))
    assert again.status_code == 201, again.text


def test_seats_without_limit_have_no_number(office: Office) -> None:
    product = office.make.product(office.supplier_row)
    office.make.pool(product, kind="digital", unlimited=True, capacity=0, contents=[])
    path = f"/products/{product.slug}/availability"
    answer = office.get(path, office.school_token).get_json()
    assert answer["free"] is None
    assert [each["free"] for each in answer["periods"]] == [None]
    assert answer["earliest_start"]


def test_what_nobody_lends_is_told_so(office: Office) -> None:
    unstocked = office.make.product(office.supplier_row)
    elsewhere = office.make.product(office.make.supplier())
    for product in (unstocked, elsewhere):
        answer = office.get(f"/products/{product.slug}/availability", office.school_token)
        told = answer.get_json()
        assert (told["lent"], told["free"], told["periods"]) == (False, 0, [])


def test_what_is_not_published_is_not_there(office: Office) -> None:
    hidden = office.make.product(office.supplier_row, state="withdrawn")
    for slug in (hidden.slug, "nothing"):
        answer = office.get(f"/products/{slug}/availability", office.supplier_token)
        assert answer.status_code == 404
