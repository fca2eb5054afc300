"""Processes that start together learn once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SECRET
from tests.house.source import ROOT
from tests.lended.needs.index.process import MANY

STARTS = """
from lended import create_app
app = create_app()
with app.app_context():
    print(len(app.extensions["lended.index"].value().matcher.keys_), flush=True)
"""


def test_of_processes_that_start_together_one_learns(
    stocked: None, database_url: str, tmp_path: Path
) -> None:
    environ = {
        **os.environ,
        "LENDED_SECRET_KEY": SECRET,
        "LENDED_DATA_FOLDER": str(tmp_path),
        "LENDED_DATABASE_URL": database_url,
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-c", STARTS],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate() for process in started]
    assert [out for out, _log in said] == [f"{MANY}\n"] * 3, said
    assert "".join(log for _out, log in said).count("index_learnt") == 1
