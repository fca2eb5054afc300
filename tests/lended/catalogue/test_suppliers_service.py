"""Suppliers come onto LendED through staff, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from lended.access import Role
from lended.accounts import queries as accounts
from lended.catalogue import queries, service
from lended.catalogue.events import SupplierAnswered, SupplierProposed
from lended.catalogue.rules.suppliers import SupplierWish
from lended.errors import Invalid, NotAllowed, NotFound
from lended.work import Work, open_work
from tests.lended.catalogue.desk import Desk

WISH = SupplierWish("Hobnail Making", "We lend saws to primary schools.", "Bacup")


def proposed(desk: Desk) -> int:
    newcomer = desk.make.person()
    with desk.transaction() as work:
        return service.propose_supplier(work, desk.make.actor(newcomer, None), WISH)


def test_a_proposed_supplier_waits_and_its_proposer_acts_for_it(
    desk: Desk, session: Session
) -> None:
    newcomer = desk.make.person()
    with desk.transaction() as work:
        organisation_id = service.propose_supplier(work, desk.make.actor(newcomer, None), WISH)
    supplier = desk.supplier_called("Hobnail Making")
    assert (supplier.state, supplier.slug) == ("waiting", "hobnail-making")
    assert supplier.organisation_id == organisation_id
    people = accounts.people_with_role(session, organisation_id, Role.SUPPLIER)
    assert [person.id for person in people] == [newcomer.id]


@pytest.mark.parametrize(
    "name", ["Larkrise Learning", "LARKRISE learning Ltd", "Larkríse Learning"]
)
def test_a_name_that_looks_like_one_in_use_is_refused_beside_its_field(
    desk: Desk, name: str
) -> None:
    newcomer = desk.make.actor(desk.make.person(), None)
    with pytest.raises(Invalid) as refusal, desk.transaction() as work:
        service.propose_supplier(work, newcomer, SupplierWish(name))
    assert "Larkrise Learning" in refusal.value.problems["name"]


def test_a_supplier_known_only_from_a_list_does_not_stand_in_the_way(desk: Desk) -> None:
    desk.make.supplier(None, name="Hobnail Making", slug="hobnail-making")
    organisation_id = proposed(desk)
    assert organisation_id
    with Session(desk.make.engine) as session:
        slugs = [each.slug for each in queries.waiting_suppliers(session)]
    assert slugs == ["hobnail-making-2"]


def test_staff_approve_once(desk: Desk) -> None:
    proposed(desk)
    with desk.transaction() as work:
        service.answer_supplier(work, desk.staff, "hobnail-making", approved=True, words="")
    supplier = desk.supplier_called("Hobnail Making")
    assert (supplier.state, supplier.answered_by_id) == ("approved", desk.staff_person.id)
    with pytest.raises(NotFound), desk.transaction() as work:
        service.answer_supplier(work, desk.staff, "hobnail-making", approved=False, words="No")


def test_a_supplier_is_sent_back_with_words_and_waits_again_when_it_changes_them(
    desk: Desk,
) -> None:
    organisation_id = proposed(desk)
    with pytest.raises(Invalid), desk.transaction() as work:
        service.answer_supplier(work, desk.staff, "hobnail-making", approved=False, words="")
    with desk.transaction() as work:
        service.answer_supplier(work, desk.staff, "hobnail-making", approved=False, words="Who?")
    assert desk.supplier_called("Hobnail Making").state_words == "Who?"
    with Session(desk.make.engine) as session:
        person = accounts.people_with_role(session, organisation_id, Role.SUPPLIER)[0]
        organisation = accounts.organisation(session, organisation_id)
    actor = desk.make.actor(person, organisation, "supplier")
    with desk.transaction() as work:
        service.change_details(work, actor, SupplierWish("Hobnail Making", "Two carpenters."))
    assert desk.supplier_called("Hobnail Making").state == "waiting"


def test_only_staff_answer(desk: Desk) -> None:
    proposed(desk)
    with pytest.raises(NotAllowed), desk.transaction() as work:
        service.answer_supplier(work, desk.actor, "hobnail-making", approved=True, words="")
    assert desk.supplier_called("Hobnail Making").state == "waiting"


def test_details_change_and_the_name_does_not(desk: Desk) -> None:
    wish = SupplierWish("Another name", "Carpenters.", "Bacup", 3, 4, 5, 6)
    with desk.transaction() as work:
        service.change_details(work, desk.actor, wish)
    supplier = desk.supplier_called("Larkrise Learning")
    assert (supplier.about, supplier.town) == ("Carpenters.", "Bacup")
    pauses = (supplier.preparation_days, supplier.transit_out_days,
              supplier.transit_back_days, supplier.turnaround_days)  # fmt: skip
    assert pauses == (3, 4, 5, 6)
    assert desk.supplier_called("Quillhaven").about == ""


def test_proposing_and_answering_are_told_to_whoever_listens(desk: Desk) -> None:
    told: list[object] = []

    def note(_work: Work, event: object) -> None:
        told.append(event)

    listeners = {SupplierProposed: [note], SupplierAnswered: [note]}
    newcomer = desk.make.person()
    with open_work(desk.make.engine, listeners) as work:
        service.propose_supplier(work, desk.make.actor(newcomer, None), WISH)
    with open_work(desk.make.engine, listeners) as work:
        service.answer_supplier(work, desk.staff, "hobnail-making", approved=True, words="Hello")
    supplier_id = desk.supplier_called("Hobnail Making").id
    assert told == [
        SupplierProposed(supplier_id, newcomer.id, WISH.about),
        SupplierAnswered(supplier_id, desk.staff_person.id, True, "Hello"),
    ]


def test_a_person_without_a_supplier_has_no_listings(desk: Desk, session: Session) -> None:
    nobody = desk.make.actor(desk.make.person(), None)
    with pytest.raises(NotFound):
        queries.listings(session, nobody)
