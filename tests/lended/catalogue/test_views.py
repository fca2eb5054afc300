"""The catalogue's pages through a client: the public's, suppliers', staff's, and strangers'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended import vocabularies
from lended.catalogue import service
from lended.work import open_work
from tests.lended.catalogue.desk import Desk
from tests.makers import Makers

MOST_QUERIES = 12
HOSTILE = ("", "x" * 20_000, "\x00\x01\u200b\u202e", "🧮" * 300, "<script>alert(1)</script>", "-1")


class Site(Desk):
    """The desk with clients signed in as its people."""

    def __init__(self, app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        listeners = app.extensions["lended.listeners"]
        super().__init__(made, lambda: open_work(made.engine, listeners))
        self.visitor = app.test_client()
        self.as_supplier = signed_in(self.person, self.organisation)
        self.as_stranger = signed_in(self.other_person, self.other_organisation)
        self.as_staff = signed_in(self.staff_person, self.platform)
        self.alone = made.person()
        self.as_alone = signed_in(self.alone)

    def read(self, client: FlaskClient, path: str, status: int = 200) -> str:
        """Open a page and parse it strictly."""
        answer = client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        html5lib.HTMLParser(strict=True).parse(answer.text)
        return answer.text

    def send(
        self, client: FlaskClient, path: str, fields: dict[str, Any] | None = None,
        status: int = 303,
    ) -> Any:  # fmt: skip
        """Send a form."""
        answer = client.post(path, data=fields or {})
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        if status != 303:
            html5lib.HTMLParser(strict=True).parse(answer.text)
        return answer

    @contextmanager
    def at_most(self, most: int) -> Iterator[None]:
        """Fail when more queries than these are asked inside."""
        asked: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        event.listen(self.make.engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(self.make.engine, "before_cursor_execute", note)
        assert 0 < len(asked) <= most, "\n".join(asked)


@pytest.fixture
def site(app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> Site:
    """Return the desk behind a client."""
    return Site(app, made, signed_in)


def typed(**more: Any) -> dict[str, Any]:
    """Return a listing's form as a browser sends it."""
    return {
        "name": "Bead strings",
        "summary": "A hundred beads on a string.",
        "description": "Pupils slide beads to see what a difference is.",
        "product_type": "hardware_device",
        "stages": ["ks1"],
        "needs": ["number_fluency"],
        "loan_weeks_most": "6",
        **more,
    }


def test_a_listing_goes_from_a_name_to_the_public(site: Site) -> None:
    beginning = {
        "name": "Bead strings",
        "product_type": "hardware_device",
        "summary": "A hundred beads on a string.",
    }
    to = site.send(site.as_supplier, "/supplier/new-product", beginning).location
    assert to == "/supplier/products/bead-strings"
    site.read(site.as_supplier, to)
    site.send(site.as_supplier, to, typed(submit="yes", price_pence="£12.50", captions="no"))
    product = site.product("bead-strings")
    assert product.state == "submitted"
    assert product.facts == {"price_pence": 1250, "captions": False}
    site.read(site.visitor, "/products/bead-strings", 404)
    page = site.read(site.as_staff, "/staff/listings/bead-strings")
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    answer = {"answer": "approve", "words": "", "seen": seen[1]}
    site.send(site.as_staff, "/staff/listings/bead-strings", answer)
    assert "£12.50" in site.read(site.visitor, "/products/bead-strings")


