"""Open lists are taken whole, again without harm, and never half."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.catalogue import queries, service
from lended.catalogue.listings import read_listings
from lended.catalogue.models import Product, Supplier
from lended.sheets import ImportReport, SheetError
from tests.lended.catalogue.desk import Desk

HEADERS = (
    "product_id,name,supplier,description,category,subjects,age_phase,price,currency,url,"
    "format,evidence,source,source_ref,licence"
)
ROWS = (
    (
        "A-1,Tide Charts,Marram Works,Charts of the sea.,,Geography,Secondary,0.00,GBP,"
        "https://marram.example,web/LTI,,Open list,list@1,CC0 1.0"
    ),
    "A-2,Tide Charts,,Another with the name.,,,,,,,book,,Open list,list@1,CC0 1.0",
    "A-3,,Marram Works,No name.,,,,,,,book,,Open list,list@1,CC0 1.0",
)


def sheet(folder: Path, *rows: str) -> Path:
    path = folder / "products.csv"
    path.write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")
    return path


def imported(desk: Desk, path: Path) -> ImportReport:
    with desk.transaction() as work:
        return service.import_products(work, read_listings(path))


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.added, report.changed, report.unchanged, len(report.refused)


def test_products_are_public_without_stock_and_known_by_their_list(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    assert counts(imported(desk, sheet(tmp_path, *ROWS))) == (3, 2, 0, 0, 1)
    product = queries.published_product(session, "tide-charts")
    assert product.source_ref == "Open list#A-1"
    assert product.licence == "CC0 1.0"
    assert product.facts["price_model"] == "free"
    assert (product.supplier.name, product.supplier.state) == ("Marram Works", "approved")
    assert product.supplier.organisation_id is None
    assert queries.published_product(session, "tide-charts-2").supplier.name == "Maker not named"


def test_a_second_run_changes_nothing(desk: Desk, session: Session, tmp_path: Path) -> None:
    path = sheet(tmp_path, *ROWS)
    imported(desk, path)
    before = queries.revision(session)
    session.rollback()
    assert counts(imported(desk, path)) == (3, 0, 0, 2, 1)
    assert queries.revision(session) == before
    assert len(session.scalars(select(Supplier).where(Supplier.name == "Marram Works")).all()) == 1


def test_a_changed_row_changes_its_product_and_keeps_its_address(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    imported(desk, sheet(tmp_path, *ROWS))
    changed = ROWS[0].replace("Tide Charts", "Tide Tables")
    assert counts(imported(desk, sheet(tmp_path, changed, ROWS[1]))) == (2, 0, 1, 1, 0)
    assert queries.published_product(session, "tide-charts").name == "Tide Tables"


def test_a_refused_row_is_named_with_its_line(desk: Desk, tmp_path: Path) -> None:
    (refused,) = imported(desk, sheet(tmp_path, *ROWS)).refused
    assert (refused.line, refused.column) == (4, "name")


def test_a_file_cut_off_leaves_nothing_half_done(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    path = sheet(tmp_path, *ROWS)
    path.write_text(path.read_text() + 'A-4,"Cut', encoding="utf-8")
    with pytest.raises(SheetError):
        imported(desk, path)
    assert session.scalars(select(Product)).all() == []
    assert queries.revision(session) == 0


def test_a_withdrawn_product_stays_withdrawn(desk: Desk, session: Session, tmp_path: Path) -> None:
    path = sheet(tmp_path, *ROWS)
    imported(desk, path)
    product_id = queries.published_product(session, "tide-charts").id
    session.rollback()
    with desk.transaction() as work:
        row = work.session.get(Product, product_id)
        assert row is not None
        row.state = "withdrawn"
    imported(desk, sheet(tmp_path, ROWS[0].replace("Charts of", "Maps of")))
    assert queries.published_products(session, ["tide-charts"]) == []


def test_a_list_whose_name_is_too_long_is_refused_by_row(desk: Desk, tmp_path: Path) -> None:
    row = ROWS[0].replace("Open list", "x" * 399)
    report = imported(desk, sheet(tmp_path, row, ROWS[1]))
    assert counts(report) == (2, 1, 0, 0, 1)
    assert report.refused[0].line == 2
