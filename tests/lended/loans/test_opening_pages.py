"""The page on which a school or a supplier says when somebody is there."""

from __future__ import annotations

import pytest

from tests.lended.loans.site import Site, date_parts, sent, shown
from tests.lended.loans.test_openings import AUTUMN

DAYS = "/working-days"
CLOSURES = "/working-days/closures"


@pytest.mark.parametrize(
    ("who", "heading"), [("lead", "When our school is open"), ("supplier", "When we work")]
)
def test_days_are_kept_added_and_removed(site: Site, who: str, heading: str) -> None:
    client = site.clients()[who]
    assert heading in shown(client, DAYS)
    sent(client, DAYS, {"nation": "SCT", "weekdays": ["0", "5"]})
    half_term = {
        **date_parts("first_on", AUTUMN.first_on),
        **date_parts("last_on", AUTUMN.last_on),
        "words": "Half term",
    }
    sent(client, CLOSURES, half_term)
    page = shown(client, DAYS)
    assert "Half term" in page
    assert "Bank holidays of Scotland" in page
    again = client.post(CLOSURES, data=half_term)
    assert again.status_code == 422
    assert "in your list already" in again.text
    days = {"first_on": AUTUMN.first_on.isoformat(), "last_on": AUTUMN.last_on.isoformat()}
    sent(client, f"{CLOSURES}/remove", days)
    assert "Half term" not in shown(client, DAYS)


def test_what_makes_no_sense_is_said_beside_its_field(site: Site) -> None:
    nothing = site.as_lead.post(DAYS, data={"nation": "FRA"})
    assert nothing.status_code == 422
    assert "Choose at least one day of the week." in nothing.text
    backwards = {
        **date_parts("first_on", AUTUMN.last_on),
        **date_parts("last_on", AUTUMN.first_on),
    }
    refused = site.as_lead.post(CLOSURES, data=backwards)
    assert refused.status_code == 422
    assert "cannot come before the first" in refused.text
    unread = site.as_lead.post(f"{CLOSURES}/remove", data={"first_on": "x"}, follow_redirects=True)
    assert "These days are not in your list." in unread.text
    assert site.as_teacher.get(DAYS).status_code in {403, 404}
