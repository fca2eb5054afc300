"""Sheets are read whatever program wrote them, and what cannot be read is named."""

from __future__ import annotations

import codecs
import tracemalloc
from pathlib import Path

import pytest

from lended.sheets import BadCell, Row, SheetError, read_rows
from lended.sheets.encodings import UTF_8, WINDOWS_1252
from lended.sheets.records import LONGEST_CELL, LONGEST_RECORD

PLAIN = "name,town\nMillfold,Hawkesmere\nTarn End,Kelby\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sheet.csv"


def cells_of(path: Path) -> list[list[str]]:
    return [list(row.cells.values()) for row in read_rows(path)]


def refusal_of(path: Path, *required: str) -> str:
    with pytest.raises(SheetError) as caught:
        list(read_rows(path, required))
    return caught.value.words


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_every_usual_way_of_writing_gives_the_same_rows(
    path: Path, mark: bytes, delimiter: str, line_end: str
) -> None:
    path.write_bytes(mark + PLAIN.replace(",", delimiter).replace("\n", line_end).encode())
    assert read_rows(path).headers == ("name", "town")
    assert cells_of(path) == [["Millfold", "Hawkesmere"], ["Tarn End", "Kelby"]]


@pytest.mark.parametrize(
    ("codec", "named"), [("utf-8", UTF_8), ("utf-8-sig", UTF_8), ("cp1252", WINDOWS_1252)]
)
def test_the_encoding_is_told_and_named(path: Path, codec: str, named: str) -> None:
    path.write_bytes("name\nSt Peter’s – École\n".encode(codec))
    assert read_rows(path).encoding == named
    assert cells_of(path) == [["St Peter’s – École"]]


def test_a_windows_file_that_ends_with_an_accent_is_no_cut_utf_8(path: Path) -> None:
    path.write_bytes("name\nCafé".encode("cp1252"))
    assert cells_of(path) == [["Café"]]


