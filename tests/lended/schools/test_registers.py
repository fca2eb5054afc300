"""Schools are read from the register as it states them, and never more than that."""

from __future__ import annotations

import itertools
import time
import tracemalloc
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from lended import vocabularies
from lended.schools import registers
from lended.schools.registers import RegisterRow, codes, open_register, read_schools
from lended.schools.registers.schools import SOURCES, WANTED, stated_fields
from lended.sheets import Refused, SheetError
from tests.lended.schools.register_files import DAILY_FILE, write_register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edubasealldata20261124.csv"


def schools_of(path: Path) -> list[RegisterRow | Refused]:
    return list(read_schools(open_register(path).sheet))


def school(path: Path, **cells: str) -> RegisterRow:
    """Return the only school of a file, with cells changed by the first words of their header."""
    (row,) = schools_of(write_register(path, changed(cells)))
    assert isinstance(row, RegisterRow), row
    return row


def refusal(path: Path, **cells: str) -> Refused:
    (row,) = schools_of(write_register(path, changed(cells)))
    assert isinstance(row, Refused), row
    return row


def changed(cells: dict[str, str]) -> dict[str, str]:
    named = {header.removesuffix(" (name)"): header for header in DAILY_FILE}
    return {named[short]: cell for short, cell in cells.items()}


def test_a_school_is_read_whole(path: Path) -> None:
    assert school(path) == RegisterRow(
        line=2,
        country="england",
        scheme="URN",
        identifier="900101",
        name="Millfold Primary School",
        status="open",
        phase="primary",
        type_group="academies",
        low_age=3,
        high_age=11,
        pupils=318,
        fsm_percent=31.4,
        authority_code="382",
        authority_name="Kirklees",
        trust_identifier="99001",
        trust_group_id="",
        trust_name="HAWKESMERE LEARNING TRUST",
        trust_kind="multi_academy_trust",
        town="Hawkesmere",
        postcode="HD9 1AA",
        website="http://www.millfold.sch.example",
        region="Yorkshire and the Humber",
        urban=False,
        sen_types=("communication_interaction", "sensory_physical"),
        closed_on=None,
    )


def test_no_column_about_heads_is_ever_taken_out_of_a_file() -> None:
    assert not [column for column in WANTED if "head" in column.casefold()]
    folder = Path(registers.__file__).parent
    for module in folder.glob("*.py"):
        code = module.read_text()
        assert not [
            word for word in ("HeadTitle", "HeadFirst", "HeadLast", "Head of") if word in code
        ]


def test_the_name_of_a_head_is_nowhere_in_what_is_read(path: Path) -> None:
    words = repr(school(path))
    assert "Quenilda" not in words
    assert "Thistlewaite" not in words
    assert "Mrs" not in words


def test_names_are_made_plain(path: Path) -> None:
    assert school(path, EstablishmentName=" St\u00a0Peter’s  – École ").name == "St Peter’s – École"


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("Open", "open"),
        ("Open, but proposed to close", "open"),
        ("Closed", "closed"),
        ("Proposed to open", "proposed"),
    ],
)
def test_every_status_is_known(path: Path, stated: str, status: str) -> None:
    assert school(path, EstablishmentStatus=stated).status == status


def test_a_closed_school_says_since_when(path: Path) -> None:
    closed = school(path, EstablishmentStatus="Closed", CloseDate="31-08-2024")
    assert (closed.status, closed.closed_on) == ("closed", date(2024, 8, 31))


@pytest.mark.parametrize(
    ("low", "high", "phase"),
    [
        ("2", "5", "nursery"),
        ("3", "11", "primary"),
        ("11", "16", "secondary"),
        ("11", "18", "secondary"),
        ("16", "19", "sixteen_plus"),
        ("3", "16", "all_through"),
        ("7", "18", "all_through"),
        ("3", "13", ""),
        ("10", "18", ""),
        ("", "16", ""),
    ],
)
def test_a_phase_that_is_not_stated_follows_from_ages_where_they_leave_no_doubt(
    path: Path, low: str, high: str, phase: str
) -> None:
    row = school(
        path,
        PhaseOfEducation="Not applicable",
        TypeOfEstablishment="Pupil referral unit",
        StatutoryLowAge=low,
        StatutoryHighAge=high,
    )
    assert row.phase == phase


@pytest.mark.parametrize(
    ("kind", "phase"),
    [
        ("Community special school", "special"),
        ("Academy special converter", "special"),
        ("Free schools special", "special"),
        ("Special post 16 institution", "primary"),
    ],
)
def test_a_special_school_is_special_whatever_its_ages(path: Path, kind: str, phase: str) -> None:
    row = school(path, PhaseOfEducation="Not applicable", TypeOfEstablishment=kind)
    assert row.phase == phase


