"""The name of a loan on the telephone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.loans.rules.references import loan_of_reference, reference_of


@given(st.integers(1, 10**9), st.sampled_from(["{}", " {} ", "\t{}"]), st.booleans())
def test_what_is_read_out_is_found_again(loan_id: int, typed: str, small: bool) -> None:
    reference = typed.format(reference_of(loan_id))
    assert loan_of_reference(reference.lower() if small else reference) == loan_id


@pytest.mark.parametrize("typed", ["LN-2042", "ln2042", "LN 2042", "2042", "ln - 2042"])
def test_letters_and_hyphen_may_be_left_out(typed: str) -> None:
    assert loan_of_reference(typed) == 42


@pytest.mark.parametrize("typed", ["", "LN-", "LN-2000", "17", "-5", "LN-2042x", "9" * 40, "٢٠٤٢"])
def test_what_names_no_loan_names_none(typed: str) -> None:
    assert loan_of_reference(typed) is None
