"""How well rankings answer judged queries.

References
----------
S. MacAvaney, C. Macdonald, I. Ounis, Streamlining evaluation with ir-measures, ECIR 2022.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Measure, R, ScoredDoc, nDCG

from lended.operations.benchmarks.matching.corpora import Corpus

Floats = npt.NDArray[np.float64]

NDCG = nDCG @ 10
MEASURES: tuple[Measure, ...] = (NDCG, RR @ 10, R @ 100)
DEEP = 100
"""How many documents a ranking holds, so that every measure sees what it looks at."""


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """The value of each measure for each query, in the collection's order; shape (queries,)."""

    by_query: Mapping[Measure, Floats]

    def mean(self, measure: Measure) -> float:
        """Give a measure's mean over the queries."""
        return float(self.by_query[measure].mean())


def score(corpus: Corpus, rankings: Sequence[Sequence[int]]) -> Scores:
    """Measure rankings.

    Parameters
    ----------
    rankings
        For each of the collection's queries the places of documents, best first.
    """
    number = {query: at for at, query in enumerate(corpus.queries)}
    values = {measure: np.zeros(len(number)) for measure in MEASURES}
    grades = {query: dict(judged) for query, judged in corpus.grades.items()}
    for found in ir_measures.iter_calc(MEASURES, grades, list(_run(corpus, rankings))):
        values[found.measure][number[found.query_id]] = found.value
    return Scores(values)


def _run(corpus: Corpus, rankings: Sequence[Sequence[int]]) -> Iterator[ScoredDoc]:
    for query, ranking in zip(corpus.queries, rankings, strict=True):
        for position, place in enumerate(ranking):
            yield ScoredDoc(query, corpus.documents[place].key, float(-position))
