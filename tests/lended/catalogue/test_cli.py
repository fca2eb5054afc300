"""``import-products`` says in a line what it did or why it did nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from lended.sheets import SheetError
from tests.lended.catalogue.test_imports import HEADERS, ROWS, sheet


def test_the_summary_counts_and_refusals_become_a_sheet(app: Flask, tmp_path: Path) -> None:
    path, refusals = sheet(tmp_path, *ROWS), tmp_path / "refused.csv"
    command = ["import-products", str(path), "--refusals", str(refusals)]
    answer = app.test_cli_runner().invoke(args=command)
    assert answer.exit_code == 0, answer.output
    assert "3 read, 2 added, 0 changed, 0 unchanged, 1 refused." in answer.output
    assert "line 4, name" in answer.output
    assert refusals.read_text(encoding="utf-8-sig").splitlines()[1].startswith("4,name,")
    again = app.test_cli_runner().invoke(args=command)
    assert "0 added, 0 changed, 2 unchanged" in again.output


@pytest.mark.parametrize(
    "content",
    [b"", b"one,two\n1,2\n", HEADERS.encode() + b'\nA-1,"cut', b"\x00\xff\x00\xfe" * 50],
    ids=["empty", "columns", "cut", "binary"],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(
    app: Flask, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(content)
    answer = app.test_cli_runner().invoke(args=["import-products", str(path)])
    assert isinstance(answer.exception, SheetError)
    assert "\n" not in str(answer.exception)
