"""Telling the register's files apart by their columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lended.sheets import Sheet, SheetError, read_rows


class Kind(StrEnum):
    """What a file of the register lists."""

    SCHOOLS = "schools"
    TRUSTS = "trusts"
    MEMBERSHIPS = "memberships"


REQUIRED = {
    Kind.SCHOOLS: (
        "URN",
        "EstablishmentName",
        "EstablishmentStatus (name)",
        "PhaseOfEducation (name)",
        "LA (code)",
        "LA (name)",
        "Town",
        "Postcode",
    ),
    Kind.TRUSTS: ("Group UID", "Group Name", "Group Type", "Group Status"),
    Kind.MEMBERSHIPS: ("URN", "Group UID", "Group Name", "Group Type", "Group Status"),
}
MARKS = (
    ("Group UID", "URN", Kind.MEMBERSHIPS),
    ("Group UID", "Group UID", Kind.TRUSTS),
    ("EstablishmentName", "EstablishmentName", Kind.SCHOOLS),
    ("URN", "URN", Kind.SCHOOLS),
)
"""A file with both of these columns is of this kind; the first that fits counts."""

LINKS_COLUMN = "LinkURN"
LINKS_WORDS = (
    "This is the links file, which says which school followed which. LendED needs the file of all "
    "establishments, whose name begins with “edubasealldata”."
)
UNKNOWN_WORDS = (
    "This is not a file of the register of schools: it has neither a column “URN” nor a column "
    "“Group UID”."
)


@dataclass(frozen=True, slots=True)
class Register:
    """A file of the register: what it lists, and its sheet."""

    kind: Kind
    sheet: Sheet


def open_register(path: str | Path) -> Register:
    """Open a file and tell what it lists.

    Raises
    ------
    SheetError
        When it is the links file or none of the register's, when columns are missing, and for all
        that `sheets.read_rows` refuses.
    """
    sheet = read_rows(path)
    kind = _kind(sheet)
    sheet.demand(REQUIRED[kind])
    return Register(kind, sheet)


def _kind(sheet: Sheet) -> Kind:
    if LINKS_COLUMN in sheet.headers:
        raise SheetError(LINKS_WORDS)
    for column, other, kind in MARKS:
        if column in sheet.headers and other in sheet.headers:
            return kind
    raise SheetError(UNKNOWN_WORDS)
