"""Every address, as everyone: who is let in, who is refused, to whom it does not exist."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lended.access import Role
from lended.web.audience import of
from tests.strangers.cast import Somebody, everybody, thing
from tests.strangers.doors import DOORS, SIGNED_IN, Door
from tests.strangers.world import World, lasting

METHODS = ("GET", "POST")
NO_SUCH_KEY, NO_SUCH_WORD = 2_000_000_000, "no-such-thing"
ROLE_OF = {
    "teacher": Role.TEACHER,
    "colleague": Role.TEACHER,
    "other teacher": Role.TEACHER,
    "lead": Role.SCHOOL_LEAD,
    "other lead": Role.SCHOOL_LEAD,
    "trust": Role.TRUST_LEAD,
    "other trust": Role.TRUST_LEAD,
    "supplier": Role.SUPPLIER,
    "other supplier": Role.SUPPLIER,
    "technologist": Role.TECHNOLOGIST,
    "other technologist": Role.TECHNOLOGIST,
    "staff": Role.STAFF,
}
SENT = {
    "email": "amira.hussain@millfold.example",
    "reason": "not_for_my_pupils",
    "words": "words",
    "need": "fractions",
}


def test_the_table_names_every_endpoint_and_no_other(world: World) -> None:
    assert set(DOORS) == {rule.endpoint for rule in world.app.url_map.iter_rules()}


@pytest.mark.parametrize("endpoint", DOORS)
def test_the_table_and_the_audience_say_the_same(world: World, endpoint: str) -> None:
    audience, door = of(world.app.view_functions[endpoint]), DOORS[endpoint]
    assert audience is not None
    named = door.inside | door.refused
    assert audience.signed_in == ("visitor" not in named)
    if audience.roles:
        outside = {name for name, role in ROLE_OF.items() if role not in audience.roles}
        assert not named & outside
        assert not named & {"newcomer", "invitee"}


@pytest.mark.parametrize("endpoint", DOORS)
def test_everyone_is_met_as_the_table_says(world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    about = thing(world, door.kind)
    met = []
    for method in methods_of(world, endpoint):
        for somebody in everybody(world, about):
            met.append(expected(door, somebody))
            answer = visit(world, somebody, method, address(world, endpoint, about.values))
            judge(world, door, somebody, method, answer)
    assert "in" in met, "nobody of the cast may come in: the table is wrong"


@pytest.mark.parametrize(
    "endpoint", [name for name, door in DOORS.items() if set(SIGNED_IN) - door.inside]
)
def test_to_strangers_it_is_as_if_it_were_not_there(world: World, endpoint: str) -> None:
    """Scenario 14 of the lending design, and everything else."""
    door = DOORS[endpoint]
    about = thing(world, door.kind)
    here = address(world, endpoint, about.values)
    nowhere = address(world, endpoint, {name: missing(name) for name in about.values})
    if nowhere == here:
        nowhere = "/api/v1/no-such-thing" if for_programs(here) else "/no-such-page"
    strangers = [
        each
        for each in everybody(world, about)
        if is_known(each, here) and expected(door, each) == "stranger"
    ]
    for somebody in strangers:
        for method in methods_of(world, endpoint):
            found = visit(world, somebody, method, here)
            absent = visit(world, somebody, method, nowhere)
            assert absent.status_code in {404, 303, 405}, (method, nowhere)
            if absent.status_code == 404:
                assert same(found, absent), (somebody.names, method)


def methods_of(world: World, endpoint: str) -> list[str]:
    """Return which of the two methods an endpoint answers."""
    allowed = {
        method for rule in world.app.url_map.iter_rules(endpoint) for method in rule.methods or ()
    }
    return [method for method in METHODS if method in allowed]


def address(world: World, endpoint: str, values: dict[str, Any]) -> str:
    """Return where an endpoint is, for a thing."""
    rule = next(world.app.url_map.iter_rules(endpoint))
    fitting = {name: value for name, value in values.items() if name in rule.arguments}
    with world.app.test_request_context():
        return str(world.app.url_for(endpoint, **fitting))


def missing(name: str) -> Any:
    """Return a value of an address that leads nowhere."""
    if name == "move":
        return "withdraw"
    if name == "form":
        return "trial"
    return NO_SUCH_KEY if name.endswith("_id") else NO_SUCH_WORD


def visit(world: World, somebody: Somebody, method: str, path: str) -> TestResponse:
    """Ask for an address as somebody."""
    client: FlaskClient = world.client(somebody.person_id, somebody.place_id)
    answer = client.open(path, method=method, data=SENT if method == "POST" else None)
    answer.get_data()
    answer.close()
    return answer


def for_programs(path: str) -> bool:
    """Tell whether an address lets in by token, and not by session."""
    return path.startswith("/api/")


def is_known(somebody: Somebody, path: str) -> bool:
    """Tell whether somebody can be recognised there; a token belongs to a place."""
    return (somebody.place_id if for_programs(path) else somebody.person_id) is not None


def expected(door: Door, somebody: Somebody) -> str:
    """Return how the table says somebody is met."""
    if somebody.names & door.inside:
        return "in"
    return "refused" if somebody.names & door.refused else "stranger"


def judge(world: World, door: Door, somebody: Somebody, method: str, answer: TestResponse) -> None:
    """Compare an answer with the table, and see that only those inside changed anything."""
    told = (sorted(somebody.names), method, answer.request.path, answer.status_code)
    met = expected(door, somebody)
    assert answer.status_code < 500, told
    to_sign_in = answer.status_code == 303 and answer.location.startswith("/sign-in")
    if met == "in":
        assert answer.status_code not in {401, 403, 404, 405}, told
        assert somebody.person_id is None or "next=" not in (answer.location or ""), told
        assert method != "GET" or world.version() == world.began_at, ("reading wrote", told)
        world.restore()
        return
    if met == "refused":
        assert answer.status_code == 403, told
    elif not is_known(somebody, answer.request.path):
        assert answer.status_code == 401 if for_programs(answer.request.path) else to_sign_in, told
    else:
        assert answer.status_code == 404, told
    assert world.version() == world.began_at, ("wrote something", told)


def same(found: TestResponse, absent: TestResponse) -> bool:
    """Tell whether nobody could tell two answers apart."""
    return (
        found.status_code == absent.status_code
        and lasting(found.text) == lasting(absent.text)
        and set(found.headers.keys()) == set(absent.headers.keys())
    )
