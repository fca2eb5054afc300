"""Answering from the tables: an exact scan that adds up, filters and sorts in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Engine,
    Float,
    FromClause,
    Integer,
    LargeBinary,
    Subquery,
    Text,
    any_,
    case,
    cast,
    false,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from lended.needs.postgresql.tables import Impacts, SparseVector, documents, state, terms, words
from matching import Allowed, Found, Known, Learnt, Matcher, Sought, StoredMatcher

BITS = 8


class PostgresStore:
    """An index in PostgreSQL, as far as this process knows its documents.

    Parameters
    ----------
    keys
        The documents' keys, sorted.
    numbers
        Their numbers in the database, shape (n,). A number is never given to another document, so
        what was read a while ago still means the same.
    """

    def __init__(
        self, engine: Engine, keys: tuple[str, ...], numbers: npt.NDArray[np.int64]
    ) -> None:
        self.keys = keys
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._numbers = numbers

    def known(self, terms_: Collection[str]) -> Mapping[str, Known]:
        """Look terms up; those that no document holds are left out."""
        query = select(terms.c.term, terms.c.number, terms.c.rarity, terms.c.shown)
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(terms.c.term == any_(_texts(terms_))))
            return {term: Known(number, rarity, shown) for term, number, rarity, shown in rows}

    def times(self, words_: Collection[str]) -> Mapping[str, int]:
        """Count how often plain words are used; those that are not are left out."""
        query = select(words.c.word, func.sum(words.c.times)).group_by(words.c.word)
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(words.c.word == any_(_texts(words_))))
            return {word: int(times) for word, times in rows}

    def scores(self, sought: Sought) -> npt.NDArray[np.float64]:
        """Give every document's score in the order of `keys`; 0 below the floor."""
        scored = _scored(sought)
        score = _score(scored, sought)
        query = select(func.array_agg(scored.c.number), func.array_agg(score)).where(
            scored.c.telling >= sought.least, score > 0
        )
        with self._engine.connect() as connection:
            numbers, reached = connection.execute(query).one()
        by_number = np.zeros(self._numbers.max(initial=0) + 1)
        for number, each in zip(numbers or (), reached or (), strict=True):
            if number < len(by_number):
                by_number[number] = each
        return by_number[self._numbers]

    def matches(
        self,
        sought: Sought,
        limit: int,
        allowed: Allowed,
        factors: Mapping[str, float],
    ) -> Sequence[Found]:
        """Give the best allowed matches, best first; ties go by key."""
        scored = _scored(sought, self._bits(allowed))
        source, factor = _with_factors(scored, factors)
        score = _score(scored, sought) * factor
        enough = scored.c.telling >= sought.least
        return self._best(source, scored, (score, factor, enough), limit)

    def near(self, sought: Sought, limit: int, allowed: Allowed) -> Sequence[Found]:
        """Give the best allowed documents that are no match but share a term; ties go by key."""
        scored = _scored(sought, self._bits(allowed))
        below = scored.c.telling < sought.least
        return self._best(scored, scored, (_score(scored, sought), literal(1.0), below), limit)

    def _best(
        self,
        source: FromClause,
        scored: Subquery,
        wanted: tuple[ColumnElement[float], ColumnElement[float], ColumnElement[bool]],
        limit: int,
    ) -> Sequence[Found]:
        score, factor, fits = wanted
        query = (
            select(
                scored.c.key,
                score.label("score"),
                factor,
                scored.c.vector,
                scored.c.source,
                scored.c.sketch,
            )
            .select_from(source)
            .where(fits, score > 0)
            .order_by(score.desc(), scored.c.key)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [Found(*row) for row in connection.execute(query)]

    def _bits(self, allowed: Allowed) -> bytes | None:
        """Give a bit for each number, set for the documents that may be given; None for all."""
        if allowed is None:
            return None
        if isinstance(allowed, np.ndarray):
            numbers = self._numbers[allowed]
        else:
            known = (self._number_of.get(key) for key in allowed)
            numbers = np.array([each for each in known if each is not None], dtype=np.int64)
        flags = np.zeros(numbers.max(initial=-1) + 1, dtype=np.bool_)
        flags[numbers] = True
        return np.packbits(flags, bitorder="little").tobytes()

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        return dict(zip(self.keys, self._numbers.tolist(), strict=True))


def open_matcher(session: Session, engine: Engine, keys: Collection[str]) -> StoredMatcher:
    """Return the matcher of what the tables hold now.

    Parameters
    ----------
    keys
        The documents that are known here; others are never given where a mask is.
    """
    wanted = frozenset(keys)
    rows = session.execute(select(documents.c.key, documents.c.number).order_by(documents.c.key))
    there = [(key, number) for key, number in rows if key in wanted]
    numbers = np.array([number for _key, number in there], dtype=np.int64)
    learnt = Learnt.read(session.scalars(select(state.c.learnt)).one())
    assert learnt is not None, "The tables were brought up to date before."
    store = PostgresStore(engine, tuple(key for key, _number in there), numbers)
    return StoredMatcher(Matcher(), learnt, store)


def _scored(sought: Sought, bits: bytes | None = None) -> Subquery:
    """Add the telling terms up; the offset keeps PostgreSQL from doing so again and again."""
    telling = -_product(documents.c.vector, sought.telling)
    query = select(
        documents.c.number,
        documents.c.key,
        documents.c.vector,
        documents.c.source,
        documents.c.sketch,
        telling.label("telling"),
    )
    if bits is not None:
        query = query.where(_is_set(bits))
    return query.offset(0).subquery("scored")


def _score(scored: Subquery, sought: Sought) -> ColumnElement[float]:
    return scored.c.telling - _product(scored.c.vector, sought.filler)


def _product(vector: ColumnElement[Impacts], worth: Mapping[int, float]) -> ColumnElement[float]:
    """Give the inner product as pgvector does: below 0."""
    return vector.op("<#>", return_type=Float())(literal(worth, SparseVector()))


def _is_set(bits: bytes) -> ColumnElement[bool]:
    """Look a document's bit up; one that came after the bits were counted has none."""
    number = documents.c.number
    bit = func.get_bit(literal(bits, LargeBinary()), cast(number, BigInteger))
    return case((number < literal(BITS * len(bits), Integer()), bit == 1), else_=false())


def _with_factors(
    scored: Subquery, factors: Mapping[str, float]
) -> tuple[FromClause, ColumnElement[float]]:
    if not factors:
        return scored, literal(1.0)
    prior = (
        func.unnest(_texts(factors), literal(list(factors.values()), ARRAY(Float)))
        .table_valued("key", "factor", name="prior")
        .render_derived()
    )
    source = scored.outerjoin(prior, prior.c.key == scored.c.key)
    return source, func.coalesce(prior.c.factor, 1.0)


def _texts(texts: Collection[str]) -> ColumnElement[Sequence[str]]:
    return literal(list(texts), ARRAY(Text))
