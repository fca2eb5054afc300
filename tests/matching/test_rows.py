"""An index written out row by row holds what its columns hold."""

import numpy as np
from hypothesis import given

from matching import Document, Learnt, Matcher, add_rows, fit_rows
from tests.matching.shelf import SHELF, catalogues


@given(catalogues)
def test_rows_hold_what_the_columns_hold(catalogue: list[Document]) -> None:
    index = Matcher().fit(catalogue).index_
    rows, learnt = fit_rows(catalogue, Matcher().weights)
    terms = [term for term, _rarity, _shown in rows.terms()]
    assert learnt == Learnt(index.weights, index.statistics)
    assert [each.key for each in rows.documents()] == list(index.keys)
    for row, (places, impacts) in enumerate(
        (each.places, each.impacts) for each in rows.documents()
    ):
        held = {terms[place]: impact for place, impact in zip(places, impacts, strict=True)}
        for term in terms:
            expected = index.impacts_at(term, np.array([row])).item()
            assert np.isclose(held.get(term, 0.0), expected)


def test_rows_added_later_are_written_by_what_was_learnt() -> None:
    index = Matcher().fit(SHELF[:4]).add(SHELF[4:]).index_
    _rows, learnt = fit_rows(SHELF[:4], Matcher().weights)
    later = add_rows(SHELF[4:], learnt, index.base)
    terms = [term for term, _rarity, _shown in later.terms()]
    for key, places, impacts in (
        (each.key, each.places, each.impacts) for each in later.documents()
    ):
        row = index.row(key)
        assert row is not None
        expected = [index.impacts_at(terms[place], np.array([row])).item() for place in places]
        assert np.allclose(impacts, expected)


def test_what_was_learnt_is_read_again_unless_another_version_wrote_it() -> None:
    _rows, learnt = fit_rows(SHELF, Matcher().weights)
    plain = learnt.plain()
    assert Learnt.read(plain) == learnt
    assert Learnt.read({**plain, "version": -1}) is None
    assert Learnt.read({}) is None
