"""The command line: help for everything, and one clear line when something is wrong."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from lended.__main__ import main
from tests.conftest import SECRET

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs a command in a folder of its own and gives code, words, error."""
    monkeypatch.setenv("LENDED_SECRET_KEY", SECRET)
    monkeypatch.setenv("LENDED_DATA_FOLDER", str(tmp_path))

    def run(*arguments: str, **settings: str) -> tuple[int, str, str]:
        for name, value in settings.items():
            monkeypatch.setenv(f"LENDED_{name}", value)
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_every_command_has_help(run: Run) -> None:
    code, words, _ = run("--help")
    assert code == 0
    for name in ("serve", "clock", "upgrade", "downgrade", "backup", "restore", "check", "bench"):
        assert f"  {name} " in words
        code, help_words, _ = run(name, "--help")
        assert code == 0
        assert len(help_words.splitlines()) > 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": ""}, "LENDED_SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "too short"),
        ({"PORT": "a"}, "LENDED_PORT must be a whole number"),
        ({"DEMO": "perhaps"}, "LENDED_DEMO must be 1 or 0"),
        ({"DATABASE_URL": "mysql://x"}, "LENDED_DATABASE_URL must begin with"),
    ],
)
def test_a_wrong_setting_is_one_line(run: Run, settings: dict[str, str], words: str) -> None:
    code, _, error = run("upgrade", **settings)
    assert code == 1
    assert words in error
    assert len(error.strip().splitlines()) == 1


def test_a_taken_port_is_one_line(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, error = run("serve", "--port", str(port))
    assert code == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in error
    assert len(error.strip().splitlines()) == 1


def test_an_address_that_is_not_ours_is_one_line(run: Run) -> None:
    code, _, error = run("serve", "--host", "203.0.113.7")
    assert code == 1
    assert "Cannot listen on 203.0.113.7" in error


@pytest.mark.parametrize("demo", ["0", "1"])
def test_a_folder_that_cannot_be_written_to_is_one_line(
    run: Run, tmp_path: Path, demo: str
) -> None:
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "in")
    key = "" if demo == "1" else SECRET
    code, _, error = run("serve", "--port", "0", DATA_FOLDER=folder, DEMO=demo, SECRET_KEY=key)
    assert code == 1
    assert "cannot be written to" in error
    assert len(error.strip().splitlines()) == 1


def test_a_database_that_is_away_is_one_line(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code, _, error = run("check", DATABASE_URL=f"postgresql://u@127.0.0.1:{port}/x")
    assert code == 1
    assert "The database does not answer" in error
    assert len(error.strip().splitlines()) == 1


def test_fresh_is_refused_outside_the_demo(run: Run) -> None:
    code, _, error = run("serve", "--port", "0", "--fresh")
    assert code == 2
    assert "--fresh is for the demo only" in error


def test_an_unknown_command_is_named(run: Run) -> None:
    code, _, error = run("lend")
    assert code == 2
    assert "No such command 'lend'" in error


def test_a_database_can_be_made_looked_at_saved_and_taken_back(run: Run, tmp_path: Path) -> None:
    assert run("upgrade")[:2] == (0, "The database is up to date.\n")
    assert run("clock")[0] == 0
    code, words, _ = run("backup", str(tmp_path / "b.zip"))
    assert (code, "rows of" in words) == (0, True)
    code, words, _ = run("restore", "--yes", str(tmp_path / "b.zip"))
    assert (code, "Everything is restored." in words) == (0, True)
    (tmp_path / "b.zip").write_bytes(b"PK")
    code, _, error = run("restore", "--yes", str(tmp_path / "b.zip"))
    assert (code, "not a backup of LendED" in error) == (1, True)
    assert run("downgrade", "--yes")[0] == 0


def test_check_passes_or_lists_what_is_wrong_and_fails(run: Run, tmp_path: Path) -> None:
    run("upgrade")
    code, words, _ = run("check")
    assert (code, words.startswith("All ")) == (0, True)
    with sqlite3.connect(tmp_path / "lended.db") as connection:
        connection.execute("ALTER TABLE people ADD COLUMN stray INTEGER")
    connection.close()
    code, words, error = run("check")
    assert code == 1
    assert words.startswith("No table, column, key or index differs")
    assert "1 found by" in error
