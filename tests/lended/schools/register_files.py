"""Files in the layouts of the register, with invented schools; and the real ones where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lended.schools.registers.schools import SEN_COLUMNS

REAL = Path(__file__).resolve().parents[4] / "shared" / "data"
DAILY_FILE = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "CloseDate",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NumberOfPupils",
    "PercentageFSM",
    "TrustSchoolFlag (name)",
    "Trusts (code)",
    "Trusts (name)",
    "Town",
    "Postcode",
    "SchoolWebsite",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    *SEN_COLUMNS,
    "GOR (name)",
    "UrbanRural (name)",
)
MILLFOLD: Mapping[str, str] = {
    "URN": "900101",
    "LA (code)": "382",
    "LA (name)": "Kirklees",
    "EstablishmentName": "Millfold Primary School",
    "TypeOfEstablishment (code)": "34",
    "TypeOfEstablishment (name)": "Academy converter",
    "EstablishmentTypeGroup (code)": "10",
    "EstablishmentTypeGroup (name)": "Academies",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "3",
    "StatutoryHighAge": "11",
    "NumberOfPupils": "318",
    "PercentageFSM": "31.4",
    "TrustSchoolFlag (name)": "Supported by a multi-academy trust",
    "Trusts (code)": "99001",
    "Trusts (name)": "HAWKESMERE LEARNING TRUST",
    "Town": "Hawkesmere",
    "Postcode": "HD9 1AA",
    "SchoolWebsite": "www.millfold.sch.example",
    "HeadTitle (name)": "Mrs",
    "HeadFirstName": "Quenilda",
    "HeadLastName": "Thistlewaite",
    "SEN1 (name)": "SLCN - Speech, language and Communication",
    "SEN2 (name)": "ASD - Autistic Spectrum Disorder",
    "SEN3 (name)": "VI - Visual Impairment",
    "SEN4 (name)": "OTH - Other Difficulty/Disability",
    "GOR (name)": "Yorkshire and the Humber",
    "UrbanRural (name)": "(England/Wales) Rural village",
}


def write_register(
    path: Path,
    *changes: Mapping[str, str],
    headers: Sequence[str] = DAILY_FILE,
    codec: str = "cp1252",
) -> Path:
    """Write a file with one school for each mapping: Millfold, but for what is given."""
    lines = [headers, *([{**MILLFOLD, **change}.get(h, "") for h in headers] for change in changes)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    path.write_bytes(text.encode(codec))
    return path
