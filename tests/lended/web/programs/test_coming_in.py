"""Who comes in by a token, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Scope
from lended.accounts import service as accounts
from lended.accounts.models import Token
from lended.web.programs import operations
from tests.lended.web.programs.office import OF_SUPPLIERS, Office, named

ADDRESSES = (
    ("GET", "/token", ""),
    ("GET", "/products/x/availability", "availability:read"),
    ("GET", "/loans", "loans:read"),
    ("GET", "/loans/1", "loans:read"),
    ("POST", "/loans", "loans:request"),
    ("POST", "/loans/1/cancel", "loans:answer"),
)


def test_a_token_says_for_whom_it_acts(office: Office) -> None:
    assert office.get("/token", office.school_token).get_json() == {
        "name": "A program",
        "scopes": sorted(Scope),
        "person_id": office.head.id,
        "person": "Hilda Head",
        "organisation": office.school.name,
        "roles": ["school_lead", "teacher"],
    }


NO_TOKENS = (
    "",
    "Bearer",
    "Bearer ",
    "Bearer nonsense",
    f"Bearer lended_{'x' * 43}",
    "Bearer lended_é",
    "Basic bGVuZGVkOng=",
    "Token {token}",
    "{token}",
    "Bearer {token}x",
    "Bearer {token} {token}",
)


def test_a_header_that_is_no_token_is_told_how_to_come_in(office: Office) -> None:
    for header in NO_TOKENS:
        shown = header.format(token=office.school_token)
        headers = {"Authorization": shown} if header else {}
        for method, path, _scope in ADDRESSES:
            answer = office.app.test_client().open(f"/api/v1{path}", method=method, headers=headers)
            assert answer.status_code == 401, (header, path)
            assert answer.content_type == "application/problem+json"
            challenge = answer.headers["WWW-Authenticate"]
            assert challenge.startswith('Bearer realm="LendED"')
            assert ("invalid_token" in challenge) == bool(header)


def test_the_scheme_may_be_written_in_any_case(office: Office) -> None:
    headers = {"Authorization": f"bearer {office.school_token}"}
    answer = office.app.test_client().get("/api/v1/token", headers=headers)
    assert answer.status_code == 200


def test_a_token_without_the_scope_is_told_which(office: Office) -> None:
    for method, path, scope in ADDRESSES[1:]:
        others = [each for each in Scope if each != scope]
        token = office.token(office.head, office.school, others)
        answer = office.get(path, token) if method == "GET" else office.post(path, token, {})
        assert answer.status_code == 403, path
        assert scope in answer.get_json()["detail"]


def revoked(office: Office) -> None:
    with Session(office.make.engine) as session:
        token_id = session.scalars(select(Token.id).where(Token.person_id == office.head.id)).one()
    office.do(accounts.revoke_token, office.lead, token_id)


def disabled(office: Office) -> None:
    office.do(accounts.disable_person, office.head.id)


def removed(office: Office) -> None:
    office.do(accounts.remove_person, office.lead, office.head.id)


@pytest.mark.parametrize("end", [revoked, disabled, removed])
def test_a_token_ends_at_once(office: Office, end: Callable[[Office], None]) -> None:
    assert office.get("/loans", office.school_token).status_code == 200
    end(office)
    assert office.get("/loans", office.school_token).status_code == 401
    assert office.get("/loans", office.supplier_token).status_code == 200


def test_who_comes_back_to_a_school_does_not_bring_old_tokens(office: Office) -> None:
    removed(office)
    office.do(accounts.give_role, office.head.id, office.school.id, "school_lead")
    assert office.get("/token", office.school_token).status_code == 401


def test_a_token_may_what_its_maker_may_now(office: Office) -> None:
    assert office.asked()
    office.do(accounts.change_roles, office.lead, office.head.id, ["school_lead"])
    answer = office.post("/loans", office.school_token, office.plan())
    assert answer.status_code == 404
    assert office.get("/token", office.school_token).get_json()["roles"] == ["school_lead"]


def test_a_token_of_another_organisation_finds_nothing(office: Office) -> None:
    loan_id = office.asked()
    elsewhere = office.make.organisation("school")
    stranger = office.token(office.make.person(elsewhere, "school_lead", "teacher"), elsewhere)
    business = office.make.organisation("supplier")
    office.make.supplier(business)
    rival = office.token(office.make.person(business, "supplier"), business, OF_SUPPLIERS)
    nowhere = office.get("/loans/999", stranger)
    for token in (stranger, rival):
        assert office.get("/loans", token).get_json()["loans"] == []
        found = office.get(f"/loans/{loan_id}", token)
        assert (found.status_code, found.text) == (404, nowhere.text)
        for move in ("cancel", "approve", "sign-off", "accept-dates"):
            assert office.post(f"/loans/{loan_id}/{move}", token, {}).status_code == 404


def test_a_person_s_other_school_is_not_the_token_s(office: Office) -> None:
    elsewhere = office.make.organisation("school")
    office.make.member(office.head, elsewhere, "teacher")
    loan_id = office.asked()
    office.do(accounts.remove_person, office.lead, office.head.id)
    assert office.get(f"/loans/{loan_id}", office.school_token).status_code == 401


def test_a_session_counts_for_nothing_where_tokens_do(office: Office) -> None:
    loan_id = office.asked()
    office.app.config["WTF_CSRF_ENABLED"] = True
    for client in office.clients().values():
        assert client.get("/api/v1/loans").status_code == 401
        assert client.post(f"/api/v1/loans/{loan_id}/cancel", json={}).status_code == 401
    found = office.get(f"/loans/{loan_id}", office.school_token).get_json()
    assert found["state"]["code"] == "school_signoff"


def test_a_token_counts_for_nothing_on_pages(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.school_token}"}
    answer = office.app.test_client().get("/loans", headers=headers)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_no_form_token_is_asked_for_where_a_token_is_shown(office: Office) -> None:
    assert office.app.config["WTF_CSRF_ENABLED"]
    loan_id = office.asked()
    assert office.post(f"/loans/{loan_id}/cancel", office.school_token).status_code == 200


def test_the_day_of_use_is_noted_once(office: Office) -> None:
    with Session(office.make.engine) as session:
        used = select(Token.last_used_on).where(Token.person_id == office.head.id)
        assert session.scalar(used) is None
        office.get("/token", office.school_token)
        session.rollback()
        assert session.scalar(used) == clock.today()


def test_each_token_is_throttled_for_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = int(operations.RATE.partition(" ")[0])
    answers = [office.get("/token", office.school_token) for _ in range(most + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].content_type == "application/problem+json"
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert office.get("/token", office.supplier_token).status_code == 200


def test_an_unknown_field_is_named(office: Office) -> None:
    assert named(office.get("/loans", office.school_token, colour="red")) == {
        "colour": "There is no such field here."
    }


def test_the_log_names_the_person_and_no_token(
    office: Office, capsys: pytest.CaptureFixture[Any], client: FlaskClient
) -> None:
    office.get("/token", office.school_token)
    logged = capsys.readouterr().err
    assert f'"person": {office.head.id}' in logged
    assert office.school_token not in logged
