"""What is to be done next with a loan, by whom, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from lended import clock
from lended.access import Actor
from lended.loans import policy, service
from lended.loans.policy import Party
from lended.loans.rules import MOVES, State
from lended.loans.rules.calendar import in_words

if TYPE_CHECKING:
    from lended.loans.models import Loan


@dataclass(frozen=True, slots=True)
class Action:
    """A button: either a page to fill in, or a POST of its own."""

    move: str
    endpoint: str
    label: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, seen by one actor.

    Parameters
    ----------
    words
        One sentence.
    primary
        What this actor can do about it; None when somebody else has to act.
    others
        What else this actor can do.
    promise
        The promised day in a sentence of its own; empty when none is.
    """

    words: str
    by: date | None
    late: bool
    primary: Action | None
    others: tuple[Action, ...]
    promise: str

    @property
    def by_words(self) -> str:
        """The day beside a thing to do in a list; empty when no day is promised."""
        if self.by is None:
            return ""
        return f"{'Was due on' if self.late else 'By'} {in_words(self.by)}"


ACTIONS: tuple[Action, ...] = (
    Action("submit_for_signoff", "loans.ask", "Go on writing"),
    Action("sign_off", "loans.sign_off", "Agree to it"),
    Action("refuse_signoff", "loans.refuse_signoff", "Say no"),
    Action("approve", "loans.approve", "Say yes", post=True),
    Action("propose_dates", "loans.propose_dates", "Offer other dates"),
    Action("decline", "loans.decline", "Say no"),
    Action("accept_dates", "loans.accept_dates", "Take these dates", post=True),
    Action("take_place", "loans.take_place", "Take these dates", post=True),
    Action("step_back", "loans.step_back", "Let the next one go first"),
    Action("complete_paperwork", "loans.paperwork", "Read and accept the terms"),
    Action("dispatch", "loans.dispatch", "Send it"),
    Action("issue", "loans.issue", "Give access"),
    Action("confirm_receipt", "loans.confirm_receipt", "Check what arrived"),
    Action("start", "loans.begin", "We have begun", post=True),
    Action("send_again", "loans.send_again", "Send it again"),
    Action("fail_delivery", "loans.fail_delivery", "It could not be delivered"),
    Action("book_return", "loans.book_return", "Send it back"),
    Action("end_access_early", "loans.end_access_early", "End it early"),
    Action("extend", "loans.extend", "Let them keep it", post=True),
    Action("decline_extension", "loans.decline_extension", "Say no"),
    Action("ask_extension", "loans.ask_extension", "Ask to keep it longer"),
    Action("take_back", "loans.take_back", "All of it is back", post=True),
    Action("take_back_part", "loans.take_back_part", "A part is back"),
    Action("report_lost", "loans.report_lost", "It is lost"),
    Action("pass_inspection", "loans.inspect", "Check what came back"),
    Action("confirm_deletion", "loans.confirm_deletion", "Confirm the deletion"),
    Action(
        "confirm_deletion_after_loss", "loans.confirm_deletion_after_loss", "Confirm the deletion"
    ),
    Action("cancel", "loans.cancel", "Cancel"),
)
KITS_ONLY = frozenset({"dispatch", "book_return", "report_lost"})
ACCESS_ONLY = frozenset({"issue", "end_access_early"})
FROM_QUEUE_ONLY = frozenset({"take_place", "step_back"})
FROM_SUPPLIER_ONLY = frozenset({"accept_dates"})
NEVER_PRIMARY = frozenset(
    {
        "ask_extension",
        "cancel",
        "decline",
        "decline_extension",
        "end_access_early",
        "fail_delivery",
        "propose_dates",
        "refuse_signoff",
        "report_lost",
        "send_again",
        "step_back",
        "take_back_part",
    }
)
LEAVE = Action("cancel", "loans.cancel", "Leave the list")
ONCE_ASKED = frozenset({"extend", "decline_extension"})
"""What answers a wish to keep a loan longer, and makes no sense without one."""

