"""Rules of lending: states, moves, dates, availability. Pure; no database and no clock."""

from lended.loans.rules.moves import MOVED_ON, MOVES, Move, next_state
from lended.loans.rules.states import FINAL, HOLDING, NOT_SENT_YET, OPEN, OUT, STATE_WORDS, State

__all__ = [
    "FINAL",
    "HOLDING",
    "MOVED_ON",
    "MOVES",
    "NOT_SENT_YET",
    "OPEN",
    "OUT",
    "STATE_WORDS",
    "Move",
    "State",
    "next_state",
]
