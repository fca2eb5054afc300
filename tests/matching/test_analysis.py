"""Words are read alike however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.analysis import LONGEST_WORD, lexemes, spot_ideas, tokens


def terms(text: str) -> list[str]:
    return [lexeme.term for token in tokens(text) for lexeme in token.lexemes]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organize"),
        ("behaviours", "behaviors"),
        ("colouring", "coloring"),
        ("centre", "center"),
        ("centres", "centers"),
        ("analysing", "analyzing"),
        ("dialogue", "dialog"),
        ("modelling", "modeling"),
        ("programme", "program"),
        ("maths", "mathematics"),
        ("math", "maths"),
        ("practise", "practice"),
        ("well-being", "wellbeing"),
        ("e-book", "ebook"),
        ("home\u2010work", "homework"),
        ("teacher's", "teachers"),
        ("teachers\u2019", "teacher"),
        ("child\u2019s", "child"),
        ("Si\u00e2n", "sian"),
        ("cafe\u0301", "caf\u00e9"),
        ("self-regulation", "self regulation"),
        ("\ufb01nd", "find"),
        ("STRASSE", "stra\u00dfe"),
        ("SEN", "SEND"),
        ("D&T", "DT"),
    ],
)
def test_two_spellings_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("spelling", "spewing"), ("SEND", "send"), ("hour", "horse"), ("AI", "air"), ("PE", "pe")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_stop_words_and_single_letters_are_not_read() -> None:
    assert terms("I am at the a b c of it, isn't he?") == terms("isn't he")


def test_capitals_mark_no_abbreviation_where_all_is_in_capitals() -> None:
    assert terms("SEND ME THE BOOKS PLEASE") == terms("send me the books please")


def test_a_name_in_full_is_spotted_among_other_words() -> None:
    read = terms("for pupils with English as an Additional Language in year 3")
    assert [idea for _, _, idea in spot_ideas(read)] == ["=eal"]


def test_the_longest_name_wins() -> None:
    read = terms("special educational needs and disabilities")
    assert list(spot_ideas(read)) == [(0, len(read), "=send")]


@given(st.text(st.characters(), max_size=100))
def test_tokens_are_what_was_typed_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert token.typed == text[token.start : token.end]
        end = token.end


def test_words_without_end_are_cut() -> None:
    assert len(lexemes("x" * 10_000)[0].word) == LONGEST_WORD