REFUSALS = frozenset({"refuse_signoff", "decline"})
IN_USE = frozenset({State.ACTIVE, State.OVERDUE})
NEAR_THE_END = timedelta(days=7)

Sentence: TypeAlias = "Callable[[Loan], str]"


def _offered(loan: Loan) -> str:
    if service.from_queue(loan):
        return "These dates are free, and held for you."
    return f"{loan.supplier.name} offers other dates."


def _to_delete(loan: Loan) -> str:
    if is_physical(loan):
        return f"It is back and checked. {loan.supplier.name} still has to delete your data."
    return f"{loan.supplier.name} has to delete your data."


SCHOOL_WAITS: dict[State, Sentence] = {
    State.DRAFT: lambda _loan: "Finish your request and send it.",
    State.SCHOOL_SIGNOFF: lambda _loan: "The school’s lead has to agree first.",
    State.REQUESTED: lambda loan: f"{loan.supplier.name} has to answer.",
    State.WAITLISTED: lambda _loan: "It is on the waiting list.",
    State.OFFERED: _offered,
    State.APPROVED: lambda loan: f"{_responsible(loan)} has to accept the terms.",
    State.PREPARING: lambda loan: f"{loan.supplier.name} is getting it ready.",
    State.DISPATCHED: lambda _loan: "It is on its way. Check what is in the box when it comes.",
    State.ISSUED: lambda _loan: "You have access. Begin when you are ready.",
    State.RETURNING: lambda loan: f"It is on its way back to {loan.supplier.name}.",
    State.INSPECTION: lambda loan: f"{loan.supplier.name} checks what came back.",
    State.ACCESS_ENDED: _to_delete,
    State.OVERDUE: lambda _loan: "It should be back already. Please send it.",
    State.LOST: lambda loan: f"{loan.supplier.name} still has to delete your data.",
}
SUPPLIER_WAITS: dict[State, Sentence] = {
    State.REQUESTED: lambda loan: f"{loan.school.name} would like to try this.",
    State.OFFERED: lambda loan: f"{loan.teacher.name} has to accept the dates you offered.",
    State.APPROVED: lambda loan: f"{loan.school.name} has to accept the terms.",
    State.PREPARING: lambda loan: (
        f"The school has accepted the terms. {'Send it' if is_physical(loan) else 'Give access'}."
    ),
    State.DISPATCHED: lambda loan: f"It is on its way to {loan.school.name}.",
    State.ISSUED: lambda loan: f"{loan.school.name} has access and has not begun yet.",
    State.RETURNING: lambda _loan: "It is on its way back. Say so when it is there.",
    State.INSPECTION: lambda _loan: "Check what came back, item by item.",
    State.ACCESS_ENDED: lambda _loan: "Delete the school’s data and confirm it.",
    State.OVERDUE: lambda loan: f"{loan.school.name} has not sent it back yet.",
    State.LOST: lambda _loan: "Delete the school’s data all the same, and confirm it.",
}

TO_DO: dict[State, Sentence] = {
    State.SCHOOL_SIGNOFF: lambda loan: f"{loan.teacher.name} would like to try this.",
    State.APPROVED: lambda _loan: "Accept the terms, so that the supplier can get it ready.",
    State.ACTIVE: lambda _loan: "It is nearly time to send it back.",
}
"""What is said instead to the one who has to act."""

ANSWER = ("The answer is due by {day}.", "The answer was due by {day}.")
ARRIVAL = ("It should arrive by {day}.", "It should have arrived by {day}.")
LAST_DAY = ("The last day is {day}.", "The last day was {day}.")
WHATEVER_ELSE = ("This is due by {day}.", "This was due by {day}.")
PROMISES: dict[State, tuple[str, str]] = {
    State.SCHOOL_SIGNOFF: ANSWER,
    State.REQUESTED: ANSWER,
    State.OFFERED: ("They are held until {day}.", "They were held until {day}."),
    State.DISPATCHED: ARRIVAL,
    State.ISSUED: ("The first day is {day}.", "The first day was {day}."),
    State.ACTIVE: LAST_DAY,
    State.OVERDUE: LAST_DAY,
    State.RETURNING: ARRIVAL,
}
"""What the promised day is, before it has passed and after."""


