"""Every match says why, in the teacher's own words."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Matcher
from tests.matching.shelf import SHELF, catalogues, needs


@given(catalogues, needs, st.dictionaries(st.text(max_size=4), st.floats(-2, 2)))
def test_the_shares_of_the_reasons_add_up_to_the_score(
    catalogue: list[Document], need: str, prior: dict[str, float]
) -> None:
    for match in Matcher(floor=0).fit(catalogue).rank(need, limit=99, prior=prior):
        assert fsum(reason.share for reason in match.because) == pytest.approx(match.score)
        assert match.because


@given(needs)
def test_reasons_are_words_of_the_need_largest_share_first(need: str) -> None:
    matcher = Matcher(floor=0).fit(SHELF)
    for match in (*matcher.rank(need, limit=99), *matcher.nearest(need, limit=99)):
        assert all(reason.words in need and reason.share > 0 for reason in match.because)
        shares = [reason.share for reason in match.because]
        assert shares == sorted(shares, reverse=True)


def because(need: str) -> dict[str, str]:
    best = Matcher().fit(SHELF).rank(need)[0]
    return {reason.words: reason.met for reason in best.because}


def test_a_mistyped_word_is_shown_as_typed_beside_what_it_met() -> None:
    assert because("photosynthesys") == {"photosynthesys": "photosynthesis"}


def test_an_abbreviation_is_shown_beside_its_name_in_full() -> None:
    assert because("EAL") == {"EAL": "English as an additional language"}


def test_a_name_in_full_is_one_reason() -> None:
    assert list(because("English as an additional language")) == [
        "English as an additional language"
    ]


def test_filler_is_no_reason_of_its_own() -> None:
    assert because("How can I help my pupils with marking") == {"marking": "marking"}


def test_a_word_said_twice_is_one_reason() -> None:
    assert list(because("Marking! Always marking")) == ["Marking"]


@pytest.mark.parametrize("text", ["SEND pupils send letters", "Letters to send to SEND pupils"])
def test_a_word_that_is_also_an_abbreviation_is_shown_as_a_word(text: str) -> None:
    (match,) = Matcher().fit([Document("post", "Post Box", text)]).rank("they send cards")
    assert [reason.met for reason in match.because] == ["send"]
