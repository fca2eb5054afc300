"""How well our matcher and its peers answer judged queries, and what each part of ours adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ir_measures import Measure
from tqdm import tqdm

from lended.operations.benchmarks.matching.corpora import Corpus, read_corpora
from lended.operations.benchmarks.matching.measures import DEEP, MEASURES, NDCG, Scores, score
from lended.operations.benchmarks.matching.ours import WHOLE, ways, without_each_part
from lended.operations.benchmarks.matching.peers import Ranker, find_peers
from lended.operations.benchmarks.matching.significance import Floats, chance_of, corrected
from lended.operations.benchmarks.matching.slips import slip_in_each
from lended.operations.benchmarks.matching.tables import Table

LIKELY = 0.05
MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Result:
    """How one system did on each collection, as asked and with a slip in each query."""

    as_asked: Mapping[str, Scores]
    with_slips: Mapping[str, Scores]


def measure_quality(folder: Path) -> Iterator[Table]:
    """Rank every collection of a folder with every system, and show what was found.

    Raises
    ------
    Invalid
        When there are no collections.
    """
    corpora = read_corpora(folder)
    peers, missing = find_peers()
    results = _measure(ways() | peers, corpora)
    parts = _measure(without_each_part(), corpora)
    for measure in MEASURES:
        yield measure_table(measure, results, missing)
    yield difference_table({name: results[name] for name in peers}, results[WHOLE])
    yield parts_table(parts, results[WHOLE])
    yield slips_table(results | parts)


def measure_table(
    measure: Measure, results: Mapping[str, Result], notes: tuple[str, ...] = ()
) -> Table:
    """Show a measure of every system on every collection, and its mean over collections."""
    rows = tuple(
        (name, *(f"{value:.3f}" for value in _means(measure, result.as_asked)))
        for name, result in results.items()
    )
    return Table(str(measure), ("", *_columns(results)), rows, notes)


def difference_table(peers: Mapping[str, Result], ours: Result) -> Table:
    """Show by how much we differ from each peer, and whether that is more than chance."""
    differences = {
        (name, column): values
        for name, peer in peers.items()
        for column, values in _differences(ours.as_asked, peer.as_asked).items()
    }
    chances = corrected({name: chance_of(values) for name, values in differences.items()})
    columns = (*ours.as_asked, MEAN)
    rows = tuple(
        (name, *(_difference(differences[name, to], chances[name, to]) for to in columns))
        for name in peers
    )
    note = (
        f"* is more than chance (p < {LIKELY}): randomisation over queries, corrected by Holm's "
        "method for all comparisons in the table."
    )
    return Table(f"{WHOLE} less each peer, {NDCG}", ("", *columns), rows, (note,))


def parts_table(parts: Mapping[str, Result], whole: Result) -> Table:
    """Show how the measure changes when a part of our matcher is left out."""
    full = _means(NDCG, whole.as_asked)
    rows = tuple(
        (name, *(f"{a - b:+.3f}" for a, b in zip(_means(NDCG, part.as_asked), full, strict=True)))
        for name, part in parts.items()
    )
    return Table(f"What each part adds, {NDCG}", ("", *whole.as_asked, MEAN), rows)


def slips_table(results: Mapping[str, Result]) -> Table:
    """Show how much of the measure is kept when every query holds a typing error."""
    rows = []
    for name, result in results.items():
        before, after = (_means(NDCG, each) for each in (result.as_asked, result.with_slips))
        kept = (f"{100 * b / a:.1f} %" if a else "–" for a, b in zip(before, after, strict=True))
        rows.append((name, *kept))
    title = f"Kept of {NDCG} with one typing error in each query"
    return Table(title, ("", *_columns(results)), tuple(rows))


def _measure(
    systems: Mapping[str, Callable[[], Ranker]], corpora: Sequence[Corpus]
) -> dict[str, Result]:
    results = {}
    with tqdm(total=len(systems) * len(corpora), unit="ranking", leave=False) as bar:
        for name, system in systems.items():
            as_asked, with_slips = {}, {}
            for corpus in corpora:
                bar.set_description(f"{name} on {corpus.name}")
                both = _ask(system(), corpus)
                as_asked[corpus.name], with_slips[corpus.name] = both
                bar.update()
            results[name] = Result(as_asked, with_slips)
    return results


def _ask(system: Ranker, corpus: Corpus) -> tuple[Scores, Scores]:
    """Fit a system once and ask it twice: as queries were typed, and with a slip in each."""
    system.fit(corpus.documents)
    as_asked, with_slips = (
        score(corpus, list(system.rank(list(queries.values()), DEEP)))
        for queries in (corpus.queries, slip_in_each(corpus.queries))
    )
    return as_asked, with_slips


def _means(measure: Measure, found: Mapping[str, Scores]) -> list[float]:
    """Give a measure on each collection, and the mean of these."""
    means = [scores.mean(measure) for scores in found.values()]
    return [*means, float(np.mean(means))]


def _columns(results: Mapping[str, Result]) -> tuple[str, ...]:
    return (*next(iter(results.values())).as_asked, MEAN)


def _differences(ours: Mapping[str, Scores], peer: Mapping[str, Scores]) -> dict[str, Floats]:
    """Give our lead for each query so that they sum to the lead on a collection, or on the mean."""
    leads = {
        name: (scores.by_query[NDCG] - peer[name].by_query[NDCG]) / len(scores.by_query[NDCG])
        for name, scores in ours.items()
    }
    return leads | {MEAN: np.concatenate(list(leads.values())) / len(leads)}


def _difference(differences: Floats, chance: float) -> str:
    return f"{differences.sum():+.3f}{'*' if chance < LIKELY else ' '}"
