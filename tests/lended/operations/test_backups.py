"""What is backed up comes back, whole or not at all, on either engine."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from lended import clock
from lended.catalogue.models import CatalogueRevision
from lended.db import WRITES, engine_options, prepare_engine
from lended.errors import Conflict
from lended.loans.models import LoanLine, Pool
from lended.loans.rules.availability import NEVER
from lended.operations import backups
from lended.operations.backups import BackupRefused
from lended.operations.backups.form import MANIFEST
from lended.operations.checks.shape import GUARDS
from lended.operations.database import guards
from lended.web import pictures
from tests.lended.operations.filled import add, everything, fill, rows_of
from tests.makers import Makers

ROOT = Path(__file__).resolve().parents[3]
UPLOADS = Path("there-are-none")
Edit = Callable[[dict[str, Any]], object]
CUT_SHORT = """
import sys, time
from pathlib import Path
from sqlalchemy import create_engine
import lended
from lended.db import engine_options, prepare_engine
from lended.operations.backups import restoring

real = restoring._fill
def slow(connection, archive, table, progress):
    real(connection, archive, table, progress)
    if table.name == "people":
        print("half-way", flush=True)
        time.sleep(60)
restoring._fill = slow
engine = prepare_engine(create_engine(sys.argv[1], **engine_options(sys.argv[1])))
restoring.restore(engine, Path(sys.argv[2]), lambda count: None, Path(sys.argv[2]).parent)
"""


def quietly(_count: int) -> None:
    """Take progress and say nothing."""


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Return an engine whose database has something in it."""
    fill(engine)
    return engine


@pytest.fixture
def backup(filled: Engine, tmp_path: Path) -> Path:
    """Return a backup of that database."""
    path = tmp_path / "lended.zip"
    backups.write_backup(filled, path, quietly, UPLOADS)
    return path


def rewritten(path: Path, edit: Edit, **contents: bytes | None) -> Path:
    """Return a copy of a backup with its manifest edited and parts replaced or left out."""
    copy = path.with_name("rewritten.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        said = json.loads(old.read(MANIFEST))
        edit(said)
        for name in old.namelist():
            content = contents.pop(Path(name).stem, old.read(name))
            if name != MANIFEST and content is not None:
                new.writestr(name, content)
        for name, more in contents.items():
            new.writestr(name, more or b"")
        new.writestr(MANIFEST, json.dumps(said))
    return copy


def leave(_said: dict[str, Any]) -> None:
    """Change nothing in a manifest."""


def test_everything_comes_back_as_it_was(filled: Engine, backup: Path) -> None:
    before = everything(filled)
    Makers(filled).person()
    backups.restore(filled, backup, quietly, UPLOADS)
    assert everything(filled) == before


def test_a_promise_that_reality_broke_comes_back_too_and_the_guard_with_it(
    filled: Engine, tmp_path: Path
) -> None:
    """What is late holds without end, and what was booked after it still stands in its way."""
    with Session(filled) as session, session.begin():
        line = session.scalars(select(LoanLine).order_by(LoanLine.id)).first()
        assert line is not None
        line.state, line.blocked_until = "overdue", NEVER
        session.get_one(Pool, line.pool_id).capacity = 1
    before = everything(filled)
    backups.write_backup(filled, tmp_path / "late.zip", quietly, UPLOADS)
    backups.restore(filled, tmp_path / "late.zip", quietly, UPLOADS)
    assert everything(filled) == before
    with filled.connect() as connection:
        assert guards(connection) == GUARDS


def test_what_came_later_is_gone_and_numbers_go_on(filled: Engine, backup: Path) -> None:
    highest = max(row["id"] for row in rows_of(filled, "people"))
    Makers(filled).person(email="later@school.example")
    backups.restore(filled, backup, quietly, UPLOADS)
    assert Makers(filled).person(email="anew@school.example").id == highest + 1


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_of_one_engine_is_restored_on_the_other(
    source: str, target: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    urls = [str(request.getfixturevalue(f"{name}_url")) for name in (source, target)]
    one, other = (prepare_engine(create_engine(url, **engine_options(url))) for url in urls)
    fill(one)
    backups.write_backup(one, tmp_path / "moved.zip", quietly, UPLOADS)
    backups.restore(other, tmp_path / "moved.zip", quietly, UPLOADS)
    assert everything(other) == everything(one)
    Makers(other).person()
    one.dispose()
    other.dispose()


def test_running_servers_are_told_that_the_catalogue_changed(filled: Engine, backup: Path) -> None:
    name = CatalogueRevision.__tablename__
    before = rows_of(filled, name)[0]["number"]
    backups.restore(filled, backup, quietly, UPLOADS)
    assert rows_of(filled, name)[0]["number"] > before


def test_only_its_owner_can_read_it_and_it_holds_every_table(backup: Path, filled: Engine) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    manifest = backups.verify(backup)
    assert manifest.rows == sum(len(rows) for rows in everything(filled).values()) + 1


def test_a_file_that_is_there_is_not_written_over(filled: Engine, backup: Path) -> None:
    with pytest.raises(Conflict, match="is there already"):
        backups.write_backup(filled, backup, quietly, UPLOADS)


def test_a_backup_that_fails_leaves_no_file(filled: Engine, tmp_path: Path) -> None:
    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.write_backup(filled, tmp_path / "stopped.zip", stop, UPLOADS)
    assert not [path for path in tmp_path.iterdir() if "stopped" in path.name]


def test_what_is_written_during_a_backup_is_not_in_it(filled: Engine, tmp_path: Path) -> None:
    def write_meanwhile(_count: int) -> None:
        Makers(filled).organisation(name="Opened meanwhile")

    path = tmp_path / "meanwhile.zip"
    backups.write_backup(filled, path, write_meanwhile, UPLOADS)
    with zipfile.ZipFile(path) as archive:
        assert b"Opened meanwhile" not in archive.read("tables/organisations.jsonl")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path: rewritten(path, leave, people=b""), "is not what was written"),
        (lambda path: rewritten(path, leave, people=b"{}\n"), "not a row of people"),
        (lambda path: rewritten(path, leave, people=b"\xff\xfe"), "damaged"),
        (lambda path: rewritten(path, leave, people=None), "not those of its manifest"),
        (lambda path: rewritten(path, leave, stray=b"x"), "not those of its manifest"),
        (lambda path: rewritten(path, lambda said: said["parts"].clear()), "not those of its"),
        (lambda path: rewritten(path, lambda said: said.update(format="x")), "not a backup of"),
        (lambda path: rewritten(path, lambda said: said.pop("revision")), "not a backup of"),
        (lambda path: rewritten(path, lambda said: said.update(parts=[])), "not a backup of"),
        (lambda path: rewritten(path, lambda said: said.update(format_version=99)), "newer"),
        (lambda path: rewritten(path, lambda said: said.update(revision="9999")), "newer"),
    ],
)
def test_what_is_not_whole_or_not_ours_changes_nothing(
    filled: Engine, backup: Path, change: Callable[[Path], Path], words: str
) -> None:
    before = everything(filled)
    with pytest.raises(BackupRefused, match=words) as refused:
        backups.restore(filled, change(backup), quietly, UPLOADS)
    assert "\n" not in refused.value.words
    assert everything(filled) == before


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 99, b"SQLite format 3\0"])
def test_a_foreign_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(content)
    with pytest.raises(BackupRefused, match="not a backup of LendED"):
        backups.verify(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="No such file"):
        backups.verify(tmp_path / "nowhere.zip")


