"""Taking files of the register, on both engines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session, joinedload

from lended.schools import registers, service
from lended.schools.models import School, Trust
from lended.sheets import ImportReport, SheetError, portions
from tests.conftest import Transaction
from tests.lended.schools.register_files import DAILY_FILE, REAL, write_register
from tests.makers import Makers

GROUP_HEADERS = "Group UID,Group ID,Group Name,Group Type,Group Status"
LINK_HEADERS = f"URN,{GROUP_HEADERS}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def taken(transaction: Transaction, path: Path) -> ImportReport:
    register = registers.open_register(path)
    with transaction() as work:
        return service.import_register(work, register)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.read == (
        report.added
        + report.changed
        + report.unchanged
        + len(report.refused)
        + sum(report.passed_over.values())
    )
    return report.added, report.changed, report.unchanged, len(report.refused)


def school(session: Session, urn: str = "900101") -> School:
    session.rollback()
    session.expire_all()
    query = select(School).where(School.identifier == urn).options(joinedload(School.trust))
    return session.scalars(query).one()


def test_a_school_is_kept_with_all_that_is_said(
    transaction: Transaction, session: Session, path: Path
) -> None:
    assert counts(taken(transaction, write_register(path, {}))) == (1, 0, 0, 0)
    found = school(session)
    assert (found.name, found.town, found.postcode) == (
        "Millfold Primary School",
        "Hawkesmere",
        "HD9 1AA",
    )
    assert (found.phase, found.type_group, found.status) == ("primary", "academies", "open")
    assert (found.low_age, found.high_age, found.pupils, found.fsm_percent) == (3, 11, 318, 31.4)
    assert found.sen_types == ("communication_interaction", "sensory_physical")
    assert found.search_name == "millfold primary school hawkesmere hd9 1aa hd91aa"
    assert found.urban is False
    assert found.trust is not None
    assert (found.trust.identifier, found.trust.kind) == ("99001", "multi_academy_trust")


def test_a_second_import_writes_nothing(transaction: Transaction, path: Path) -> None:
    """Not even the moment of the import: nothing but selects reaches the database."""
    write_register(path, {"PercentageFSM": "12.3456"}, {"URN": "900102", "PercentageFSM": "0.1"})
    taken(transaction, path)
    register = registers.open_register(path)
    statements: list[str] = []
    with transaction() as work:
        engine = work.session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
        assert counts(service.import_register(work, register)) == (0, 0, 2, 0)
    assert statements
    assert all(said.startswith("SELECT") for said in statements)


def test_only_what_changed_is_written(
    transaction: Transaction, session: Session, path: Path
) -> None:
    others = [{"URN": str(900_200 + number)} for number in range(5)]
    taken(transaction, write_register(path, {}, *others))
    moment = school(session, "900200").imported_at
    write_register(path, {"EstablishmentName": "Millfold Academy", "NumberOfPupils": ""}, *others)
    assert counts(taken(transaction, path)) == (0, 1, 5, 0)
    found = school(session)
    assert (found.name, found.pupils) == ("Millfold Academy", None)
    assert found.search_name.startswith("millfold academy")
    assert school(session, "900200").imported_at == moment


def test_a_school_that_closes_is_kept_and_keeps_its_organisation(
    transaction: Transaction, session: Session, make: Makers, path: Path
) -> None:
    place = make.organisation("school", "Millfold")
    make.school(place, identifier="900101")
    write_register(path, {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2025"})
    assert counts(taken(transaction, path)) == (0, 1, 0, 0)
    found = school(session)
    assert (found.status, str(found.closed_on)) == ("closed", "2025-08-31")
    assert found.organisation_id == place.id


def test_what_a_file_has_no_column_for_stays(
    transaction: Transaction, session: Session, path: Path
) -> None:
    special = {
        "PhaseOfEducation (name)": "Not applicable",
        "Trusts (name)": "",
        "Trusts (code)": "",
    }
    taken(transaction, write_register(path, {}, {"URN": "900102", **special}))
    few = [
        name
        for name in DAILY_FILE
        if "Age" not in name and "Trust" not in name and name != "SchoolWebsite"
    ]
    write_register(path, {"Town": "Wath"}, {"URN": "900102", **special}, headers=few)
    assert counts(taken(transaction, path)) == (0, 1, 1, 0)
    found = school(session)
    assert (found.town, found.high_age, found.website) == (
        "Wath",
        11,
        "http://www.millfold.sch.example",
    )
    assert found.trust is not None
    assert school(session, "900102").phase == "primary"


def test_a_school_leaves_its_trust(transaction: Transaction, session: Session, path: Path) -> None:
    taken(transaction, write_register(path, {}))
    taken(transaction, write_register(path, {"Trusts (name)": "", "Trusts (code)": ""}))
    assert school(session).trust_id is None


def test_a_trust_known_by_name_alone_is_found_when_there_is_one(
    transaction: Transaction, session: Session, make: Makers, path: Path
) -> None:
    trust = make.trust(name="Hawkesmere Learning Trust")
    headers = [name for name in DAILY_FILE if name != "Trusts (code)"]
    write_register(path, {}, {"URN": "900102", "Trusts (name)": "Unheard-of"}, headers=headers)
    taken(transaction, path)
    assert school(session).trust_id == trust.id
    assert school(session, "900102").trust_id is None
    make.trust(name="HAWKESMERE LEARNING TRUST")
    assert counts(taken(transaction, path)) == (0, 0, 2, 0)
    assert school(session).trust_id == trust.id


def test_refused_rows_do_not_stop_the_others(
    transaction: Transaction, session: Session, path: Path
) -> None:
    write_register(path, {}, {"NumberOfPupils": "many", "URN": "900102"}, {}, {"URN": "900103"})
    report = taken(transaction, path)
    assert counts(report) == (2, 0, 0, 2)
    assert [(refused.line, refused.column) for refused in report.refused] == [
        (3, "NumberOfPupils"),
        (4, ""),
    ]
    assert "line 2 and again on line 4" in report.refused[1].reason


def test_the_longest_names_are_taken_and_numbers_of_trusts_are_numbers(
    transaction: Transaction, session: Session, path: Path
) -> None:
    long = {"EstablishmentName": "N" * 200, "Town": "T" * 300, "Trusts (name)": "L" * 300}
    write_register(path, long, {"URN": "900102", "Trusts (code)": "9" * 100})
    report = taken(transaction, path)
    assert counts(report) == (1, 0, 0, 1)
    assert report.refused[0].column == "Trusts (code)"
    assert len(school(session).town) == 200
    assert counts(taken(transaction, path)) == (0, 0, 1, 1)


def test_a_file_cut_off_changes_nothing(
    transaction: Transaction, session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "PORTION", 10)
    write_register(path, *({"URN": str(900_200 + number)} for number in range(95)))
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(SheetError, match="cut off"):
        taken(transaction, path)
    assert session.scalars(select(School)).all() == []
    assert session.scalars(select(Trust)).all() == []


@pytest.mark.parametrize("portion", [1, 3, 1000])
def test_portions_make_no_difference(
    transaction: Transaction,
    session: Session,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    portion: int,
) -> None:
    monkeypatch.setattr(portions, "PORTION", portion)
    schools = [
        {"URN": str(900_200 + number), "Trusts (code)": str(99_000 + number % 2)}
        for number in range(7)
    ]
    assert counts(taken(transaction, write_register(path, *schools))) == (7, 0, 0, 0)
    assert counts(taken(transaction, path)) == (0, 0, 7, 0)
    assert len(session.scalars(select(Trust)).all()) == 2


def test_no_head_teacher_reaches_the_database(
    transaction: Transaction, session: Session, path: Path
) -> None:
    taken(transaction, write_register(path, {}))
    for table in ("schools", "trusts"):
        for row in session.execute(text(f"SELECT * FROM {table}")):
            assert "Thistlewaite" not in str(row)
            assert "Quenilda" not in str(row)


def written(path: Path, headers: str, *rows: str) -> Path:
    path.write_text("\n".join((headers, *rows)) + "\n", encoding="utf-8")
    return path


def trusts(session: Session) -> Mapping[str, str]:
    session.rollback()
    return {trust.identifier: trust.name for trust in session.scalars(select(Trust))}


def test_trusts_are_added_renamed_and_left(
    transaction: Transaction, session: Session, path: Path
) -> None:
    first = ("1,TR01,Larch Trust,Multi-academy trust,Open", "2,TR02,ELM,Single-academy trust,Open")
    assert counts(taken(transaction, written(path, GROUP_HEADERS, *first))) == (2, 0, 0, 0)
    again = (
        "1,TR01,LARCH TRUST,Multi-academy trust,Open",
        "2,TR02,Oak,Single-academy trust,Closed",
        "3,TR03,Gone,Multi-academy trust,Closed",
        "4,,Federation of Two,Federation,Open",
        "5,TR05,,Multi-academy trust,Open",
    )
    report = taken(transaction, written(path, GROUP_HEADERS, *again))
    assert counts(report) == (0, 1, 1, 1)
    assert sum(report.passed_over.values()) == 2
    assert trusts(session) == {"1": "Larch Trust", "2": "Oak"}


def test_links_tie_known_schools_to_their_trusts(
    transaction: Transaction, session: Session, make: Makers, path: Path
) -> None:
    make.school(identifier="900101")
    rows = (
        "900101,7,TR07,Larch Trust,Multi-academy trust,Open",
        "900101,8,,Two Together,Federation,Open",
        "900199,7,TR07,Larch Trust,Multi-academy trust,Open",
    )
    report = taken(transaction, written(path, LINK_HEADERS, *rows))
    assert counts(report) == (0, 1, 0, 1)
    assert "URN 900199" in report.refused[0].reason
    found = school(session)
    assert found.trust is not None
    assert found.trust.identifier == "7"
    assert counts(taken(transaction, path)) == (0, 0, 1, 1)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not beside this checkout")
@pytest.mark.parametrize(
    "name",
    [
        "gias/edubasealldata_2018_layout_9rows.csv",
        "gias/edubasealldata_2024_layout_cp1252.csv",
        "gias/gias_search_export_surrey_hampshire_2022-04-20.csv",
        "schools_sample.csv",
        "trusts_open_2022.csv",
    ],
)
def test_every_real_file_is_taken_whole_and_then_known(transaction: Transaction, name: str) -> None:
    first = taken(transaction, REAL / name)
    assert first.added == first.read > 0
    again = taken(transaction, REAL / name)
    assert again.unchanged == again.read
