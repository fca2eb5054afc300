"""What is installed when, what is trusted afterwards, and what is said when it fails."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from setup_steps import environment
from setup_steps.environment import Environment, Stamp, found, index_options, prepare, told_to_pip
from setup_steps.programs import ProgramFailed
from setup_steps.say import Trouble

UNREACHABLE = "error: Request failed\n  Caused by: dns error: failed to lookup address\n"


class Programs:
    """Stands where other programs would be started; remembers what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failing: dict[str, str] = {}

    def output_of(
        self,
        command: Sequence[str | Path],
        environ: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> str:
        line = " ".join(map(str, command))
        self.asked.append(line)
        for part, output in self.failing.items():
            if part in line:
                raise ProgramFailed(output)
        if " -m venv " in line:
            python = Environment(Path(command[-1]).parent).python
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return ""

    def asked_again(self) -> str:
        """Return what was asked since the last time."""
        lines, self.asked = self.asked, []
        return "\n".join(lines)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    started = Programs()
    monkeypatch.setattr(environment, "output_of", started.output_of)
    return started


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    (tmp_path / "setup_steps").mkdir()
    (tmp_path / "setup_steps" / "uv.txt").write_text("uv==1")
    (tmp_path / "uv.lock").write_text("version = 1")
    return Environment(tmp_path)


def test_the_first_start_installs_and_the_second_does_nothing(
    place: Environment, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(place, dev=False)
    asked = programs.asked_again()
    assert "-m venv --clear" in asked
    assert "--require-hashes --requirement" in asked
    assert "export --quiet --frozen" in asked
    assert "--no-dev" in asked
    assert "pip sync --quiet --require-hashes" in asked
    capsys.readouterr()
    prepare(place, dev=False)
    assert programs.asked_again() == ""
    assert capsys.readouterr().err == ""


def test_a_link_to_another_folder_is_refused_and_nothing_there_is_emptied(
    place: Environment, programs: Programs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "work").touch()
    place.folder.symlink_to(theirs)
    with pytest.raises(Trouble, match="is a link"):
        prepare(place, dev=False)
    assert (theirs / "work").exists()
    assert programs.asked_again() == ""


def test_the_tests_add_their_tools_and_a_run_keeps_them(
    place: Environment, programs: Programs
) -> None:
    prepare(place, dev=False)
    programs.asked_again()
    prepare(place, dev=True)
    asked = programs.asked_again()
    assert "venv --clear" not in asked
    assert "--no-dev" not in asked
    prepare(place, dev=False)
    assert programs.asked_again() == ""


def test_a_new_lock_file_is_installed_into_the_old_folder(
    place: Environment, programs: Programs
) -> None:
    prepare(place, dev=True)
    programs.asked_again()
    (place.root / "uv.lock").write_text("version = 2")
    prepare(place, dev=False)
    asked = programs.asked_again()
    assert "venv --clear" not in asked
    assert "pip sync" in asked
    assert "--no-dev" not in asked


@pytest.mark.parametrize("part", ["-m venv", "pip install", "export", "pip sync"])
def test_an_interrupted_installation_is_not_trusted_and_is_made_anew(
    part: str, place: Environment, programs: Programs
) -> None:
    programs.failing[part] = "killed"
    with pytest.raises(Trouble, match="killed"):
        prepare(place, dev=False)
    assert found(place) is None
    programs.failing.clear()
    programs.asked_again()
    prepare(place, dev=False)
    assert "-m venv --clear" in programs.asked_again()
    assert found(place) is not None


def test_an_interrupted_update_is_made_anew(place: Environment, programs: Programs) -> None:
    prepare(place, dev=False)
    (place.root / "uv.lock").write_text("version = 2")
    programs.failing["pip sync"] = "killed"
    with pytest.raises(Trouble):
        prepare(place, dev=False)
    assert found(place) is None


@pytest.mark.parametrize(
    "home", ["/elsewhere/.venv by Python 3.11 in /usr", "here by Python 2.7 in /usr"]
)
def test_a_folder_of_another_place_or_python_is_made_anew(
    home: str, place: Environment, programs: Programs
) -> None:
    prepare(place, dev=False)
    programs.asked_again()
    stamp = environment.wanted(place, dev=False)
    environment.write_stamp(place, Stamp(home, stamp.packages, dev=False))
    prepare(place, dev=False)
    assert "-m venv --clear" in programs.asked_again()


@pytest.mark.parametrize("half", ["", "{", "[]", '{"home": "x"}', "null", "\x00"])
def test_a_stamp_that_makes_no_sense_is_not_trusted(
    half: str, place: Environment, programs: Programs
) -> None:
    prepare(place, dev=False)
    place.stamp.write_text(half)
    assert found(place) is None


def test_a_folder_whose_python_is_gone_is_not_trusted(
    place: Environment, programs: Programs
) -> None:
    prepare(place, dev=False)
    place.python.unlink()
    assert found(place) is None


def test_a_folder_that_cannot_be_written_to_is_named(
    place: Environment, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Trouble, match="cannot be written to") as caught:
        prepare(place, dev=False)
    assert str(place.root) in str(caught.value)
    assert not programs.asked


@pytest.mark.parametrize("part", ["pip install", "pip sync"])
def test_without_a_network_one_line_says_what_to_do(
    part: str, place: Environment, programs: Programs
) -> None:
    programs.failing[part] = UNREACHABLE
    with pytest.raises(Trouble, match="PIP_INDEX_URL") as caught:
        prepare(place, dev=False)
    assert "\n" not in str(caught.value)


def test_other_failures_are_kept_in_full(place: Environment, programs: Programs) -> None:
    programs.failing["pip sync"] = "a long story\nerror: hash mismatch\n"
    with pytest.raises(Trouble, match="hash mismatch") as caught:
        prepare(place, dev=False)
    assert "\n" not in str(caught.value)
    assert "a long story" in (place.folder / "setup.log").read_text()


def test_uv_is_told_the_index_that_pip_is_told() -> None:
    told = {"index-url": "https://mirror.example/simple", "find-links": "/wheels"}
    assert index_options(told) == ["--default-index", "https://mirror.example/simple"]
    assert index_options({}) == []


def test_uv_is_told_that_there_are_only_files() -> None:
    options = index_options({"find-links": "/wheels /more", "no-index": "1"})
    assert options == ["--no-index", "--find-links=/wheels", "--find-links=/more"]


def test_the_environment_wins_over_a_file() -> None:
    told = told_to_pip(":env:.cert='/mine.pem'\nglobal.cert='/ca.pem'\nglobal.timeout='9'\n")
    assert told == {"cert": "/mine.pem", "timeout": "9"}


def test_an_extra_asked_for_once_stays_until_others_are_named(
    place: Environment, programs: Programs
) -> None:
    (place.root / "pyproject.toml").write_text(
        '[project.optional-dependencies]\nfast = ["a"]\nsemantic = ["b"]\n'
    )
    prepare(place, dev=False)
    prepare(place, dev=False, extras=["semantic", "fast"])
    assert "--extra=fast --extra=semantic" in programs.asked_again()
    prepare(place, dev=False)
    assert programs.asked_again() == ""
    prepare(place, dev=True)
    assert "--extra=fast --extra=semantic" in programs.asked_again()
    prepare(place, dev=False, extras=[])
    assert "--extra" not in programs.asked_again()


def test_an_unknown_extra_is_named_and_nothing_is_changed(
    place: Environment, programs: Programs
) -> None:
    (place.root / "pyproject.toml").write_text("[project.optional-dependencies]\nfast = []\n")
    with pytest.raises(Trouble, match="no extra called faster; there are: fast"):
        prepare(place, dev=False, extras=["faster"])
    assert programs.asked_again() == ""
