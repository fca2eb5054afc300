"""Who may do what with loans.

A right says which roles may do a thing at all; a party says what a person is to one loan. Whether
the loan is in a state that allows it is no business of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lended.access import CLOCK, Actor, Right, Role, demand
from lended.errors import NotAllowed
from lended.loans.models import Loan

SCHOOL_ROLES = frozenset({Role.TEACHER, Role.SCHOOL_LEAD})
SUPPLIER_ROLE = frozenset({Role.SUPPLIER})
SIDES = SCHOOL_ROLES | SUPPLIER_ROLE

ASK = Right(
    "loan:ask", frozenset({Role.TEACHER}), "Only a teacher of a school can ask for a trial."
)
SIGN_OFF = Right(
    "loan:sign_off", frozenset({Role.SCHOOL_LEAD}), "A school lead signs requests off."
)
APPROVE = Right("loan:approve", SUPPLIER_ROLE, "The supplier answers requests.")
AGREE = Right(
    "loan:agree", SCHOOL_ROLES, "The responsible person at the school agrees to the terms."
)
SEND = Right("loan:send", SUPPLIER_ROLE, "The supplier sends what is lent.")
RECEIVE = Right("loan:receive", SCHOOL_ROLES, "Somebody at the school confirms this.")
RETURN = Right("loan:return", SCHOOL_ROLES, "Somebody at the school gives it back.")
TAKE_BACK = Right("loan:take_back", SUPPLIER_ROLE, "The supplier takes back what was lent.")
DELETE = Right("loan:confirm_deletion", SUPPLIER_ROLE, "The supplier confirms what was deleted.")
CANCEL = Right(
    "loan:cancel",
    SIDES | {Role.STAFF},
    "The school or the supplier can cancel this.",
)
REPORT_LOST = Right("loan:report_lost", SIDES, "The school or the supplier reports a loss.")
BUY = Right("loan:ask_price", SCHOOL_ROLES, "Somebody at the school asks what it costs.")
ANSWER_PRICE = Right("loan:answer_price", SUPPLIER_ROLE, "The supplier says what it costs.")
KEEP_TIME = Right("loan:keep_time", frozenset(), "This happens by itself, by date.")
KEEP_DAYS = Right(
    "days:keep",
    SUPPLIER_ROLE | {Role.SCHOOL_LEAD},
    "A school lead or the supplier says on which days somebody is there.",
)
KEEP_STOCK = Right("stock:keep", SUPPLIER_ROLE, "The supplier keeps its own stock.")


class Party(StrEnum):
    """What a person is to one loan."""

    TEACHER = "teacher"
    RESPONSIBLE = "responsible"
    LEAD = "lead"
    SUPPLIER = "supplier"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Permission:
    """The right a move needs, and which parties to the loan may make it."""

    right: Right
    parties: frozenset[Party]


def _permission(right: Right, *parties: Party) -> Permission:
    return Permission(right, frozenset(parties))


T, R, L, S, A = Party.TEACHER, Party.RESPONSIBLE, Party.LEAD, Party.SUPPLIER, Party.STAFF

PERMISSIONS: dict[str, Permission] = {
    "submit": _permission(ASK, T),
    "submit_for_signoff": _permission(ASK, T),
    "join_queue": _permission(ASK, T),
    "sign_off": _permission(SIGN_OFF, L),
    "refuse_signoff": _permission(SIGN_OFF, L),
    "approve": _permission(APPROVE, S),
    "propose_dates": _permission(APPROVE, S),
    "decline": _permission(APPROVE, S),
    "expire": _permission(KEEP_TIME),
    "offer_place": _permission(KEEP_TIME),
    "accept_dates": _permission(ASK, T),
    "take_place": _permission(ASK, T),
    "take_place_for_signoff": _permission(ASK, T),
    "step_back": _permission(ASK, T),
    "let_lapse": _permission(ASK, T),
    "window_past": _permission(KEEP_TIME),
    "complete_paperwork": _permission(AGREE, R, L),
    "dispatch": _permission(SEND, S),
    "issue": _permission(SEND, S),
    "confirm_receipt": _permission(RECEIVE, T, R),
    "send_again": _permission(SEND, S),
    "fail_delivery": _permission(SEND, S),
    "start": _permission(RECEIVE, T),
    "miss": _permission(KEEP_TIME),
    "cancel": _permission(CANCEL, T, R, L, S, A),
    "ask_extension": _permission(ASK, T),
    "extend": _permission(APPROVE, S),
    "decline_extension": _permission(APPROVE, S),
    "become_overdue": _permission(KEEP_TIME),
    "book_return": _permission(RETURN, T, R, L),
    "take_back": _permission(TAKE_BACK, S),
    "take_back_part": _permission(TAKE_BACK, S),
    "pass_inspection": _permission(TAKE_BACK, S),
    "close_with_incident": _permission(TAKE_BACK, S),
    "report_lost": _permission(REPORT_LOST, R, L, S),
    "end_access_early": _permission(RETURN, T, R, L),
    "end_access": _permission(KEEP_TIME),
    "confirm_deletion": _permission(DELETE, S),
    "mark_deletion_late": _permission(KEEP_TIME),
    "ask_price": _permission(BUY, T, R, L),
    "answer_price": _permission(ANSWER_PRICE, S),
    "give_outcome": _permission(RECEIVE, T),
}


def parties(actor: Actor, loan: Loan) -> frozenset[Party]:
    """Return what the actor is to a loan in the actor's scope; nothing makes the clock a party."""
    if actor.has(Role.SUPPLIER):
        return frozenset({Party.SUPPLIER})
    if actor.has(Role.STAFF):
        return frozenset({Party.STAFF})
    found = set()
    if actor.has(Role.SCHOOL_LEAD):
        found.add(Party.LEAD)
    if actor.person_id == loan.teacher_id:
        found.add(Party.TEACHER)
    if actor.person_id is not None and actor.person_id == loan.responsible_id:
        found.add(Party.RESPONSIBLE)
    return frozenset(found)


def may(actor: Actor, loan: Loan, move: str) -> bool:
    """Tell whether the actor may make a move of a loan in its scope, whatever its state."""
    permission = PERMISSIONS[move]
    if actor is CLOCK:
        return True
    return actor.may(permission.right) and not permission.parties.isdisjoint(parties(actor, loan))


def demand_move(actor: Actor, loan: Loan, move: str) -> None:
    """Go on only when the actor may make the move.

    Raises
    ------
    NotAllowed
        Otherwise, with the right's own words.
    """
    demand(actor, PERMISSIONS[move].right)
    if not may(actor, loan, move):
        raise NotAllowed(PERMISSIONS[move].right.refusal)
