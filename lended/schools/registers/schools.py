"""Rows of the files of all establishments, of whatever year and layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lended.schools.registers import codes
from lended.schools.registers.values import (
    applicable,
    authority_code,
    code_from,
    is_urban,
    pupil_count,
    pupil_percentage,
    region,
    required_name,
    trust_uid,
    urn,
)
from lended.sheets import BadCell, Refused, Row, Sheet, parse_rows
from lended.sheets.cells import clean_line, day, postcode, web_address, whole_number

COUNTRY = "england"
"""The nation whose register it is: some Welsh and overseas schools stand in it too."""
SCHEME = "URN"

SEN_COLUMNS = tuple(f"SEN{number} (name)" for number in range(1, 14))
SOURCES: Mapping[str, tuple[str, ...]] = {
    "identifier": ("URN",),
    "name": ("EstablishmentName",),
    "status": ("EstablishmentStatus (name)",),
    "phase": ("PhaseOfEducation (name)",),
    "type_group": ("EstablishmentTypeGroup (name)", "TypeOfEstablishment (name)"),
    "low_age": ("StatutoryLowAge",),
    "high_age": ("StatutoryHighAge",),
    "pupils": ("NumberOfPupils",),
    "fsm_percent": ("PercentageFSM",),
    "authority_code": ("LA (code)",),
    "authority_name": ("LA (name)",),
    "trust_identifier": ("Trusts (code)",),
    "trust_group_id": ("TrustGroupID",),
    "trust_name": ("Trusts (name)",),
    "trust_kind": ("TrustType", "TrustSchoolFlag (name)"),
    "town": ("Town",),
    "postcode": ("Postcode",),
    "website": ("SchoolWebsite",),
    "region": ("GOR (name)",),
    "urban": ("UrbanRural (name)",),
    "sen_types": SEN_COLUMNS,
    "closed_on": ("CloseDate",),
}
"""The columns each field comes from. No other column is ever taken out of a file."""
WANTED = frozenset(column for columns in SOURCES.values() for column in columns)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A school as its register states it; "" or None where the register says nothing.

    Parameters
    ----------
    phase, type_group, sen_types
        Codes of the vocabularies school_phase, school_type_group and send_need.
    low_age, high_age
        Whole years.
    fsm_percent
        Pupils eligible for free school meals, 0–100.
    trust_identifier, trust_group_id
        The group's UID, which every file knows it by, and its public number such as TR00092.
    """

    line: int
    identifier: str
    name: str
    status: str
    phase: str
    type_group: str
    low_age: int | None
    high_age: int | None
    pupils: int | None
    fsm_percent: float | None
    authority_code: str
    authority_name: str
    trust_identifier: str
    trust_group_id: str
    trust_name: str
    trust_kind: str
    town: str
    postcode: str
    website: str
    region: str
    urban: bool | None
    sen_types: tuple[str, ...]
    closed_on: date | None
    country: str = COUNTRY
    scheme: str = SCHEME


def stated_fields(sheet: Sheet) -> frozenset[str]:
    """Return the fields a file has columns for; the others it leaves as they were."""
    columns = set(sheet.headers)
    return frozenset(field for field, sources in SOURCES.items() if columns & set(sources))


def read_schools(sheet: Sheet) -> Iterator[RegisterRow | Refused]:
    """Yield each school, or why its row is refused; raises SheetError at a cut."""
    return parse_rows(sheet.of(WANTED), _school, lambda school: f"URN {school.identifier}")


def _school(row: Row) -> RegisterRow:
    low, high = _ages(row)
    return RegisterRow(
        line=row.line,
        identifier=row.take("URN", urn),
        name=row.take("EstablishmentName", required_name),
        status=row.take("EstablishmentStatus (name)", code_from(codes.STATUSES)),
        phase=_phase(row, low, high),
        type_group=row.take("EstablishmentTypeGroup (name)", _type_group),
        low_age=low,
        high_age=high,
        pupils=row.take("NumberOfPupils", pupil_count),
        fsm_percent=row.take("PercentageFSM", pupil_percentage),
        authority_code=row.take("LA (code)", authority_code),
        authority_name=row.take("LA (name)", applicable),
        town=row.take("Town", applicable),
        postcode=row.take("Postcode", postcode),
        website=row.take("SchoolWebsite", web_address),
        region=row.take("GOR (name)", region),
        urban=row.take("UrbanRural (name)", is_urban),
        sen_types=_sen_types(row),
        closed_on=row.take("CloseDate", day),
        **_trust(row),
    )


def _ages(row: Row) -> tuple[int | None, int | None]:
    low = row.take("StatutoryLowAge", whole_number)
    high = row.take("StatutoryHighAge", whole_number)
    if low is not None and high is not None and low > high:
        raise BadCell("StatutoryLowAge", f"The lowest age, {low}, is above the highest, {high}.")
    return low, high


def _phase(row: Row, low: int | None, high: int | None) -> str:
    stated = row.take("PhaseOfEducation (name)", code_from(codes.PHASES, codes.NO_PHASE))
    if stated:
        return stated
    if row.take("TypeOfEstablishment (name)", _is_special):
        return codes.SPECIAL
    return codes.phase_of_ages(low, high)


def _is_special(cell: str) -> bool:
    return codes.SPECIAL_TYPE.search(cell) is not None


def _type_group(cell: str) -> str:
    return codes.TYPE_GROUPS.get(cell.strip().casefold(), "")


def _sen_types(row: Row) -> tuple[str, ...]:
    stated = (row.cells.get(column, "") for column in SEN_COLUMNS)
    known = (codes.SEND_NEEDS.get(name.partition(" ")[0].upper()) for name in stated if name)
    return tuple(dict.fromkeys(code for code in known if code))


def _trust(row: Row) -> dict[str, str]:
    name = row.take("Trusts (name)", applicable)
    if not name:
        return dict.fromkeys(("trust_identifier", "trust_group_id", "trust_name", "trust_kind"), "")
    kind = row.cells.get("TrustType") or row.cells.get("TrustSchoolFlag (name)", "")
    return {
        "trust_identifier": row.take("Trusts (code)", trust_uid),
        "trust_group_id": row.take("TrustGroupID", clean_line),
        "trust_name": name,
        "trust_kind": codes.TRUST_KINDS.get(kind.strip().casefold(), ""),
    }
