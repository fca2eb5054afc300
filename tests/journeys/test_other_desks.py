"""The desks of those who look after many schools, and pages in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TRUST_LEAD = "daniel.okafor@hawkesmere.example"
TECHNOLOGIST = "tomasz.wisniewski@hawkesmere.example"
STILL = """
() => document.getAnimations().length === 0
  && [...document.querySelectorAll('*')].every(element => {
    const style = getComputedStyle(element);
    const lasting = [style.transitionDuration, style.animationDuration];
    return lasting.every(seconds => parseFloat(seconds) < 0.01);
  })
"""
DARK = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(n => n < 60)"

pytestmark = pytest.mark.journey


def test_a_trust_lead_sees_every_school_of_the_trust(meet: Meet) -> None:
    lead = meet("trust-lead")
    lead.sign_in_as(TRUST_LEAD)
    lead.reads("Hawkesmere Learning Trust")
    expect(lead.page.get_by_role("table")).to_contain_text("Beckwith Road")
    lead.reads("What was learnt, like beside like")
    lead.looks("80-desk-of-a-trust-lead")


def test_a_technologist_starts_from_a_problem(meet: Meet) -> None:
    technologist = meet("technologist")
    technologist.sign_in_as(TECHNOLOGIST)
    technologist.looks("81-desk-of-a-technologist")
    technologist.follow("What is getting in the way?")
    technologist.write("What is getting in the way in your classroom?", "Marking takes my Sunday")
    technologist.press("See what might help")
    technologist.reads("You might consider")


def test_pages_can_be_read_in_the_dark_and_stand_still(meet: Meet) -> None:
    visitor = meet("visitor", color_scheme="dark", reduced_motion="reduce")
    visitor.visit("/find?need=Marking+takes+my+Sunday")
    _is_dark_and_still(visitor)
    visitor.looks("82-suggestions-in-the-dark")
    visitor.visit("/stories")
    _is_dark_and_still(visitor)
    visitor.looks("83-stories-in-the-dark")


def _is_dark_and_still(visitor: Walker) -> None:
    assert visitor.page.evaluate(DARK)
    assert visitor.page.evaluate(STILL)