def test_a_file_cut_or_changed_anywhere_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    engine = prepare_engine(create_engine(sqlite_url, **engine_options(sqlite_url)))
    fill(engine)
    backups.write_backup(engine, tmp_path / "whole.zip", quietly, UPLOADS)
    engine.dispose()
    whole = (tmp_path / "whole.zip").read_bytes()
    broken = tmp_path / "broken.zip"
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        broken.write_bytes(whole[:place])
        with pytest.raises(BackupRefused):
            backups.verify(broken)
    intact = {part: whole.find(part) for part in (b"people.jsonl", b"manifest.json")}
    for place in intact.values():
        broken.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
        with pytest.raises(BackupRefused):
            backups.verify(broken)


def test_a_database_of_another_shape_is_left_alone(backup: Path, empty_database_url: str) -> None:
    empty = prepare_engine(create_engine(empty_database_url))
    with pytest.raises(Conflict, match="upgrade"):
        backups.restore(empty, backup, quietly, UPLOADS)
    empty.dispose()


def test_a_restore_killed_half_way_leaves_the_old_rows_whole(
    filled: Engine, backup: Path, database_url: str
) -> None:
    Makers(filled).person(email="new@school.example")
    before = everything(filled)
    filled.dispose()
    running = subprocess.Popen(
        [sys.executable, "-c", CUT_SHORT, database_url, str(backup)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "half-way"
        running.send_signal(signal.SIGKILL)
    assert everything(filled) == before
    Makers(filled).person(email="after@school.example")
    backups.restore(filled, backup, quietly, UPLOADS)


def test_pictures_come_back_with_their_rows_and_a_changed_one_is_refused(
    filled: Engine, tmp_path: Path
) -> None:
    content = b"as it was kept"
    name = f"{hashlib.sha256(content).hexdigest()}.jpg"
    pictures.store(tmp_path / "uploads", name, content)
    with filled.execution_options(**{WRITES: True}).begin() as connection:
        row = {"loan_id": 1, "kind": "missing", "state": "open", "lines": [], "words": "One gone."}
        by = {"opened_at": clock.now(), "opened_by_id": 1}
        add(connection, "incidents", id=1, **row, **by)
        for number, of in enumerate((name, f"{'0' * 64}.jpg")):
            sent = {"incident_id": 1, "person_id": 1, "at": clock.now(), "words": ""}
            add(connection, "incident_photos", id=number + 1, name=of, **sent)
    path = tmp_path / "with-pictures.zip"
    manifest = backups.write_backup(filled, path, quietly, tmp_path / "uploads")
    assert manifest.pictures == [f"uploads/{name}"]
    backups.restore(filled, path, quietly, tmp_path / "restored")
    assert (tmp_path / "restored" / name).read_bytes() == content
    said = {f"uploads/{name}": b"another picture"}
    with pytest.raises(BackupRefused, match="is not what was written"):
        backups.verify(with_other_parts(path, said))


def with_other_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Return a copy of a backup in which some parts are others."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return copy
