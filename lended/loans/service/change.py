"""The one function through which a loan changes its state."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from lended import clock
from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans import policy, queries
from lended.loans.events import CapacityFreed, LoanMoved
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import HOLDING, MOVED_ON, MOVES, State, next_state
from lended.loans.service.endings import end_what_ends
from lended.loans.service.guard import Held, held_by_the_database, lock_stock_of_loans
from lended.loans.service.promises import promised_by
from lended.work import Work

OF_THIS_LOAN = LoanLine.loan_id == bindparam("this_loan")
THESE_POOLS: BindParameter[int] = bindparam("these_pools", expanding=True)
MOVE = update(Loan).where(Loan.id == bindparam("this_loan"), Loan.state == bindparam("expected"))
MOVE_LINE = update(LoanLine).where(OF_THIS_LOAN, LoanLine.pool_id == bindparam("this_pool"))
MOVE_OTHER_LINES = update(LoanLine).where(OF_THIS_LOAN, LoanLine.pool_id.not_in(THESE_POOLS))
"""Built once: every move of a loan makes them, and building one costs as much as running it."""

SAY_WHY = "Say why, in your own words. The other side reads it."


def loan_to_move(
    work: Work, actor: Actor, loan_id: int, move: str, *, with_history: bool = False
) -> Loan:
    """Return a loan in the actor's scope that the actor may move in this way, now.

    Its stock is locked first, before any loan is looked at, so that no two transactions can wait
    for each other.

    Parameters
    ----------
    with_history
        Whether the move looks at what happened before.

    Raises
    ------
    NotFound
        When the loan does not exist for the actor.
    NotAllowed
        When it is for somebody else to do.
    Conflict
        When the loan is in another state.
    """
    lock_stock_of_loans(work, [loan_id])
    read = queries.loan if with_history else queries.loan_to_move
    loan = read(work.session, actor, loan_id)
    policy.demand_move(actor, loan, move)
    next_state(move, State(loan.state))
    return loan


def change(
    work: Work,
    actor: Actor,
    loan: Loan,
    move: str,
    *,
    reason: str = "",
    words: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    held: Held | None = None,
    **values: Any,
) -> None:
    """Move a loan and its lines to their next state, keep who did it, and say so.

    Everything that changes with the state is given here as well, so that two people who act at the
    same moment can never both have their way. A move that leads nowhere leaves what was promised
    as it is.

    Parameters
    ----------
    before, after
        What else changed, for the history.
    held
        Other dates than before; None when they stay.
    values
        Columns of the loan that change with the state.

    Raises
    ------
    Conflict
        When the loan is not, or no longer, in a state the move starts from.
    Invalid
        When the move wants words and there are none.
    """
    source = State(loan.state)
    target = next_state(move, source)
    if MOVES[move].words_wanted and not words.strip():
        raise Invalid(problems={"words": SAY_WHY})
    who = (actor.person_id, actor.signature)
    moved = LoanMoved(loan.id, move, source, target, clock.now(), *who, words)
    if MOVES[move].target is not None:
        values |= {"changed_at": moved.at}
        values.setdefault("act_by", promised_by(loan, target, held))
    _write(work, loan, moved, held, values)
    work.write(LoanEvent, _row(moved, reason, before or {}, after or {}))
    work.record(moved)
    if source in HOLDING and (target not in HOLDING or held is not None):
        work.record(CapacityFreed(loan.product_id, let_go_by=loan.id))
    end_what_ends(work, moved)


def note(work: Work, actor: Actor, loan: Loan, kind: str, after: dict[str, Any]) -> None:
    """Keep something that happened without changing the loan's state."""
    work.session.add(
        LoanEvent(
            loan_id=loan.id,
            person_id=actor.person_id,
            at=clock.now(),
            kind=kind,
            from_state=loan.state,
            to_state=loan.state,
            after=after,
        )
    )
    work.session.flush()


def _write(
    work: Work, loan: Loan, moved: LoanMoved, held: Held | None, values: dict[str, Any]
) -> None:
    """Move the loan and its lines, unless somebody else has moved it meanwhile."""
    changed = values | {"state": moved.to_state}
    asked = {"this_loan": moved.loan_id, "expected": moved.from_state}
    if work.run(MOVE, asked | changed).rowcount != 1:
        raise Conflict(MOVED_ON)
    _remember(loan, changed)
    if loan.lines and (held is not None or moved.to_state != moved.from_state):
        with held_by_the_database():
            _write_lines(work, loan, moved, held)


def _write_lines(work: Work, loan: Loan, moved: LoanMoved, held: Held | None) -> None:
    """Move what a loan holds; what stays held never lets go in between."""
    windows = held.windows if held else {}
    state = {"state": moved.to_state, "holds": moved.to_state in HOLDING}
    others = {"this_loan": moved.loan_id, "these_pools": list(windows)}
    work.run(MOVE_OTHER_LINES, others | state)
    for line in loan.lines:
        _remember(line, state)
    for pool_id, window in windows.items():
        assert held is not None
        changed = state | {
            "holds": state["holds"] or held.lasting,
            "starts_on": held.dates.starts_on,
            "due_on": held.dates.due_on,
            "blocked_from": window.start,
            "blocked_until": window.end,
        }
        asked = {"this_loan": moved.loan_id, "this_pool": pool_id}
        work.run(MOVE_LINE, asked | changed)
        for line in loan.lines:
            if line.pool_id == pool_id:
                _remember(line, changed)


def _remember(row: Loan | LoanLine, changed: dict[str, Any]) -> None:
    """Let what was read before say what is written by now."""
    for name, value in changed.items():
        set_committed_value(row, name, value)


def _row(
    moved: LoanMoved, reason: str, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    return {
        "loan_id": moved.loan_id,
        "person_id": moved.person_id,
        "at": moved.at,
        "kind": moved.move,
        "from_state": moved.from_state,
        "to_state": moved.to_state,
        "reason": reason,
        "words": moved.words,
        "before": before,
        "after": after,
    }
