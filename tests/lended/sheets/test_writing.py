"""What is written can be opened in a spreadsheet without running, and reads back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lended.sheets import Cell, SheetError, read_rows, write_rows
from lended.sheets.formulas import neutral, original

HEADERS = ("line", "words", "more")
RUNNING = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
HOSTILE = st.text(st.sampled_from("='+-@\t\r\n \",;x\uff1d"), max_size=8)


@given(st.lists(st.tuples(TEXT | HOSTILE, TEXT | HOSTILE), max_size=8))
@example([("'=1+1", "''-2"), ("", "\r"), ('"', "a\rb\nc\r\n")])
def test_a_round_trip_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("sheets") / "trip.csv"
    rows = [(number, *pair) for number, pair in enumerate(pairs)]
    assert write_rows(path, HEADERS, rows) == len(rows)
    back = [tuple(row.cells.values()) for row in read_rows(path, HEADERS)]
    assert back == [(str(number), *pair) for number, *pair in rows]


@given(TEXT | HOSTILE)
def test_neutral_cells_never_begin_like_a_formula_and_go_back(cell: str) -> None:
    written = neutral(cell)
    assert not written.lstrip(" ").startswith(RUNNING)
    assert original(written) == cell


@pytest.mark.parametrize("sign", RUNNING)
def test_each_sign_that_may_run_is_made_plain_text(sign: str) -> None:
    assert neutral(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


def test_numbers_stay_numbers_and_nothing_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_rows(path, HEADERS, [(-3, -0.25, None)])
    assert path.read_text() == "line,words,more\n-3,-0.25,\n"


def test_a_zero_byte_becomes_a_sign_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_rows(path, HEADERS, [(1, "a\0b", "")])
    assert next(iter(read_rows(path))).cells["words"] == "a\N{REPLACEMENT CHARACTER}b"


def test_an_open_file_is_written_to() -> None:
    file = io.StringIO(newline="")
    assert write_rows(file, HEADERS, [(1, "=1", "b")]) == 1
    assert list(csv.reader(file.getvalue().splitlines())) == [list(HEADERS), ["1", "'=1", "b"]]


def test_an_interrupted_sheet_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield (1, "a", "b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(path, HEADERS, rows())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be written: No such file"):
        write_rows(tmp_path / "nowhere" / "out.csv", HEADERS, [])
