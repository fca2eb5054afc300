"""How people come in by mail: somebody new, somebody invited, somebody who forgot a password."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.letters import Letters
from tests.journeys.newcomers import FIRST_PASSWORD, make_an_account
from tests.journeys.walker import Walker

LEAD_OF_FENWICK = "colin.bunn@fenwickdrove.example"
LEAD_OF_MILLFOLD = "ruth.ackroyd@millfold.example"
NEWCOMER = "nadia.rahman@fenwickdrove.example"
COLLEAGUE = "owen.parry@millfold.example"
NEW_PASSWORD = "the caretaker owns nine keys"

pytestmark = pytest.mark.journey


def test_somebody_new_makes_an_account_and_is_let_into_a_school(
    meet: Meet, letters: Letters
) -> None:
    newcomer, lead = meet("newcomer"), meet("lead")
    make_an_account(newcomer, letters, NEWCOMER, "Nadia Rahman")
    _ask_to_join(newcomer)
    _let_in(lead)
    newcomer.sign_in_with(NEWCOMER, FIRST_PASSWORD)
    newcomer.reads("Your desk")
    newcomer.visit("/account")
    newcomer.reads("Fenwick Drove")
    newcomer.looks("64-account")


def test_a_colleague_is_invited_and_later_chooses_a_new_password(
    meet: Meet, letters: Letters
) -> None:
    lead, colleague = meet("lead"), meet("colleague")
    _invite(lead)
    colleague.visit(letters.link_to(COLLEAGUE, "/invitations/"))
    colleague.looks("66-invitation")
    colleague.write("Your name", "Owen Parry")
    colleague.write("Password", FIRST_PASSWORD)
    colleague.press("Join")
    colleague.reads("Your desk")
    colleague.press("Sign out")
    _choose_a_new_password(colleague, letters)
    colleague.press("Sign out")
    colleague.sign_in_with(COLLEAGUE, NEW_PASSWORD)


def _ask_to_join(newcomer: Walker) -> None:
    newcomer.write("Name, town or postcode", "fenwick")
    newcomer.press("Look")
    newcomer.looks("61-schools-found")
    newcomer.follow("Fenwick Drove")
    newcomer.press("Ask to join")
    newcomer.reads("Something needs another look")
    newcomer.looks("62-joining-in-error")
    newcomer.choose("What do you do there?", "Teacher")
    newcomer.write("A few words to whoever answers", "I teach Year 3 from January. Colin knows me.")
    newcomer.press("Ask to join")
    newcomer.reads("What you have asked")


def _let_in(lead: Walker) -> None:
    lead.sign_in_with(LEAD_OF_FENWICK)
    lead.follow("Nadia Rahman asks to join")
    lead.looks("63-somebody-asks-to-join")
    lead.press("Yes, let them in")
    lead.reads("Nadia Rahman belongs now")


def _invite(lead: Walker) -> None:
    lead.sign_in_as(LEAD_OF_MILLFOLD)
    lead.visit("/members")
    lead.looks("65-people")
    lead.write("Their email address", COLLEAGUE)
    lead.choose("What they do here", "Teacher")
    lead.press("Send an invitation")
    lead.reads("Invited, not here yet")
    lead.reads(COLLEAGUE)


def _choose_a_new_password(colleague: Walker, letters: Letters) -> None:
    colleague.visit("/sign-in")
    colleague.follow("Choose a new password")
    colleague.write("Email address", COLLEAGUE)
    colleague.press("Send me a link")
    colleague.reads("We have written to the address you gave.")
    colleague.visit(letters.link_to(COLLEAGUE, "/reset/"))
    colleague.write("New password", "short")
    colleague.press("Use this password")
    colleague.reads("At least 12 characters")
    colleague.looks("67-password-too-short")
    colleague.write("New password", NEW_PASSWORD)
    colleague.press("Use this password")
    colleague.reads("Your desk")
