"""The floor of a request: the same rows, written by hand, behind the same guard.

What one request through the service leaves is read back once; for every other draft the same rows
are then written with nothing but the driver: the pool's row is locked, the peak of what holds it
is looked at, the trigger is on, and all of it is one transaction on disk. Nothing that LendED
looks up about people is looked up, and no sentence is put together: a request cannot cost less.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg.types.json import JsonDumper
from sqlalchemy.engine import make_url

from lended.db import open_sqlite
from lended.operations.benchmarks.lending.stored import Asker

CHANGED = ("state", "origin", "changed_at", "act_by", "need_text", "product_facts", "terms")
OF_A_LOAN = ("loan_lines", "loan_events", "plans")
NOTICES = "notices"
POOL = "SELECT id, capacity FROM pools WHERE product_id = ? ORDER BY id"
PEAK = """
SELECT max((SELECT coalesce(sum(held.quantity), 0) FROM loan_lines held
            WHERE held.pool_id = ? AND held.holds
              AND held.blocked_from <= moment.day AND held.blocked_until > moment.day))
FROM (SELECT ? AS day UNION
      SELECT blocked_from FROM loan_lines
      WHERE pool_id = ? AND holds AND blocked_from > ? AND blocked_from < ?) AS moment
"""
MOVE = f"UPDATE loans SET {', '.join(f'{name} = ?' for name in CHANGED)} WHERE id = ? AND state = ?"  # noqa: S608 - our own names


class Floor:
    """Writes requests by hand.

    Parameters
    ----------
    url
        The address of the database, as SQLAlchemy writes it.
    model
        Who has asked through the service; the rows of that request are what is written.
    """

    def __init__(self, url: str, model: Asker) -> None:
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        self._url = url
        self._model = model
        with closing(self._open()) as connection:
            self._read_back(connection)

    @contextmanager
    def client(self, askers: Sequence[Asker]) -> Iterator[Callable[[Asker], None]]:
        """Yield what writes the requests of some, over a connection of its own."""
        rows = {asker: self._rows(asker) for asker in askers}
        begin = "BEGIN IMMEDIATE" if self._sqlite else "BEGIN"
        lock = self._said(POOL + ("" if self._sqlite else " FOR NO KEY UPDATE"))
        peak, move, insert = self._said(PEAK), self._said(MOVE), self._insert
        line = self._written["loan_lines"][0]
        start, end = line["blocked_from"], line["blocked_until"]

        def ask(asker: Asker) -> None:
            connection.execute(begin)
            pool_id, capacity = connection.execute(lock, (asker.product_id,)).fetchone()
            held = connection.execute(peak, (pool_id, start, pool_id, start, end)).fetchone()[0]
            if held + line["quantity"] > capacity:
                raise RuntimeError("There is none left to measure with.")
            for table in OF_A_LOAN:
                connection.execute(insert[table], rows[asker][table][0])
            moved = connection.execute(move, (*self._changed, asker.loan_id, "draft"))
            if moved.rowcount != 1:
                raise RuntimeError("This draft was sent before.")
            connection.cursor().executemany(insert[NOTICES], rows[asker][NOTICES])
            connection.execute("COMMIT")

        with closing(self._open()) as connection:
            yield ask

    def _open(self) -> Any:
        address = make_url(self._url)
        if self._sqlite:
            found = sqlite3.connect(str(address.database), check_same_thread=False)
            open_sqlite(found)
            return found
        plain = self._url.replace("postgresql+psycopg://", "postgresql://", 1)
        connection = psycopg.connect(plain, autocommit=True)
        for kind in (dict, list):
            connection.adapters.register_dumper(kind, JsonDumper)
        return connection

    def _said(self, statement: str) -> str:
        """Write a statement as the driver wants it."""
        return statement if self._sqlite else statement.replace("?", "%s")

    def _read_back(self, connection: Any) -> None:
        """Keep what the request of the model has written, and how to write it again."""
        of_loan, named = ("loan_id = ?", self._model.loan_id), f"loan:{self._model.loan_id}:%"
        self._written = {
            table: self._select(connection, table, *of_loan) for table in OF_A_LOAN
        } | {NOTICES: self._select(connection, NOTICES, '"key" LIKE ?', named)}
        self._insert = {
            table: self._said(_insertion(table, rows[0])) for table, rows in self._written.items()
        }
        (loan,) = self._select(connection, "loans", "id = ?", self._model.loan_id)
        self._changed = tuple(loan[name] for name in CHANGED)

    def _select(self, connection: Any, table: str, where: str, value: Any) -> list[dict[str, Any]]:
        query = self._said(f"SELECT * FROM {table} WHERE {where}")  # noqa: S608 - our own names
        cursor = connection.execute(query, (value,))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return [{name: row[name] for name in names if name != "id"} for row in rows]

    def _rows(self, asker: Asker) -> dict[str, list[tuple[Any, ...]]]:
        """Return what is written for an asker: the model's rows, about somebody else."""
        return {
            table: [tuple(self._about(asker, row).values()) for row in rows]
            for table, rows in self._written.items()
        }

    def _about(self, asker: Asker, row: dict[str, Any]) -> dict[str, Any]:
        model, about = self._model, dict(row)
        of_teacher = row.get("person_id") == model.teacher_id
        others = {
            "loan_id": row.get("loan_id") and asker.loan_id,
            "pool_id": asker.pool_id,
            "person_id": asker.teacher_id if of_teacher else asker.lead_id,
            "email": asker.teacher_email if of_teacher else asker.lead_email,
            "key": str(row.get("key")).replace(str(model.loan_id), str(asker.loan_id)),
            "link": f"/loans/{asker.loan_id}",
        }
        about.update((name, others[name]) for name in row if name in others)
        return about


def _insertion(table: str, row: dict[str, Any]) -> str:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join("?" * len(row))
    once = " ON CONFLICT (email, key) DO NOTHING" if table == NOTICES else ""
    return f"INSERT INTO {table} ({names}) VALUES ({values}){once}"  # noqa: S608 - our own names
