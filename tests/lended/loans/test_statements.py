"""What a loan asks of the database on its way: little, and never by walking through a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from lended.loans import service
from tests.lended.loans.scene import Scene, a_wish

PLANNED = ("SELECT", "UPDATE", "DELETE")
WALKED = re.compile(r"SCAN (?!CONSTANT ROW|\(subquery)")
"""An empty list in a statement is written as a subquery of one constant row."""

MOST_FOR_A_REQUEST = 18
"""From beginning to end; each costs as much as all rules about a request together."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return the address of a database in SQLite alone, which decides the same for any size."""
    return sqlite_url


@pytest.fixture
def plans(engine: Engine) -> Iterator[dict[str, list[str]]]:
    """Yield how each statement is carried out, as SQLite says."""
    found: dict[str, list[str]] = {}

    def explain(_connection: Any, cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement not in found and statement.startswith(PLANNED):
            asked = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            found[statement] = [row[-1] for row in asked]

    event.listen(engine, "before_cursor_execute", explain)
    yield found
    event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("kind", ["scene", "seats"])
def test_no_step_of_a_loan_walks_through_a_table(
    request: pytest.FixtureRequest, plans: dict[str, list[str]], kind: str
) -> None:
    scene: Scene = request.getfixturevalue(kind)
    for step in scene.steps(scene.draft()):
        step()
    walked = {
        statement: done
        for statement, plan in plans.items()
        if (done := [part for part in plan if WALKED.match(part)])
    }
    assert walked == {}
    assert len(plans) > 30


def test_a_request_asks_few_things_of_the_database(scene: Scene, engine: Engine) -> None:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    loan_id = scene.draft()
    event.listen(engine, "before_cursor_execute", note)
    scene.do(service.submit, scene.teacher, loan_id, a_wish())
    event.remove(engine, "before_cursor_execute", note)
    assert len(statements) <= MOST_FOR_A_REQUEST, statements
