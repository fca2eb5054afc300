"""What a need may be, without a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lended.needs.rules import is_short, together

words = st.lists(st.from_regex(r"[a-z]{3,9}", fullmatch=True), min_size=1, max_size=12, unique=True)


def test_two_words_are_a_short_need() -> None:
    assert is_short("maths help")
    assert not is_short("fractions confuse my class")


def test_neighbours_are_kept_together_in_the_order_they_were_written() -> None:
    need = "Year 4 learn their times tables and have lost them by Monday"
    assert together(need, ["tables", "Monday", "times"]) == ("times tables", "Monday")


def test_what_stands_for_the_whole_need_comes_last_and_apart() -> None:
    need = "My own small class forgets tables"
    assert together(need, ["what they describe", "forgets", "tables"]) == (
        "forgets tables",
        "what they describe",
    )


@given(words, st.data())
def test_no_word_is_lost_or_made_up(said: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(said), unique=True))
    found = together(" ".join(said), chosen)
    assert all(phrase in " ".join(said) for phrase in found)
