"""How schools are found by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.schools.rules import MOST_SEARCH_TEXT, plain_words, search_text, search_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("St Mary’s", ("st", "marys")),
        ("SAINT MARY'S", ("st", "marys")),
        ("Ysgol Gynradd Tŷ Coch", ("ysgol", "gynradd", "ty", "coch")),
        ("Rock & Roll and Rhythm", ("rock", "roll", "rhythm")),
        ("St.Peter-le-Bailey", ("st", "peter", "le", "bailey")),
        ("ﬁnn", ("finn",)),
        ("\u202e\u200b!?", ()),
    ],
)
def test_one_school_is_one_whatever_way_it_is_written(typed: str, words: tuple[str, ...]) -> None:
    assert plain_words(typed) == words


def test_a_postcode_is_found_with_and_without_its_space() -> None:
    assert search_text("Millfold", "Hawkesmere", "HD9 1AA").endswith("hd9 1aa hd91aa")


def test_a_name_that_repeats_itself_is_looked_for_once() -> None:
    assert search_words("the the THE school") == ("the", "school")


@given(st.text(), st.text(), st.text())
def test_what_is_searched_is_plain_and_bounded(name: str, town: str, postcode: str) -> None:
    text = search_text(name, town, postcode)
    assert len(text) <= MOST_SEARCH_TEXT
    assert text.isascii()
    assert text == text.casefold()
    assert "  " not in text


@given(st.text(max_size=80))
def test_making_plain_twice_is_making_plain_once(text: str) -> None:
    words = plain_words(text)
    assert plain_words(" ".join(words)) == words


@given(st.text(max_size=80))
def test_a_school_is_found_by_its_whole_name(name: str) -> None:
    found_by = f" {search_text(name)}"
    assert all(f" {word}" in found_by for word in search_words(name))
