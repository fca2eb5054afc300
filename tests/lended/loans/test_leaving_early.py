"""What leaves before its dates is held from that day, as long as nobody else was promised it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from lended import clock
from lended.errors import Conflict
from lended.loans import service
from lended.loans.rules.calendar import in_words, next_working_day, whole_weeks
from lended.loans.rules.papers import DispatchWish
from tests.lended.loans.scene import ITEMS, Scene, a_wish


def in_weeks(weeks: int) -> date:
    return next_working_day(clock.today() + timedelta(weeks=weeks))


def leave(scene: Scene, loan_id: int) -> None:
    if scene.pool.kind == "digital":
        scene.do(service.issue, scene.supplier, loan_id, "Code TILES-27")
    else:
        wish = DispatchWish(items=ITEMS, condition="As new")
        scene.do(service.dispatch, scene.supplier, loan_id, wish)


def promise_all_sooner(scene: Scene) -> None:
    """Give another school everything there is, long before the first one's dates."""
    teacher, _lead = scene.another_school()
    wish = a_wish(dates=whole_weeks(in_weeks(3), 2), quantity=scene.pool.capacity)
    scene.do(service.submit, teacher, scene.draft(teacher), wish)


@pytest.fixture(params=["kit", "seats"])
def lending(request: pytest.FixtureRequest, make_scene: Callable[..., Scene]) -> Scene:
    if request.param == "kit":
        return make_scene()
    return make_scene(kind="digital", capacity=1, contents=[])


def test_what_leaves_early_is_held_from_that_day(lending: Scene) -> None:
    loan_id = lending.loan("preparing", dates=whole_weeks(in_weeks(10), 4))
    leave(lending, loan_id)
    (line,) = lending.row(loan_id).lines
    assert line.blocked_from == clock.today()
    with pytest.raises(Conflict):
        promise_all_sooner(lending)


def test_what_others_were_promised_does_not_leave_early(lending: Scene) -> None:
    loan_id = lending.loan("preparing", dates=whole_weeks(in_weeks(10), 4))
    promise_all_sooner(lending)
    (line,) = lending.row(loan_id).lines
    with pytest.raises(Conflict, match=in_words(line.blocked_from)):
        leave(lending, loan_id)
    assert lending.state(loan_id) == "preparing"


def test_what_leaves_on_its_day_keeps_its_dates(lending: Scene) -> None:
    loan_id = lending.loan("preparing")
    (before,) = lending.row(loan_id).lines
    with clock.at(clock.now() + (before.starts_on - clock.today())):
        leave(lending, loan_id)
    (after,) = lending.row(loan_id).lines
    assert after.blocked_from == before.blocked_from
