"""What is to be settled after a loan: opened by a check or a loss, answered by both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from lended import clock
from lended.access import Actor
from lended.errors import Invalid
from lended.loans import queries
from lended.loans.events import IncidentSpokenOf
from lended.loans.models import Incident, IncidentPhoto, IncidentWords, Loan, LoanLine, Unit
from lended.loans.rules.incidents import (
    MOST_PHOTOS,
    SETTLED,
    SayWish,
    demand_stance,
    state_after,
)
from lended.loans.rules.papers import Item
from lended.loans.rules.returns import IncidentWish, amiss, demand_incident
from lended.loans.service.change import change, loan_to_move
from lended.loans.service.give_back import may_leave_data
from lended.loans.service.guard import Held
from lended.loans.service.holding import lines_without_serials, open_ended, until_ready
from lended.loans.service.kits import kits_of, set_aside
from lended.loans.service.returns import checked, not_back
from lended.work import Work

TOO_MANY = f"Keep {MOST_PHOTOS} pictures at most for one incident."


def close_with_incident(work: Work, actor: Actor, loan_id: int, wish: IncidentWish) -> int:
    """Close a loan of which something came back amiss; return the incident's id.

    Where seats went with it, the loan waits until the data behind them is deleted.

    A kit with a serial is set aside; others stay held, until they are ready again. So is what did
    not come back, whichever kits are chosen.

    Raises
    ------
    NotFound, NotAllowed, Conflict
        When it is not the actor's to check, or not there to be checked.
    Invalid
        When it is not said what is to be settled, or there are too many pictures.
    """
    loan = loan_to_move(work, actor, loan_id, "close_with_incident", with_history=True)
    demand_incident(wish)
    aside = {*wish.unit_ids, *(unit.id for unit in not_back(loan))}
    units = [unit for unit in kits_of(loan) if not wish.unit_ids or unit.id in aside]
    change(
        work,
        actor,
        loan,
        "find_incident_for_deletion" if may_leave_data(loan) else "close_with_incident",
        words=wish.words,
        held=_held(loan, units, wish.items),
        closed_as="returned_with_incident",
    )
    checked(work, actor, loan, wish.items, wish.words)
    set_aside(work, actor, units, wish.words, loan.id)
    return open_incident(work, actor, loan, wish)


def open_incident(work: Work, actor: Actor, loan: Loan, wish: IncidentWish) -> int:
    """Begin what both sides will settle; return its id."""
    assert actor.person_id is not None
    incident = Incident(
        loan_id=loan.id,
        kind=wish.kind,
        lines=[asdict(item) for item in amiss(wish.items)],
        words=wish.words,
        opened_at=clock.now(),
        opened_by_id=actor.person_id,
    )
    work.session.add(incident)
    work.session.flush()
    _keep_photos(work, actor, incident, wish.photo_names)
    return incident.id


def speak(work: Work, actor: Actor, incident_id: int, wish: SayWish) -> None:
    """Agree to an incident, dispute it, add to it or settle it.

    Raises
    ------
    NotFound
        When the incident is none of the actor's.
    Conflict
        When it is not this side's turn.
    Invalid
        When there are no words, or too many pictures.
    """
    incident = queries.incident(work.session, actor, incident_id, lock=True)
    side = queries.side_of(actor)
    in_time = queries.may_still_answer(incident)
    demand_stance(side, incident.state, wish.stance, in_time=in_time)
    if not wish.words.strip():
        raise Invalid(problems={"words": "Say it in your own words. The other side reads it."})
    assert actor.person_id is not None
    incident.state = state_after(incident.state, wish.stance)
    if incident.state == SETTLED:
        incident.settled_at = clock.now()
    said = IncidentWords(
        incident_id=incident.id,
        person_id=actor.person_id,
        side=side,
        at=clock.now(),
        to_state=incident.state,
        words=wish.words,
    )
    work.session.add(said)
    _keep_photos(work, actor, incident, wish.photo_names)
    work.record(
        IncidentSpokenOf(
            incident.id,
            incident.loan_id,
            side,
            incident.state,
            wish.words,
            actor.person_id,
            said.at,
        )
    )


def _held(loan: Loan, units: Sequence[Unit], items: Sequence[Item]) -> Held:
    """Return what stays held: what cannot be told apart, until it is ready again; else as usual."""
    ready = until_ready(loan)
    windows = dict(ready.windows)
    for line in loan.lines:
        if sum(unit.pool_id == line.pool_id for unit in units) == line.quantity:
            windows.pop(line.pool_id, None)  # set aside instead, kit by kit
    concerned = _concerned(lines_without_serials(loan), items)
    return Held(ready.dates, {**windows, **open_ended(loan, concerned).windows}, lasting=True)


def _concerned(lines: Sequence[LoanLine], items: Sequence[Item]) -> list[LoanLine]:
    """Return the lines to which what is amiss belongs; all of them where none is named."""
    wrong = {item.name for item in amiss(items)}
    named = [
        line
        for line in lines
        if line.back < line.quantity or wrong & {part["name"] for part in line.pool.contents}
    ]
    return named or list(lines)


def _keep_photos(work: Work, actor: Actor, incident: Incident, names: Sequence[str]) -> None:
    photos = select(IncidentPhoto.name).where(IncidentPhoto.incident_id == incident.id)
    there = set(work.session.scalars(photos))
    new = [name for name in dict.fromkeys(names) if name not in there]
    if len(there) + len(new) > MOST_PHOTOS:
        raise Invalid(problems={"photos": TOO_MANY})
    work.session.add_all(
        IncidentPhoto(incident_id=incident.id, person_id=actor.person_id, at=clock.now(), name=name)
        for name in new
    )
    work.session.flush()
