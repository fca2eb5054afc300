"""Words for stages, years and ages are read as stages."""

import pytest

from matching import Document, Matcher, read_stages


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("year 4 fractions", ["ks2"], ["year 4"]),
        ("my Y10s", ["ks4"], ["Y10s"]),
        ("Year Four", ["ks2"], ["Year Four"]),
        ("yr 7", ["ks3"], ["yr 7"]),
        ("years 2 and 3", ["ks1", "ks2"], ["years 2 and 3"]),
        ("Y5/6", ["ks2"], ["Y5/6"]),
        ("Year 6 to Year 10", ["ks2", "ks3", "ks4"], ["Year 6 to Year 10"]),
        ("Y1-Y3", ["ks1", "ks2"], ["Y1-Y3"]),
        ("reception", ["eyfs"], ["reception"]),
        ("year R", ["eyfs"], ["year R"]),
        ("GCSE resits", ["ks4"], ["GCSE"]),
        ("KS2", ["ks2"], ["KS2"]),
        ("key stage three", ["ks3"], ["key stage three"]),
        ("KS1 and KS2", ["ks1", "ks2"], ["KS1 and KS2"]),
        ("age 9", ["ks2"], ["age 9"]),
        ("age 7", ["ks1", "ks2"], ["age 7"]),
        ("5-7 year olds", ["ks1"], ["5-7 year olds"]),
        ("a fifteen-year-old", ["ks4"], ["fifteen-year-old"]),
        ("P5", ["ks2"], ["P5"]),
        ("S2 and S4", ["ks3", "ks4"], ["S2 and S4"]),
        ("A-level essays", ["ks5"], ["A-level"]),
        ("sixth formers", ["ks5"], ["sixth formers"]),
        ("a primary school", ["ks1", "ks2"], ["primary"]),
        ("Y4 and GCSE", ["ks2", "ks4"], ["Y4", "GCSE"]),
    ],
)
def test_stage_words_are_read(text: str, codes: list[str], words: list[str]) -> None:
    reading = read_stages(text)
    assert list(reading.codes) == codes
    assert list(reading.words) == words
    assert [text[start:end] for start, end in reading.spans] == words


@pytest.mark.parametrize(
    "text",
    [
        "primary sources", "the reception desk", "a level of support", "twenty years of teaching",
        "year 2019", "p5", "page 5", "30 pupils", "key stages", "agent 7", "year 40", "ages", "",
        "the year 3.5 plan", "Y100",
    ],
)  # fmt: skip
def test_words_that_only_look_like_stages_are_left(text: str) -> None:
    assert read_stages(text).codes == ()


@pytest.mark.parametrize("year", range(1, 15))
def test_a_year_of_northern_ireland_is_the_one_before_in_england(year: int) -> None:
    english = read_stages(f"year {year - 1}").codes if year > 1 else ("eyfs",)
    assert read_stages(f"year {year}", "northern_ireland").codes == english


def test_key_stages_of_northern_ireland_move_with_its_years() -> None:
    assert read_stages("KS1", "northern_ireland").codes == ("ks1", "ks2")
    assert read_stages("KS3", "northern_ireland").codes == ("ks3",)


def test_stage_words_are_not_matched_as_words() -> None:
    matcher = Matcher().fit([Document("a", "Reception year 4"), Document("b", "Phonics")])
    assert [match.key for match in matcher.rank("phonics in reception and year 4")] == ["b"]
