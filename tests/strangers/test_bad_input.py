"""Every field of every form, filled with what should not be in it: answered, never broken."""

from __future__ import annotations

import html5lib
import pytest
from werkzeug.test import TestResponse

from lended.words import clean_words
from tests.strangers.discovery import Found, find_forms
from tests.strangers.doors import DOORS, PROGRAMS
from tests.strangers.oddities import (
    ODD_DATES,
    ODDITIES,
    PARTS,
    WOULD_BE,
    Sent,
    body,
    kept,
    misdated,
    sensible,
    spoilt,
    turned,
)
from tests.strangers.pages import Form, Page, read
from tests.strangers.world import World

AUTOSAVED = "accounts.drop_unfinished"
"""Sent to by a button that is there only while something is kept unfinished."""

TOO_MUCH_TO_KEEP = "accounts.keep_unfinished"
"""Answers with a page that says so: nothing typed is wrong, there may only be too much of it."""

FORMS = tuple(name for name in DOORS if name != AUTOSAVED and name not in PROGRAMS)
TOKENS = frozenset({"csrf_token", "once"})
TAKEN = frozenset({200, 204, 302, 303})
REFUSED = frozenset({400, 403, 404, 409, 413})
INJECTED = ("<script>alert", "<img src=x", WOULD_BE, "\x00", "\x1b")


@pytest.fixture(scope="module")
def forms(shared: World) -> dict[str, list[Found]]:
    """Return every form there is."""
    return find_forms(shared)


def test_every_address_that_takes_a_form_has_one(
    world: World, forms: dict[str, list[Found]]
) -> None:
    posted = {
        rule.endpoint for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or ())
    }
    assert posted - set(forms) - set(PROGRAMS) == {AUTOSAVED}


@pytest.mark.parametrize("endpoint", FORMS)
def test_odd_input_is_answered_beside_its_field(
    world: World, forms: dict[str, list[Found]], endpoint: str
) -> None:
    for found in forms.get(endpoint, ()):
        for step in range(len(ODDITIES)):
            judge(world, found, turned(found.form, step), strictly=step == 0)


@pytest.mark.parametrize("endpoint", FORMS)
def test_odd_words_in_a_good_form_are_taken_or_answered(
    world: World, forms: dict[str, list[Found]], endpoint: str
) -> None:
    for found in forms.get(endpoint, ()):
        for oddity in ODDITIES:
            judge(world, found, spoilt(found.form, oddity))


@pytest.mark.parametrize("endpoint", FORMS)
def test_dates_that_are_none_are_answered(
    world: World, forms: dict[str, list[Found]], endpoint: str
) -> None:
    for found in forms.get(endpoint, ()):
        if any(name.endswith(PARTS) for name in found.form.controls):
            for date in ODD_DATES.values():
                judge(world, found, misdated(found.form, date))


@pytest.mark.parametrize("endpoint", FORMS)
def test_nobody_chooses_what_is_not_offered(
    world: World, forms: dict[str, list[Found]], endpoint: str
) -> None:
    for found in forms.get(endpoint, ()):
        good = {name: sensible(control) for name, control in found.form.controls.items()}
        for name, control in found.form.controls.items():
            if control.kind in {"select", "radio"} and found.form.method == "POST":
                before = world.version()
                answer = judge(world, found, good | {name: (b"999999",)}, put_back=False)
                changed = world.version() != before
                assert not changed or endpoint == TOO_MUCH_TO_KEEP, (answer.status_code, name)
                world.restore()


def test_a_suggestion_is_put_aside_with_a_reason_or_asked_for_one(
    world: World, forms: dict[str, list[Found]]
) -> None:
    found = forms["needs.put_aside"][0]
    answer = send(world, found, {"reason": (b"because",)})
    client = world.client(found.who.person_id, found.who.place_id)
    page = read(client.get(answer.location).text)
    assert len(page.wrong) == 1
    assert_tied(page, (answer.location,))


def judge(
    world: World,
    found: Found,
    fields: dict[str, Sent],
    *,
    strictly: bool = False,
    put_back: bool = True,
) -> TestResponse:
    """Send a form and see that the answer is one of ours, says what is wrong and keeps the rest."""
    answer = send(world, found, fields)
    told = (found.endpoint, found.form.action, answer.status_code, _short(fields))
    assert answer.status_code in TAKEN | REFUSED | {422}, told
    if answer.mimetype == "text/html":
        for snippet in INJECTED:
            assert snippet not in answer.text, (snippet, told)
        if strictly and answer.status_code not in {302, 303}:
            _parse_strictly(answer)
    if answer.status_code in REFUSED:
        assert "site-head" in answer.text, told
    if answer.status_code == 422 and found.endpoint != TOO_MUCH_TO_KEEP:
        page = read(answer.text)
        assert page.wrong or tampered(found.form, fields), ("nothing is marked as wrong", told)
        assert page.wrong or "problem-title" in page.ids, told
        assert_tied(page, told)
        assert_kept(page, found.form, fields, told)
    location = answer.headers.get("Location", "/")
    assert location.startswith("/"), told
    assert not location.startswith(("//", "/\\")), told
    if put_back:
        world.restore()
    return answer


def send(world: World, found: Found, fields: dict[str, Sent]) -> TestResponse:
    """Send a form as the one who found it."""
    client = world.client(found.who.person_id, found.who.place_id)
    sent = body(fields)
    if found.form.method == "GET":
        return client.get(f"{found.form.action.partition('?')[0]}?{sent.decode('ascii')}")
    kind = "application/x-www-form-urlencoded"
    return client.post(found.form.action, data=sent, content_type=kind)


def tampered(form: Form, fields: dict[str, Sent]) -> bool:
    """Tell whether what nobody can see in a browser was changed: no control shows it as wrong."""
    return any(
        fields.get(name, ()) != sensible(control)
        for name, control in form.controls.items()
        if control.kind in {"hidden", "button"} and name not in TOKENS
    )


def assert_tied(page: Page, told: tuple[object, ...]) -> None:
    """See that what is marked as wrong is described by words on the page."""
    for described in page.wrong:
        assert described, ("a wrong control is not described", told)
        assert set(described.split()) <= page.ids, (described, told)


def assert_kept(page: Page, form: Form, fields: dict[str, Sent], told: tuple[object, ...]) -> None:
    """See that everything typed is still there, as far as it can be seen at all."""
    shown = [each for each in page.forms if _path(each.action) == _path(form.action)]
    assert shown, ("the form is gone", told)
    for name, control in form.controls.items():
        again = [each.controls[name] for each in shown if name in each.controls]
        if not control.typed or not again:
            continue
        wanted = kept(control, fields.get(name, ()))
        found = {clean_words(value) for each in again for value in each.values}
        assert wanted.strip() in found, (name, wanted[:80], told)


def _parse_strictly(answer: TestResponse) -> None:
    whole = "<!doctype" in answer.text[:200].lower()
    parser = html5lib.HTMLParser(strict=True)
    if whole:
        parser.parse(answer.text)
    else:
        parser.parseFragment(answer.text)


def _path(action: str) -> str:
    return action.partition("?")[0]


def _short(fields: dict[str, Sent]) -> dict[str, list[bytes]]:
    return {name: [value[:40] for value in values] for name, values in fields.items()}
