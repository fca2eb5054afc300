"""``match``: a sheet of needs becomes a sheet of products with reasons."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.makers import Makers


@pytest.fixture(autouse=True)
def _listed(app: Flask, made: Makers) -> None:
    supplier = made.supplier(name="Tenfold Maths")
    for number in range(25):
        made.product(supplier, slug=f"tiles-{number:02}", name=f"Fraction Tiles {number}")


def match(app: Flask, folder: Path, sheet: str, *options: str) -> Result:
    needs = folder / "needs.csv"
    needs.write_text(sheet, encoding="utf-8")
    asked = ["match", "--needs", str(needs), "--out", str(folder / "out.csv"), *options]
    return app.test_cli_runner().invoke(args=asked)


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_need_is_answered_in_its_place(app: Flask, tmp_path: Path) -> None:
    sheet = "id,need\nn1,My class mixes up fractions\nn2,a new roof\nn3,asdf qwer\nn4,\n"
    result = match(app, tmp_path, sheet, "--top", "3", "--refusals", str(tmp_path / "left.csv"))
    assert result.exit_code == 0, result.output
    assert "4 needs read, 1 refused; 5 lines written" in result.output
    answers = written(tmp_path)
    assert [(each["line"], each["need_id"], each["rank"]) for each in answers] == [
        ("2", "n1", "1"), ("2", "n1", "2"), ("2", "n1", "3"), ("3", "n2", "0"), ("4", "n3", "0"),
    ]  # fmt: skip
    best, away, unmet = answers[0], answers[3], answers[4]
    assert best["product"].startswith("tiles-")
    assert best["url"].endswith(f"/products/{best['product']}")
    assert re.search(r"\bfractions \(0\.\d+\)", best["because"])
    assert away["because"].startswith("This sounds like ")
    assert unmet["because"] == "Nothing here fits yet"
    assert "empty or too long" in (tmp_path / "left.csv").read_text(encoding="utf-8-sig")


def test_a_sheet_without_needs_leaves_what_was_there(app: Flask, tmp_path: Path) -> None:
    assert match(app, tmp_path, "need\nMy class mixes up fractions\n", "--top", "1").exit_code == 0
    before = written(tmp_path)
    result = match(app, tmp_path, "colour\nred\n")
    assert (result.exit_code, written(tmp_path)) == (1, before)
    assert "Name the one that holds the needs with --column" in result.output


def test_a_named_column_is_read(app: Flask, tmp_path: Path) -> None:
    result = match(app, tmp_path, "colour,problem\nred,fractions\n", "--column", "problem")
    assert result.exit_code == 0, result.output
    assert {each["need"] for each in written(tmp_path)} == {"fractions"}
