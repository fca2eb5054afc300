"""What a teacher sends when telling what happened, and what is kept of it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.loans.models import Loan
from tests.lended.outcomes.scene import School

GIVEN: dict[str, Any] = {
    "verdict": "met",
    "what_happened": "Hands slowed down.\nMore of them placed thirds before halves.",
    "pupils": "28",
    "teachers": "1",
    "weeks": "4",
    "design": "before_after",
    "unit": "right answers",
    "baseline_value": "4",
    "result_value": "7.5",
    "would_use_again": "yes",
}
REASON = {
    "reason_1": "no_time",
    "weight_1": "decisive",
    "hands_1": "school",
    "would_have_worked_1": "An hour set aside",
}


def rows(school: School, table: type[Any]) -> list[Any]:
    with Session(school.make.engine) as session:
        return list(session.scalars(select(table)))


def give(client: FlaskClient, loan: Loan, **more: str) -> Any:
    return client.post(f"/loans/{loan.id}/outcome", data={**GIVEN, **more})


def share(client: FlaskClient, loan: Loan, **more: str) -> Any:
    fields = {"described": "place", "nobody_named": "y", **more}
    return client.post(f"/loans/{loan.id}/story", data=fields)
