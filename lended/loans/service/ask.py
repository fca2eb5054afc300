"""Asking for a trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from lended import clock
from lended.access import Actor, Role, demand
from lended.accounts import service as accounts
from lended.accounts.models import Membership, Person
from lended.catalogue import queries as catalogue
from lended.catalogue.models import Product
from lended.errors import Conflict, Invalid, NotFound
from lended.loans import policy, queries
from lended.loans.models import Loan, LoanLine, Plan, Pool
from lended.loans.rules import State
from lended.loans.rules.plans import MOST_OPEN_LOANS, TrialWish, demand_complete, demand_dates
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.deletion import demand_nothing_kept
from lended.loans.service.guard import Held, demand_free, demand_stock_of
from lended.loans.service.terms import terms_of
from lended.needs.models import Need
from lended.work import Work

UNFINISHED = "trial"
"""The name under which an unfinished request is kept; its subject is the loan's id."""


def start_draft(
    work: Work, actor: Actor, product_slug: str, need_id: int | None = None, problem: str = ""
) -> int:
    """Return the id of the teacher's draft for a product and a need, made when there is none.

    Parameters
    ----------
    problem
        The words of a need that is not kept, to begin with.

    Raises
    ------
    NotAllowed
        When the actor is not a teacher of a school.
    NotFound
        When there is no such product, or the need is somebody else's or another school's.
    Conflict
        When nobody lends the product on LendED.
    """
    demand(actor, policy.ASK)
    product = catalogue.published_product(work.session, product_slug)
    _demand_lender(work, product)
    if need_id is not None:
        _own_need(work, actor, need_id)
    _one_at_a_time(work, actor)
    draft = queries.draft_of(work.session, actor, product.id, need_id)
    return draft.id if draft else _new_draft(work, actor, product, need_id, problem)


def submit(work: Work, actor: Actor, loan_id: int, wish: TrialWish) -> None:
    """Ask for a trial: moves a draft on with its plan, and holds what it needs from now on.

    It goes to the school's lead, or straight to the supplier where the teacher is the only lead.

    Raises
    ------
    NotFound, NotAllowed
        When the draft is somebody else's.
    Invalid
        When the plan is not complete, is judged by use instead of outcome, or its dates cannot be.
    Conflict
        When it was sent before, too many loans are open, or none is free; then with the next date.
    """
    only_lead = _is_only_lead(work, actor)
    move = "submit" if only_lead else "submit_for_signoff"
    loan = loan_to_move(work, actor, loan_id, move)
    demand_complete(wish)
    if loan.need is None and not wish.problem.strip():
        raise Invalid(problems={"problem": "Say what gets in the way in your classroom."})
    demand_dates(wish, clock.today(), loan.product.loan_weeks_most)
    _one_at_a_time(work, actor)
    _demand_few(work, actor)
    demand_nothing_kept(work, loan)
    pools = demand_stock_of(work, loan)
    held = demand_free(work, loan, pools, wish.dates, wish.quantity)
    frozen = _frozen(loan, pools, wish)
    if only_lead:
        frozen |= {"asked_at": clock.now(), "responsible_id": actor.person_id}
    work.session.add_all(_lines(loan, pools, wish, held))
    work.session.flush()
    change(work, actor, loan, move, **frozen)
    work.session.add(_plan(loan, wish))
    accounts.drop_unfinished(work, actor, UNFINISHED, str(loan_id))
    work.session.flush()


def _frozen(loan: Loan, pools: Sequence[Pool], wish: TrialWish) -> dict[str, Any]:
    """Return the need, the product's facts and the terms as they are now."""
    return {
        "need_text": loan.need.text if loan.need else wish.problem,
        "product_facts": dict(loan.product.facts),
        "terms": terms_of(loan, pools, wish.quantity, wish.dates),
        "origin": wish.origin,
    }


def _demand_lender(work: Work, product: Product) -> None:
    if product.supplier.organisation_id is None:
        raise Conflict(
            f"{product.supplier.name} does not use LendED, so nobody here can lend you this. "
            "Its own website may say how to try it."
        )
    if not queries.stock_of_product(work.session, product.id):
        raise Conflict(f"{product.supplier.name} has not said yet how many can be lent.")


def _own_need(work: Work, actor: Actor, need_id: int) -> None:
    own = select(Need.id).where(
        Need.id == need_id,
        Need.person_id == actor.person_id,
        Need.organisation_id == actor.organisation_id,
    )
    if work.session.scalar(own) is None:
        raise NotFound


def _one_at_a_time(work: Work, actor: Actor) -> None:
    """Keep a teacher's other requests waiting, so that counting them is true until the commit."""
    work.session.execute(
        select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True)
    )


def _demand_few(work: Work, actor: Actor) -> None:
    assert actor.organisation_id is not None
    assert actor.person_id is not None
    many = queries.open_loans_of_teacher(work.session, actor.organisation_id, actor.person_id)
    if many >= MOST_OPEN_LOANS:
        raise Conflict(
            f"You have {many} loans under way, and {MOST_OPEN_LOANS} is the most at one time. "
            "Finish or cancel one first; what you wrote here is kept."
        )


def _is_only_lead(work: Work, actor: Actor) -> bool:
    leads = work.session.scalars(
        select(Membership.person_id)
        .where(
            Membership.organisation_id == actor.organisation_id,
            Membership.role == Role.SCHOOL_LEAD,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.person_id)
    ).all()
    return list(leads) == [actor.person_id]


def _new_draft(
    work: Work, actor: Actor, product: Product, need_id: int | None, problem: str
) -> int:
    now = clock.now()
    draft = Loan(
        school_id=actor.organisation_id,
        supplier_id=product.supplier_id,
        product_id=product.id,
        need_id=need_id,
        teacher_id=actor.person_id,
        state=State.DRAFT,
        need_text=problem,
        made_at=now,
        changed_at=now,
    )
    work.session.add(draft)
    work.session.flush()
    return draft.id


def _lines(loan: Loan, pools: Sequence[Pool], wish: TrialWish, held: Held) -> list[LoanLine]:
    return [
        LoanLine(
            loan_id=loan.id,
            pool_id=pool.id,
            quantity=wish.quantity * pool.in_a_set,
            state=State.DRAFT,
            starts_on=wish.dates.starts_on,
            due_on=wish.dates.due_on,
            blocked_from=held.windows[pool.id].start,
            blocked_until=held.windows[pool.id].end,
        )
        for pool in pools
    ]


def _plan(loan: Loan, wish: TrialWish) -> Plan:
    return Plan(
        loan_id=loan.id,
        goal=wish.goal,
        criterion_about=wish.criterion_about,
        measure=wish.measure,
        measure_kind=wish.measure_kind,
        direction=wish.direction,
        unit=wish.unit,
        baseline_words=wish.baseline_words,
        baseline_value=wish.baseline_value,
        threshold_words=wish.threshold_words,
        threshold_value=wish.threshold_value,
        pupils=wish.pupils,
        teaching_change=wish.teaching_change,
        education_lead=wish.education_lead,
        sponsor=wish.sponsor,
        readiness=dict(wish.readiness),
        fixed_at=clock.now(),
    )
