"""Documents come and go without learning anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Matcher
from tests.matching.shelf import SHELF, catalogues, needs

some_keys = st.sets(st.sampled_from([document.key for document in SHELF]))


@given(needs, some_keys)
def test_taking_documents_out_and_putting_them_back_changes_nothing(
    need: str, moved: set[str]
) -> None:
    whole = Matcher().fit(SHELF)
    changed = Matcher().fit(SHELF).remove(moved)
    changed.add([document for document in SHELF if document.key in moved])
    assert changed.rank(need, limit=99) == whole.rank(need, limit=99)
    assert changed.count_facets() == whole.count_facets()


@given(needs, some_keys)
def test_removing_leaves_the_rest_as_it_was(need: str, removed: set[str]) -> None:
    whole = Matcher().fit(SHELF)
    rest = [match for match in whole.rank(need, limit=99) if match.key not in removed]
    assert list(whole.remove(removed).rank(need, limit=99)) == rest
    assert set(whole.keys_) == {document.key for document in SHELF} - removed


@given(needs)
def test_adding_leaves_the_scores_of_the_others_as_they_were(need: str) -> None:
    matcher = Matcher().fit(SHELF)
    before = matcher.rank(need, limit=99)
    matcher.add([Document("late", "Phonics and marking", "Fractions for pupils")])
    after = [match for match in matcher.rank(need, limit=99) if match.key != "late"]
    assert after == list(before)


@given(catalogues, catalogues, needs)
def test_what_is_added_is_found_as_if_it_had_been_there_up_to_frozen_rarity(
    fitted: list[Document], added: list[Document], need: str
) -> None:
    fresh = [document for document in added if document.key not in {each.key for each in fitted}]
    grown = Matcher(floor=0).fit(fitted).add(fresh)
    anew = Matcher(floor=0).fit([*fitted, *fresh])
    found = {match.key for match in grown.rank(need, limit=99)}
    assert found == {match.key for match in anew.rank(need, limit=99)}


def test_words_nobody_used_before_are_found_once_added() -> None:
    matcher = Matcher().fit(SHELF)
    assert matcher.rank("trampolining") == ()
    matcher.add([Document("bounce", "Bounce", "Trampolining for all")])
    (match,) = matcher.rank("trampolning")
    assert (match.key, match.because[0].met) == ("bounce", "trampolining")


def test_added_keys_follow_the_fitted_ones_in_masks() -> None:
    matcher = Matcher().fit([Document("m", "Phonics"), Document("z", "Maths")])
    matcher.add([Document("b", "Phonics"), Document("a", "Phonics")]).remove(["z"])
    assert matcher.keys_ == ("m", "a", "b")
    assert [match.key for match in matcher.rank("phonics")] == ["a", "b", "m"]


def test_a_key_that_is_there_is_not_added_again() -> None:
    matcher = Matcher().fit(SHELF)
    with pytest.raises(ValueError, match="'choir' is there already"):
        matcher.add([Document("new", "New"), Document("choir", "Choir")])
    assert "new" not in matcher.keys_


def test_a_key_that_is_not_there_cannot_be_removed() -> None:
    matcher = Matcher().fit(SHELF).remove(["choir"])
    with pytest.raises(KeyError, match="choir"):
        matcher.remove(["club", "choir"])
    assert "club" in matcher.keys_


def test_an_empty_catalogue_can_be_fitted_and_grow() -> None:
    matcher = Matcher().fit([])
    assert matcher.rank("phonics") == ()
    assert matcher.keys_ == ()
    matcher.add([Document("a", "Phonics")])
    assert [match.key for match in matcher.rank("phonics")] == ["a"]
