"""The matcher keeps its promises whatever the catalogue and the need."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import Document, Match, Matcher
from tests.matching.shelf import SHELF, catalogues, needs


def keys(matches: tuple[Match, ...]) -> list[str]:
    return [match.key for match in matches]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher().fit(SHELF)


@pytest.mark.parametrize(
    ("need", "first"),
    [
        ("Marking takes my Sunday", "markwell"),
        ("Y5 still have misconceptions with fractions", "bar-models"),
        ("English as an additional language, no words yet", "newcomers"),
        ("eal", "newcomers"),
        ("photosynthesys", "leafy"),
        ("a child with ASD", "calm"),
        ("behavior", "calm"),
        ("colorful", "choir"),
        ("I teach blending but they cannot segment", "soundsteps"),
        ("MARKING ESSAYS TAKES SO LONG", "markwell"),
        ("m\u00e1rking", "markwell"),
        ("mark\u00ading", "markwell"),
    ],
)
def test_a_need_in_a_teachers_words_finds_what_helps(
    matcher: Matcher, need: str, first: str
) -> None:
    assert keys(matcher.rank(need))[:1] == [first]


@pytest.mark.parametrize(
    "need",
    ["asdf qwer", "snacks for a club", "a new roof", "help my class", "year 4", "", " ", "?", "x"],
)
def test_nothing_is_suggested_where_nothing_fits(matcher: Matcher, need: str) -> None:
    assert matcher.rank(need) == ()
    assert not matcher.scores(need).any()


def test_what_is_nearest_stays_to_be_asked_for(matcher: Matcher) -> None:
    assert keys(matcher.nearest("snacks for a club")) == ["club"]
    assert matcher.nearest("asdf qwer") == ()


@given(needs)
def test_nothing_is_both_suggested_and_merely_near(need: str) -> None:
    matcher = Matcher(floor=0.4).fit(SHELF)
    suggested = set(keys(matcher.rank(need, limit=99)))
    assert suggested.isdisjoint(keys(matcher.nearest(need, limit=99)))


@given(needs)
def test_raising_the_floor_only_takes_away(need: str) -> None:
    matcher = Matcher(floor=0.1).fit(SHELF)
    low = keys(matcher.rank(need, limit=99))
    high = set(keys(matcher.set_params(floor=0.5).rank(need, limit=99)))
    assert [key for key in low if key in high] == keys(matcher.rank(need, limit=99))


@given(catalogues, needs, st.randoms())
def test_the_order_of_documents_does_not_matter(
    catalogue: list[Document], need: str, chance: Random
) -> None:
    shuffled = catalogue.copy()
    chance.shuffle(shuffled)
    assert Matcher().fit(shuffled).rank(need) == Matcher().fit(catalogue).rank(need)


@given(catalogues, needs)
def test_matches_come_best_first_and_ties_by_key(catalogue: list[Document], need: str) -> None:
    matches = Matcher(floor=0).fit(catalogue).rank(need, limit=99)
    assert list(matches) == sorted(matches, key=lambda match: (-match.score, match.key))


def test_equal_documents_come_in_the_order_of_their_keys_however_they_arrived() -> None:
    matcher = Matcher().fit([Document(key, "Phonics") for key in "hdb"] + [Document("z", "Other")])
    matcher.add([Document(key, "Phonics") for key in "eca"])
    assert keys(matcher.rank("phonics")) == list("abcdeh")
    assert keys(matcher.rank("phonics", limit=2)) == ["a", "b"]


@given(catalogues, needs, st.integers(0, 8))
def test_a_short_list_is_the_head_of_a_long_one(
    catalogue: list[Document], need: str, limit: int
) -> None:
    matcher = Matcher().fit(catalogue)
    assert matcher.rank(need, limit) == matcher.rank(need, limit=99)[:limit]


@given(needs, st.sets(st.sampled_from([document.key for document in SHELF])), st.integers(1, 4))
def test_ranking_what_is_allowed_is_filtering_the_whole_ranking(
    need: str, allowed: set[str], limit: int
) -> None:
    matcher = Matcher().fit(SHELF)
    filtered = [match for match in matcher.rank(need, limit=99) if match.key in allowed][:limit]
    mask = np.array([key in allowed for key in matcher.keys_])
    assert list(matcher.rank(need, limit, allowed)) == filtered
    assert list(matcher.rank(need, limit, mask)) == filtered


@given(needs)
def test_scores_are_those_of_the_whole_ranking(need: str) -> None:
    matcher = Matcher().fit(SHELF)
    scored = dict(zip(matcher.keys_, matcher.scores(need).tolist(), strict=True))
    ranked = {match.key: match.score for match in matcher.rank(need, limit=99)}
    assert {key: score for key, score in scored.items() if score} == ranked


@given(needs, st.dictionaries(st.sampled_from([each.key for each in SHELF]), st.floats(-1e9, 1e9)))
def test_outside_evidence_moves_a_score_by_no_more_than_its_bound(
    need: str, prior: dict[str, float]
) -> None:
    matcher = Matcher(prior_bound=0.2).fit(SHELF)
    plain = {match.key: match.score for match in matcher.rank(need, limit=99)}
    moved = {match.key: match.score for match in matcher.rank(need, limit=99, prior=prior)}
    assert moved.keys() == plain.keys()
    for key, score in plain.items():
        evidence = min(max(prior.get(key, 0.0), -1.0), 1.0)
        assert moved[key] == pytest.approx(score * (1 + 0.2 * evidence))


def test_outside_evidence_decides_between_equals() -> None:
    matcher = Matcher().fit([Document(key, "Phonics") for key in "ab"] + [Document("c", "Other")])
    assert keys(matcher.rank("phonics", prior={"b": 0.1})) == ["b", "a"]


def test_a_title_weighs_more_than_a_text() -> None:
    matcher = Matcher().fit(
        [Document("text", "Steps", "phonics"), Document("title", "Phonics", "steps")]
    )
    assert keys(matcher.rank("phonics")) == ["title", "text"]


def test_what_teachers_say_around_a_need_does_not_outweigh_it() -> None:
    matcher = Matcher().fit(
        [Document("a", "Help struggling pupils in class"), Document("b", "Phonics in small steps")]
    )
    assert keys(matcher.rank("help, my class of struggling pupils need phonics")) == ["b"]


def test_facets_narrow_and_are_counted(matcher: Matcher) -> None:
    wanted = matcher.having({"stage": ["ks1"], "subject": ["english", "latin"]})
    assert [key for key, there in zip(matcher.keys_, wanted, strict=True) if there] == [
        "newcomers",
        "soundsteps",
    ]
    assert matcher.count_facets(wanted)["stage"]["eyfs"] == 1
    assert matcher.count_facets()["subject"]["english"] == 3
    assert matcher.having({"stage": []}).all()
    assert not matcher.having({"stage": ["unheard_of"]}).any()


def test_a_clone_has_the_parameters_and_nothing_learnt(matcher: Matcher) -> None:
    copy = clone(Matcher(floor=0.5, nation="wales").fit(SHELF))
    assert copy.get_params() == Matcher(floor=0.5, nation="wales").get_params()
    with pytest.raises(NotFittedError):
        copy.rank("phonics")


USES: dict[str, Callable[[Matcher], object]] = {
    "rank": lambda matcher: matcher.rank("x"),
    "nearest": lambda matcher: matcher.nearest("x"),
    "scores": lambda matcher: matcher.scores("x"),
    "add": lambda matcher: matcher.add([]),
    "remove": lambda matcher: matcher.remove([]),
    "having": lambda matcher: matcher.having({}),
    "count facets": lambda matcher: matcher.count_facets(),
    "keys": lambda matcher: matcher.keys_,
    "save": lambda matcher: matcher.save("nowhere"),
}


@pytest.mark.parametrize("use", USES)
def test_an_unfitted_matcher_says_so(use: str) -> None:
    with pytest.raises(NotFittedError):
        USES[use](Matcher())


def test_setting_parameters_takes_effect(matcher: Matcher) -> None:
    strict = Matcher().fit(SHELF).set_params(floor=1.0)
    assert strict.rank("marking takes a fortnight") == ()
    with pytest.raises(ValueError, match="Invalid parameter"):
        strict.set_params(ceiling=1)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("floor", -0.1),
        ("floor", float("nan")),
        ("length", 2),
        ("filler_weight", 1.5),
        ("prior_bound", 2),
        ("title_weight", 0),
        ("saturation", -1),
        ("title_cover", -1),
        ("nation", "france"),
    ],
)
def test_a_parameter_out_of_range_is_named_at_fitting(parameter: str, value: object) -> None:
    with pytest.raises(ValueError, match=parameter):
        Matcher().set_params(**{parameter: value}).fit(SHELF)


def test_fitting_again_forgets_what_was_before() -> None:
    matcher = Matcher().fit(SHELF).fit([Document("only", "Abacus")])
    assert matcher.keys_ == ("only",)
    assert matcher.rank("marking") == ()
