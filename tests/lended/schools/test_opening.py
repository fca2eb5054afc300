"""Opening a school to its people, on both engines."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended.accounts.models import Organisation
from lended.errors import NotFound
from lended.schools import queries, service
from tests.conftest import Transaction
from tests.makers import Makers


def opened(transaction: Transaction, school_id: int) -> int:
    with transaction() as work:
        return service.open_school(work, school_id)


def test_the_first_to_come_makes_the_organisation_and_the_next_finds_it(
    make: Makers, transaction: Transaction, session: Session
) -> None:
    school = make.school(name="Millfold Primary School")
    first = opened(transaction, school.id)
    assert opened(transaction, school.id) == first
    place = session.get(Organisation, first)
    assert place is not None
    assert (place.kind, place.name) == ("school", "Millfold Primary School")
    found = queries.school_of(session, first)
    assert found is not None
    assert found.id == school.id


def test_a_school_that_has_an_organisation_keeps_it(make: Makers, transaction: Transaction) -> None:
    place = make.organisation("school", "Millfold")
    assert opened(transaction, make.school(place).id) == place.id


def test_a_closed_school_is_not_opened(make: Makers, transaction: Transaction) -> None:
    for school_id in (make.school(status="closed").id, 0):
        with pytest.raises(NotFound):
            opened(transaction, school_id)


def test_two_who_come_at_once_find_one_organisation(
    make: Makers, transaction: Transaction, session: Session
) -> None:
    school = make.school()
    barrier = threading.Barrier(4)
    places: list[int] = []

    def come() -> None:
        barrier.wait()
        places.append(opened(transaction, school.id))

    people = [threading.Thread(target=come) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(places) == 4
    assert len(set(places)) == 1
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1
