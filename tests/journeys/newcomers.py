"""Making an account, as everybody does who has not been invited."""

from __future__ import annotations

from tests.journeys.letters import Letters
from tests.journeys.walker import Walker

FIRST_PASSWORD = "forty seven sheep on a hill"


def make_an_account(newcomer: Walker, letters: Letters, email: str, name: str) -> None:
    """Ask for a link, follow it, and say who one is."""
    newcomer.visit("/register")
    newcomer.write("Email address", email)
    newcomer.press("Send me a link")
    newcomer.reads("We have written to the address you gave.")
    newcomer.visit(letters.link_to(email, "/register/"))
    newcomer.looks("60-who-you-are")
    newcomer.write("Your name", name)
    newcomer.write("Password", FIRST_PASSWORD)
    newcomer.press("Make my account")
    newcomer.reads("Find your school")
