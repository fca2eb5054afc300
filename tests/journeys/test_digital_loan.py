"""A loan of seats: access that only those see who need it, and data that is deleted afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from lended import clock
from tests.journeys.asking import GOAL, fill_in_the_request, monday_in, morning_of
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER = "amira.hussain@millfold.example"
LEAD = "ruth.ackroyd@millfold.example"
SUPPLIER = "nell@larkriselearning.example"
PRODUCT = "Blend and Mend"
CODE = "BLEND-4417"

pytestmark = pytest.mark.journey


def test_access_is_given_hidden_shown_ended_and_the_data_deleted(
    meet: Meet, tmp_path: Path
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with time_machine.travel(morning_of(tomorrow)) as traveller:
        teacher, lead, supplier = meet("teacher"), meet("lead"), meet("supplier")
        first_day = monday_in(2)
        _ask(teacher)
        _agree(lead)
        _say_yes(supplier)
        _accept_with_a_data_check(lead)
        _add_codes(supplier, tmp_path)
        _give_access(supplier)
        traveller.move_to(morning_of(first_day))
        _look_at_the_access(teacher)
        _take_a_seat(teacher)
        traveller.move_to(morning_of(first_day + timedelta(days=9)))
        _end_early(teacher)
        _confirm_the_deletion(supplier)
        _keep_the_certificate(lead)


def _ask(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/products/blend-and-mend")
    teacher.press("Ask to try it")
    teacher.write("What gets in the way?", "Twelve children sound out and cannot blend.")
    teacher.write("What do you want to change?", GOAL)
    fill_in_the_request(teacher, monday_in(2))
    teacher.press("Ask for this trial")
    teacher.reads("Your request is on its way")


def _agree(lead: Walker) -> None:
    lead.sign_in_as(LEAD)
    lead.follow(f"Amira Hussain would like to try this. {PRODUCT}")
    lead.follow("Agree to it")
    lead.press("Agree and ask the supplier")
    lead.reads("Agreed.")


def _say_yes(supplier: Walker) -> None:
    supplier.sign_in_as(SUPPLIER)
    supplier.follow(f"Millfold Primary School would like to try this. {PRODUCT}")
    supplier.press("Say yes")
    supplier.reads("You said yes")


def _accept_with_a_data_check(lead: Walker) -> None:
    lead.page.reload()
    lead.follow("Read and accept the terms")
    lead.write("Who answers when you are away?", "Ruth Ackroyd")
    lead.tick("I have read the terms")
    lead.press("Accept for our school")
    lead.reads("Say what came of your data-protection check.")
    lead.looks("50-terms-without-a-data-check")
    lead.choose("What came of your data-protection check?", "Our trust has assessed this product")
    lead.press("Accept for our school")
    lead.reads("Accepted.")


def _add_codes(supplier: Walker, folder: Path) -> None:
    loan = supplier.page.url
    (folder / "codes.csv").write_text("code\nSEAT-0001\nSEAT-0002\n")
    supplier.visit("/supplier/products/blend-and-mend/codes")
    supplier.page.get_by_label("A CSV file with one column").set_input_files(folder / "codes.csv")
    supplier.press("Add these codes")
    supplier.reads("2 codes are kept.")
    supplier.reads_nowhere("SEAT-0001")
    supplier.looks("56-codes")
    supplier.visit(loan)


def _give_access(supplier: Walker) -> None:
    supplier.page.reload()
    supplier.follow("Give access")
    supplier.write("How does the school get in?", f"Enter the class code {CODE} on our first page.")
    supplier.press("Give access")
    supplier.reads("The school has access.")
    supplier.reads_nowhere(CODE)


def _look_at_the_access(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.follow(PRODUCT)
    teacher.reads("Hidden until you ask for it.")
    teacher.reads_nowhere(CODE)
    teacher.looks("51-access-hidden")
    teacher.press("Show how to get in")
    teacher.reads(CODE)
    teacher.looks("52-access-shown")
    teacher.press("We have begun")
    teacher.reads("The trial has begun.")
    teacher.reads_nowhere(CODE)


def _take_a_seat(teacher: Walker) -> None:
    teacher.press("Take a seat")
    teacher.reads("to you alone")
    teacher.looks("57-a-seat-and-its-code")
    teacher.follow("Back to the loan")
    teacher.reads("1 of 1 seat is taken.")


def _end_early(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/loans")
    teacher.follow(PRODUCT)
    teacher.follow("End it early")
    teacher.looks("53-ending-early")
    teacher.write("Anything the supplier should know?", "They can all blend. Thank you.")
    teacher.press("End access now")
    teacher.reads("Access has ended.")


def _confirm_the_deletion(supplier: Walker) -> None:
    supplier.sign_in_as(SUPPLIER)
    supplier.visit("/loans")
    supplier.follow(f"Delete the school’s data and confirm it. {PRODUCT}")
    supplier.follow("Confirm the deletion")
    supplier.press("Confirm")
    supplier.reads("Something needs another look")
    supplier.looks("54-deletion-in-error")
    supplier.write("What was deleted?", "All class accounts and what was saved in them")
    supplier.write_date("On which day?", clock.today())
    supplier.press("Confirm")
    supplier.reads("Confirmed. The loan is closed.")
    supplier.looks("55-deletion-confirmed")


def _keep_the_certificate(lead: Walker) -> None:
    lead.sign_in_as(LEAD)
    lead.visit("/loans")
    lead.follow(PRODUCT)
    lead.follow("Certificate of deletion")
    lead.reads("All class accounts and what was saved in them")
    lead.looks("58-certificate-of-deletion")