def test_a_letter_across_two_portions_is_one_letter(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lended.sheets.encodings.PORTION", 7)
    path.write_bytes("name\nécoleécole\nà côté\n".encode())
    sheet = read_rows(path)
    assert (sheet.encoding, sheet.lines) == (UTF_8, 3)


def test_one_bad_byte_in_a_utf_8_file_is_damage_and_not_another_encoding(path: Path) -> None:
    path.write_bytes("name\nÉcole\nà côté\n".encode() + b"St Peter\x92s\n")
    assert "Line 4 is not sound UTF-8" in refusal_of(path)


def test_a_file_cut_in_the_middle_of_a_letter_is_named(path: Path) -> None:
    path.write_bytes("name\nÉcole\nCafé".encode()[:-1])
    assert "cut off in the middle of a letter" in refusal_of(path)


def test_bytes_that_no_encoding_has_are_refused_with_their_line(path: Path) -> None:
    path.write_bytes(b"name\nplain\n\x81\x8d\n")
    assert refusal_of(path).startswith("Line 3 is written neither in UTF-8 nor in Windows-1252")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\r\n  \n", "The file is empty."),
        (codecs.BOM_UTF8, "The file is empty."),
        (PLAIN.encode("utf-16"), "written in UTF-16"),
        (PLAIN.encode("utf-16-be"), "zero bytes"),
        (b"PK\x03\x04rest", "a spreadsheet or an archive"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08", "packed"),
        (b"name\nnul\x00here\n", "zero bytes"),
    ],
)
def test_what_is_no_csv_file_is_named(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    assert words in refusal_of(path)


def test_a_file_that_is_not_there_and_a_folder_are_named(path: Path) -> None:
    assert "cannot be read: No such file" in refusal_of(path)
    assert "cannot be read: Is a directory" in refusal_of(path.parent)


def test_every_missing_column_is_listed(path: Path) -> None:
    path.write_text(PLAIN)
    words = refusal_of(path, "name", "postcode", "URN")
    assert words == "The file has no columns “postcode”, “URN”."


def test_a_required_column_is_found_under_other_capitals(path: Path) -> None:
    path.write_text("NEED,Stage\nlate readers,ks1\n")
    assert next(iter(read_rows(path, ["need"]))).cells == {"need": "late readers", "Stage": "ks1"}


def test_two_columns_of_one_name_are_refused(path: Path) -> None:
    path.write_text("name,town, name \na,b,c\n")
    assert refusal_of(path) == "The file has more than one column “name”."


def test_a_semicolon_inside_a_header_does_not_part_columns(path: Path) -> None:
    path.write_text('"name; or title",town\na,b\n')
    assert read_rows(path).headers == ("name; or title", "town")


def test_lines_are_those_an_editor_shows(path: Path) -> None:
    path.write_text('\n\nname,words\na,"one\ntwo\n\nthree"\n\n,\nb,four\n')
    assert [(row.line, row.cells["name"]) for row in read_rows(path)] == [(4, "a"), (10, "b")]


def test_a_ragged_row_keeps_what_spills_over(path: Path) -> None:
    path.write_text("name,,town\na,loose,b,c,,d\n")
    row = next(iter(read_rows(path)))
    assert row.cells == {"name": "a", "town": "b"}
    assert row.extra == ("loose", "c", "d")


def test_a_row_too_short_says_what_it_lacks(path: Path) -> None:
    path.write_text("name,town,postcode\na\nb,c,d\n")
    short, whole = read_rows(path)
    assert short == Row(2, {"name": "a", "town": "", "postcode": ""}, (), ("town", "postcode"))
    assert whole.missing == ()


def test_a_last_line_without_its_end_is_whole_when_its_cells_are(path: Path) -> None:
    path.write_text("name,town\na,b")
    assert cells_of(path) == [["a", "b"]]


def test_a_file_cut_off_between_cells_is_named(path: Path) -> None:
    path.write_text("name,town,postcode\na,b,c\nd,e")
    assert "ends in the middle of line 3, after 2 of 3 cells" in refusal_of(path)


def test_a_file_cut_off_inside_quotation_marks_is_named(path: Path) -> None:
    path.write_text('name,town\na,b\nc,"Kel')
    assert "opened in the row on line 3 is never closed" in refusal_of(path)


def test_a_quotation_mark_out_of_place_is_named(path: Path) -> None:
    path.write_text('name,town\n"Mill"fold,b\n')
    assert "In the row on line 2 a quotation mark stands where none can" in refusal_of(path)


def test_a_huge_cell_is_refused_with_the_limit(path: Path) -> None:
    path.write_text(f"name\n{'x' * LONGEST_CELL}\n")
    assert len(cells_of(path)[0][0]) == LONGEST_CELL
    path.write_text(f"name\na\n{'x' * (LONGEST_CELL + 1)}\n")
    assert refusal_of(path) == "A cell on line 3 is longer than 131,072 characters."


@pytest.mark.parametrize("filling", ["x,", "\n"], ids=["one line", "many lines"])
def test_a_row_without_end_is_refused_before_it_fills_the_memory(path: Path, filling: str) -> None:
    opening = "name\n" if filling == "x," else 'name\n"'
    with path.open("w") as file:
        file.write(opening)
        for _ in range(40):
            file.write(filling * LONGEST_RECORD)
    tracemalloc.start()
    words = refusal_of(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "line 2" in words
    assert "longer than" in words
    assert peak < 60_000_000


def test_a_stray_line_break_makes_short_rows_and_no_false_ones(path: Path) -> None:
    path.write_bytes(b"name,town,age\r\na\rb,Kelby,5\r\nc,d,6\r\n")
    missing = [row.missing for row in read_rows(path)]
    assert missing == [("town", "age"), (), ()]


def test_columns_that_are_not_asked_for_are_not_kept(path: Path) -> None:
    path.write_text(PLAIN)
    sheet = read_rows(path, columns=["town", "age"])
    assert [row.cells for row in sheet] == [{"town": "Hawkesmere"}, {"town": "Kelby"}]
    assert next(iter(sheet.of(["name"]))).cells == {"name": "Millfold"}


def test_a_sheet_can_be_read_twice_and_left_half_read(path: Path) -> None:
    path.write_text(PLAIN)
    sheet = read_rows(path)
    rows = iter(sheet)
    assert next(rows).cells["name"] == "Millfold"
    del rows
    assert len(list(sheet)) == len(list(sheet)) == 2


def test_a_cell_that_means_nothing_names_its_column() -> None:
    with pytest.raises(BadCell) as caught:
        Row(7, {"age": "five"}).take("age", int)
    assert caught.value.column == "age"
    assert "five" in caught.value.reason


def test_a_long_sheet_is_read_in_little_memory(path: Path) -> None:
    with path.open("w") as file:
        file.write("name,town\n")
        for number in range(100_000):
            file.write(f"School {number},{'Kelby' * 10}\n")
    tracemalloc.start()
    count = sum(1 for _ in read_rows(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 12_000_000
