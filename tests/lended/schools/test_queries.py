"""Finding schools, on both engines."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from lended.accounts import service as accounts
from lended.errors import NotFound
from lended.schools import queries
from lended.schools.models import School
from lended.schools.rules import search_text
from tests.conftest import Transaction
from tests.makers import Makers


def listed(make: Makers, name: str, town: str = "", postcode: str = "", **more: Any) -> School:
    return make.school(
        name=name,
        town=town,
        postcode=postcode,
        search_name=search_text(name, town, postcode),
        **more,
    )


def names(session: Session, words: str, limit: int = 20) -> list[str]:
    return [school.name for school in queries.search_schools(session, words, limit).schools]


@pytest.mark.parametrize(
    "typed",
    ["St Brónach’s", "saint bronachs", "BRONACH", "rostrevor", "bt34 3aa", "BT343AA", "st prim"],
)
def test_a_school_is_found_by_name_town_and_postcode(
    make: Makers, session: Session, typed: str
) -> None:
    listed(make, "St Brónach's Primary School", "Rostrevor", "BT34 3AA")
    listed(make, "Millfold Primary School", "Hawkesmere", "HD9 1AA")
    assert names(session, typed) == ["St Brónach's Primary School"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "' OR 1=1 --", "onach", "\u202e"])
def test_nothing_is_found_by_nothing_or_by_signs_or_by_the_middle_of_a_word(
    make: Makers, session: Session, typed: str
) -> None:
    listed(make, "St Brónach's Primary School", "Rostrevor")
    assert names(session, typed) == []


def test_names_that_begin_as_typed_come_first_then_by_name(make: Makers, session: Session) -> None:
    for name in ("Upper Oak School", "Oakham School", "Oak Hill School"):
        listed(make, name)
    assert names(session, "oak") == ["Oak Hill School", "Oakham School", "Upper Oak School"]


def test_too_many_are_cut_and_it_is_said(make: Makers, session: Session) -> None:
    for number in range(4):
        listed(make, f"Oak School {number}")
    found = queries.search_schools(session, "oak", 3)
    assert (len(found.schools), found.more) == (3, True)
    assert not queries.search_schools(session, "oak", 4).more


def test_closed_schools_are_neither_found_nor_joined(make: Makers, session: Session) -> None:
    closed = listed(make, "Old Oak School", status="closed")
    coming = listed(make, "New Oak School", status="proposed")
    assert names(session, "oak") == ["New Oak School"]
    assert queries.school_to_join(session, coming.id).id == coming.id
    for school_id in (closed.id, 0):
        with pytest.raises(NotFound):
            queries.school_to_join(session, school_id)


def test_a_school_and_its_trust_are_known_by_their_organisations(
    make: Makers, session: Session
) -> None:
    group = make.organisation("trust", "Larch Trust")
    trust = make.trust(organisation_id=group.id, name="Larch Trust")
    place = make.organisation("school", "Millfold")
    make.school(place, trust_id=trust.id)
    make.school(name="Another", trust_id=trust.id)
    make.school(name="Gone", trust_id=trust.id, status="closed")
    make.school(name="Elsewhere", trust_id=make.trust().id)
    found = queries.school_of(session, place.id)
    assert found is not None
    assert found.trust is not None
    assert found.trust.name == "Larch Trust"
    assert [s.name for s in queries.schools_of_trust(session, group.id)] == ["Another", "Millfold"]


@pytest.mark.parametrize("organisation_id", [None, 0])
def test_who_belongs_nowhere_has_no_school(session: Session, organisation_id: int | None) -> None:
    assert queries.school_of(session, organisation_id) is None
    assert queries.schools_of_trust(session, organisation_id) == []


def test_people_see_their_own_requests_and_nobody_elses(
    make: Makers, session: Session, transaction: Transaction
) -> None:
    place = make.organisation("school", "Millfold")
    school = make.school(place)
    dilys, other = make.actor(make.person(), None), make.actor(make.person(), None)
    with transaction() as work:
        accounts.ask_to_join(work, dilys, place.id, "teacher", "I teach year 4")
    lead = make.actor(make.person(place, "school_lead"), place, "school_lead")
    assert queries.own_requests(session, other) == []
    assert not queries.waits_for(session, other, school)
    assert queries.waits_for(session, dilys, school)
    [asked] = queries.own_requests(session, dilys)
    assert (asked.school_id, asked.state, asked.answer) == (school.id, "waiting", "")
    session.rollback()
    with transaction() as work:
        accounts.refuse_join_request(work, lead, asked.request_id, "Please write to the office")
    [asked] = queries.own_requests(session, dilys)
    assert (asked.school, asked.state, asked.answer) == (
        "Millfold",
        "refused",
        "Please write to the office",
    )
    assert not queries.waits_for(session, dilys, school)
