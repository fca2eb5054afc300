"""A scene with clients signed in as its people, and the shortest way through its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended import clock
from lended.loans.rules.calendar import next_working_day
from lended.loans.rules.plans import READINESS
from lended.work import open_work
from tests.lended.loans.scene import Scene
from tests.makers import Makers


class Site(Scene):
    """A scene with clients signed in as its people."""

    def __init__(
        self, app: Flask, made: Makers, signed_in: Callable[..., FlaskClient], **pool: Any
    ) -> None:
        listeners = app.extensions["lended.listeners"]
        super().__init__(made, lambda: open_work(made.engine, listeners), **pool)
        self.app = app
        self.as_teacher = signed_in(self.teacher_person, self.school)
        self.as_lead = signed_in(self.lead_person, self.school)
        self.as_supplier = signed_in(self.supplier_person, self.business)

    def clients(self) -> dict[str, FlaskClient]:
        return {
            "teacher": self.as_teacher,
            "lead": self.as_lead,
            "supplier": self.as_supplier,
        }


def date_parts(name: str, day: Any) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def plan(**more: Any) -> dict[str, Any]:
    start = next_working_day(clock.today() + timedelta(days=21))
    return {
        "goal": "Place fractions on a line",
        "criterion_about": "pupil_learning",
        "measure": "Right answers in a quiz",
        "measure_kind": "quiz",
        "direction": "up",
        "baseline_words": "4 of 10",
        "baseline_value": "4",
        "threshold_words": "7 of 10",
        "teaching_change": "Tiles in pairs first",
        "education_lead": "Ms Adeyemi",
        "weeks": "4",
        "quantity": "1",
        "origin": "teacher",
        **date_parts("starts_on", start),
        **{f"ready_{code}": "yes" for code in READINESS},
        **more,
    }


def shown(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def sent(client: FlaskClient, path: str, fields: dict[str, Any] | None = None) -> str:
    answer = client.post(path, data=fields or {})
    assert answer.status_code == 303, (path, answer.status_code, answer.text[:3000])
    return answer.location


@contextmanager
def counted(site: Site) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with site.app.app_context():
        engine = site.app.extensions["migrate"].db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
