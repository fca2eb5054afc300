"""The page about lending shows the machine that runs."""

from __future__ import annotations

import pytest

from config import ROOT
from lended.loans.rules import MOVES, State
from lended.operations import drawing

PAGE = (ROOT / drawing.PAGE).read_text(encoding="utf-8")


def test_the_page_is_as_the_code_has_it() -> None:
    assert drawing.drawn_anew(PAGE) == PAGE, "run: python3 manage.py draw-lending"


def test_every_state_and_every_move_is_drawn() -> None:
    for state in State:
        assert f"| {state} |" in PAGE
    for name, move in MOVES.items():
        assert f"| {move.number} | `{name}` |" in PAGE
        if move.target and move.target not in move.sources:
            assert name in drawing.diagram()


def test_a_page_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places for the states"):
        drawing.drawn_anew(PAGE.replace("<!-- states -->", ""))
