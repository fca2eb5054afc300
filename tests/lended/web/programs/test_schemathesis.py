"""Schemathesis finds nothing: whatever it sends, as either side, is answered as described."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from flask import Flask
from flask.testing import FlaskClient

from lended.web.limits import limiter
from tests.lended.web.programs.office import Office
from tests.makers import Makers

PROGRAM = Path(sys.executable).parent / "schemathesis"
STATES = ("school_signoff", "requested", "approved")
CONFIG = """
[dictionaries]
loans = {{ values = {loans} }}
products = {{ values = ["{product}"] }}

[parameters]
loan_id = {{ dictionary = "loans", probability = 0.8 }}
slug = {{ dictionary = "products", probability = 0.8 }}

[auth.openapi.token]
bearer = "{token}"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""


@pytest.fixture
def address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return where a real server answers, that slows nobody down."""
    monkeypatch.setattr(limiter, "enabled", False)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.mark.parametrize(
    ("side", "phases"), [("school", "coverage,fuzzing,stateful"), ("supplier", "fuzzing,stateful")]
)
def test_schemathesis_finds_nothing(
    app: Flask,
    made: Makers,
    signed_in: Callable[..., FlaskClient],
    address: str,
    tmp_path: Path,
    side: str,
    phases: str,
) -> None:
    office = Office(app, made, signed_in, capacity=9)
    config = tmp_path / "schemathesis.toml"
    config.write_text(
        CONFIG.format(
            loans=json.dumps([office.loan(state) for state in STATES]),
            product=office.product.slug,
            token=office.school_token if side == "school" else office.supplier_token,
        )
    )
    ended = subprocess.run(
        [PROGRAM, "--config-file", config, "run", f"{address}/api/v1/openapi.json",
         "--url", address, "--checks", "all", "--phases", phases, "--max-examples", "10",
         "--seed", "1", "--no-color"],
        check=False, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    if ended.returncode:
        pytest.fail(ended.stdout + ended.stderr, pytrace=False)
    assert "14 selected / 14 total" in ended.stdout
