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
        assert next_state(name, state) is (MOVES[name].target or state)
    else:
        with pytest.raises(Conflict, match="moved on"):
            next_state(name, state)


def test_nothing_leaves_a_final_state() -> None:
    leaving = [name for name, move in MOVES.items() if move.target and move.sources & FINAL]
    assert not leaving


def test_every_move_of_the_design_is_in_the_table() -> None:
    assert {move.number for move in MOVES.values()} == set(range(1, 33))


def test_a_move_with_a_target_leads_away_except_a_later_day_for_what_is_in_use() -> None:
    staying = {name for name, move in MOVES.items() if move.target in move.sources}
    assert staying == {"extend"}


def test_what_holds_capacity_is_open() -> None:
    assert HOLDING <= OPEN


def test_every_move_says_who_may_make_it() -> None:
    assert PERMISSIONS.keys() == MOVES.keys()


def test_every_loan_that_is_sent_can_be_closed() -> None:
    reached = {State.DRAFT}
    while True:
        moves = [move for move in MOVES.values() if move.sources & reached]
        further = {move.target for move in moves if move.target} - reached
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
