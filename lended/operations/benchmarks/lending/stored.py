"""A database with many open loans, and teachers who are about to ask for one more.

Everything is written by statements for many rows at once and from a fixed seed. The loans begin
between five weeks ago and half a year ahead, and each stands where it would stand today.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor, OrganisationKind, Role
from lended.catalogue.service import raise_revision
from lended.loans.models import Loan, LoanEvent, LoanLine
from lended.loans.rules import HOLDING, State
from lended.loans.rules.availability import NEVER
from lended.loans.rules.calendar import Pauses, Window, blocked_window, whole_weeks
from lended.loans.rules.deadlines import act_by
from lended.needs.models import Need
from lended.operations.benchmarks.lending.parties import (
    School,
    Shelf,
    add_schools,
    add_shelves,
    address,
    write,
)
from lended.operations.database import refresh_statistics, unguarded, upgrade_database
from lended.web.database import db
from lended.work import open_work

SEED = 100_000
AT_ONCE = 5000
LOANS_OF_A_PRODUCT = 100
LOANS_OF_A_SCHOOL = 50
CAPACITY = 40
FEWEST_PRODUCTS = 50
ASKED_FOR = 8
"""Products that the requests are for, of which nobody has any yet."""

WEEKS = 4
FIRST, LAST = -35, 180
"""Days from today on which the first and the last loan begins."""

PAUSES = Pauses(preparation=1, transit_out=2, transit_back=2, turnaround=1)


@dataclass(frozen=True, slots=True)
class Asker:
    """A teacher with a draft, and the lead who will be told when it is sent."""

    loan_id: int
    product_id: int
    pool_id: int
    school_id: int
    teacher_id: int
    teacher_email: str
    lead_id: int
    lead_email: str

    @property
    def actor(self) -> Actor:
        """The teacher, acting for the school."""
        return Actor(
            person_id=self.teacher_id,
            name="A teacher",
            organisation_id=self.school_id,
            organisation_name="A school",
            organisation_kind=OrganisationKind.SCHOOL,
            roles=frozenset({Role.TEACHER}),
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there to be measured.

    Parameters
    ----------
    product_ids
        Of those that the stored loans are of.
    desks
        A person of each role, each with as many loans as there are for one.
    """

    product_ids: tuple[int, ...]
    askers: tuple[Asker, ...]
    desks: dict[str, int]


def store(app: Flask, loans: int, askers: int, progress: Callable[[int], Any]) -> Stored:
    """Build the database of an application with so many open loans and so many drafts.

    Parameters
    ----------
    progress
        Told how many loans more are stored.
    """
    upgrade_database(app)
    with app.app_context():
        with open_work(db.engine) as work, unguarded(work.session.connection()):
            found = _Storing(work.session).store(loans, askers, progress)
            raise_revision(work)
        _look_at_tables()
    return found


def _look_at_tables() -> None:
    """Let the database see how full it is, as it does by itself before long."""
    refresh_statistics(db.engine)
    if db.engine.dialect.name == "postgresql":
        with open_work(db.engine) as work:
            work.session.execute(text("ANALYZE"))


