"""Suppliers come in, and staff answer them, through a client."""

from __future__ import annotations

import pytest

from tests.lended.catalogue.site import Site


@pytest.mark.parametrize(
    "path",
    [
        "/supplier/products",
        "/supplier/details",
        "/supplier/new-product",
        "/staff/listings",
        "/staff/suppliers/larkrise",
    ],
)
def test_desks_do_not_exist_for_who_does_not_sit_there(site: Site, path: str) -> None:
    assert site.visitor.get(path).status_code == 303
    site.read(site.as_alone, path, 404)
    site.read(site.as_staff if path.startswith("/supplier") else site.as_supplier, path, 404)


def test_somebody_proposes_a_supplier_and_acts_for_it_at_once(site: Site) -> None:
    fields = {"name": "Hobnail Making", "town": "Bacup", "about": "We lend saws to schools."}
    to = site.send(site.as_alone, "/suppliers/join", fields).location
    assert to == "/supplier/products"
    page = site.read(site.as_alone, to)
    assert "have yet to look at your organisation" in page
    site.send(site.as_staff, "/staff/suppliers/hobnail-making", {"answer": "approve", "words": ""})
    assert "have yet to look" not in site.read(site.as_alone, to)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "Larkrise Learning", "about": "We are the same people, really."},
        {"name": "\u200b\u200b", "about": "x" * 5000},
        {"name": "x" * 5000, "about": "short"},
    ],
)
def test_a_bad_proposal_is_answered_beside_its_fields(site: Site, fields: dict[str, str]) -> None:
    page = site.send(site.as_alone, "/suppliers/join", fields, 422).text
    assert 'id="name-error"' in page


def test_details_are_changed_and_bad_ones_answered(site: Site) -> None:
    good = {
        "about": "We make apparatus.",
        "town": "Bacup",
        "preparation_days": "2",
        "transit_out_days": "3",
        "transit_back_days": "0",
        "turnaround_days": "60",
    }
    site.send(site.as_supplier, "/supplier/details", good)
    assert site.supplier_called("Larkrise Learning").turnaround_days == 60
    for name, bad in (("preparation_days", "61"), ("transit_out_days", "two"), ("about", "")):
        page = site.send(site.as_supplier, "/supplier/details", {**good, name: bad}, 422).text
        assert f'id="{name}-error"' in page
    site.read(site.as_supplier, "/supplier/details")


def test_staff_send_back_only_with_words(site: Site) -> None:
    slug = site.submitted()
    path = f"/staff/listings/{slug}"
    page = site.send(site.as_staff, path, {"answer": "send_back", "words": ""}, 422).text
    assert 'id="words-error"' in page
    site.send(site.as_staff, path, {"answer": "nonsense", "words": "Hm"}, 422)
    site.send(site.as_staff, path, {"answer": "send_back", "words": "Which years?"})
    assert "Which years?" in site.read(site.as_supplier, "/supplier/products")
    site.send(site.as_staff, path, {"answer": "approve", "words": ""}, 409)
    site.read(site.as_staff, path, 409)


def test_staff_see_suppliers_that_look_alike(site: Site) -> None:
    site.make.supplier(
        site.make.organisation("supplier"), name="Larkrise Learning Ltd", slug="l2", state="waiting"
    )
    assert "Looks like Larkrise Learning." in site.read(site.as_staff, "/staff/suppliers/l2")
