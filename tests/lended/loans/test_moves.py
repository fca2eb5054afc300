"""The table of moves: the whole square of states and moves."""

from __future__ import annotations

import pytest

from lended.errors import Conflict
from lended.loans.policy import PERMISSIONS
from lended.loans.rules import FINAL, HOLDING, MOVES, OPEN, State, next_state

SQUARE = [(name, state) for name in MOVES for state in State]


@pytest.mark.parametrize(("name", "state"), SQUARE)
def test_every_pair_is_either_in_the_table_or_refused(name: str, state: State) -> None:
    if state in MOVES[name].sources:
        assert next_state(name, state) is MOVES[name].target
    else:
        with pytest.raises(Conflict, match="moved on"):
            next_state(name, state)


def test_nothing_leaves_a_final_state() -> None:
    assert not [name for name, move in MOVES.items() if move.sources & FINAL]


def test_no_move_stays_where_it_is() -> None:
    assert not [name for name, move in MOVES.items() if move.target in move.sources]


def test_what_holds_capacity_is_open() -> None:
    assert HOLDING <= OPEN


def test_every_move_says_who_may_make_it() -> None:
    assert PERMISSIONS.keys() == MOVES.keys()


def test_every_loan_that_is_sent_can_be_closed() -> None:
    reached = {State.DRAFT}
    while True:
        further = {move.target for move in MOVES.values() if move.sources & reached} - reached
        if not further:
            break
        reached |= further
    assert {State.CLOSED, State.DECLINED, State.CANCELLED} <= reached
    stuck = {
        state
        for state in reached - FINAL
        if not any(state in move.sources for move in MOVES.values())
    }
    assert not stuck
