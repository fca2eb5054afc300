"""What is told when something happens, on both engines: the right people, once, in plain words."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.accounts import service as accounts
from lended.accounts.models import Person
from lended.catalogue.events import (
    ProductAnswered,
    ProductSubmitted,
    SupplierAnswered,
    SupplierProposed,
)
from lended.loans.events import LoanMoved
from lended.loans.models import Loan
from lended.loans.rules import MOVES, State
from lended.notices.models import Notice
from lended.notices.rules import TELLINGS
from lended.outcomes.events import DecisionRecorded, OutcomeGiven, StoryPublished
from tests.conftest import Transaction
from tests.makers import Makers

TOLD_TO_STAFF = frozenset({"expire", "mark_deletion_late"})


class Scene:
    """One loan and everyone it touches, and some it does not."""

    def __init__(self, make: Makers, transaction: Transaction, session: Session) -> None:
        self.make, self.transaction, self.session = make, transaction, session
        self.school = make.organisation("school", "Millfold Primary")
        self.teacher = make.person(self.school, "teacher", name="Amira Hussain")
        self.lead = make.person(self.school, "school_lead", name="Ruth Ackroyd")
        self.responsible = make.person(self.school, "teacher", name="Tom Bell")
        self.business = make.organisation("supplier", "Larkrise Learning")
        self.seller = make.person(self.business, "supplier", name="Nell Garrity")
        self.partner = make.person(self.business, "supplier", name="Ivo Garrity")
        self.supplier = make.supplier(self.business, name="Larkrise Learning")
        self.product = make.product(self.supplier, name="Pebble Recorders")
        platform = make.organisation("platform", "LendED")
        self.staff = make.person(platform, "staff", name="Priya Nair")
        elsewhere = make.organisation("school", "Elsewhere")
        make.person(elsewhere, "teacher", "school_lead", name="A stranger")
        self.loan: Loan = make.loan(
            self.school, self.teacher, self.product, make.pool(self.product)
        )

    def happens(self, event: object) -> None:
        with self.transaction() as work:
            work.record(event)

    def moves(
        self,
        move: str,
        by: Person | None,
        words: str = "",
        source: State | None = None,
    ) -> None:
        row = MOVES[move]
        before = source or min(row.sources)
        self.happens(
            LoanMoved(
                self.loan.id,
                move,
                before,
                row.target or before,
                clock.now(),
                by.id if by else None,
                by.name if by else "LendED",
                words,
            )
        )

    def told(self) -> dict[str, str]:
        """Return titles by the name of who was told."""
        self.session.rollback()
        rows = self.session.execute(
            select(Person.name, Notice.title).join(Notice.person).order_by(Notice.id)
        ).all()
        told = {row.name: row.title for row in rows}
        assert len(told) == len(rows), "each person is told once"
        return told

    def words(self, name: str) -> str:
        return self.session.scalars(
            select(Notice.words).join(Notice.person).where(Person.name == name)
        ).one()


@pytest.fixture
def scene(make: Makers, transaction: Transaction, session: Session) -> Scene:
    return Scene(make, transaction, session)


def test_a_request_for_signing_off_is_a_receipt_and_a_task(scene: Scene) -> None:
    scene.moves("submit_for_signoff", scene.teacher)
    told = scene.told()
    assert told.keys() == {"Amira Hussain", "Ruth Ackroyd"}
    assert told["Amira Hussain"].startswith("You asked for a trial of Pebble Recorders on ")
    assert told["Ruth Ackroyd"] == "Amira Hussain asks you to sign off a trial of Pebble Recorders"


def test_a_yes_is_told_to_the_teacher_and_who_answers_for_it(scene: Scene, make: Makers) -> None:
    scene.loan = make.loan(
        scene.school,
        scene.teacher,
        scene.product,
        make.pool(make.product(scene.supplier)),
        responsible_id=scene.responsible.id,
    )
    scene.moves("approve", scene.seller)
    told = scene.told()
    assert told.keys() == {"Amira Hussain", "Tom Bell"}
    assert told["Amira Hussain"].startswith("Larkrise Learning said yes to Pebble Recorders on ")


def test_without_a_responsible_person_the_leads_are_told(scene: Scene) -> None:
    scene.moves("approve", scene.seller)
    assert scene.told().keys() == {"Amira Hussain", "Ruth Ackroyd"}


def test_a_no_carries_its_words(scene: Scene) -> None:
    scene.moves("decline", scene.seller, "All kits are at the summer fair.")
    assert scene.told()["Amira Hussain"].startswith("Larkrise Learning said no to Pebble Recorders")
    assert "In their words: “All kits are at the summer fair.”" in scene.words("Amira Hussain")


def test_all_of_a_suppliers_people_hear_of_a_request(scene: Scene) -> None:
    scene.moves("submit", scene.teacher)
    told = scene.told()
    assert told.keys() == {"Amira Hussain", "Nell Garrity", "Ivo Garrity"}
    assert told["Ivo Garrity"] == "Amira Hussain at Millfold Primary asks to try Pebble Recorders"


@pytest.mark.parametrize(
    ("by", "source", "names"),
    [
        ("teacher", State.REQUESTED, {"Ruth Ackroyd", "Nell Garrity", "Ivo Garrity"}),
        ("teacher", State.SCHOOL_SIGNOFF, {"Ruth Ackroyd"}),
        ("teacher", State.DRAFT, set()),
        ("lead", State.APPROVED, {"Amira Hussain", "Nell Garrity", "Ivo Garrity"}),
        ("seller", State.PREPARING, {"Amira Hussain", "Ruth Ackroyd", "Ivo Garrity"}),
    ],
)
def test_cancelling_is_told_to_the_other_side_as_far_as_it_knew(
    scene: Scene, by: str, source: State, names: set[str]
) -> None:
    scene.moves("cancel", getattr(scene, by), "We move house.", source)
    assert scene.told().keys() == names


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("by", ["teacher", "lead", "seller", None])
def test_every_move_tells_each_person_once_and_strangers_never(
    scene: Scene, move: str, by: str | None
) -> None:
    scene.moves(move, getattr(scene, by) if by else None)
    told = scene.told()
    assert "A stranger" not in told
    assert ("Priya Nair" in told) is (move in TOLD_TO_STAFF)
    if by and not any(telling.receipt for telling in TELLINGS.get(move, ())):
        assert getattr(scene, by).name not in told


def test_the_clock_is_called_lended(scene: Scene) -> None:
    scene.moves("cancel", None, source=State.REQUESTED)
    assert scene.told()["Amira Hussain"] == "LendED cancelled your trial of Pebble Recorders"


def test_what_staff_cancel_is_told_to_both_sides(scene: Scene) -> None:
    scene.moves("cancel", scene.staff, "They asked.", State.APPROVED)
    told = scene.told()
    assert told.keys() == {"Amira Hussain", "Ruth Ackroyd", "Nell Garrity", "Ivo Garrity"}
    assert told["Nell Garrity"].startswith("The trial of Pebble Recorders at ")


def test_staff_hear_of_suppliers_and_listings_and_suppliers_of_the_answers(scene: Scene) -> None:
    for event in (
        SupplierProposed(scene.supplier.id, scene.seller.id, "We make recorders."),
        ProductAnswered(scene.product.id, scene.staff.id, approved=True, words=""),
    ):
        scene.happens(event)
    told = scene.told()
    assert told["Priya Nair"] == "Larkrise Learning asks to lend through LendED"
    assert told["Nell Garrity"] == "Pebble Recorders is public"


def test_what_is_missing_is_said_in_staffs_words(scene: Scene) -> None:
    scene.happens(SupplierAnswered(scene.supplier.id, scene.staff.id, approved=False, words="Who?"))
    scene.happens(ProductSubmitted(scene.product.id, scene.seller.id, ""))
    assert "Something is missing" in scene.told()["Nell Garrity"]
    assert "“Who?”" in scene.words("Nell Garrity")


def test_outcomes_are_told_to_leads_decisions_to_the_teacher_stories_to_the_supplier(
    scene: Scene,
) -> None:
    now = clock.now()
    scene.happens(OutcomeGiven(5, scene.loan.id, scene.teacher.id, "not_met", now))
    scene.happens(StoryPublished(5, scene.loan.id, scene.teacher.id, now))
    scene.happens(DecisionRecorded(scene.loan.id, scene.lead.id, "do_not_adopt", now))
    told = scene.told()
    assert told["Ruth Ackroyd"] == "Amira Hussain said what happened with Pebble Recorders"
    assert told["Nell Garrity"] == "A story about Pebble Recorders can be read"
    assert told["Amira Hussain"].startswith("Ruth Ackroyd recorded the school’s decision")
    assert "not_met" not in "".join(told.values())


def test_staff_are_asked_where_nobody_leads(scene: Scene, make: Makers) -> None:
    leaderless = make.organisation("school", "Tarnside")
    dilys = make.actor(make.person(name="Dilys Pryce"), None)
    with scene.transaction() as work:
        accounts.ask_to_join(work, dilys, leaderless.id, "teacher")
        accounts.ask_to_join(work, dilys, scene.school.id, "teacher")
    assert scene.told() == {
        "Priya Nair": "Dilys Pryce asks to join Tarnside",
        "Ruth Ackroyd": "Dilys Pryce asks to join Millfold Primary",
    }


def test_changed_roles_are_told_to_who_holds_them(scene: Scene, make: Makers) -> None:
    acting = make.actor(scene.lead, scene.school, "school_lead")
    with scene.transaction() as work:
        accounts.change_roles(work, acting, scene.responsible.id, ["technologist"])
    with scene.transaction() as work:
        accounts.remove_person(work, acting, scene.teacher.id)
    assert scene.told() == {
        "Tom Bell": "Ruth Ackroyd changed what you do at Millfold Primary",
        "Amira Hussain": "You no longer belong to Millfold Primary",
    }
