"""Near-duplicate listings of one source do not fill the list, and nothing else is moved."""

from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Matcher
from matching.twins import AMONG
from tests.matching.shelf import needs, texts

TEXT = (
    "Times tables practised in short daily games that follow each pupil, with reports that show "
    "which facts are secure and which are still shaky, for classes and for home"
)


def keys(matcher: Matcher, need: str, limit: int) -> list[str]:
    return [match.key for match in matcher.rank(need, limit)]


def editions(source: str, count: int = 8) -> list[Document]:
    return [
        Document(f"{source}-{year}", f"Tables {year}", f"{TEXT}, year {year}.", source=source)
        for year in range(count)
    ]


OTHERS = [
    Document("cards", "Card Tricks", "Packs of cards to play times tables with.", source="a"),
    Document("songs", "Sung Tables", "Times tables sung to tunes that stick.", source="b"),
]


def test_of_nearly_equal_listings_of_a_source_the_best_comes_first_and_the_others_last() -> None:
    found = keys(Matcher().fit([*editions("a"), *OTHERS]), "times tables", limit=20)
    assert set(found[:3]) == {"a-0", "cards", "songs"}
    assert found[3:] == [f"a-{year}" for year in range(1, 8)]


def test_nearly_equal_listings_of_two_sources_both_stay() -> None:
    matcher = Matcher().fit([*editions("a", 2), *editions("b", 2), *OTHERS])
    assert set(keys(matcher, "times tables", limit=4)) == {"a-0", "b-0", "cards", "songs"}


def test_listings_that_name_no_source_are_left_where_they_are() -> None:
    plain = [Document(each.key, each.title, each.text) for each in editions("a")]
    assert keys(Matcher().fit(plain), "times tables", limit=3) == ["a-0", "a-1", "a-2"]


def test_added_and_loaded_listings_are_seen_too() -> None:
    fitted = Matcher().fit([*editions("a"), *OTHERS])
    added = Matcher().fit([*editions("a", 1), *OTHERS]).add(editions("a")[1:])
    assert set(keys(added, "times tables", limit=3)) == set(keys(fitted, "times tables", limit=3))


def test_what_is_not_allowed_hides_nobody() -> None:
    matcher = Matcher().fit([*editions("a"), *OTHERS])
    allowed = {"a-3", "a-4", "songs"}
    found = [match.key for match in matcher.rank("times tables", allowed=allowed)]
    assert set(found[:2]) == {"a-3", "songs"}


@given(st.lists(st.tuples(texts, texts, st.sampled_from(["", "a", "b"])), max_size=12), needs)
def test_the_same_is_found_with_and_without_sources(
    rows: list[tuple[str, str, str]], need: str
) -> None:
    named = [Document(str(key), *row[:2], source=row[2]) for key, row in enumerate(rows)]
    plain = [Document(each.key, each.title, each.text) for each in named]
    one, other = Matcher().fit(named), Matcher().fit(plain)
    assert sorted(keys(one, need, limit=99)) == sorted(keys(other, need, limit=99))
    assert keys(one, need, limit=3) == keys(one, need, limit=AMONG)[:3]
