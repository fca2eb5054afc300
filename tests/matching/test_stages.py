"""Words for stages, years and ages are read as stages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Matcher, read_stages
from matching.stages import NATIONS


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
        ("post-16", ["ks5"], ["post-16"]),
        ("lower sixth", ["ks5"], ["lower sixth"]),
        ("senior phase", ["ks4", "ks5"], ["senior phase"]),
        ("National 5", ["ks4"], ["National 5"]),
        ("N5 and Nat4", ["ks4"], ["N5", "Nat4"]),
        ("Highers", ["ks5"], ["Highers"]),
        ("Higher English", ["ks5"], ["Higher"]),
        ("Advanced Higher", ["ks5"], ["Advanced Higher"]),
        ("CfE second level", ["ks2"], ["CfE second level"]),
        ("third level (CfE)", ["ks3"], ["third level (CfE"]),
        ("PS3", ["ks2"], ["PS3"]),
        ("progression steps 3 and 4", ["ks2", "ks3"], ["progression steps 3 and 4"]),
        ("Foundation Phase", ["eyfs", "ks1"], ["Foundation Phase"]),
        ("Blwyddyn 4", ["ks2"], ["Blwyddyn 4"]),
        ("nursery", ["eyfs"], ["nursery"]),
        ("YR and Y1", ["eyfs", "ks1"], ["YR", "Y1"]),
        ("FS2", ["eyfs"], ["FS2"]),
        ("under-fives", ["eyfs"], ["under-fives"]),
        ("7 year olds", ["ks1", "ks2"], ["7 year olds"]),
        ("4- to 6-year-olds", ["eyfs", "ks1"], ["4- to 6-year-olds"]),
        ("infant school", ["ks1"], ["infant"]),
        ("a junior class", ["ks2"], ["junior"]),
        ("upper KS2 and LKS2", ["ks2"], ["upper KS2 and LKS2"]),
        ("Year 14", ["ks5"], ["Year 14"]),
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
        "the year 3.5 plan", "Y100", "nursery rhymes", "PS3 controllers", "ps3", "n5",
        "higher attainers", "Higher order thinking", "the second level of the game", "junior chef",
        "infant mortality", "under 50 pupils", "a step forward",
    ],
)  # fmt: skip
def test_words_that_only_look_like_stages_are_left(text: str) -> None:
    assert read_stages(text).codes == ()


YEARS = st.integers(0, 14)
WAYS = st.sampled_from([
    "year {}", "Year {}", "YEAR {}", "year-{}", "year group {}", "yr {}", "Yr.{}", "Y{}", "y{}s",
    "Year {}\u2019s", "blwyddyn {}",
])  # fmt: skip
NATION = st.sampled_from(NATIONS)


@given(YEARS, WAYS, NATION)
def test_a_year_is_the_same_however_it_is_written(year: int, way: str, nation: str) -> None:
    assert read_stages(way.format(year), nation).codes == read_stages(f"year {year}", nation).codes


@given(YEARS, YEARS, st.sampled_from(["{} to {}", "{}-{}", "{}\u2013{}"]), NATION)
def test_a_span_of_years_is_all_of_them(one: int, other: int, way: str, nation: str) -> None:
    low, high = min(one, other), max(one, other)
    each = {code for n in range(low, high + 1) for code in read_stages(f"Y{n}", nation).codes}
    assert set(read_stages("years " + way.format(low, high), nation).codes) == each


@given(st.integers(3, 18))
def test_an_age_is_the_same_however_it_is_written(age: int) -> None:
    codes = read_stages(f"age {age}").codes
    assert codes
    for way in ("aged {}", "{} year olds", "{}-year-old", "ages {}", "a {} year old"):
        assert read_stages(way.format(age)).codes == codes


@given(st.text(st.characters(), max_size=60), YEARS, WAYS, NATION)
def test_what_is_read_lies_within_the_text(text: str, year: int, way: str, nation: str) -> None:
    said = f"{text} {way.format(year)} {text}"
    reading = read_stages(said, nation)
    assert reading.words == tuple(said[start:end] for start, end in reading.spans)
    assert list(reading.spans) == sorted(reading.spans)


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
