"""Faults of what is lent: promised twice, late and free, bound to nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from lended import clock
from lended.operations.database import unguarded
from tests.lended.operations.filled import add

if TYPE_CHECKING:
    from tests.lended.operations.faults import Scene

KEPT_ASLEEP: list[object] = []
"""Blocks that are never left: leaving one would wake the guard."""


def add_line(
    connection: Connection, scene: Scene, state: str, start: date, *, holds: bool = False
) -> None:
    """Write another line of the pool."""
    add(
        connection,
        "loan_lines",
        loan_id=scene.loan,
        pool_id=scene.pool,
        quantity=1,
        back=0,
        holds=holds,
        state=state,
        starts_on=start,
        due_on=start + timedelta(days=6),
        blocked_from=start,
        blocked_until=start + timedelta(days=7),
    )


def two_at_once(connection: Connection, scene: Scene) -> None:
    """Promise the only kit to two for days that share one."""
    start = clock.today() + timedelta(days=400)
    with unguarded(connection):
        add_line(connection, scene, "approved", start, holds=True)
        add_line(connection, scene, "requested", start + timedelta(days=6), holds=True)


def guard_asleep(connection: Connection, _scene: Scene) -> None:
    """Send the guard in the database to sleep for good."""
    asleep = unguarded(connection)
    asleep.__enter__()
    KEPT_ASLEEP.append(asleep)


def fewer_than_promised(connection: Connection, scene: Scene) -> None:
    """Take away the only kit once it is promised; to promise it twice the database refuses."""
    add_line(connection, scene, "approved", clock.today() + timedelta(days=400), holds=True)
    connection.execute(text("UPDATE pools SET capacity = 0"))


def late_and_free(connection: Connection, scene: Scene) -> None:
    """Let a kit that is late look free from some day on."""
    add_line(connection, scene, "overdue", clock.today() - timedelta(days=30), holds=True)


def bind_a_kit(connection: Connection, scene: Scene) -> None:
    """Let a finished loan keep its kit."""
    add(connection, "units", id=1, pool_id=scene.pool, serial="KIT-1", condition="", battery="none",
        state="in_service")  # fmt: skip
    line = connection.scalar(text(f"SELECT min(id) FROM loan_lines WHERE loan_id = {scene.loan}"))
    add(connection, "bindings", line_id=line, unit_id=1, made_at=clock.now())


def settle_what_is_lent_again(connection: Connection, scene: Scene) -> None:
    """Let something be settled of which nothing is set aside."""
    opened = {"opened_at": clock.now(), "opened_by_id": scene.teacher}
    add(connection, "incidents", loan_id=scene.loan, kind="missing", state="open", lines=[],
        words="One is gone.", **opened)  # fmt: skip
