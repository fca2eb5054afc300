"""Faults of what a school has for a time: codes that are not spent, days that were not moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from lended import clock
from tests.lended.operations.filled import add

if TYPE_CHECKING:
    from tests.lended.operations.faults import Scene


def code_of(connection: Connection, scene: Scene, *ended_at: datetime | None) -> None:
    """Bind one code to the scene's loan, once for each end; None for one that is still open."""
    now, line = clock.now(), connection.scalar(text("SELECT min(id) FROM loan_lines"))
    add(
        connection,
        "activation_codes",
        id=1,
        pool_id=scene.pool,
        code="TILES-27",
        state="given",
        added_at=now,
    )
    for end in ended_at:
        add(connection, "bindings", line_id=line, code_id=1, made_at=now, ended_at=end)


def code_unspent(connection: Connection, scene: Scene) -> None:
    """Leave a code open though access is over."""
    code_of(connection, scene, None)


def code_given_twice(connection: Connection, scene: Scene) -> None:
    """Give a code again after it was spent."""
    code_of(connection, scene, clock.now(), clock.now())


def extension_forgotten(connection: Connection, scene: Scene) -> None:
    """Approve an extension and leave the last day as it was."""
    now, today = clock.now(), clock.today()
    add(
        connection,
        "extensions",
        loan_id=scene.loan,
        was_due_on=today,
        until_on=today + timedelta(days=999),
        state="approved",
        asked_at=now,
        asked_by_id=scene.teacher,
        words="Half of the class was ill",
        answer_words="",
    )
