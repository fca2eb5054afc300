"""Every move, from every state, by everybody: what the tables do not allow changes nothing.

Which triples are allowed is computed from the tables of the code, ``MOVES`` and ``PERMISSIONS``.
What exists for whom is written down here once more, because the tables do not say it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from lended import clock
from lended.access import CLOCK, Actor
from lended.accounts.models import Organisation, Person
from lended.errors import Conflict, NotAllowed, NotFound, Refusal
from lended.loans.models import Loan
from lended.loans.policy import PERMISSIONS, Party
from lended.loans.rules import MOVES, State
from lended.loans.service.change import change, loan_to_move
from tests.lended.loans.acts import ACTS, OF_TIME, WHY, Act
from tests.lended.loans.scene import Scene
from tests.lended.operations.filled import everything

NOT_YET_ASKED = frozenset({State.DRAFT, State.SCHOOL_SIGNOFF, State.WAITLISTED})
HIDDEN_FROM_STAFF = frozenset(State) - {
    State.SCHOOL_SIGNOFF,
    State.REQUESTED,
    State.WAITLISTED,
    State.OFFERED,
    State.APPROVED,
    State.PREPARING,
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who acts, what the design calls this person in the loan, and where the loan is hidden."""

    actor: Actor
    parties: frozenset[Party] = frozenset()
    hidden: frozenset[State] = frozenset(State)


@dataclass(frozen=True, slots=True)
class Square:
    """A loan in each state, and everybody who might want to move it."""

    scene: Scene
    loans: dict[State, int]
    people: dict[str, Somebody]

    def allowed(self, move: str, who: Somebody) -> bool:
        """Tell whether the tables let somebody make a move, in whatever state."""
        permission = PERMISSIONS[move]
        return who.actor.has(*permission.right.roles) and bool(who.parties & permission.parties)

    def refusals(self, move: str, who: Somebody) -> Iterator[tuple[int, type[Refusal]]]:
        """Give each loan that somebody cannot move in this way, and what the answer must be."""
        for state, loan_id in self.loans.items():
            if state in who.hidden:
                yield loan_id, NotFound
            elif not self.allowed(move, who):
                yield loan_id, NotAllowed
            elif state not in MOVES[move].sources:
                yield loan_id, Conflict


@pytest.fixture
def square(make_scene: Callable[..., Scene]) -> Square:
    """Return a loan of one supplier and one school in every state."""
    scene = make_scene(capacity=50)
    responsible = scene.make.person(scene.school, "teacher")
    more = {
        "responsible_id": responsible.id,
        "asked_at": clock.now(),
        "terms": "As agreed",
        "decline_reason": "other",
        "decline_words": "Not now",
    }
    loans = {
        state: scene.make.loan(
            scene.school, scene.teacher_person, scene.product, scene.pool, state=state, **more
        ).id
        for state in State
    }
    return Square(scene, loans, everybody(scene, responsible))


def everybody(scene: Scene, responsible: Person) -> dict[str, Somebody]:
    """Return people of every kind: of the loan, of its school and its supplier, of elsewhere."""
    make, school = scene.make, scene.school
    business = make.organisation("supplier")
    make.supplier(business)

    def new(organisation: Organisation, *roles: str) -> Somebody:
        return Somebody(make.actor(make.person(organisation, *roles), organisation, *roles))

    answers = make.actor(responsible, school, "teacher")
    platform = make.organisation("platform")
    staff = make.actor(make.person(platform, "staff"), platform, "staff")
    return {
        "its teacher": Somebody(scene.teacher, frozenset({Party.TEACHER}), frozenset()),
        "who answers for it": Somebody(answers, frozenset({Party.RESPONSIBLE}), frozenset()),
        "its lead": Somebody(scene.lead, frozenset({Party.LEAD}), frozenset({State.DRAFT})),
        "its supplier": Somebody(scene.supplier, frozenset({Party.SUPPLIER}), NOT_YET_ASKED),
        "another teacher there": new(school, "teacher"),
        "a technologist there": new(school, "technologist"),
        "a teacher elsewhere": new(make.organisation(), "teacher"),
        "a lead elsewhere": new(make.organisation(), "school_lead"),
        "another supplier": new(business, "supplier"),
        "a trust's lead": new(make.organisation("trust"), "trust_lead"),
        "staff": Somebody(staff, frozenset({Party.STAFF}), HIDDEN_FROM_STAFF),
        "a person of nowhere": Somebody(make.actor(make.person(), None)),
        "the clock, as a person": Somebody(CLOCK),
    }


def test_a_call_is_known_for_every_move_a_person_can_make() -> None:
    assert ACTS.keys() | OF_TIME == MOVES.keys()
    assert not ACTS.keys() & OF_TIME


def test_whatever_is_not_in_the_tables_is_refused_and_changes_nothing(
    square: Square, engine: Engine
) -> None:
    """Each refusal is committed, so that whatever it had written would be there."""
    before = everything(engine)
    for move in MOVES:
        act = ACTS.get(move) or by_hand(move)
        for name, who in square.people.items():
            with square.scene.transaction() as work:
                for loan_id, refusal in square.refusals(move, who):
                    with pytest.raises(Refusal) as refused:
                        act(work, who.actor, loan_id)
                    assert refused.type is refusal, (move, name, loan_id, refused.value)
                    assert refused.value.words or refusal is NotFound
        assert everything(engine) == before, move


def test_the_clock_moves_nothing_from_a_state_that_is_not_in_the_table(
    square: Square, engine: Engine
) -> None:
    before = everything(engine)
    for move, row in MOVES.items():
        with square.scene.transaction() as work:
            for state in frozenset(State) - row.sources:
                loan = work.session.get_one(Loan, square.loans[state])
                with pytest.raises(Conflict, match="moved on"):
                    change(work, CLOCK, loan, move, words=WHY)
        assert everything(engine) == before, move


def test_whatever_is_in_the_tables_gets_past_the_door(square: Square) -> None:
    """Else the square would be refused by a door that is shut to everybody."""
    passed = set()
    for move in MOVES:
        for who in square.people.values():
            refused = {loan_id for loan_id, _refusal in square.refusals(move, who)}
            for state, loan_id in square.loans.items():
                if loan_id not in refused:
                    with square.scene.transaction() as work:
                        assert loan_to_move(work, who.actor, loan_id, move).id == loan_id
                    passed.add((move, state))
    assert passed == {
        (move, state) for move, row in MOVES.items() if move not in OF_TIME for state in row.sources
    }


KIT_ONLY = ("book_return", "report_lost", "dispatch")
ACCESS_ONLY = ("end_access_early", "issue")


@pytest.mark.parametrize("move", [*KIT_ONLY, *ACCESS_ONLY])
def test_what_is_for_kits_is_not_for_access_nor_the_other_way_round(
    make_scene: Callable[..., Scene], engine: Engine, move: str
) -> None:
    scene = make_scene(kind="digital", contents=[]) if move in KIT_ONLY else make_scene()
    loan_id = scene.loan("preparing" if move in {"dispatch", "issue"} else "active")
    actor = scene.supplier if move in {"dispatch", "issue"} else scene.lead
    before = everything(engine)
    with pytest.raises(Conflict):
        scene.do(ACTS[move], actor, loan_id)
    assert everything(engine) == before


def by_hand(move: str) -> Act:
    """Return what a person would do for a move of the clock: ask the door for the loan."""
    return lambda work, actor, loan_id: loan_to_move(work, actor, loan_id, move)
