"""Fifty at once for the last kit, at pages and by programs: one gets it, and nobody an error."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.loans import service
from lended.loans.models import LoanEvent, LoanLine
from lended.loans.rules.calendar import next_working_day
from lended.operations.checks import find_problems
from tests.lended.loans.scene import Scene
from tests.lended.loans.served.crowd import Member, fresh_key, gather
from tests.lended.loans.site import date_parts, plan
from tests.lended.operations.running import Running, running_server
from tests.lended.web.programs.office import request_body

CLIENTS = 50
ROUNDS = 9
NEXT = "The next time it is free"


def begin_drafts(scene: Scene, members: list[Member]) -> None:
    """Let each have a draft; who has one keeps it."""
    with scene.transaction() as work:
        for each in members:
            who = scene.make.actor(each.person, each.school, "teacher")
            each.draft = service.start_draft(work, who, scene.product.slug, None)


def ask(scene: Scene, server: Running, member: Member, start_in: int) -> tuple[int, str]:
    """Ask as a browser or as a program, by turns."""
    start = next_working_day(clock.today() + timedelta(days=start_in))
    if member.person.id % 2:
        problem = {"problem": "They mix up the top and the bottom"}
        fields = plan(**problem, **date_parts("starts_on", start))
        return member.by_page(server, f"/loans/{member.draft}/ask", fields)
    body = request_body(scene.product.slug, starts_on=start.isoformat())
    return member.by_program(server, "/loans", body, fresh_key())


def test_one_of_fifty_gets_the_last_kit_and_the_rest_hear_when_it_is_free(
    scene: Scene, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """Scenario 1, over HTTP."""
    scene.make.catalogue_number()
    members = gather(scene.make, CLIENTS)
    together = Barrier(CLIENTS)
    settings = {"DATABASE_URL": database_url, "CLOCK_SECONDS": "0"}
    with (
        running_server(tmp_path, **settings) as server,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):

        def asked(member: Member, start_in: int) -> tuple[int, str]:
            together.wait()
            return ask(scene, server, member, start_in)

        for number in range(ROUNDS):
            begin_drafts(scene, members)
            starts = [21 + 40 * number] * CLIENTS
            answers = list(pool.map(asked, members, starts))
            granted = [status for status, _ in answers if status in {201, 303}]
            refused = [said for status, said in answers if status == 409]
            assert (len(granted), len(refused)) == (1, CLIENTS - 1), Counter(
                status for status, _ in answers
            )
            assert all(NEXT in said for said in refused)
            programs = [said for said in refused if said.startswith("{")]
            assert {json.loads(said)["status"] for said in programs} == {409}
            assert 0 < len(programs) < len(refused)
    with Session(engine) as session:
        assert session.scalar(select(func.count(LoanLine.id)).where(LoanLine.holds)) == ROUNDS
        submitted = select(func.count(LoanEvent.id)).where(LoanEvent.kind == "submit")
        assert session.scalar(submitted) == ROUNDS
    assert find_problems(engine) == []
