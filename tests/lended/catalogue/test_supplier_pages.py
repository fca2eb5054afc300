"""A supplier’s own listings through a client, and nobody else’s."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest

from lended import vocabularies
from tests.lended.catalogue.site import Site, typed

HOSTILE = ("", "x" * 20_000, "\x00\x01\u200b\u202e", "🧮" * 300, "<script>alert(1)</script>", "-1")


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
            assert "Something needs another look" in answer.text, name
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


def test_all_that_a_public_listing_lacks_is_said_at_once(site: Site) -> None:
    slug = site.published()
    fields = typed(name="", summary="", description="")
    page = site.send(site.as_supplier, f"/supplier/products/{slug}", fields, 422).text
    for name in ("name", "summary", "description"):
        assert f'href="#{name}"' in page


def test_a_draft_may_lack_what_a_public_listing_needs(site: Site) -> None:
    fields = typed(name="", summary="", description="")
    page = site.send(site.as_supplier, f"/supplier/products/{site.draft()}", fields, 422).text
    assert 'href="#name"' in page
    assert 'href="#summary"' not in page


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
