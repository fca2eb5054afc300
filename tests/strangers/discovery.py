"""Finding every form there is, as whoever may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.strangers.cast import SCHOOL, Somebody, Thing, everybody, person, place, thing
from tests.strangers.doors import DOORS
from tests.strangers.pages import Form, read
from tests.strangers.test_every_address import address, methods_of
from tests.strangers.world import INVITED_NEW, World

ONLY_IN_A_MENU = frozenset({"accounts.sign_out"})
NEVER_STOCKED = "nursery-notes"
EVERY_STATE = tuple(dict.fromkeys(
    door.kind for door in DOORS.values() if door.kind.startswith("loan ")
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A form, where it was found and by whom."""

    endpoint: str
    form: Form
    page: str
    who: Somebody


def find_forms(world: World) -> dict[str, list[Found]]:
    """Return every form by the endpoint it is sent to, each with its own set of fields once."""
    found: dict[tuple[str, str, frozenset[str]], Found] = {}
    router = world.app.url_map.bind("localhost")
    for endpoint, kind in _places():
        about = thing(world, kind)
        if "GET" in methods_of(world, endpoint):
            for who in _insiders(world, endpoint, about):
                for each in _on_page(world, router, address(world, endpoint, about.values), who):
                    key = each.endpoint, each.form.method, frozenset(each.form.controls)
                    found.setdefault(key, each)
    for path, who in _further(world):
        for each in _on_page(world, router, path, who):
            found.setdefault((each.endpoint, each.form.method, frozenset(each.form.controls)), each)
    by_endpoint: dict[str, list[Found]] = defaultdict(list)
    for (endpoint, _method, _names), each in found.items():
        by_endpoint[endpoint].append(each)
    return by_endpoint


def _further(world: World) -> Iterator[tuple[str, Somebody]]:
    """Yield pages that show a form only when asked in a certain way, or to certain people."""
    visitor = Somebody(frozenset({"visitor"}))
    yield f"/invitations/{INVITED_NEW}", visitor
    amira = person(world, "amira.hussain@millfold.example")
    asked = "/find?need=They+mix+up+fractions"
    yield asked, Somebody(frozenset({"teacher"}), amira, place(world, SCHOOL))
    sian = person(world, "sian.probert@llanderwen.example")
    yield "/acting-for", Somebody(frozenset({"teacher"}), sian)
    nell = person(world, "nell@larkriselearning.example")
    packs = Somebody(frozenset({"supplier"}), nell, place(world, "Larkrise Learning"))
    yield f"/supplier/products/{NEVER_STOCKED}/stock", packs
    yield f"/supplier/products/{NEVER_STOCKED}/stock/parts/new", packs
    told = thing(world, "loan closed")
    teller = Somebody(frozenset({"teacher"}), told.owner_id, told.school_id)
    yield f"/loans/{told.values['loan_id']}/outcome/read", teller
    yield from _of_the_waiting_list(world)
    yield from _of_an_open_incident(world)


def _of_the_waiting_list(world: World) -> Iterator[tuple[str, Somebody]]:
    """Yield the request of somebody who was offered a place in the line, and will come back."""
    draft = thing(world, "loan draft")
    who = Somebody(frozenset({"teacher"}), draft.owner_id, draft.school_id)
    number = draft.values["loan_id"]
    kept = f"/unfinished/trial/{number}"
    world.client(who.person_id, who.place_id).post(kept, data={"latest_on-day": "1"})
    yield f"/loans/{number}/ask", who


def _of_an_open_incident(world: World) -> Iterator[tuple[str, Somebody]]:
    about = thing(world, "loan to settle")
    number = world.one("SELECT id FROM incidents WHERE loan_id = ?", about.values["loan_id"])
    for who in everybody(world, about):
        if who.names & {"lead", "supplier"}:
            yield f"/incidents/{number}", who


def _places() -> list[tuple[str, str]]:
    loans = [("loans.loan", kind) for kind in EVERY_STATE]
    return [*((endpoint, door.kind) for endpoint, door in DOORS.items()), *loans]


def _insiders(world: World, endpoint: str, about: Thing) -> list[Somebody]:
    inside = DOORS[endpoint].inside
    if "visitor" in inside:
        inside &= {"visitor", "teacher", "invitee"}
    elif "newcomer" in inside:
        inside &= {"teacher", "lead", "supplier", "newcomer"}
    named: dict[frozenset[str], Somebody] = {}
    for who in everybody(world, about):
        if who.names & inside and not any("other" in name for name in who.names):
            named.setdefault(who.names, who)
    return list(named.values())


def _on_page(world: World, router: MapAdapter, path: str, who: Somebody) -> list[Found]:
    answer = world.client(who.person_id, who.place_id).get(path)
    text = answer.text if answer.mimetype == "text/html" else ""
    answer.close()
    return [
        Found(endpoint, form, path, who)
        for form in read(text).forms
        if (endpoint := _endpoint(router, form, path))
        and (endpoint not in ONLY_IN_A_MENU or path == "/")
    ]


def _endpoint(router: MapAdapter, form: Form, path: str) -> str:
    form.action = form.action or path
    try:
        return str(router.match(form.action.partition("?")[0], method=form.method)[0])
    except HTTPException as error:
        raise AssertionError(f"A form of {path} goes nowhere: {form.action}") from error
