"""The desk behind clients: the public, a supplier, a stranger, staff, and nobody's person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from lended.work import open_work
from tests.lended.catalogue.desk import Desk
from tests.makers import Makers


class Site(Desk):
    """The desk with clients signed in as its people."""

    def __init__(self, app: Flask, made: Makers, signed_in: Callable[..., FlaskClient]) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        listeners = app.extensions["lended.listeners"]
        super().__init__(made, lambda: open_work(made.engine, listeners))
        self.visitor = app.test_client()
        self.as_supplier = signed_in(self.person, self.organisation)
        self.as_stranger = signed_in(self.other_person, self.other_organisation)
        self.as_staff = signed_in(self.staff_person, self.platform)
        self.alone = made.person()
        self.as_alone = signed_in(self.alone)

    def read(self, client: FlaskClient, path: str, status: int = 200) -> str:
        """Open a page and parse it strictly."""
        answer = client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        html5lib.HTMLParser(strict=True).parse(answer.text)
        return answer.text

    def send(
        self, client: FlaskClient, path: str, fields: dict[str, Any] | None = None,
        status: int = 303,
    ) -> Any:  # fmt: skip
        """Send a form."""
        answer = client.post(path, data=fields or {})
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        if status != 303:
            html5lib.HTMLParser(strict=True).parse(answer.text)
        return answer

    @contextmanager
    def at_most(self, most: int) -> Iterator[None]:
        """Fail when more queries than these are asked inside."""
        asked: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        event.listen(self.make.engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(self.make.engine, "before_cursor_execute", note)
        assert 0 < len(asked) <= most, "\n".join(asked)


def typed(**more: Any) -> dict[str, Any]:
    """Return a listing's form as a browser sends it."""
    return {
        "name": "Bead strings",
        "summary": "A hundred beads on a string.",
        "description": "Pupils slide beads to see what a difference is.",
        "product_type": "hardware_device",
        "stages": ["ks1"],
        "needs": ["number_fluency"],
        "loan_weeks_most": "6",
        **more,
    }
