"""Requests by many clients at once: through the service, over HTTP, or by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import (
    AbstractContextManager,
    ExitStack,
    closing,
    contextmanager,
    nullcontext,
)
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import next_working_day, whole_weeks
from lended.loans.rules.plans import READINESS, TrialWish
from lended.operations.benchmarks.lending.stored import WEEKS, Asker
from lended.operations.benchmarks.pages.clients import Client, signed_in_cookie
from lended.web.database import db
from lended.work import open_work

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
PLAN: dict[str, Any] = {
    "goal": "Pupils place fractions on a line without counting parts",
    "criterion_about": "pupil_learning",
    "measure": "Right answers in a ten-question quiz",
    "measure_kind": "quiz",
    "direction": "up",
    "baseline_words": "4 of 10 on average",
    "threshold_words": "7 of 10",
    "teaching_change": "Start each lesson with tiles in pairs",
    "education_lead": "Ms Adeyemi",
}
Ask = Callable[[Asker], None]
ClientOf = Callable[[Sequence[Asker]], AbstractContextManager[Ask]]
"""Makes what sends the requests of some, ready to send them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What requests cost, in milliseconds.

    Parameters
    ----------
    used
        Processor time of all that they needed.
    times
        Of each, from asking to its answer.
    """

    used: float = 0
    times: tuple[float, ...] = ()

    def __add__(self, more: Cost) -> Cost:
        """Return the cost of these requests and of more."""
        return Cost(self.used + more.used, self.times + more.times)

    @property
    def cpu(self) -> float:
        """Processor time of one."""
        return self.used / len(self.times)

    @property
    def median(self) -> float:
        """Half of them were answered sooner."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """All but one in twenty were answered sooner."""
        return quantiles(self.times, n=20)[-1]


@contextmanager
def crowd(
    client_of: ClientOf, askers: Sequence[Asker], clients: int, seconds: Callable[[], float]
) -> Iterator[Callable[[int], Cost]]:
    """Yield what lets the next so many ask, by so many clients at once, and says what it cost.

    Parameters
    ----------
    seconds
        The processor time used so far.
    """
    shares = [askers[number::clients] for number in range(clients)]
    waiting = [iter(share) for share in shares]
    with ExitStack() as stack, ThreadPoolExecutor(clients) as pool:
        asks = [stack.enter_context(client_of(share)) for share in shares]

        def ask_next(count: int) -> Cost:
            each = -(-count // clients)
            some = [list(islice(share, each)) for share in waiting]
            before = seconds()
            lists = list(pool.map(_timed, asks, some))
            used = seconds() - before
            return Cost(used * 1000, tuple(time for times in lists for time in times))

        yield ask_next


def _timed(ask: Ask, askers: Sequence[Asker]) -> list[float]:
    times = []
    for asker in askers:
        began = time.perf_counter()
        ask(asker)
        times.append((time.perf_counter() - began) * 1000)
    return times


def through_service(app: Flask) -> ClientOf:
    """Return clients that call the service, each request in a transaction of its own."""
    with app.app_context():
        engine = db.engine
    listeners, wish = app.extensions["lended.listeners"], _wish()

    def ask(asker: Asker) -> None:
        with open_work(engine, listeners) as work:
            service.submit(work, asker.actor, asker.loan_id, wish)

    return lambda _askers: nullcontext(ask)


def over_http(port: int) -> ClientOf:
    """Return clients that send the form, as a browser does that has it open."""

    @contextmanager
    def client_of(askers: Sequence[Asker]) -> Iterator[Ask]:
        forms = {asker: _form(port, asker) for asker in askers}
        with closing(Client(port)) as client:
            yield lambda asker: client.send(*forms[asker])

    return client_of


def _wish() -> TrialWish:
    first_on = next_working_day(clock.today() + timedelta(days=21))
    return TrialWish(
        **PLAN, dates=whole_weeks(first_on, WEEKS), readiness=dict.fromkeys(READINESS, True)
    )


def _form(port: int, asker: Asker) -> tuple[str, str, str]:
    """Open the form as its teacher; return where it goes to, what is typed, and the cookie."""
    path = f"/loans/{asker.loan_id}/ask"
    client = Client(port, signed_in_cookie(port, asker.teacher_id))
    response, page = client.fetch(path, zipped=False)
    client.close()
    cookie = (response.headers["Set-Cookie"] or client.cookie).partition(";")[0]
    hidden = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(page.decode())]
    first_on = _wish().dates.starts_on
    typed = PLAN | {
        **{field["name"]: field["value"] for field in hidden},
        **{f"ready_{code}": "yes" for code in READINESS},
        "starts_on-day": str(first_on.day),
        "starts_on-month": str(first_on.month),
        "starts_on-year": str(first_on.year),
        "weeks": str(WEEKS),
        "quantity": "1",
        "origin": "teacher",
    }
    return path, urlencode(typed), cookie
