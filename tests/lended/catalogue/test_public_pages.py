"""What everyone sees of the catalogue, and how much it costs to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from lended.catalogue import service
from tests.lended.catalogue.site import Site

MOST_QUERIES = 12


def test_a_waiting_listing_is_not_in_lists_comparisons_or_suggestions(site: Site) -> None:
    site.make.product(site.supplier, slug="a", name="A")
    site.make.product(site.supplier, slug="b", name="B")
    slug = site.submitted()
    compared = f"/compare?product=a&product=b&product={slug}"
    for path in ("/products", compared, "/find?need=beads+on+a+string"):
        assert f"/products/{slug}" not in site.read(site.visitor, path)
    with site.transaction() as work:
        service.answer_listing(work, site.staff, slug, approved=True, words="")
    for path in ("/products", compared, "/find?need=beads+on+a+string"):
        assert f"/products/{slug}" in site.read(site.visitor, path), path


def test_withdrawing_and_bringing_back_shows_at_once(site: Site) -> None:
    slug = site.published()
    for move, status in (("withdraw", 404), ("bring_back", 200)):
        site.send(site.as_supplier, f"/supplier/products/{slug}/{move}")
        site.read(site.visitor, f"/products/{slug}", status)
    site.send(site.as_supplier, f"/supplier/products/{slug}/bring_back", status=409)
    site.send(site.as_supplier, f"/supplier/products/{slug}/publish", status=404)


def test_an_open_lists_product_names_its_licence_and_cannot_be_borrowed(site: Site) -> None:
    supplier = site.make.supplier(None, name="Marram Works")
    site.make.product(supplier, slug="tides", licence="CC0 1.0", source="Open list (list@1)",
                      website="https://marram.example")  # fmt: skip
    page = site.read(site.visitor, "/products/tides")
    assert "Licence: CC0 1.0" in page
    assert "cannot be borrowed" in page
    assert 'rel="noopener noreferrer nofollow ugc"' in page


def test_a_trial_is_offered_to_visitors_and_teachers_only(
    site: Site, signed_in: Callable[..., FlaskClient]
) -> None:
    product = site.make.product(site.supplier, slug="beads", name="Beads")
    site.make.pool(product)
    school = site.make.organisation("school")
    teacher = signed_in(site.make.person(school, "teacher"), school)
    for client, words in ((site.visitor, "Sign in to try it"), (teacher, "Ask to try it")):
        assert words in site.read(client, "/products/beads")
    for client in (site.as_supplier, site.as_staff, site.as_alone):
        page = site.read(client, "/products/beads")
        assert "to try it" not in page.replace("ask to try it.", "")
        assert "A teacher of a school can ask to try it." in page


FILTERED = (
    "/products?stage=ks2&stage=nonsense&page=-3",
    "/products?borrow_from-day=40&borrow_from-month=1&borrow_from-year=2027",
    "/products?subject=%00%ff&type=&page=99999999999999999999",
    "/products?stage=ks5&no_technician=y",
    "/products?page=2",
)


@pytest.mark.parametrize("path", FILTERED)
def test_the_list_bears_any_address(site: Site, path: str) -> None:
    for number in range(25):
        site.make.product(site.supplier, name=f"Thing {number:02}")
    site.read(site.visitor, path)


def test_the_list_is_in_alphabetical_order_and_says_so(site: Site) -> None:
    for name in ("zebra", "Abacus", "éclair", "Magnets"):
        site.make.product(site.supplier, name=name)
    page = site.read(site.visitor, "/products")
    assert "not ranked" in page
    assert page.index("Abacus") < page.index("Magnets") < page.index("zebra")


def test_pages_ask_few_questions_however_much_there_is(site: Site) -> None:
    for number in range(30):
        product = site.make.product(site.supplier, name=f"Thing {number:02}", slug=f"t{number}")
        site.make.pool(product, capacity=3)
    slug = site.submitted()
    site.read(site.visitor, "/products")  # the shelf is built once for each process
    for client, path in (
        (site.visitor, "/products"),
        (site.as_supplier, "/products?stage=ks2&page=2"),
        (site.as_supplier, ("/products?borrow_from-day=1&borrow_from-month=3&borrow_from-year=2099"
         "&borrow_until-day=20&borrow_until-month=3&borrow_until-year=2099")),
        (site.as_supplier, "/products/t1"),
        (site.as_supplier, "/compare?product=t1&product=t2&product=t3&product=t4&product=t5"),
        (site.as_supplier, "/supplier/products"),
        (site.as_supplier, "/supplier/products/t1"),
        (site.as_staff, "/staff/listings"),
        (site.as_staff, f"/staff/listings/{slug}"),
    ):  # fmt: skip
        with site.at_most(MOST_QUERIES):
            site.read(client, path)


def test_pages_stay_light(site: Site) -> None:
    for number in range(30):
        site.make.product(site.supplier, name=f"Thing {number:02}")
    slug = site.published()
    for client, path in (
        (site.visitor, "/products"),
        (site.visitor, f"/products/{slug}"),
        (site.as_supplier, f"/supplier/products/{slug}"),
    ):
        assert len(site.read(client, path).encode()) < 120_000, path