class _Storing:
    """Writes the rows of one database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chance = random.Random(SEED)  # noqa: S311 - the same every time is the point
        self._today = clock.today()
        self._now = clock.now()

    def store(self, loans: int, askers: int, progress: Callable[[int], Any]) -> Stored:
        products = max(FEWEST_PRODUCTS, loans // LOANS_OF_A_PRODUCT)
        capacities = [AT_ONCE] * ASKED_FOR + [CAPACITY] * products
        shelves = add_shelves(self._session, capacities)
        schools = add_schools(self._session, max(1, loans // LOANS_OF_A_SCHOOL) + askers)
        many, asking = schools[askers:], schools[:askers]
        for begin in range(0, loans, AT_ONCE):
            portion = range(begin, min(begin + AT_ONCE, loans))
            self._loans(portion, shelves[ASKED_FOR:], many)
            progress(len(portion))
        return Stored(
            tuple(shelf.product_id for shelf in shelves[ASKED_FOR:]),
            tuple(self._askers(asking, shelves[:ASKED_FOR])),
            {
                "teacher": many[0].teacher_id,
                "school lead": many[0].lead_id,
                "supplier": shelves[0].person_id,
            },
        )

    def _loan(self, shelf: Shelf, school: School, state: State) -> dict[str, Any]:
        return {
            "school_id": school.id,
            "supplier_id": shelf.supplier_id,
            "product_id": shelf.product_id,
            "teacher_id": school.teacher_id,
            "state": state,
            "made_at": self._now,
            "changed_at": self._now,
        }

    def _loans(self, portion: range, shelves: Sequence[Shelf], schools: Sequence[School]) -> None:
        loans, lines = [], []
        for number in portion:
            shelf, school = shelves[number % len(shelves)], schools[number % len(schools)]
            starts_on = self._today + timedelta(days=self._chance.randint(FIRST, LAST))
            state = self._state(starts_on)
            line = _line(state, starts_on) | {"pool_id": shelf.pool_id}
            lines.append(line)
            loans.append(
                self._loan(shelf, school, state)
                | {"asked_at": self._now, "responsible_id": school.lead_id}
                | {"act_by": self._act_by(state, line), "terms": "As agreed."}
            )
        ids = write(self._session, Loan, loans)
        write(
            self._session,
            LoanLine,
            [line | {"loan_id": id_} for line, id_ in zip(lines, ids, strict=True)],
        )
        write(self._session, LoanEvent, list(self._events(ids, loans)))

    def _events(
        self, ids: Sequence[int], loans: Sequence[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        for loan_id, loan in zip(ids, loans, strict=True):
            yield {
                "loan_id": loan_id,
                "person_id": loan["teacher_id"],
                "at": self._now,
                "kind": "submit",
                "from_state": State.DRAFT,
                "to_state": State.REQUESTED,
            }

    def _state(self, starts_on: date) -> State:
        """Return where a loan stands when almost everybody acts in time."""
        ahead = (starts_on - self._today).days
        if ahead > 10:
            asked = (State.SCHOOL_SIGNOFF, State.REQUESTED, State.APPROVED)
            return self._chance.choices(asked, (4, 6, 90))[0]
        if ahead > 0:
            return State.PREPARING if ahead > 3 else State.DISPATCHED
        if ahead > -7 * WEEKS:
            return State.ACTIVE
        return self._chance.choice((State.OVERDUE, State.RETURNING, State.INSPECTION))

    def _act_by(self, state: State, line: dict[str, Any]) -> date | None:
        """Return the day promised; a few of those who must answer have let theirs come."""
        if state in {State.SCHOOL_SIGNOFF, State.REQUESTED}:
            return self._today + timedelta(days=min(7, self._chance.randint(0, 99)))
        dates = whole_weeks(line["starts_on"], WEEKS)
        blocked = Window(line["blocked_from"], line["blocked_until"])
        return act_by(state, self._today, dates, blocked, PAUSES.supplier)

    def _askers(self, schools: Sequence[School], shelves: Sequence[Shelf]) -> Iterator[Asker]:
        needs = write(self._session, Need, [self._need(school) for school in schools])
        of = [shelves[number % len(shelves)] for number in range(len(schools))]
        drafts = [
            self._loan(shelf, school, State.DRAFT) | {"need_id": need_id}
            for shelf, school, need_id in zip(of, schools, needs, strict=True)
        ]
        ids = write(self._session, Loan, drafts)
        for shelf, school, loan_id in zip(of, schools, ids, strict=True):
            yield Asker(
                loan_id=loan_id,
                product_id=shelf.product_id,
                pool_id=shelf.pool_id,
                school_id=school.id,
                teacher_id=school.teacher_id,
                teacher_email=address(Role.TEACHER, school.id),
                lead_id=school.lead_id,
                lead_email=address(Role.SCHOOL_LEAD, school.id),
            )

    def _need(self, school: School) -> dict[str, Any]:
        return {
            "person_id": school.teacher_id,
            "organisation_id": school.id,
            "text": "My class mixes up the top and the bottom of fractions",
            "made_at": self._now,
            "changed_at": self._now,
        }


def _line(state: State, starts_on: date) -> dict[str, Any]:
    dates, blocked = whole_weeks(starts_on, WEEKS), _blocked(starts_on)
    late = state in {State.OVERDUE, State.INSPECTION, State.RETURNING}
    return {
        "quantity": 1,
        "state": state,
        "holds": state in HOLDING,
        "starts_on": dates.starts_on,
        "due_on": dates.due_on,
        "blocked_from": blocked.start,
        "blocked_until": NEVER if late else blocked.end,
    }


@cache
def _blocked(starts_on: date) -> Window:
    return blocked_window(whole_weeks(starts_on, WEEKS), PAUSES)
