"""How well the need page answers needs of teachers, by the demo's catalogue and its real index."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from config import Settings
from lended import create_app
from lended.catalogue.rules import Filters
from lended.needs.index import Index
from lended.operations.benchmarks.judged import JudgedNeed
from lended.operations.benchmarks.matching.corpora import Corpus
from lended.operations.benchmarks.matching.measures import NDCG, score
from lended.operations.benchmarks.matching.tables import Table
from lended.operations.benchmarks.shelves import make_shelf
from matching import Document

LIMIT = 10
RIGHT = 2
"""The grade from which a first suggestion is right."""

NONE = "–"
HEAD = ("", "needs", str(NDCG), "first is right", "nothing fits, rightly", "wrongly")
NOTES = (
    f"{NDCG} and the first being right (graded {RIGHT} or 3): of needs that something fits.",
    "Nothing fits: rightly of needs that nothing fits, wrongly of the others.",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one need.

    Parameters
    ----------
    ndcg
        None where nothing fits.
    right
        Whether the first suggestion was right.
    nothing
        Whether the answer was that nothing fits.
    """

    need: JudgedNeed
    ndcg: float | None
    right: bool
    nothing: bool


def measure_needs(needs: Sequence[JudgedNeed]) -> Iterator[Table]:
    """Ask the demo for every judged need, and show what came of it by half and kind."""
    with demo_index() as index:
        typed = judge(index, needs)
        confirmed = judge(index, needs, confirming=True)
    for half in dict.fromkeys(need.half for need in needs):
        yield kinds_table(half, _of_half(typed, half), _of_half(confirmed, half))


@contextmanager
def demo_index() -> Iterator[Index]:
    """Fill a demo of its own, as it comes, and yield the index that its need page would use."""
    with TemporaryDirectory(prefix="lended-bench-") as folder:
        settings = Settings(
            secret_key=secrets.token_hex(32),
            data_folder=Path(folder),
            database_url=f"sqlite:///{folder}/lended.db",
            demo=True,
            clock_seconds=0,
        )
        app = create_app(settings)
        make_shelf(app, products=0)
        with app.app_context():
            index: Index = app.extensions["lended.index"].value()
            yield index


def judge(index: Index, needs: Sequence[JudgedNeed], *, confirming: bool = False) -> list[Verdict]:
    """Ask for every need what the need page suggests, and compare it with the grades.

    Parameters
    ----------
    confirming
        Whether the teacher confirms the codes of the need.
    """
    slugs = {int(index.shelf.ids[place]): slug for slug, place in index.place_of_key.items()}
    answers: dict[str, list[str]] = {}
    for need in needs:
        codes = need.codes if confirming else ()
        found = index.suggest(need.words, Filters(), codes=codes, limit=LIMIT).found
        answers[need.id] = [slugs[each.product_id] for each in found]
    ndcgs = _ndcgs([need for need in needs if not need.nothing_fits], answers, list(slugs.values()))
    return [_verdict(need, answers[need.id], ndcgs.get(need.id)) for need in needs]


def kinds_table(half: str, typed: Sequence[Verdict], confirmed: Sequence[Verdict]) -> Table:
    """Show what came of all needs, with their codes confirmed too, and of each kind of need."""
    kinds = sorted({kind for verdict in typed for kind in verdict.need.kinds})
    groups = {"all": typed, "all, codes confirmed": confirmed} | {
        kind.replace("_", " "): [each for each in typed if kind in each.need.kinds]
        for kind in kinds
    }
    rows = tuple(_row(name, verdicts) for name, verdicts in groups.items())
    return Table(f"Needs of teachers: {half.replace('_', ' ')}", HEAD, rows, NOTES)


def _verdict(need: JudgedNeed, answer: Sequence[str], ndcg: float | None) -> Verdict:
    right = bool(answer) and need.grades.get(answer[0], 0) >= RIGHT
    return Verdict(need, ndcg, right, nothing=not answer)


def _ndcgs(
    needs: Sequence[JudgedNeed], answers: Mapping[str, Sequence[str]], slugs: Sequence[str]
) -> dict[str, float]:
    place = {slug: at for at, slug in enumerate(slugs)}
    corpus = Corpus(
        name="demo",
        documents=tuple(Document(slug, "") for slug in slugs),
        queries={need.id: need.words for need in needs},
        grades={need.id: need.grades for need in needs},
    )
    rankings = [[place[slug] for slug in answers[need.id]] for need in needs]
    scores = score(corpus, rankings).by_query[NDCG].tolist()
    return dict(zip(corpus.queries, scores, strict=True))


def _of_half(verdicts: Sequence[Verdict], half: str) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.need.half == half]


def _row(name: str, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    served = [each for each in verdicts if not each.need.nothing_fits]
    unserved = [each for each in verdicts if each.need.nothing_fits]
    ndcgs = [each.ndcg for each in served if each.ndcg is not None]
    return (
        name,
        str(len(verdicts)),
        f"{sum(ndcgs) / len(ndcgs):.3f}" if ndcgs else NONE,
        _share([each.right for each in served]),
        _share([each.nothing for each in unserved]),
        _share([each.nothing for each in served]),
    )


def _share(answers: Sequence[bool]) -> str:
    return f"{100 * sum(answers) / len(answers):.0f} %" if answers else NONE
