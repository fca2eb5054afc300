"""A short measurement: that it works, what pages ask of the database, and what they weigh."""

from __future__ import annotations

import pytest

from lended.operations.benchmarks.pages import Figures, measure_pages

MOST_STATEMENTS = 12
MOST_BYTES = 120_000


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    """Measure every page of the demo, just long enough."""
    return {each.page: each for each in measure_pages(products=150, requests=16)}


def test_every_kind_of_page_is_measured_after_the_floor(figures: dict[str, Figures]) -> None:
    assert list(figures) == ["floor", "home", "need", "product", "A to Z", "loan", "desk"]
    for each in figures.values():
        assert each.products == 150
        for timing in (each.alone, each.crowded):
            assert 0 < timing.median <= timing.p95
            assert timing.cpu > 0


def test_no_page_asks_the_database_too_much(figures: dict[str, Figures]) -> None:
    assert figures["floor"].alone.statements == 1
    assert {
        page for page, each in figures.items() if each.alone.statements > MOST_STATEMENTS
    } == set()


def test_no_page_is_heavy_with_its_fonts(figures: dict[str, Figures]) -> None:
    assert all(40_000 < each.weight < MOST_BYTES for each in figures.values())
