"""A school and a supplier whose people let programs act for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lended import clock
from lended.access import Scope
from lended.accounts import service
from lended.accounts.rules import TokenWish
from lended.loans.rules.calendar import next_working_day
from lended.loans.rules.plans import READINESS
from tests.lended.loans.site import Site
from tests.makers import Makers

MAKERS = {"school": "school_lead", "supplier": "supplier"}
OF_SUPPLIERS = tuple(scope for scope in Scope if scope is not Scope.REQUEST)


class Office(Site):
    """A site whose lead, who also teaches, and whose supplier have a token each."""

    def __init__(
        self, app: Flask, made: Makers, signed_in: Callable[..., FlaskClient], **pool: Any
    ) -> None:
        super().__init__(app, made, signed_in, **pool)
        self.head = made.person(self.school, "school_lead", "teacher", name="Hilda Head")
        self.school_token = self.token(self.head, self.school)
        self.supplier_token = self.token(self.supplier_person, self.business, OF_SUPPLIERS)

    def token(self, person: Any, place: Any, scopes: Iterable[Scope] = Scope) -> str:
        """Return a token of a person in an organisation."""
        maker = self.make.actor(person, place, MAKERS[place.kind])
        wish = TokenWish("A program", tuple(str(scope) for scope in scopes))
        token: str = self.do(service.make_token, maker, wish)[1]
        return token

    def get(self, path: str, token: str, **query: Any) -> TestResponse:
        """Ask as a program."""
        headers = {"Authorization": f"Bearer {token}"}
        return self.app.test_client().get(f"/api/v1{path}", headers=headers, query_string=query)

    def post(self, path: str, token: str, body: Any = None, key: str = "") -> TestResponse:
        """Change something as a program."""
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        sent = {} if body is None else {"json": body}
        return self.app.test_client().post(f"/api/v1{path}", headers=headers, **sent)

    def plan(self, **more: Any) -> dict[str, Any]:
        """Return the body of a request that is granted; None takes a field away."""
        return request_body(more.pop("product", self.product.slug), **more)

    def day(self, ahead: int) -> str:
        """Return a working day so many days from now, or the next one after."""
        return working_day(ahead)

    def asked(self, **more: Any) -> int:
        """Return a loan that a program asked for."""
        answer = self.post("/loans", self.school_token, self.plan(**more))
        assert answer.status_code == 201, answer.text
        return int(answer.get_json()["id"])


def request_body(product: str, **more: Any) -> dict[str, Any]:
    """Return the body of a request for a product that is granted; None takes a field away."""
    body = {
        "product": product,
        "problem": "They mix up the top and the bottom",
        "goal": "Place fractions on a line",
        "criterion_about": "pupil_learning",
        "measure": "Right answers in a quiz",
        "measure_kind": "quiz",
        "direction": "up",
        "baseline_words": "4 of 10",
        "baseline_value": 4,
        "threshold_words": "7 of 10",
        "teaching_change": "Tiles in pairs first",
        "education_lead": "Ms Adeyemi",
        "starts_on": working_day(21),
        "weeks": 4,
        "quantity": 1,
        **{f"ready_{code}": True for code in READINESS},
        **more,
    }
    return {name: value for name, value in body.items() if value is not None}


def working_day(ahead: int) -> str:
    """Return a working day so many days from now, or the next one after."""
    return next_working_day(clock.today() + timedelta(days=ahead)).isoformat()


def named(answer: TestResponse) -> dict[str, str]:
    """Return what a refusal says of each field."""
    assert answer.content_type == "application/problem+json", answer.text
    return {each["field"]: each["detail"] for each in answer.get_json().get("errors", [])}
