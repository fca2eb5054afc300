"""Open lists of products state what they state, and nothing more is read into them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from lended import vocabularies
from lended.catalogue.listings import Listing, mapping, read_listings
from lended.sheets import Refused, SheetError, write_rows

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "products.csv"
SOUNDSTEPS = {
    "product_id": "OL-7",
    "name": "Soundsteps",
    "supplier": "Larkrise Learning",
    "description": "Short games that practise letters and sounds. Ten minutes a day.\n\nMore.",
    "category": "Content",
    "subjects": "Beginning Reading; English Language Learners; Study Tools",
    "age_phase": "Preschool; Primary",
    "price": "0.00",
    "currency": "GBP",
    "url": "https://soundsteps.example/try",
    "format": "web/LTI",
    "evidence": "",
    "source": "An open list",
    "source_ref": "github example/list@1234567",
    "licence": "CC BY-SA 4.0 (Example, per README)",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "products.csv"


def read(path: Path, *changes: dict[str, str]) -> list[Listing | Refused]:
    rows = [tuple((SOUNDSTEPS | change).values()) for change in changes]
    write_rows(path, tuple(SOUNDSTEPS), rows)
    return list(read_listings(path))


def listing(path: Path, **cells: str) -> Listing:
    (row,) = read(path, cells)
    assert isinstance(row, Listing), row
    return row


def test_a_listing_is_read_whole(path: Path) -> None:
    assert listing(path) == Listing(
        line=2,
        reference="OL-7",
        name="Soundsteps",
        supplier="Larkrise Learning",
        summary="Short games that practise letters and sounds.",
        description="Short games that practise letters and sounds. Ten minutes a day.\n\nMore.",
        product_type="content_resources",
        stages=("eyfs", "ks1", "ks2"),
        subjects=("english",),
        needs=("eal_new_arrivals",),
        website="https://soundsteps.example/try",
        licence="CC BY-SA 4.0 (Example, per README)",
        source="An open list",
        source_ref="github example/list@1234567",
        facts={"price_model": "free", "price_pence": 0, "runs_on": ["web_modern"]},
    )


def test_what_a_list_does_not_state_stays_absent(path: Path) -> None:
    write_rows(path, ("product_id", "name", "licence"), [("1", "Kit", "CC0")])
    (bare,) = read_listings(path)
    assert isinstance(bare, Listing)
    assert (bare.supplier, bare.summary, bare.website, bare.product_type) == ("", "", "", "other")
    assert (bare.stages, bare.subjects, bare.needs, bare.facts) == ((), (), (), {})


@pytest.mark.parametrize("column", ["name", "licence", "product_id"])
def test_a_row_without_a_name_a_licence_or_a_reference_is_refused(path: Path, column: str) -> None:
    (refused,) = read(path, {column: " \u00a0 "})
    assert isinstance(refused, Refused)
    assert (refused.line, refused.column) == (2, column)


def test_a_list_without_a_column_of_licences_is_refused(path: Path) -> None:
    path.write_text("product_id,name\n1,Kit\n")
    with pytest.raises(SheetError, match="no column “licence”"):
        list(read_listings(path))


def test_a_product_that_stands_twice_is_refused_with_both_lines(path: Path) -> None:
    *_, refused = read(path, {}, {"product_id": "OL-8"}, {"name": "Again"})
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("The product OL-7 stands on line 2 and again on line 8")


def test_a_licence_is_kept_word_for_word(path: Path) -> None:
    assert listing(path, licence="MIT  (c) 2012 “X”").licence == "MIT  (c) 2012 “X”"


@pytest.mark.parametrize(
    ("price", "currency", "facts"),
    [
        ("0.00", "GBP", {"price_model": "free", "price_pence": 0}),
        ("0", "USD", {"price_model": "free", "price_pence": 0}),
        ("12.50", "GBP", {"price_pence": 1250}),
        ("19.99", "GBP", {"price_pence": 1999}),
        ("1200", "USD", {"price_note": "1,200.00 USD"}),
        ("12.50", "", {}),
        ("from 10", "GBP", {}),
        ("", "GBP", {}),
        ("-3", "GBP", {}),
        ("3", "pounds", {}),
    ],
)
def test_a_price_needs_a_number_and_a_currency(
    path: Path, price: str, currency: str, facts: dict[str, object]
) -> None:
    assert listing(path, price=price, currency=currency, format="").facts == facts


@pytest.mark.parametrize(
    ("words", "stages"),
    [
        ("PreK-12", ("eyfs", "ks1", "ks2", "ks3", "ks4", "ks5")),
        ("K-6th Grade", ("ks1", "ks2")),
        ("7th-12th Grade; Postsecondary", ("ks3", "ks4", "ks5")),
        ("K-6th Grade; 7th-12th Grade", ("ks1", "ks2", "ks3", "ks4", "ks5")),
        ("Preschool", ("eyfs",)),
        ("Primary", ("ks1", "ks2")),
        ("Secondary", ("ks3", "ks4")),
        ("High school", ("ks5",)),
        ("Children", ()),
        ("Higher Ed; Corporate", ()),
        ("", ()),
    ],
)
def test_stages_follow_from_stated_ages_only(
    path: Path, words: str, stages: tuple[str, ...]
) -> None:
    assert listing(path, age_phase=words, subjects="").stages == stages


@pytest.mark.parametrize(
    ("category", "form", "kind"),
    [
        ("micro:bit accessory / Robotics", "physical kit", "coding_robotics"),
        ("micro:bit accessory / Display", "physical kit", "hardware_device"),
        ("micro:bit / Books", "book", "content_resources"),
        ("School & District Operations: Learning Management Systems (LMS)", "web/app", "lms_vle"),
        (
            "Learning & Curriculum: Sites, Resources & Reference - Encyclopedia",
            "web/app",
            "content_resources",
        ),
        (
            "Learning & Curriculum: Sites, Resources & Reference - Games & Simulations",
            "web/app",
            "other",
        ),
        ("Learning & Curriculum: Study Tools", "web/app", "other"),
        ("Evidence-reviewed intervention", "programme", "other"),
        ("", "", "other"),
    ],
)
def test_a_type_is_given_only_where_it_is_certain(
    path: Path, category: str, form: str, kind: str
) -> None:
    assert listing(path, category=category, format=form).product_type == kind


@pytest.mark.parametrize(
    ("evidence", "result"),
    [
        ("Comprehension: Positive Effects; Fluency: Potentially Positive Effects", "favourable"),
        ("Comprehension: No Discernible Effects", "no_clear_difference"),
        ("Comprehension: Negative Effects", "unfavourable"),
        ("A: Positive Effects; B: No Discernible Effects", "mixed"),
        ("A: Mixed Effects", "mixed"),
        ("Teachers like it", None),
        ("", None),
    ],
)
def test_published_findings_come_to_one_result_or_none(
    path: Path, evidence: str, result: str | None
) -> None:
    assert listing(path, evidence=evidence).facts.get("evidence_result") == result


def test_a_summary_is_one_sentence_and_never_too_long(path: Path) -> None:
    long = listing(path, description="word " * 200)
    assert len(long.summary) <= 400
    assert long.summary.endswith("word…")
    assert listing(path, description="Works with Dr. Bell’s\nkit, e.g. maps").summary.startswith(
        "Works with"
    )


def test_every_code_and_every_fact_is_known(path: Path) -> None:
    for used, vocabulary in (
        (mapping.SUBJECTS.values(), "subject"),
        (mapping.NEEDS.values(), "need"),
        (mapping.TYPES_BY_CATEGORY.values(), "product_type"),
        (mapping.TYPES_BY_FORMAT.values(), "product_type"),
        (mapping.DEVICES_BY_FORMAT.values(), "device"),
    ):
        assert set(used) <= set(vocabularies.codes(vocabulary))
    for cells in ({"price": "3", "currency": "EUR"}, {"evidence": "A: Mixed Effects"}, {}):
        facts = listing(path, **cells).facts
        assert vocabularies.clean_facts(facts) == (facts, {})


@pytest.mark.skipif(not REAL.is_file(), reason="The real list is not here.")
def test_every_product_of_the_real_list_is_read_with_its_licence() -> None:
    listings = [row for row in read_listings(REAL) if isinstance(row, Listing)]
    with REAL.open(encoding="utf-8", newline="") as file:
        licences = {row["product_id"]: row["licence"] for row in csv.DictReader(file)}
    assert len(listings) == len(licences) == 1_594
    assert {each.reference: each.licence for each in listings} == licences
    assert all(len(each.summary) <= 400 for each in listings)
    types = Counter(each.product_type for each in listings)
    assert types["other"] > 800  # most of the list does not say what kind of product it is
    assert types["coding_robotics"] > 100
    for each in listings:
        assert vocabularies.clean_facts(each.facts) == (each.facts, {})
