"""Rules of lending: states, moves, dates, availability. Pure; no database and no clock."""

from lended.loans.rules.moves import MOVES, Move, next_state
from lended.loans.rules.states import FINAL, HOLDING, OPEN, State

__all__ = ["FINAL", "HOLDING", "MOVES", "OPEN", "Move", "State", "next_state"]
