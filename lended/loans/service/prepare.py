"""From yes to on its way: paperwork, dispatch of kits, issue of access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import Conflict, Invalid
from lended.loans import queries
from lended.loans.models import Binding, Loan, LoanLine, Paperwork, Unit
from lended.loans.rules.papers import (
    DispatchWish,
    PaperworkWish,
    demand_items,
    demand_paperwork,
)
from lended.loans.rules.stock import SWOLLEN, check_is_old
from lended.loans.rules.terms import digest
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.codes import claim_codes
from lended.loans.service.contents import keep_check
from lended.loans.service.guard import held_by_the_database, hold_from_today, is_physical
from lended.loans.service.holding import kit_lines
from lended.loans.service.kits import keep_history
from lended.loans.service.promises import demand_not_missed
from lended.work import Work

AWAY = "This kit is with another school or out of service. Choose another one."
NOT_THERE = (
    "Nothing is there to be sent: what you lend of it is with schools or set aside. First say that "
    "something has come back, or that you lend more of it."
)
UNSAFE = "A kit with a swollen battery is never sent. Set it aside and choose another one."


def complete_paperwork(work: Work, actor: Actor, loan_id: int, wish: PaperworkWish) -> None:
    """Accept the terms for the school and say what the supplier needs to know.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to agree to, not the moment, or too late to be taken up.
    Invalid
        When something this loan needs is missing.
    """
    loan = loan_to_move(work, actor, loan_id, "complete_paperwork")
    demand_not_missed(loan)
    demand_paperwork(wish, "physical" if is_physical(loan) else "digital", loan.product_facts)
    change(work, actor, loan, "complete_paperwork")
    work.session.add(
        Paperwork(
            loan_id=loan.id,
            terms_digest=digest(loan.terms),
            accepted_by_id=actor.person_id,
            accepted_at=clock.now(),
            deputy=wish.deputy,
            address=wish.address,
            delivery_window=wish.delivery_window,
            data_protection=wish.data_protection,
            data_protection_words=wish.data_protection_words,
        )
    )
    work.session.flush()


def dispatch(work: Work, actor: Actor, loan_id: int, wish: DispatchWish) -> None:
    """Send a kit: which one, what is in it, in what condition, what was checked.

    The seats that go with it get their activation codes, where the supplier keeps them.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to send.
    Conflict
        When the loan is digital, not ready to be sent or too late to be, the kit is with another
        school, others were promised it first, all that there is has been sent already, or fewer
        codes are left than seats go with it.
    Invalid
        When no kit is chosen though kits have serials, one has a swollen battery, no condition is
        given, or nobody says what was checked where the last electrical check is long ago.
    """
    loan = loan_to_move(work, actor, loan_id, "dispatch")
    demand_not_missed(loan)
    if not is_physical(loan):
        raise Conflict("There is nothing to send: this is access. Issue it instead.")
    if not wish.condition.strip():
        raise Invalid(problems={"condition": "Say in what condition it leaves."})
    demand_items(wish.items)
    if not is_there(work.session, loan):
        raise Conflict(NOT_THERE)
    hold_from_today(work, loan)
    chosen = _demand_units(work, loan, wish.unit_ids)
    _demand_checked(chosen, wish.safety_words)
    codes = claim_codes(work, loan)
    change(work, actor, loan, "dispatch", after={"tracking": wish.tracking}, at_risk_at=None)
    _bind(work, loan, chosen, codes)
    keep_check(work, actor, loan, "dispatch", wish.items, words=wish.words, tracking=wish.tracking)
    keep_history(work, actor, chosen, "dispatch", words=wish.words, loan_id=loan.id)


def is_there(session: Session, loan: Loan) -> bool:
    """Tell whether as many kits as a loan needs can be at the supplier's, whatever was promised."""
    away = queries.out_now(session, [line.pool_id for line in kit_lines(loan)])
    return all(
        line.pool.in_service is None
        or line.pool.in_service - away.get(line.pool_id, 0) >= line.quantity
        for line in kit_lines(loan)
    )


def issue(work: Work, actor: Actor, loan_id: int, access_words: str = "") -> None:
    """Give access: an activation code for each seat where the supplier keeps them, or words.

    Either is shown to the teacher and the responsible person only.

    Raises
    ------
    NotFound, NotAllowed
        When it is not the actor's to issue.
    Conflict
        When the loan is a kit, not ready, too late, others were promised the seats first, or fewer
        codes are left than it has seats.
    Invalid
        When there are neither codes nor words.
    """
    loan = loan_to_move(work, actor, loan_id, "issue")
    demand_not_missed(loan)
    if is_physical(loan):
        raise Conflict("This is a kit. Send it instead.")
    hold_from_today(work, loan)
    codes = claim_codes(work, loan)
    if not codes and not access_words.strip():
        raise Invalid(problems={"access_words": "Say how the school gets in."})
    change(work, actor, loan, "issue", access_words=access_words.strip())
    _bind(work, loan, (), codes)


def _demand_units(work: Work, loan: Loan, unit_ids: Sequence[int]) -> list[Unit]:
    """Return the kits chosen for a loan's lines: as many as go, and none that is away or unsafe."""
    wanted, chosen = list(dict.fromkeys(unit_ids)), list[Unit]()
    for line in kit_lines(loan):
        units = {unit.id: unit for unit in queries.units(work.session, line.pool_id)}
        of_line = [units[unit_id] for unit_id in wanted if unit_id in units]
        if any(unit.battery == SWOLLEN for unit in of_line):
            raise Invalid(problems={"unit_ids": UNSAFE})
        _demand_as_many(line, len(of_line), units.values())
        free = {unit.id for unit in queries.units_free(work.session, line.pool_id)}
        if not free.issuperset(unit.id for unit in of_line):
            raise Conflict(AWAY)
        chosen += of_line
    if len(chosen) < len(wanted):
        raise Invalid(problems={"unit_ids": "Choose from your own kits."})
    return chosen


def _bind(work: Work, loan: Loan, units: Iterable[Unit], codes: Iterable[Binding]) -> None:
    lines = {line.pool_id: line.id for line in loan.lines}
    work.session.add_all(codes)
    work.session.add_all(
        Binding(line_id=lines[unit.pool_id], unit_id=unit.id, made_at=clock.now()) for unit in units
    )
    with held_by_the_database():
        work.session.flush()


def _demand_as_many(line: LoanLine, chosen: int, units: Iterable[Unit]) -> None:
    """Kits that have serials are told apart: whoever sends some says which."""
    can_be_told = sum(unit.state == "in_service" for unit in units) >= line.quantity
    if chosen > line.quantity or (can_be_told and chosen < line.quantity):
        many = "the kit" if line.quantity == 1 else f"the {line.quantity} kits"
        raise Invalid(problems={"unit_ids": f"Choose {many} you are sending."})


def _demand_checked(units: Iterable[Unit], safety_words: str) -> None:
    today = clock.today()
    old = [unit.serial for unit in units if check_is_old(unit.electrical_check_on, today)]
    if old and not safety_words.strip():
        whose = ", ".join(old)
        words = f"No electrical check in the last year is kept for {whose}. Say what you checked."
        raise Invalid(problems={"safety_words": words})
