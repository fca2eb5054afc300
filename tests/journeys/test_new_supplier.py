"""A supplier nobody knew: checked, listed, checked again, and then suggested."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Meet
from tests.journeys.letters import Letters
from tests.journeys.newcomers import make_an_account
from tests.journeys.walker import Walker

STAFF = "jean@lended.example"
MAKER = "greta@copperbeechworkshop.example"
SUPPLIER = "Copper Beech Workshop"
PRODUCT = "Walk the Number Line"
SUMMARY = "A rope of a hundred beads on which a class walks, jumps and halves numbers together."
NEED = "My class cannot picture numbers on a number line and guess when they halve"

pytestmark = pytest.mark.journey


def test_a_supplier_and_its_listing_are_checked_before_anybody_is_shown_them(
    meet: Meet, letters: Letters
) -> None:
    maker, staff, visitor = meet("maker"), meet("staff"), meet("visitor")
    make_an_account(maker, letters, MAKER, "Greta Lindqvist")
    _ask_to_lend(maker)
    _approve_the_supplier(staff)
    _list_a_product(maker)
    _say_how_many_there_are(maker)
    _find(visitor)
    visitor.reads_nowhere(PRODUCT)
    _send_the_listing_back(staff)
    _submit_again(maker)
    _make_it_public(staff)
    _find(visitor)
    visitor.reads_soon(PRODUCT)
    visitor.looks("77-new-product-suggested")
    visitor.follow(PRODUCT)
    visitor.reads(SUPPLIER)
    visitor.looks("78-new-product")


def _ask_to_lend(maker: Walker) -> None:
    maker.visit("/suppliers/join")
    maker.looks("70-lend-your-products")
    maker.write("Name of the organisation", SUPPLIER)
    maker.write("Town", "Hexham")
    maker.write("About you", "Two joiners who make things to count with, and answer every letter.")
    maker.press("Ask to join")
    maker.reads("You have not listed a product yet")


def _approve_the_supplier(staff: Walker) -> None:
    staff.sign_in_as(STAFF)
    staff.looks("71-desk-of-staff")
    staff.follow(f"{SUPPLIER} would like to lend")
    staff.looks("72-supplier-to-check")
    staff.press("Approve it")
    staff.reads(f"{SUPPLIER} is approved.")


def _list_a_product(maker: Walker) -> None:
    maker.visit("/supplier/new-product")
    maker.write("Name of the product", PRODUCT)
    maker.pick("Kind of product", "Lessons and resources")
    maker.write("In one sentence", SUMMARY)
    maker.press("Begin the draft")
    maker.press("Save and submit")
    maker.reads("Something needs another look")
    maker.looks("73-listing-in-error")
    maker.write(
        "Description",
        "Pupils stand on the rope and walk to a number, then to half of it. The class sees at once "
        "who guesses. It does not fit a room with fixed desks.",
    )
    maker.page.get_by_role("checkbox", name="Key stage 2").check()
    maker.page.get_by_role("checkbox", name="Number facts at their fingertips").check()
    maker.press("Save and submit")
    maker.reads("LendED’s staff will read it before it is public.")


def _say_how_many_there_are(maker: Walker) -> None:
    maker.visit("/supplier/products")
    maker.looks("74-products-of-a-supplier")
    maker.follow("Stock")
    maker.choose("What do you lend?", "Kits that are sent and come back")
    maker.write("How many can be lent at the same time?", "3")
    maker.write("What is in one kit?", "1 rope with a hundred beads\n30 number cards")
    maker.press("Keep this stock")
    maker.looks("75-stock")


def _find(visitor: Walker) -> None:
    visitor.visit("/")
    visitor.write("What is getting in the way in your classroom?", NEED)
    visitor.press("See what might help")
    visitor.reads("You might consider")


def _send_the_listing_back(staff: Walker) -> None:
    staff.visit("/desk")
    staff.follow(f"Check the listing of {PRODUCT}")
    staff.press("Send it back")
    staff.reads("Something needs another look")
    staff.looks("76-listing-sent-back-without-words")
    staff.write("What the supplier should know", "How long is the rope? Say so, please.")
    staff.press("Send it back")
    staff.reads(f"{PRODUCT} is sent back.")


def _submit_again(maker: Walker) -> None:
    maker.visit("/supplier/products")
    maker.reads("How long is the rope?")
    maker.follow(PRODUCT)
    maker.write("In one sentence", SUMMARY.replace("A rope of", "Ten metres of rope with"))
    maker.press("Save and submit")
    maker.reads("LendED’s staff will read it before it is public.")


def _make_it_public(staff: Walker) -> None:
    staff.visit("/desk")
    staff.follow(f"Check the listing of {PRODUCT}")
    staff.press("Make it public")
    staff.reads(f"{PRODUCT} is public now.")
