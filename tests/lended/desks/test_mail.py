"""What staff see of mail that does not arrive, through a client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import html5lib
import pytest
from flask.testing import FlaskClient

from lended import clock
from lended.notices.models import Notice
from tests.makers import Makers

SignIn = Callable[..., FlaskClient]


def test_mail_that_is_held_up_is_shown_to_staff(made: Makers, signed_in: SignIn) -> None:
    platform = made.organisation("platform")
    client = signed_in(made.person(platform, "staff"), platform)
    assert 'href="/staff/mail"' not in client.get("/desk").text
    for title, hours in (("Long ago", 3), ("Just now", 0)):
        made.save(
            Notice(
                email="busy@school.example",
                key=title,
                kind="test",
                title=title,
                words="",
                made_at=clock.now() - timedelta(hours=hours),
                next_try_at=clock.now(),
                last_answer="451 Later",
            )
        )
    assert "Mail is held up" in client.get("/desk").text
    page = client.get("/staff/mail").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Long ago" in page
    assert "451 Later" in page
    assert "Just now" not in page


@pytest.mark.parametrize(
    ("kind", "role"), [("school", "teacher"), ("school", "school_lead"), ("supplier", "supplier")]
)
def test_failed_mail_is_for_staff_only(
    made: Makers, signed_in: SignIn, kind: str, role: str
) -> None:
    place = made.organisation(kind)
    assert signed_in(made.person(place, role), place).get("/staff/mail").status_code == 404
