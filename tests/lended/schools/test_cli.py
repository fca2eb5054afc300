"""``import-schools`` as people start it."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from lended.schools.cli import import_schools
from tests.conftest import SECRET
from tests.lended.schools.register_files import write_register

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def run(app: Flask, *arguments: str | Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(import_schools, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def count(tmp_path: Path) -> int:
    connection = sqlite3.connect(tmp_path / "lended.db", timeout=10)
    try:
        found: int = connection.execute("SELECT count(*) FROM schools").fetchone()[0]
        return found
    finally:
        connection.close()


def test_a_file_is_taken_and_summed_up_in_words(app: Flask, path: Path) -> None:
    write_register(path, {}, {"URN": "900102"})
    code, said = run(app, path)
    assert code == 0
    assert "register.csv lists schools" in said
    assert "2 read, 2 added, 0 changed, 0 unchanged, 0 refused." in said
    assert "2 read, 0 added, 0 changed, 2 unchanged, 0 refused." in run(app, path)[1]


def test_what_is_refused_is_shown_and_kept_as_a_sheet(
    app: Flask, path: Path, tmp_path: Path
) -> None:
    bad = [{"URN": f"x{number}"} for number in range(7)]
    write_register(path, {}, *bad)
    refusals = tmp_path / "refused.csv"
    code, said = run(app, path, "--refusals", refusals)
    assert code == 0
    assert said.count("Refused: line") == 5
    assert "and 2 more" in said
    with refusals.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["line"] for row in rows] == [str(line) for line in range(3, 10)]
    assert {row["column"] for row in rows} == {"URN"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"URN,EstablishmentName\n1,x\n", "no columns"),
        (b"URN,LinkURN,LinkName\n1,2,x\n", "links file"),
        (b"name,colour\nx,y\n", "not a file of the register"),
        ("URN,Name\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest of a workbook", "CSV"),
    ],
)
def test_a_wrong_file_is_one_clear_line(
    app: Flask, path: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    path.write_bytes(content)
    code, said = run(app, path)
    assert code == 1
    assert said.startswith("Error: ")
    assert said.count("\n") == 1
    assert words in said
    assert count(tmp_path) == 0


def test_a_file_that_is_not_there_and_a_sheet_that_cannot_be_written_are_named(
    app: Flask, path: Path, tmp_path: Path
) -> None:
    assert run(app, path)[0] == 1
    write_register(path, {})
    code, said = run(app, path, "--refusals", tmp_path / "nowhere" / "refused.csv")
    assert code == 1
    assert "nowhere" in said


def test_a_file_of_nothing_but_refusals_fails(app: Flask, path: Path) -> None:
    code, said = run(app, write_register(path, {"URN": "none"}))
    assert code == 1
    assert "Every row was refused" in said


def test_a_killed_import_leaves_nothing_and_can_be_repeated(
    app: Flask, path: Path, tmp_path: Path
) -> None:
    write_register(path, *({"URN": str(100_000 + number)} for number in range(20_000)))
    environment = os.environ | {
        "LENDED_DATABASE_URL": f"sqlite:///{tmp_path / 'lended.db'}",
        "LENDED_DATA_FOLDER": str(tmp_path),
        "LENDED_SECRET_KEY": SECRET,
    }
    command = [sys.executable, "-m", "flask", "--app", "lended", "import-schools", str(path)]
    log = tmp_path / "lended.db-wal"
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        _wait_until_it_writes(process, log)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert count(tmp_path) == 0
    code, said = run(app, path)
    assert code == 0
    assert "20,000 added" in said


def _wait_until_it_writes(process: subprocess.Popen[bytes], log: Path) -> None:
    patient_until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patient_until:
        assert process.poll() is None, "The import ended before it could be killed."
        if log.exists() and log.stat().st_size > 100_000:
            return
        time.sleep(0.005)
    raise AssertionError("The import never wrote.")
