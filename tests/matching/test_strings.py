"""Packed texts are found as in a sorted list."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.strings import Strings


@given(st.sets(st.text(st.characters(), max_size=5)), st.text(st.characters(), max_size=5))
def test_packing_keeps_texts_and_their_order(texts: set[str], other: str) -> None:
    ordered = sorted(texts)
    packed = Strings.of(ordered)
    assert list(packed) == packed[:] == ordered
    assert packed.place(other) == bisect_left(ordered, other)
    assert packed.find(other) == (ordered.index(other) if other in texts else None)


def test_there_is_nothing_past_the_end() -> None:
    with pytest.raises(IndexError):
        Strings.of(["a"])[1]
