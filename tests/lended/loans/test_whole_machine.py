"""Walks over the whole machine: whatever people and days do, every invariant holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine

from lended.db import engine_options, prepare_engine
from lended.loans.rules import FINAL, MOVES
from lended.work import Listener, open_work
from tests.lended.loans.acts import ACTS
from tests.lended.loans.machine import CAPACITY, WholeMachine
from tests.lended.loans.town import Town
from tests.makers import Makers

Listeners = dict[type, list[Listener]]
STEPS, SEED = 400, 1
MOST = 16
"""Kinds of moves that a walk makes at least: of all 32 some are for kits only, some for seats."""

RARELY = 8
"""How much rather the walk makes a move that ends nothing."""


@pytest.fixture(params=CAPACITY)
def machine(
    request: pytest.FixtureRequest, fresh_url: Callable[[], str], listeners: Listeners
) -> type[WholeMachine]:
    """Return the machine with one kind of stock; each walk begins in a fresh database."""
    kind = request.param

    class Walk(WholeMachine):
        def new_line(self) -> Town:
            url = fresh_url()
            self.engine = prepare_engine(create_engine(url, **engine_options(url)))
            contents = [{"name": "Fraction tiles", "quantity": 24}] if kind == "physical" else []
            pool = {"kind": kind, "capacity": CAPACITY[kind], "contents": contents}
            transaction = partial(open_work, self.engine, listeners)
            return Town(Makers(self.engine), transaction, **pool)

    return Walk


def test_whatever_happens_no_invariant_is_broken(machine: type[WholeMachine]) -> None:
    run_state_machine_as_test(
        machine, settings=settings(max_examples=10, stateful_step_count=30, deadline=None)
    )


def test_a_walk_that_goes_where_the_fewest_have_gone_makes_most_moves(
    machine: type[WholeMachine],
) -> None:
    chance, tried = Random(SEED), Counter[str]()
    walk = machine()
    walk.open()
    for _ in range(STEPS):
        something(walk, chance, tried)
        walk.every_check_is_clean()
        walk.no_day_is_agreed_with_more_than_there_are()
        walk.every_kit_that_is_out_is_known_and_is_out_once()
    made = MOVES.keys() & walk.seen()
    walk.teardown()
    assert len(made) >= MOST, MOVES.keys() - made


def something(walk: WholeMachine, chance: Random, tried: Counter[str]) -> None:
    """Let schools ask or wait, days pass, kits be ready again, or the rarest move be made."""
    happens = chance.random()
    if happens < 0.12:
        walk.ask(chance.randint(1, 4), chance.randint(1, 4), chance.randint(1, 2), 0)
    elif happens < 0.18:
        walk.wait(chance.randint(1, 4), chance.randint(1, 6), chance.randint(0, 6))
    elif happens < 0.35:
        walk.let_days_pass(chance.choice([1, 3, 7, 21]))
    elif happens < 0.38:
        walk.make_ready(chance.randint(0, 999), good=True)
    elif happens < 0.41:
        walk.buy_again()
    elif possible := moves(walk):
        loan_id, move = min(possible, key=lambda one: (rarity(tried, one[1]), chance.random()))
        tried[move] += 1
        walk.move(loan_id, move)


def moves(walk: WholeMachine) -> list[tuple[int, str]]:
    """Return every move that the tables allow of any loan."""
    return [
        (loan_id, move)
        for loan_id, state in walk.loans().items()
        for move in ACTS
        if state in MOVES[move].sources
    ]


def rarity(tried: Counter[str], move: str) -> int:
    """Return how rarely a move was tried, the rarest first; what ends a loan counts for more."""
    return tried[move] * (RARELY if MOVES[move].target in FINAL else 1)