def test_every_fact_can_be_stated_and_taken_back(site: Site) -> None:
    slug = site.published()
    stated: dict[str, Any] = {}
    for fact in vocabularies.facts():
        stated[fact.code] = {
            "yes_no": "yes",
            "one_of": vocabularies.codes(fact.vocabulary)[0] if fact.vocabulary else "",
            "many_of": list(vocabularies.codes(fact.vocabulary))[:2] if fact.vocabulary else [],
            "whole_number": str(fact.maximum // 100 if fact.unit == "pence" else fact.maximum),
            "words": "Wales",
        }[fact.kind]
    site.send(site.as_supplier, f"/supplier/products/{slug}", typed(**stated))
    facts = site.product(slug).facts
    assert set(facts) == {fact.code for fact in vocabularies.facts()}
    assert vocabularies.clean_facts(facts) == (facts, {})
    site.read(site.as_supplier, f"/supplier/products/{slug}")
    site.send(site.as_supplier, f"/supplier/products/{slug}", typed())
    assert site.product(slug).facts == {}


def test_a_listing_shows_again_what_it_says(site: Site) -> None:
    slug = site.draft(facts={"price_pence": 1250, "captions": False, "runs_on": ["windows"]})
    page = site.read(site.as_supplier, f"/supplier/products/{slug}")
    assert 'value="12.50"' in page
    assert re.search(r'name="captions"\s+value="no"\s+checked', page)
    assert re.search(r'name="runs_on"\s+value="windows"\s+checked', page)


@pytest.mark.parametrize("bad", HOSTILE, ids=["empty", "long", "binary", "emoji", "markup", "-1"])
def test_bad_input_in_any_field_is_answered_beside_it_or_taken_as_words(
    site: Site, bad: str
) -> None:
    slug = site.draft()
    good = typed()
    names = [*good, "website", "subjects", *(fact.code for fact in vocabularies.facts())]
    for name in names:
        answer = site.as_supplier.post(f"/supplier/products/{slug}", data={**good, name: bad})
        assert answer.status_code in (303, 422), (name, answer.status_code)
        if answer.status_code == 422:
            html5lib.HTMLParser(strict=True).parse(answer.text)
            assert "Some answers need another look" in answer.text, name
            assert "<script>alert" not in answer.text
    assert vocabularies.clean_facts(site.product(slug).facts)[1] == {}


def test_what_was_typed_is_kept_beside_the_problem(site: Site) -> None:
    slug = site.draft()
    fields = typed(description="Every word of this.", training_minutes="soon", website="beads")
    page = site.send(site.as_supplier, f"/supplier/products/{slug}", fields, 422).text
    assert "Every word of this." in page
    assert 'value="soon"' in page
    for name in ("training_minutes", "website"):
        assert f'id="{name}-error"' in page
        assert f'href="#{name}"' in page


@pytest.mark.parametrize("price", ["1.5", "£1,000", "0", "0.01", "1000000"])
def test_prices_are_read_as_people_write_them(site: Site, price: str) -> None:
    slug = site.draft()
    site.send(site.as_supplier, f"/supplier/products/{slug}", typed(price_pence=price))
    pence = site.product(slug).facts["price_pence"]
    assert pence == round(float(price.strip("£").replace(",", "")) * 100)


@pytest.mark.parametrize("price", ["1.555", "1e3", "nan", "inf", "1000000.01", "-1", "££1", "0x1"])
def test_other_prices_are_refused(site: Site, price: str) -> None:
    slug = site.draft()
    page = site.send(site.as_supplier, f"/supplier/products/{slug}", typed(price_pence=price), 422)
    assert 'id="price_pence-error"' in page.text


def test_another_suppliers_listing_does_not_exist_to_read_or_to_write(site: Site) -> None:
    slug = site.published()
    path = f"/supplier/products/{slug}"
    missing = site.read(site.as_stranger, "/supplier/products/no-such-thing", 404)
    strip = re.compile(r"[0-9a-f]{12}|no-such-thing|bead-strings|value=\"[^\"]*\"")
    hidden = site.read(site.as_stranger, path, 404)
    assert strip.sub("", hidden) == strip.sub("", missing)
    site.send(site.as_stranger, path, typed(name="Mine now"), 404)
    for move in ("withdraw", "take_back", "bring_back"):
        site.send(site.as_stranger, f"{path}/{move}", status=404)
    assert site.product(slug).name == "Bead strings"
    assert site.product(slug).state == "published"


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


def test_a_second_editor_is_told_and_loses_nothing(site: Site) -> None:
    slug = site.published()
    path = f"/supplier/products/{slug}"
    seen = site.product(slug).version
    site.send(site.as_supplier, path, typed(summary="First.", seen=seen))
    page = site.send(site.as_supplier, path, typed(summary="Second.", seen=seen), 409).text
    assert "changed meanwhile" in page
    assert 'value="Second."' in page
    fresh = re.search(r'name="seen" value="([^"]+)"', page)
    assert fresh
    site.send(site.as_supplier, path, typed(summary="Second.", seen=fresh[1].replace("&#43;", "+")))
    assert site.product(slug).summary == "Second."


def test_an_unfinished_listing_is_still_there_and_gone_once_saved(site: Site) -> None:
    slug = site.draft()
    kept = typed(description="Half a sent")
    site.send(site.as_supplier, f"/unfinished/listing/{slug}", kept)
    assert "Half a sent" in site.read(site.as_supplier, f"/supplier/products/{slug}")
    site.send(site.as_supplier, f"/supplier/products/{slug}", typed())
    page = site.read(site.as_supplier, f"/supplier/products/{slug}")
    assert "Half a sent" not in page


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
