"""Every address says who may come in, and an application with a silent one does not start."""

from __future__ import annotations

import pytest
from flask import Flask

from lended.access import Role
from lended.web import bearer
from lended.web.audience import EVERYONE, demand_audiences, of, only
from lended.web.programs import openapi, operations


def test_every_address_says_who_may_come_in(app: Flask) -> None:
    assert all(of(view) for view in app.view_functions.values())
    demand_audiences(app)


def test_a_silent_address_stops_the_start_and_is_named(app: Flask) -> None:
    app.view_functions["loans.silent"] = lambda: "anyone?"
    with pytest.raises(RuntimeError, match=r"loans\.silent"):
        demand_audiences(app)


def test_what_only_some_roles_may_see_is_closed_to_everyone_else() -> None:
    assert not EVERYONE.signed_in
    assert only(Role.STAFF).signed_in
    assert only(Role.STAFF).roles == {Role.STAFF}


def test_what_changes_things_is_open_to_visitors_only_where_it_must_be(app: Flask) -> None:
    """A form a visitor may send is a decision: each one is named here."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    open_to_all = {rule.endpoint for rule in rules if not of_rule(app, rule.endpoint)}
    assert open_to_all <= {
        "accounts.accept_as_new_person",
        "accounts.check_password",
        "accounts.finish_registration",
        "accounts.reset",
        "accounts.send_registration",
        "accounts.send_reset",
        "accounts.sign_out",
        "demo.sign_in",
        "notices.stop_mail",
    }


def test_programs_come_in_by_token_below_one_address_and_nowhere_else(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        who = of(app.view_functions[rule.endpoint])
        assert who is not None
        if who.signed_in:
            assert bool(who.scopes) == rule.rule.startswith(bearer.PREFIX), rule.rule


def test_every_address_for_programs_is_described(app: Flask) -> None:
    here = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(bearer.PREFIX)]
    silent = {
        rule.endpoint for rule in here if operations.of(app.view_functions[rule.endpoint]) is None
    }
    assert silent == {openapi.ENDPOINT}


def of_rule(app: Flask, endpoint: str) -> bool:
    """Tell whether an address wants somebody signed in."""
    who = of(app.view_functions[endpoint])
    return who is not None and who.signed_in
