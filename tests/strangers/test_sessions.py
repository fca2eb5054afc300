"""Sessions in the filled demo: forged forms, chosen places, hosts that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lended.web.audience import of
from tests.strangers.cast import SCHOOL, everybody, person, place, thing
from tests.strangers.doors import DOORS, PROGRAMS
from tests.strangers.test_every_address import address, methods_of
from tests.strangers.world import World

BY_SIGNED_LINK = frozenset({"notices.stop_mail"})
"""Where nobody can send anything who does not hold a link signed for it (RFC 8058)."""

SIAN = "sian.probert@llanderwen.example"
PLACES = {
    "Ysgol Gymunedol Llanderwen": ("loans.loans", "needs.needs", "schools.school"),
    "Gwennol Languages": ("loans.loans", "catalogue.listings", "catalogue.details",
                          "catalogue.new_listing", "accounts.members"),
    "Candlewick Schools Trust": (),
}  # fmt: skip
ONLY_SOME = ("loans.loans", "catalogue.listings", "catalogue.details", "catalogue.new_listing",
             "accounts.members", "catalogue.waiting_listings", "desks.failed_mail")  # fmt: skip


@pytest.fixture
def guarded(world: World) -> Iterator[World]:
    """Return the world with its protection against forged forms."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    yield world
    world.app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize(
    "endpoint", [name for name in DOORS if name not in BY_SIGNED_LINK and name not in PROGRAMS]
)
@pytest.mark.parametrize("token", [None, "ImZvcmdlZCI.Z.forged"])
def test_a_form_without_a_token_of_its_sender_changes_nothing(
    guarded: World, endpoint: str, token: str | None
) -> None:
    if "POST" not in methods_of(guarded, endpoint):
        return
    door = DOORS[endpoint]
    about = thing(guarded, door.kind)
    sent: dict[str, Any] = {} if token is None else {"csrf_token": token}
    for somebody in everybody(guarded, about):
        if somebody.names & door.inside:
            client = guarded.client(somebody.person_id, somebody.place_id)
            answer = client.post(address(guarded, endpoint, about.values), data=sent)
            assert answer.status_code == 400, (endpoint, somebody.names)
            assert "site-head" in answer.text
            assert guarded.version() == guarded.began_at


def test_a_token_of_one_person_is_no_good_for_another(guarded: World) -> None:
    amira = guarded.client(person(guarded, "amira.hussain@millfold.example"), None)
    ruth = guarded.client(person(guarded, "ruth.ackroyd@millfold.example"), None)
    page = amira.get("/account").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    ruth.get("/account")
    answer = ruth.post("/account", data={"csrf_token": token, "name": "Somebody Else"})
    assert answer.status_code == 400
    assert guarded.version() == guarded.began_at


@pytest.mark.parametrize("name", PLACES)
def test_switching_the_place_switches_everything(world: World, name: str) -> None:
    client = world.client(person(world, SIAN), None)
    chosen = client.post("/acting-for", data={"organisation_id": str(place(world, name))})
    assert chosen.status_code == 303
    assert name in client.get("/account").text
    for endpoint in dict.fromkeys((*ONLY_SOME, *PLACES[name])):
        answer = client.get(address(world, endpoint, {}))
        assert answer.status_code == (200 if endpoint in PLACES[name] else 404), endpoint
        assert answer.status_code == 404 or name in answer.text
    seen = {path for (path,) in world.rows("SELECT '/loans/' || id FROM loans")
            if client.get(path).status_code == 200}  # fmt: skip
    assert seen == set(in_sight(world, place(world, name)))


def in_sight(world: World, at: int) -> Iterator[str]:
    """Yield the loans Sian has a part in when she acts for a place."""
    for (path,) in world.rows(
        "SELECT '/loans/' || l.id FROM loans l JOIN suppliers s ON s.id = l.supplier_id "
        "WHERE (l.school_id = ? AND ? IN (l.teacher_id, l.responsible_id)) OR (s.organisation_id "
        "= ? AND l.state NOT IN ('draft', 'school_signoff', 'waitlisted') AND l.asked_at NOT NULL)",
        at,
        person(world, SIAN),
        at,
    ):
        yield path


def test_nobody_chooses_a_place_that_is_not_theirs(world: World) -> None:
    client = world.client(person(world, SIAN), None)
    for number in (place(world, SCHOOL), place(world, "LendED"), 0, -1, 10**12):
        answer = client.post("/acting-for", data={"organisation_id": str(number)})
        assert answer.status_code == 404
    with client.session_transaction() as cookie:
        cookie["organisation_id"] = place(world, "LendED")
    assert client.get("/staff/listings").status_code == 404
    assert "Ysgol Gymunedol Llanderwen" in client.get("/account").text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_away_by_switching_or_by_a_notice(world: World, wanted: str) -> None:
    sian = person(world, SIAN)
    client = world.client(sian, None)
    sent = {"organisation_id": str(place(world, "Gwennol Languages")), "next": wanted}
    assert client.post("/acting-for", data=sent).location == "/desk"
    number = world.one("SELECT id FROM notices WHERE person_id = ? AND in_inbox", sian)
    with world.watch:
        world.watch.execute("UPDATE notices SET link = ? WHERE id = ?", (wanted, number))
    assert client.post(f"/inbox/{number}").location == "/inbox"
    with world.watch:
        world.watch.execute("UPDATE notices SET link = '' WHERE id = ?", (number,))


def test_no_page_repeats_the_host_it_was_asked_by(world: World) -> None:
    for endpoint, door in DOORS.items():
        about = thing(world, door.kind)
        inside = next(each for each in everybody(world, about) if each.names & door.inside)
        if "GET" in methods_of(world, endpoint):
            client = world.client(inside.person_id, inside.place_id)
            path = address(world, endpoint, about.values)
            named = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
            answer = client.get(path, headers=named, base_url="http://localhost")
            assert b"evil.example" not in answer.get_data()
            assert "evil.example" not in str(answer.headers)
            answer.close()


def test_every_door_that_needs_somebody_says_so(world: World) -> None:
    """A session that has ended opens nothing: the version on the person is enough."""
    amira = person(world, "amira.hussain@millfold.example")
    client = world.client(amira, place(world, SCHOOL))
    assert client.get("/desk").status_code == 200
    with world.watch:
        world.watch.execute("UPDATE people SET session_version = session_version + 1")
    for endpoint, door in DOORS.items():
        audience = of(world.app.view_functions[endpoint])
        if audience is not None and audience.signed_in and not audience.scopes:
            about = thing(world, door.kind)
            for method in methods_of(world, endpoint):
                answer = client.open(address(world, endpoint, about.values), method=method)
                assert answer.status_code == 303, endpoint
                assert answer.location.startswith("/sign-in")
    with world.watch:
        world.watch.execute("UPDATE people SET session_version = session_version - 1")
