"""The first command: what it forwards, and what it says when something is wrong."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from setup_steps import commands
from setup_steps.environment import Environment
from setup_steps.say import Trouble

ROOT = Path(__file__).resolve().parents[2]
HERE = Environment(ROOT)
words = some.lists(some.text(min_size=1), max_size=5)


def test_every_python_since_3_8_can_read_the_file() -> None:
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 8))


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10", "3.14", "4.0"])
def test_an_unsuitable_python_gets_one_clear_line(version: str) -> None:
    numbers = (*map(int, version.split(".")), 0)
    pretend = f"import runpy, sys; sys.version_info = {numbers}; runpy.run_path(sys.argv[1], "
    ended = subprocess.run(
        [sys.executable, "-c", pretend + "run_name='__main__')", str(ROOT / "manage.py"), "run"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr == f"LendED needs Python 3.11, 3.12 or 3.13; this is {version}.\n"


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_a_suitable_python_is_not_refused(minor: int) -> None:
    assert runpy.run_path(str(ROOT / "manage.py"))["refusal"]((3, minor)) == ""


@given(words)
def test_the_arguments_of_a_command_reach_it_as_they_were(arguments: list[str]) -> None:
    assert commands.lended_command(HERE, arguments)[3:] == arguments


@given(words.filter(bool))
def test_the_arguments_of_the_tests_reach_pytest_as_they_were(arguments: list[str]) -> None:
    assert commands.pytest_command(HERE, arguments, 8)[3:] == arguments


@pytest.mark.parametrize(("processors", "processes"), [(1, "2"), (3, "3"), (64, "4")])
def test_the_whole_suite_runs_side_by_side(processors: int, processes: str) -> None:
    command = commands.pytest_command(HERE, [], processors)
    assert command[command.index("--numprocesses") + 1] == processes


def test_lended_is_a_demo_unless_the_environment_says_what_it_is() -> None:
    assert commands.surroundings(HERE, {})["LENDED_DEMO"] == "1"
    assert "LENDED_DEMO" not in commands.surroundings(HERE, {"LENDED_SECRET_KEY": "x"})
    assert commands.surroundings(HERE, {"LENDED_DEMO": "0"})["LENDED_DEMO"] == "0"


def test_a_command_finds_lended_from_any_folder_and_keeps_the_persons_path() -> None:
    path = commands.surroundings(HERE, {"PYTHONPATH": "mine"})["PYTHONPATH"]
    assert path == f"{ROOT}{os.pathsep}mine"


@pytest.mark.parametrize(("command", "dev"), [("matching", True), ("pages", False)])
def test_matching_is_measured_beside_peers_that_come_with_the_tools_for_tests(
    command: str, dev: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = []
    monkeypatch.setattr(commands, "prepare", lambda place, *, dev: prepared.append(dev))
    monkeypatch.setattr(commands, "become", lambda *_: None)
    commands.main(["bench", command])
    assert any(prepared) is dev


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_needs_no_installation(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(commands, "PLACE", Environment(tmp_path))
    assert commands.main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(f"manage.py {name}" in shown for name in ("run", "test", "lock", "commands", "NAME"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble("The folder is full."), "manage.py: The folder is full.\n"),
        (OSError(28, "No space left", "x"), "manage.py: No space left (x)\n"),
    ],
)
def test_trouble_is_one_line_and_a_bad_ending(
    trouble: Exception,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(place: Environment, *, dev: bool) -> None:
        raise trouble

    monkeypatch.setattr(commands, "prepare", fail)
    assert commands.main(["run"]) == 1
    assert capsys.readouterr().err == said