def next_step(actor: Actor, loan: Loan) -> NextStep | None:
    """Return what comes next for an actor; None when nothing does.

    After a loss there is one thing left at most: data to be deleted by the day that was promised.
    """
    words = _words(actor, loan)
    if not words:
        return None
    state = State(loan.state)
    may_do = _possible_actions(actor, loan)
    by = loan.act_by if state is not State.WAITLISTED else None
    late = by is not None and by < clock.today()
    waiting = [action for action in may_do if _waits(action, by)]
    primary = waiting[0] if waiting else None
    if primary and state in TO_DO and not loan.wish_to_keep:
        words = TO_DO[state](loan)
    return NextStep(
        words=words,
        by=by,
        late=late,
        primary=primary,
        others=tuple(action for action in may_do if action is not primary),
        promise=PROMISES.get(state, WHATEVER_ELSE)[late].format(day=in_words(by)) if by else "",
    )


def is_physical(loan: Loan) -> bool:
    """Tell whether something is sent and comes back."""
    return any(line.pool.kind == "physical" for line in loan.lines)


def _possible_actions(actor: Actor, loan: Loan) -> list[Action]:
    """Return what the actor may do now; who can say no needs no other way to end it."""
    possible = [action for action in ACTIONS if _possible(actor, loan, action.move)]
    if loan.state == State.WAITLISTED:
        return [LEAVE] if possible else []
    if REFUSALS.isdisjoint(action.move for action in possible):
        return possible
    return [action for action in possible if action.move != "cancel"]


def _waits(action: Action, by: date | None) -> bool:
    """Tell whether an action is what the loan waits for; a return is, near the last day."""
    if action.move == "book_return":
        return by is not None and clock.today() + NEAR_THE_END >= by
    return action.move not in NEVER_PRIMARY


def _possible(actor: Actor, loan: Loan, move: str) -> bool:
    here = loan.state in MOVES[move].sources and policy.may(actor, loan, move)
    return here and _makes_sense(loan, move)


def _makes_sense(loan: Loan, move: str) -> bool:
    """Tell whether a move is meant for loans like this one, from a state that allows it."""
    if move in (ACCESS_ONLY if is_physical(loan) else KITS_ONLY):
        return False
    if move in (FROM_SUPPLIER_ONLY if service.from_queue(loan) else FROM_QUEUE_ONLY):
        return False
    if move in ONCE_ASKED:
        return bool(loan.wish_to_keep)
    return move != "ask_extension" or not loan.wish_to_keep


def _words(actor: Actor, loan: Loan) -> str:
    state = State(loan.state)
    supplier = Party.SUPPLIER in policy.parties(actor, loan)
    if state is State.LOST and loan.act_by is None:
        return ""
    if loan.wish_to_keep and state in IN_USE:
        return _longer(loan, supplier=supplier)
    if state is State.ACTIVE:
        return _in_use(actor, loan)
    sentence = (SUPPLIER_WAITS if supplier else SCHOOL_WAITS).get(state)
    return sentence(loan) if sentence else ""


def _longer(loan: Loan, *, supplier: bool) -> str:
    assert loan.wish_to_keep is not None
    until = in_words(loan.wish_to_keep.until_on)
    if supplier:
        return f"{loan.school.name} would like to keep it until {until}."
    return f"{loan.supplier.name} has to answer whether you can keep it until {until}."


def _in_use(actor: Actor, loan: Loan) -> str:
    if Party.SUPPLIER in policy.parties(actor, loan):
        return f"{loan.school.name} is using it."
    if is_physical(loan):
        return "Use it in your lessons, then send it back."
    return "Use it in your lessons, and export your work before access ends by itself."


def _responsible(loan: Loan) -> str:
    return loan.responsible.name if loan.responsible else "The responsible person"
