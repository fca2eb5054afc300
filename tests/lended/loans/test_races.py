"""Two at once: exactly one gets the last kit, on both engines, round after round."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.errors import Conflict
from lended.loans import service
from lended.loans.models import LoanEvent, LoanLine
from lended.loans.rules.calendar import Dates, next_working_day, whole_weeks
from tests.lended.loans.scene import Scene, a_wish

ROUNDS = 12
SCHOOLS = 4


def asked(scene: Scene, barrier: Barrier, teacher: Actor, loan_id: int, dates: Dates) -> str:
    """Ask at the same moment as all others; return the refusal, empty when it was granted."""
    barrier.wait()
    try:
        scene.do(service.submit, teacher, loan_id, a_wish(dates=dates))
    except Conflict as refused:
        return refused.words
    return ""


def test_the_last_kit_goes_to_one_school_whoever_asks_at_once(
    scene: Scene, session: Session
) -> None:
    """Scenario 1."""
    barrier = Barrier(SCHOOLS)
    first = next_working_day(clock.today() + timedelta(days=21))
    with ThreadPoolExecutor(SCHOOLS) as pool:
        for number in range(ROUNDS):
            start = next_working_day(first + timedelta(days=21 * number))
            dates = whole_weeks(start, 1)
            teachers = [scene.another_school()[0] for _ in range(SCHOOLS)]
            drafts = [scene.draft(teacher) for teacher in teachers]
            answers = list(
                pool.map(
                    lambda teacher, draft, dates=dates: asked(
                        scene, barrier, teacher, draft, dates
                    ),
                    teachers,
                    drafts,
                )
            )
            assert answers.count("") == 1
            assert all("next time it is free" in words for words in answers if words)
    held = session.scalar(select(func.count()).select_from(LoanLine))
    assert held == ROUNDS


def test_two_answers_at_once_are_one_answer(scene: Scene, session: Session) -> None:
    loan_id = scene.loan("requested")
    barrier = Barrier(2)

    def answer(yes: bool) -> bool:
        barrier.wait()
        try:
            if yes:
                scene.do(service.approve, scene.supplier, loan_id)
            else:
                scene.do(service.decline, scene.supplier, loan_id, "other", "Not this time")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answer, (True, False)))
    assert answers.count(True) == 1
    answered = session.scalars(
        select(LoanEvent.to_state).where(LoanEvent.from_state == "requested")
    ).all()
    assert answered == ["approved" if answers[0] else "declined"]


def test_a_teacher_who_starts_twice_at_once_has_one_draft(scene: Scene) -> None:
    barrier = Barrier(SCHOOLS)

    def start(_number: int) -> int:
        barrier.wait()
        return scene.draft()

    with ThreadPoolExecutor(SCHOOLS) as pool:
        assert len(set(pool.map(start, range(SCHOOLS)))) == 1
