"""What cells mean, and what they are refused for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.sheets import cells


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        ("  Millfold   Primary ", "Millfold Primary"),
        ("Tarn\u00a0End", "Tarn End"),
        ("Ta\u200brn\u202e End\ufeff", "Tarn End"),
        ("E\u0301cole", "École"),
        ("St Peter\u0092s \u0096 Upper", "St Peter’s – Upper"),
        ("one\r\ntwo\tthree", "one two three"),
        ("bell\x07", "bell"),
    ],
)
def test_names_lose_what_nobody_sees(cell: str, clean: str) -> None:
    assert cells.clean_line(cell) == clean


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_cleaning_twice_is_cleaning_once(cell: str) -> None:
    clean = cells.clean_line(cell)
    assert cells.clean_line(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert "\n" not in clean


def test_text_keeps_its_paragraphs() -> None:
    assert cells.clean_text(" one\r\n\r\ntwo\rthree ") == "one\n\ntwo\nthree"


@given(st.integers(0, 999_999_999))
def test_whole_numbers_are_read_with_and_without_commas(number: int) -> None:
    assert cells.whole_number(f" {number} ") == cells.whole_number(f"{number:,}") == number


@pytest.mark.parametrize("cell", ["-1", "1.5", "12x", "1,00", "٣", "1e3", "9999999999"])
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        cells.whole_number(cell)


def test_percentages_go_from_0_to_100() -> None:
    assert [cells.percentage(cell) for cell in ("0", "18.1", "100 %", "")] == [0, 18.1, 100, None]


@pytest.mark.parametrize("cell", ["100.1", "-1", "nan", "inf", "a third", "1e1"])
def test_what_is_no_percentage_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a percentage"):
        cells.percentage(cell)


@given(st.dates(date(1000, 1, 1)))
def test_days_are_read_the_three_ways_they_are_written(day: date) -> None:
    for way in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        assert cells.day(day.strftime(way)) == day


@pytest.mark.parametrize("cell", ["31-02-2024", "08/31/2024", "2024-13-01", "tomorrow", "1-1-24"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"no such day|is not a date"):
        cells.day(cell)


@pytest.mark.parametrize("read", [cells.whole_number, cells.percentage, cells.day])
def test_an_empty_cell_states_nothing(read: Callable[[str], object]) -> None:
    assert read("  ") is None


@given(st.text("abcxyz\n", min_size=1, max_size=200).filter(str.strip))
@pytest.mark.parametrize("read", [cells.whole_number, cells.percentage, cells.day])
def test_any_other_text_is_refused_in_one_short_line(
    read: Callable[[str], object], cell: str
) -> None:
    with pytest.raises(ValueError, match="is not a") as caught:
        read(cell)
    assert len(str(caught.value)) < 90
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("ec3a5de", "EC3A 5DE"), (" gu34  1DH", "GU34 1DH"), ("Dubai", ""), ("12345", ""), ("", "")],
)
def test_postcodes_have_one_form(cell: str, postcode: str) -> None:
    assert cells.postcode(cell) == postcode


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("www.Millfold.sch.example", "http://www.millfold.sch.example"),
        ("HTTPS://Millfold.example/About?x=1#Us", "https://millfold.example/About?x=1#Us"),
        ("http://millfold.example:8080/", "http://millfold.example:8080/"),
        ("javascript:alert(1)", ""),
        ("ftp://millfold.example", ""),
        ("http://user:secret@millfold.example", ""),
        ("http://localhost/admin", ""),
        ("http://192.168.0.1/", ""),
        ('http://millfold.example/"><script>', ""),
        ("office@millfold.example", ""),
        ("/intervention/211", ""),
        ("none", ""),
        (f"http://millfold.example/{'x' * 500}", ""),
    ],
)
def test_only_plain_web_addresses_are_kept(cell: str, address: str) -> None:
    assert cells.web_address(cell) == address


@given(st.text(st.sampled_from("htps:/.@wxyz-?#% <>"), max_size=30))
def test_a_kept_address_is_always_http(cell: str) -> None:
    assert cells.web_address(cell).startswith(("http://", "https://")) or not cells.web_address(
        cell
    )