@pytest.mark.parametrize("mark", ["", "..", "SUPP", "x", "z", "NE"])
def test_a_withheld_number_is_not_stated(path: Path, mark: str) -> None:
    row = school(path, NumberOfPupils=mark, PercentageFSM=mark)
    assert (row.pupils, row.fsm_percent) == (None, None)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"URN": "1000001"}, "URN", "five or six digits"),
        ({"URN": "1234"}, "URN", "five or six digits"),
        ({"URN": "9001o1"}, "URN", "“9001o1” is not a URN"),
        ({"URN": ""}, "URN", "is not a URN"),
        ({"EstablishmentName": "\u00a0"}, "EstablishmentName", "There is no name."),
        ({"EstablishmentName": "x" * 201}, "EstablishmentName", "more than 200"),
        ({"EstablishmentStatus": "Ajar"}, "EstablishmentStatus (name)", "“Ajar” is not in"),
        ({"PhaseOfEducation": "Third"}, "PhaseOfEducation (name)", "“Third” is not in"),
        ({"NumberOfPupils": "about 300"}, "NumberOfPupils", "not a whole number"),
        ({"PercentageFSM": "131.4"}, "PercentageFSM", "not a percentage"),
        ({"StatutoryLowAge": "three"}, "StatutoryLowAge", "not a whole number"),
        ({"StatutoryLowAge": "12"}, "StatutoryLowAge", "12, is above the highest, 11"),
        ({"CloseDate": "31-02-2024"}, "CloseDate", "no such day"),
        ({"LA (code)": "Leeds"}, "LA (code)", "not the code of a local authority"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_line_column_and_reason(
    path: Path, cells: dict[str, str], column: str, words: str
) -> None:
    refused = refusal(path, **cells)
    assert (refused.line, refused.column) == (2, column)
    assert words in refused.reason


def test_a_urn_that_stands_twice_is_refused_with_both_lines(path: Path) -> None:
    write_register(path, {}, {"URN": "900102"}, {"EstablishmentName": "Another"})
    *_, refused = schools_of(path)
    assert refused == Refused(
        4, "URN 900101 stands on line 2 and again on line 4; the first was taken."
    )


def test_schools_under_no_authority_have_none(path: Path) -> None:
    row = school(path, **{"LA (code)": "000", "LA": "Does not apply"})
    assert (row.authority_code, row.authority_name) == ("", "")


@pytest.mark.parametrize(
    ("words", "urban"),
    [
        ("(England/Wales) Urban city and town", True),
        ("Urban major conurbation", True),
        ("Larger rural: Further from a major town or city", False),
        ("", None),
    ],
)
def test_town_and_country_are_told_by_both_classifications(
    path: Path, words: str, urban: bool | None
) -> None:
    assert school(path, UrbanRural=words).urban is urban


def test_a_website_that_is_none_is_left_out_and_not_refused(path: Path) -> None:
    assert school(path, SchoolWebsite="javascript:alert(1)").website == ""


def test_a_file_says_which_fields_it_states(path: Path) -> None:
    headers = [header for header in DAILY_FILE if header not in {"SchoolWebsite", "PercentageFSM"}]
    sheet = open_register(write_register(path, {}, headers=headers)).sheet
    assert set(SOURCES) - stated_fields(sheet) == {"website", "fsm_percent", "trust_group_id"}


def test_every_field_of_a_school_says_which_columns_it_comes_from(path: Path) -> None:
    assert set(asdict(school(path))) - set(SOURCES) == {"line", "country", "scheme"}


def test_every_code_is_in_its_vocabulary() -> None:
    for codes_used, vocabulary in (
        (codes.PHASES, "school_phase"),
        (codes.TYPE_GROUPS, "school_type_group"),
        (codes.SEND_NEEDS, "send_need"),
    ):
        assert set(codes_used.values()) <= set(vocabularies.codes(vocabulary))
    for low, high in itertools.product(range(20), repeat=2):
        assert codes.phase_of_ages(low, high) in {"", *vocabularies.codes("school_phase")}


def test_missing_columns_are_all_named(path: Path) -> None:
    headers = [header for header in DAILY_FILE if header not in {"Town", "EstablishmentName"}]
    with pytest.raises(SheetError, match="no columns “EstablishmentName”, “Town”"):
        open_register(write_register(path, {}, headers=headers))


def test_a_truncated_file_is_named_when_its_end_is_reached(path: Path) -> None:
    whole = write_register(path, *({"URN": str(900_000 + n)} for n in range(50))).read_bytes()
    for cut in (3, 40, 300):
        path.write_bytes(whole[:-cut])
        with pytest.raises(SheetError, match="cut off"):
            schools_of(path)


def test_the_links_file_and_any_other_are_told_apart(path: Path) -> None:
    path.write_text("URN,LinkURN,LinkName,LinkType\n900101,900102,Tarn End,Successor\n")
    with pytest.raises(SheetError, match="This is the links file"):
        open_register(path)
    path.write_text("name,price\nkit,3\n")
    with pytest.raises(SheetError, match="not a file of the register"):
        open_register(path)


def test_a_whole_register_is_read_fast_and_in_little_memory(path: Path) -> None:
    write_register(path, *({"URN": str(100_000 + number)} for number in range(51_000)))
    began = time.perf_counter()
    count = sum(isinstance(row, RegisterRow) for row in read_schools(open_register(path).sheet))
    seconds = time.perf_counter() - began
    assert count == 51_000
    assert seconds < 30
    tracemalloc.start()
    for _ in itertools.islice(read_schools(open_register(path).sheet), 25_000):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000
