"""The states of a loan."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a loan stands, physical or digital."""

    DRAFT = "draft"
    SCHOOL_SIGNOFF = "school_signoff"
    REQUESTED = "requested"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    APPROVED = "approved"
    PREPARING = "preparing"
    DISPATCHED = "dispatched"
    ISSUED = "issued"
    ACTIVE = "active"
    OVERDUE = "overdue"
    RETURNING = "returning"
    INSPECTION = "inspection"
    ACCESS_ENDED = "access_ended"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"
    LOST = "lost"
    FAILED_DELIVERY = "failed_delivery"


HOLDING = frozenset(
    {
        State.SCHOOL_SIGNOFF,
        State.REQUESTED,
        State.OFFERED,
        State.APPROVED,
        State.PREPARING,
        State.DISPATCHED,
        State.ISSUED,
        State.ACTIVE,
        State.OVERDUE,
        State.RETURNING,
        State.INSPECTION,
    }
)
"""States in which a loan takes capacity away from others."""

NOT_SENT_YET = frozenset(
    {State.SCHOOL_SIGNOFF, State.REQUESTED, State.OFFERED, State.APPROVED, State.PREPARING}
)
"""States in which something is promised and still at its supplier."""

OUT = HOLDING - NOT_SENT_YET
"""States in which something is with a school, on its way, or back and not checked yet."""

FINAL = frozenset(
    {
        State.CLOSED,
        State.DECLINED,
        State.CANCELLED,
        State.EXPIRED,
        State.NO_SHOW,
        State.LOST,
        State.FAILED_DELIVERY,
    }
)
"""States that nothing leaves."""

OPEN = frozenset(State) - FINAL
"""States in which somebody still has something to do."""

STATE_WORDS: dict[State, str] = {
    State.DRAFT: "Being written",
    State.SCHOOL_SIGNOFF: "With the school’s lead",
    State.REQUESTED: "With the supplier",
    State.WAITLISTED: "On the waiting list",
    State.OFFERED: "Dates offered",
    State.APPROVED: "Agreed, papers to do",
    State.PREPARING: "Being prepared",
    State.DISPATCHED: "On its way",
    State.ISSUED: "Access given",
    State.ACTIVE: "In use",
    State.OVERDUE: "Late",
    State.RETURNING: "On its way back",
    State.INSPECTION: "Being checked",
    State.ACCESS_ENDED: "Ended, data to be deleted",
    State.CLOSED: "Finished",
    State.DECLINED: "Declined",
    State.CANCELLED: "Cancelled",
    State.EXPIRED: "Time ran out",
    State.NO_SHOW: "Not taken up",
    State.LOST: "Lost",
    State.FAILED_DELIVERY: "Not delivered",
}
"""How a state is called on a screen."""
