"""The tables follow the catalogue: once for all, and without anybody waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from config import SettingsError
from lended.needs.postgresql import follow, learn, open_matcher
from lended.needs.postgresql.tables import SCHEMA, documents, state
from matching import Document
from tests.lended.needs.postgresql.shared import Shared
from tests.matching.shelf import SHELF

CHANGED = Document("choir", "Drum Box", "Drumming together.")


def numbers_of(shared: Shared) -> dict[str, int]:
    """Return the number of every document."""
    with Session(shared.engine) as session:
        rows = session.execute(select(documents.c.key, documents.c.number))
        return {row.key: row.number for row in rows}


def fitted(shared: Shared) -> set[str]:
    """Return the keys of the documents that are as they were fitted."""
    with Session(shared.engine) as session:
        return set(session.scalars(select(documents.c.key).where(documents.c.fitted)))


def unread(_session: Session) -> Iterator[Document]:
    """Stand for a catalogue that nobody must read."""
    raise AssertionError("The catalogue was read although nothing has changed.")
    yield


def test_a_catalogue_that_has_not_moved_on_is_not_read(shared: Shared) -> None:
    learn(shared.engine, lambda _session: (7, SHELF))
    follow(shared.engine, lambda session: (7, unread(session)))
    with pytest.raises(AssertionError, match="was read"):
        follow(shared.engine, lambda session: (8, unread(session)))
    assert len(numbers_of(shared)) == len(SHELF)


def test_only_one_of_many_reads_and_writes(shared: Shared) -> None:
    reads: list[int] = []
    together = threading.Barrier(4)

    def read(_session: Session) -> tuple[int, Iterator[Document]]:
        def listed() -> Iterator[Document]:
            reads.append(1)
            yield from SHELF

        return 1, listed()

    def machine() -> None:
        together.wait()
        follow(shared.engine, read)

    machines = [threading.Thread(target=machine) for _ in range(4)]
    for each in machines:
        each.start()
    for each in machines:
        each.join()
    assert reads == [1]
    assert len(numbers_of(shared)) == len(SHELF)


def test_few_changes_are_written_by_what_was_learnt_and_many_learn_anew(shared: Shared) -> None:
    shared.learn(SHELF)
    other = [CHANGED if each.key == "choir" else each for each in SHELF]
    shared.follow(other, drift=0.3)
    assert fitted(shared) == {each.key for each in SHELF} - {"choir"}
    shared.follow(other[2:], drift=0.3)
    assert fitted(shared) == {each.key for each in other[2:]}


def test_a_number_is_never_given_to_another(shared: Shared) -> None:
    shared.learn(SHELF)
    before = numbers_of(shared)
    late = Document("late", "Lanterns", "Lanterns.")
    shared.follow([*SHELF[1:], late])
    shared.learn([*SHELF[1:], late])
    after = numbers_of(shared)
    assert {key: after[key] for key in before.keys() & after.keys()} == {
        each.key: before[each.key] for each in SHELF[1:]
    }
    shared.learn(SHELF)
    again = numbers_of(shared)
    assert again["bar-models"] not in {*before.values(), *after.values()}


def test_what_was_opened_before_goes_on_answering(shared: Shared) -> None:
    opened = shared.learn(SHELF)
    mask = np.array([key != "markwell" for key in opened.keys_])
    shared.learn([Document("aaa", "Singing Bowls", "Singing."), *SHELF[1:]])
    found = [match.key for match in opened.rank("singing, marking", allowed=mask)]
    assert found == ["choir"]
    assert len(opened.search("singing").scores) == len(SHELF)


def test_a_document_that_is_not_known_here_is_not_given(shared: Shared) -> None:
    shared.learn(SHELF)
    with Session(shared.engine) as session:
        opened = open_matcher(session, shared.engine, {"choir", "gone"})
    assert opened.keys_ == ("choir",)
    assert len(opened.search("marking").scores) == 1


def test_tables_of_another_version_are_filled_anew(shared: Shared) -> None:
    learn(shared.engine, lambda _session: (7, SHELF[:2]))
    with shared.engine.begin() as connection:
        learnt = connection.scalars(select(state.c.learnt)).one()
        connection.execute(state.update().values(learnt={**learnt, "version": 0}))
    follow(shared.engine, lambda _session: (7, SHELF))
    assert fitted(shared) == {each.key for each in SHELF}


def test_an_empty_catalogue_answers_too(shared: Shared) -> None:
    empty = shared.learn([])
    assert empty.keys_ == ()
    assert empty.rank("singing") == ()
    assert empty.search("singing").nearest() == ()
    assert empty.search("singing").scores.shape == (0,)


def test_a_crash_leaves_what_was_there(shared: Shared) -> None:
    shared.learn(SHELF)

    def read(_session: Session) -> tuple[int, Iterator[Document]]:
        return 99, iter([*SHELF, "no document"])  # type: ignore[list-item]

    with pytest.raises((TypeError, AttributeError)):
        learn(shared.engine, read)
    assert fitted(shared) == {each.key for each in SHELF}


def test_a_database_without_pgvector_is_refused_in_words(shared: Shared) -> None:
    """Here it is one in which nobody may switch it on."""
    with shared.engine.begin() as connection:
        connection.execute(text("CREATE ROLE nobody_much"))
    as_nobody = create_engine(shared.engine.url, connect_args={"options": "-c role=nobody_much"})
    try:
        with pytest.raises(SettingsError, match=r"LENDED_MATCH_ENGINE=postgres needs pgvector"):
            learn(as_nobody, lambda _session: (1, SHELF))
    finally:
        as_nobody.dispose()
        with shared.engine.begin() as connection:
            connection.execute(text("DROP ROLE nobody_much"))


def test_dropping_the_tables_loses_nothing(shared: Shared) -> None:
    learn(shared.engine, lambda _session: (7, SHELF))
    with shared.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    follow(shared.engine, lambda _session: (7, SHELF))
    assert len(numbers_of(shared)) == len(SHELF)
