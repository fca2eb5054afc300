"""Taking schools from the file of all establishments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from lended import clock
from lended.schools import rules
from lended.schools.models import School
from lended.schools.registers import RegisterRow
from lended.schools.registers.schools import COUNTRY, SCHEME
from lended.schools.service.import_trusts import (
    Named,
    runs_schools,
    save_trusts,
    trust_ids,
    trust_ids_by_name,
)
from lended.sheets import ImportReport, Refused, in_portions
from lended.work import Work

PLAIN = (
    "name",
    "status",
    "phase",
    "type_group",
    "low_age",
    "high_age",
    "pupils",
    "fsm_percent",
    "authority_code",
    "authority_name",
    "town",
    "postcode",
    "website",
    "region",
    "urban",
    "sen_types",
    "closed_on",
)
"""What a row of the register and a school have in common, by the same names."""
COLUMNS = (*PLAIN, "search_name", "trust_id")
EVERYTHING = frozenset((*PLAIN, "trust_name"))
PERCENT_DECIMALS = 2
"""As many as the table keeps; more would make every second import see a change."""


@dataclass(frozen=True, slots=True)
class Trusts:
    """The trusts a portion of schools names, by the register's number and by name."""

    by_number: Mapping[str, int]
    by_name: Mapping[str, int]

    def of(self, row: RegisterRow) -> dict[str, Any]:
        """Return a school's trust as a column; nothing when it cannot be told which it is."""
        if not row.trust_name or not runs_schools(row.trust_kind):
            return {"trust_id": None}
        number = self.by_number.get(row.trust_identifier)
        if number is None and not row.trust_identifier:
            number = self.by_name.get(row.trust_name.casefold())
        return {} if number is None else {"trust_id": number}


def import_schools(
    work: Work,
    rows: Iterable[RegisterRow | Refused],
    stated: Collection[str],
    report: ImportReport,
) -> None:
    """Add and change schools, and the trusts they name.

    Parameters
    ----------
    stated
        The fields the file has columns for; the others of a known school stay as they are.
    """
    for portion in in_portions(rows, report):
        trusts = _trusts(work, portion)
        known = _known(work, portion)
        added, changed = [], []
        for row in portion:
            school = known.get(row.identifier)
            if school is None:
                added.append(_new(row, trusts))
            elif _differs(school, said := _with_search_text(school | _said(row, stated, trusts))):
                changed.append(said)
        _write(work, added, changed)
        report.added += len(added)
        report.changed += len(changed)
        report.unchanged += len(portion) - len(added) - len(changed)


def _trusts(work: Work, portion: Sequence[RegisterRow]) -> Trusts:
    named = [row for row in portion if row.trust_name and runs_schools(row.trust_kind)]
    numbered = {
        row.trust_identifier: Named(row.trust_identifier, row.trust_name, row.trust_kind)
        for row in named
        if row.trust_identifier
    }
    save_trusts(work, list(numbered.values()))
    names = {row.trust_name for row in named if not row.trust_identifier}
    return Trusts(trust_ids(work, numbered), trust_ids_by_name(work, names) if names else {})


def _known(work: Work, portion: Sequence[RegisterRow]) -> dict[str, dict[str, Any]]:
    columns = [getattr(School, name) for name in ("id", "identifier", *COLUMNS)]
    rows = work.session.execute(
        select(*columns)
        .where(
            School.country == COUNTRY,
            School.scheme == SCHEME,
            School.identifier.in_([row.identifier for row in portion]),
        )
        .order_by(School.id)
    )
    return {row["identifier"]: dict(row) for row in rows.mappings()}


def _new(row: RegisterRow, trusts: Trusts) -> dict[str, Any]:
    identity = {"country": row.country, "scheme": row.scheme, "identifier": row.identifier}
    return _with_search_text(
        identity | {"trust_id": None, "phase": ""} | _said(row, EVERYTHING, trusts)
    )


def _said(row: RegisterRow, stated: Collection[str], trusts: Trusts) -> dict[str, Any]:
    """Return what a row says of a school, as columns; nothing of what its file has not."""
    columns = {name: getattr(row, name) for name in PLAIN if name in stated}
    if columns.get("fsm_percent") is not None:
        columns["fsm_percent"] = round(columns["fsm_percent"], PERCENT_DECIMALS)
    if not row.phase and "low_age" not in stated:
        columns.pop("phase", None)  # it would be told from ages, which this file has not
    return columns | (trusts.of(row) if "trust_name" in stated else {})


def _with_search_text(columns: dict[str, Any]) -> dict[str, Any]:
    text = rules.search_text(columns["name"], columns["town"], columns["postcode"])
    return columns | {"search_name": text}


def _differs(school: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    return any(said[name] != school[name] for name in COLUMNS)


def _write(work: Work, added: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
    moment = {"imported_at": clock.now()}
    if added:
        work.session.execute(insert(School), [row | moment for row in added])
    if changed:
        work.session.execute(update(School), [row | moment for row in changed])
