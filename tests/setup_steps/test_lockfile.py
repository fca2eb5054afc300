"""The lock file pins everything and names no package index."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from setup_steps.lockfile import without_hosts

ROOT = Path(__file__).resolve().parents[2]


@given(some.from_regex(r"https?://[a-z.]+(:[0-9]+)?(/[a-z0-9_.]+)*/", fullmatch=True))
def test_a_lock_file_loses_every_host_and_keeps_every_file(index: str) -> None:
    lock = (
        f'source = {{ registry = "{index}simple/" }}\n'
        f'sdist = {{ url = "{index}a/b/flask-3.1.tar.gz", hash = "sha256:12", size = 3 }}\n'
        f'wheels = [{{ url = "{index}flask-3.1-py3-none-any.whl#sha256=1/2", size = 3 }}]\n'
    )
    assert without_hosts(lock) == (
        'source = { registry = "index:/simple" }\n'
        'sdist = { url = "index:/flask-3.1.tar.gz", hash = "sha256:12", size = 3 }\n'
        'wheels = [{ url = "index:/flask-3.1-py3-none-any.whl", size = 3 }]\n'
    )


def test_the_lock_file_names_no_host_and_every_dependency() -> None:
    text = (ROOT / "uv.lock").read_text()
    assert without_hosts(text) == text
    assert "://" not in text
    asking = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = asking["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    asked = [*project["dependencies"], *extras, *asking["dependency-groups"]["dev"]]
    (own,) = (p for p in tomllib.loads(text)["package"] if p["name"] == "lended")
    locked = own["metadata"]["requires-dist"] + own["metadata"]["requires-dev"]["dev"]
    assert len(locked) == len(asked)
    assert all(any(line.startswith(entry["name"]) for line in asked) for entry in locked)
