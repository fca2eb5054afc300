"""What happened to a loan, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from lended.access import OF_STAFF
from lended.loans.policy import Party
from lended.loans.rules import STATE_WORDS, State
from lended.web.theme import day

if TYPE_CHECKING:
    from lended.loans.models import LoanEvent

SCHOOLS_AFFAIR = frozenset(
    {
        "submit_for_signoff",
        "access_shown",
        "join_queue",
        "offer_place",
        "seat_taken",
        "step_back",
        "take_place_for_signoff",
    }
)

EVENT_WORDS: dict[str, str] = {
    "submit_for_signoff": "asked for this trial",
    "submit": "asked for this trial",
    "sign_off": "agreed for the school",
    "refuse_signoff": "did not agree",
    "approve": "said yes",
    "propose_dates": "offered other dates",
    "decline": "said no",
    "accept_dates": "took the dates offered",
    "join_queue": "joined the waiting list",
    "take_place": "took the dates offered and asked for this trial",
    "take_place_for_signoff": "took the dates offered and asked for this trial",
    "step_back": "let the next in line go first",
    "let_lapse": "let the dates go, and left the waiting list",
    "complete_paperwork": "accepted the terms",
    "dispatch": "sent it",
    "issue": "gave access",
    "send_again": "sent it again",
    "fail_delivery": "could not deliver it",
    "confirm_receipt": "confirmed that it arrived",
    "start": "began",
    "cancel": "cancelled",
    "ask_extension": "asked to keep it longer",
    "extend": "agreed that it is kept longer",
    "decline_extension": "asked for it back on its day",
    "ask_price": "asked what it costs",
    "give_outcome": "said what happened",
    "answer_price": "answered what it costs",
    "book_return": "gave it back",
    "take_back": "took it back",
    "take_back_part": "took a part of it back",
    "pass_inspection": "checked what came back",
    "close_with_incident": "checked what came back and found something to settle",
    "report_lost": "reported that it is lost",
    "released": "made it ready to be lent again",
    "written_off": "will not lend it again",
    "end_access_early": "ended access early",
    "end_access": "ended access on its last day",
    "confirm_deletion": "confirmed the deletion",
    "access_shown": "looked at the access",
    "seat_taken": "took a seat",
}
BY_ITSELF: dict[str, str] = {
    "offer_place": "Dates became free and were held for you",
    "step_back": "The dates were not taken in time and went to the next in line",
    "let_lapse": "The dates offered were not taken in time",
    "window_past": "It did not become free in time",
    "expire": "It was not answered in time",
    "confirm_receipt": "It was taken to have arrived, because nobody said otherwise",
    "start": "The trial began on its first day",
    "end_access": "Access ended after its last day",
    "mark_deletion_late": "The deletion of data was marked as late",
    "extend": "It may be kept longer, because nobody waits for it",
    "miss": "It was not taken up in time, and is free for others",
    "become_overdue": "It was not sent back on time",
    "not_back_yet": "It is kept from others, because it was not back when they could have had it",
    "reminded_7": "It was asked for again, a week after its last day",
    "reminded_14": "It was asked for again, two weeks after its last day",
    "at_risk": "There may not be enough for these dates: something lent before is not ready",
    "risk_over": "There is enough for these dates again",
}
"""What is said of moves that the clock made; of others, how the loan stood then."""


def history(
    events: Iterable[LoanEvent], *, supplying: bool
) -> Iterable[tuple[LoanEvent, str, str]]:
    """Yield each event with who did what and said what; the school's own affairs stay there."""
    for event in events:
        if supplying and event.kind in SCHOOLS_AFFAIR:
            continue
        yield event, _who_did_what(event, supplying=supplying), _said(event, supplying=supplying)


def _who_did_what(event: LoanEvent, *, supplying: bool) -> str:
    if event.person is None:
        return BY_ITSELF.get(event.kind, STATE_WORDS[State(event.to_state)]) + _until(event)
    did = "sent you this request" if _from_school(event, supplying) else EVENT_WORDS[event.kind]
    of_staff = OF_STAFF if event.after.get("by") == Party.STAFF else ""
    return f"{event.person.name}{of_staff} {did}{_until(event)}"


def _until(event: LoanEvent) -> str:
    """Name the last day that was asked for or agreed to, where one was."""
    until = event.after.get("until")
    return f", until {day(date.fromisoformat(until))}" if until else ""


def _said(event: LoanEvent, *, supplying: bool) -> str:
    return "" if _from_school(event, supplying) else event.words


def _from_school(event: LoanEvent, supplying: bool) -> bool:
    """Tell whether the supplier looks at what passed between a lead and a teacher."""
    return supplying and event.kind == "sign_off"
