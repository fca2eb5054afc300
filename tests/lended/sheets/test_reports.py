"""An import says what it did with every row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lended.sheets import BadCell, ImportReport, Refused, Row, parse_rows, read_rows


def whole(row: Row) -> int:
    return row.take("number", int)


def rows(*cells: str) -> Iterator[Row]:
    return (Row(line, {"number": cell}) for line, cell in enumerate(cells, start=2))


def test_what_cannot_be_used_is_refused_and_the_rest_goes_on() -> None:
    first, refused, last = parse_rows(rows("1", "one", "2"), whole, str)
    assert (first, last) == (1, 2)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.column) == (3, "number")


def test_a_repeated_key_is_refused_with_the_lines_of_both() -> None:
    *_, refused = parse_rows(rows("1", "2", "1"), whole, lambda number: f"Number {number}")
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("Number 1 stands on line 2 and again on line 4")


def test_a_row_that_stops_early_is_refused_before_it_is_parsed() -> None:
    def never(row: Row) -> int:
        raise BadCell("number", "parsed all the same")

    (refused,) = parse_rows([Row(5, {"number": ""}, missing=("number",))], never, str)
    assert refused == Refused(5, "The row stops before the column “number”.")


def test_a_report_counts_in_words() -> None:
    report = ImportReport(read=1_204, added=1_000, changed=3, unchanged=200)
    report.refuse(7, "“five” is not a whole number.", "age")
    assert report.words == "1,204 read, 1,000 added, 3 changed, 200 unchanged, 1 refused."
    assert report.refused[0].words == "line 7, age: “five” is not a whole number."
    report.passed_over["federation"] += 2
    assert report.words.endswith("1 refused, 2 passed over (federation).")


def test_refusals_are_a_sheet_of_their_own(tmp_path: Path) -> None:
    report = ImportReport()
    report.refuse(7, "=1+1 is not a name.", "name")
    report.refuse(9, "The row stops early.")
    path = tmp_path / "refused.csv"
    assert report.write_refusals(path) == 2
    assert [tuple(row.cells.values()) for row in read_rows(path)] == [
        ("7", "name", "=1+1 is not a name."),
        ("9", "", "The row stops early."),
    ]
