"""A matcher that compares meanings keeps all it promises about words."""

import logging
from collections.abc import Iterator
from math import fsum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import Document, Matcher
from matching.explanation import RELATED, WHAT_YOU_DESCRIBE
from matching.meaning import encoders, minilm, table
from matching.meaning.encoders import choose
from tests.matching.shelf import SHELF, catalogues, needs

MODES = ("table", "mixed", "model")
LATE = Document("late", "Phonics and marking", "Fractions for pupils")
WORDLESS = "They panic and cannot settle"
some_keys = st.sets(st.sampled_from([document.key for document in SHELF]))
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(minilm, "PACKAGE", "a_package_that_nobody_has")
    for cached in (choose, encoders._model, minilm.load_encoder):
        cached.cache_clear()
    yield
    for cached in (choose, encoders._model, minilm.load_encoder):
        cached.cache_clear()


@pytest.mark.parametrize("semantic", MODES)
def test_meaning_finds_what_shares_no_word_and_says_so(semantic: str) -> None:
    assert Matcher().fit(SHELF).rank(WORDLESS) == ()
    matcher = Matcher(semantic=semantic, meaning_floor=0.1).fit(SHELF)
    assert matcher.meaning_ == semantic
    best = matcher.rank(WORDLESS)[0]
    assert best.key == "calm"
    (reason,) = best.because
    assert (reason.words, reason.met) == (WHAT_YOU_DESCRIBE, RELATED)
    assert reason.share == pytest.approx(best.score)


@few
@given(catalogues, needs, st.dictionaries(st.text(max_size=4), st.floats(-2, 2)))
def test_the_shares_of_words_and_meaning_add_up_to_the_score(
    catalogue: list[Document], need: str, prior: dict[str, float]
) -> None:
    matcher = Matcher(semantic="table", meaning_floor=0.1).fit(catalogue)
    for match in (*matcher.rank(need, 99, prior=prior), *matcher.nearest(need, 99)):
        assert fsum(reason.share for reason in match.because) == pytest.approx(match.score)
        shares = [reason.share for reason in match.because]
        assert shares == sorted(shares, reverse=True)
        assert all(share > 0 for share in shares)


@few
@given(st.sampled_from(MODES), needs, some_keys)
def test_taking_documents_out_and_putting_them_back_changes_nothing(
    semantic: str, need: str, moved: set[str]
) -> None:
    whole = Matcher(semantic=semantic).fit(SHELF)
    changed = Matcher(semantic=semantic).fit(SHELF).remove(moved)
    changed.add([document for document in SHELF if document.key in moved])
    assert changed.rank(need, limit=99) == whole.rank(need, limit=99)


@few
@given(st.sampled_from(MODES), needs, some_keys)
def test_adding_and_removing_change_nobody_elses_score(
    semantic: str, need: str, removed: set[str]
) -> None:
    matcher = Matcher(semantic=semantic).fit(SHELF)
    before = [match for match in matcher.rank(need, limit=99) if match.key not in removed]
    matcher.add([LATE]).remove(removed)
    assert [match for match in matcher.rank(need, limit=99) if match.key != "late"] == before


@few
@given(st.sampled_from(MODES), needs, some_keys)
def test_filters_give_what_is_left_of_everything(semantic: str, need: str, kept: set[str]) -> None:
    matcher = Matcher(semantic=semantic, meaning_floor=0.2).fit(SHELF)
    everything = matcher.rank(need, limit=99)
    left = tuple(match for match in everything if match.key in kept)
    assert matcher.rank(need, limit=2, allowed=kept) == left[:2]


@few
@given(needs)
def test_an_added_document_means_what_a_fitted_one_means(need: str) -> None:
    grown = Matcher(semantic="mixed").fit(SHELF).add([LATE]).index_.meanings
    anew = Matcher(semantic="mixed").fit([*SHELF, LATE]).index_.meanings
    said = choose("mixed")
    assert grown
    assert anew
    assert said
    asked = said.needs.encode([need])[0]
    fitted = dict(
        zip(sorted([each.key for each in SHELF] + ["late"]), anew.cosines(asked), strict=True)
    )
    assert grown.cosines(asked)[-1] == pytest.approx(fitted["late"], abs=1e-3)


@few
@given(st.sampled_from(MODES), catalogues, needs)
def test_what_is_loaded_ranks_as_what_was_saved(
    tmp_path: Path, semantic: str, catalogue: list[Document], need: str
) -> None:
    matcher = Matcher(semantic=semantic).fit(catalogue).add([Document("x" * 9, "Choir singing")])
    matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path)
    assert loaded.meaning_ == semantic
    assert loaded.rank(need, limit=99) == matcher.rank(need, limit=99)


@pytest.mark.parametrize("need", ["", "   ", "my class", "\x00", "🙂", "the and of"])
def test_a_need_that_says_nothing_matches_nothing(need: str) -> None:
    assert Matcher(semantic="table", meaning_floor=0.0).fit(SHELF).rank(need) == ()


@pytest.mark.parametrize("semantic", ["mixed", "model"])
@pytest.mark.usefixtures("without_model")
def test_without_the_package_the_table_does_it_and_it_is_said_once(
    semantic: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        matcher = Matcher(semantic=semantic).fit(SHELF)
        assert matcher.rank("phonics") == Matcher(semantic="table").fit(SHELF).rank("phonics")
    assert matcher.meaning_ == "table"
    assert len(caplog.records) == 1
    assert "by the table alone" in caplog.text


def test_without_the_table_words_are_matched_as_ever(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(encoders, "load_table", lambda: table.load_table(tmp_path))
    choose.cache_clear()
    matcher = Matcher(semantic="model").fit(SHELF)
    assert matcher.meaning_ == "off"
    assert matcher.rank("phonics") == Matcher().fit(SHELF).rank("phonics")
    choose.cache_clear()


def test_vectors_of_another_encoder_are_ignored_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    Matcher(semantic="mixed").fit(SHELF).save(tmp_path)
    request.getfixturevalue("without_model")
    with caplog.at_level(logging.WARNING):
        loaded = Matcher.load(tmp_path)
    assert "until documents are learnt anew" in caplog.text
    assert loaded.meaning_ == "off"
    assert loaded.rank("phonics") == Matcher().fit(SHELF).rank("phonics")
    assert loaded.add([LATE]).meaning_ == "off"


@pytest.mark.parametrize(
    "wrong",
    [
        {"semantic": "magic"},
        {"meaning_weight": -1.0},
        {"meaning_weight": float("nan")},
        {"meaning_floor": 1.5},
        {"meaning_floor": float("nan")},
    ],
)
def test_a_parameter_out_of_range_is_named(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=name):
        Matcher(**wrong).fit(SHELF)
