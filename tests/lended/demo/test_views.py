"""One click in the demo, and no such thing outside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lended import create_app
from lended.access import Role
from lended.accounts import sessions
from lended.accounts.models import Membership
from lended.demo import content, filling
from lended.errors import Conflict
from lended.loans.models import Loan
from lended.loans.rules import State
from lended.web.database import db
from lended.work import open_work
from tests.conftest import settings_for

NOT_EVERYBODYS = {
    State.DRAFT, State.SCHOOL_SIGNOFF, State.WAITLISTED, State.OFFERED, State.CANCELLED,
}  # fmt: skip
"""States of which the supplier may have none to see, since it was not asked yet."""


@pytest.fixture
def demo_app(sqlite_url: str, tmp_path: Path) -> Flask:
    """Return a filled demo; forgery protection is tested elsewhere."""
    app = create_app(settings_for(sqlite_url, tmp_path, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    filling.fill(app)
    return app


def test_a_click_signs_in_as_any_role_and_its_desk_opens(demo_app: Flask) -> None:
    for guide in content.guides():
        client = demo_app.test_client()
        answer = client.post("/demo/sign-in", data={"email": guide["email"]})
        assert answer.status_code == 303
        page = client.get(answer.location)
        assert page.status_code == 200
        assert guide["name"] in page.text
    assert len(content.guides()) >= 6


def test_a_loan_in_every_state_opens_for_the_schools_lead_and_the_supplier(demo_app: Flask) -> None:
    """Also in those states whose moves are not built yet."""
    with demo_app.app_context(), open_work(db.engine) as work:
        found = work.session.scalars(select(Loan).options(joinedload(Loan.supplier)))
        loans = {State(loan.state): loan for loan in found}
        members = work.session.scalars(
            select(Membership)
            .where(Membership.role.in_((Role.SCHOOL_LEAD, Role.SUPPLIER)))
            .options(joinedload(Membership.person))
            .order_by(Membership.id)
        )
        people = {member.organisation_id: member.person for member in members}
    assert set(loans) == set(State)
    for state, loan in loans.items():
        for place in (loan.school_id, loan.supplier.organisation_id or 0):
            client = demo_app.test_client()
            with client.session_transaction() as cookie:
                cookie["_user_id"] = sessions.session_key(people[place])
                cookie["organisation_id"] = place
            status = client.get(f"/loans/{loan.id}").status_code
            unseen = state in NOT_EVERYBODYS
            assert status == 200 or (unseen and status == 404), (state, place)


def test_only_the_guides_can_be_clicked(demo_app: Flask) -> None:
    others = [person["email"] for person in content.read("people") if not person.get("demo")]
    for email in [others[0], "nobody@example.org", ""]:
        assert (
            demo_app.test_client().post("/demo/sign-in", data={"email": email}).status_code == 404
        )


def test_a_click_leads_on_to_the_page_somebody_wanted_here(demo_app: Flask) -> None:
    client, wanted = demo_app.test_client(), "/working-days"
    page = client.get(client.get(wanted).location)
    assert page.text.count(f'value="{wanted}"') == 1 + len(content.guides())

    def click(wanted: str) -> str:
        guide = {"email": content.guides()[0]["email"]}
        return client.post("/demo/sign-in", data={**guide, "next": wanted}).location

    assert click(wanted) == wanted
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        assert click(elsewhere) == click("")


def test_the_demo_is_not_mixed_with_anything(demo_app: Flask) -> None:
    with pytest.raises(Conflict, match="empty"):
        filling.fill(demo_app)


def test_outside_the_demo_there_is_no_click(app: Flask, client: FlaskClient) -> None:
    assert "demo.sign_in" not in app.view_functions
    assert "Look around as" not in client.get("/sign-in").text
