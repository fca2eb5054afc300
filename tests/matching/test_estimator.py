"""The matcher is an estimator, by scikit-learn's own checks."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.validation import validate_data

from matching import Document, Matcher
from tests.matching.shelf import SHELF


class OfRows(Matcher):
    """A matcher that takes each row of an array for a document, because the checks fit arrays."""

    def fit(self, X: Any, y: Any = None) -> OfRows:  # noqa: N803 - scikit-learn's names
        """Learn rows in which each number is a word."""
        rows = enumerate(validate_data(self, X))
        super().fit([Document(f"{place}", "", " ".join(map(str, row))) for place, row in rows])
        return self


def test_it_passes_every_check_of_scikit_learn() -> None:
    with warnings.catch_warnings(action="ignore"):
        found = check_estimator(OfRows(), on_fail=None, on_skip=None)
    failed = {each["check_name"]: each["exception"] for each in found if each["status"] == "failed"}
    assert failed == {}
    assert sum(each["status"] == "passed" for each in found) > 30


def test_one_that_was_pickled_ranks_and_says_why_as_before() -> None:
    matcher = Matcher().fit(SHELF)
    again = pickle.loads(pickle.dumps(matcher))
    assert again.rank("fractions") == matcher.rank("fractions") != ()
