"""A kit that is sent, stays too long, comes back with a part missing, and how that is settled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from PIL import Image

from lended import clock
from lended.loans import service
from lended.web.database import transaction
from tests.journeys.asking import GOAL, fill_in_the_request, monday_in, morning_of
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER = "amira.hussain@millfold.example"
LEAD = "ruth.ackroyd@millfold.example"
SUPPLIER = "nell@larkriselearning.example"
PRODUCT = "SoundSteps Phonics Kit"
FOUND = "One letterpress tile is not in the box. Perhaps it is under a radiator?"

pytestmark = pytest.mark.journey


def test_a_late_kit_comes_back_with_a_part_missing_and_it_is_settled(
    meet: Meet, house: Flask, tmp_path: Path
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with time_machine.travel(morning_of(tomorrow)) as traveller:
        teacher, lead, supplier = meet("teacher"), meet("lead"), meet("supplier")
        first_day = monday_in(2)
        _ask_and_agree(teacher, lead, supplier)
        _send(supplier)
        traveller.move_to(morning_of(first_day))
        _receive(teacher)
        traveller.move_to(morning_of(first_day + timedelta(days=30)))
        _let_time_pass(house)
        _send_back_late(teacher)
        _check(supplier, tmp_path)
        _answer(lead)
        _settle(supplier)


def _ask_and_agree(teacher: Walker, lead: Walker, supplier: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/products/soundsteps")
    teacher.press("Ask to try it")
    teacher.write("What gets in the way?", "Twelve children sound out and cannot blend.")
    teacher.write("What do you want to change?", GOAL)
    fill_in_the_request(teacher, monday_in(2))
    teacher.press("Ask for this trial")
    lead.sign_in_as(LEAD)
    lead.follow(f"Amira Hussain would like to try this. {PRODUCT}")
    lead.follow("Agree to it")
    lead.press("Agree and ask the supplier")
    supplier.sign_in_as(SUPPLIER)
    supplier.follow(f"Millfold Primary School would like to try this. {PRODUCT}")
    supplier.press("Say yes")
    lead.page.reload()
    lead.follow("Read and accept the terms")
    lead.write("Who answers when you are away?", "Amira Hussain")
    lead.write("Address to send it to", "Millfold Primary School, School Lane, Millfold")
    lead.write("When is somebody there to take it in?", "Weekdays, 8 to 4, at the office")
    lead.tick("I have read the terms")
    lead.press("Accept for our school")
    lead.reads("Accepted.")


def _send(supplier: Walker) -> None:
    supplier.page.reload()
    supplier.follow("Send it")
    supplier.looks("60-sending-a-kit")
    supplier.write("In what condition?", "As new, counted twice")
    supplier.press("It is on its way")
    supplier.reads("Choose what you are sending.")
    supplier.looks("61-sending-without-a-kit")
    supplier.group("Which kits do you send?").get_by_role("checkbox").first.check()
    supplier.write("What did you check?", "Nothing in it is electrical.")
    supplier.press("It is on its way")
    supplier.reads("The school knows that it is on its way.")


def _receive(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/loans")
    teacher.follow(PRODUCT)
    teacher.follow("Check what arrived")
    teacher.press("It is here")
    teacher.reads("The trial begins.")


def _let_time_pass(house: Flask) -> None:
    with house.app_context():
        service.run_clock(transaction)


def _send_back_late(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/loans")
    teacher.follow(f"It should be back already. Please send it. {PRODUCT}")
    teacher.reads("It was not sent back on time")
    teacher.looks("62-late-loan")
    teacher.follow("Send it back")
    teacher.write("When and where can it be collected?", "Today, at the office")
    teacher.press("It is ready to go back")
    teacher.reads("The supplier knows that it is coming back.")


def _check(supplier: Walker, folder: Path) -> None:
    Image.new("RGB", (640, 480), "teal").save(folder / "box.png")
    (folder / "note.jpg").write_text("not a picture")
    supplier.sign_in_as(SUPPLIER)
    supplier.visit("/loans")
    supplier.follow(f"It is on its way back. Say so when it is there. {PRODUCT}")
    supplier.follow("A part is back")
    supplier.looks("63-a-part-is-back")
    supplier.page.go_back()
    supplier.press("All of it is back")
    supplier.follow("Check what came back")
    tiles = supplier.group("letterpress sound tiles")
    tiles.get_by_label("How many?").fill("43")
    tiles.get_by_label("Condition").select_option(label="Missing")
    supplier.choose("Is something to be settled with the school?", "Something is missing")
    supplier.page.get_by_label("Pictures").set_input_files(folder / "note.jpg")
    supplier.press("Close this loan")
    supplier.reads("note.jpg: This is not a picture we can read.")
    supplier.looks("64-check-in-error")
    supplier.write("What do you want to tell the school?", FOUND)
    supplier.page.get_by_label("Pictures").set_input_files(folder / "box.png")
    supplier.press("Close this loan")
    supplier.reads("Something of this loan is set aside.")
    supplier.looks("65-closed-with-something-to-settle")


def _answer(lead: Walker) -> None:
    lead.sign_in_as(LEAD)
    lead.visit("/loans")
    lead.follow(PRODUCT)
    lead.follow("Something is missing")
    lead.reads(FOUND)
    lead.looks("66-incident-at-the-school")
    lead.choose("What do you want to say?", "We agree with this")
    lead.write("In your words", "We found it under the radiator and will post it.")
    lead.press("Send this")
    lead.reads("The other side has been told.")


def _settle(supplier: Walker) -> None:
    supplier.follow("Something is missing")
    supplier.choose("What do you want to say?", "This settles it")
    supplier.write("In your words", "It has come. Thank you.")
    supplier.press("Send this")
    supplier.reads("Settled")
    supplier.looks("67-incident-settled")
    supplier.follow(PRODUCT)
    supplier.follow("Say how things stand with it")
    supplier.looks("68-what-was-set-aside")
    supplier.choose("How do things stand with it?", "Ready to be lent again")
    supplier.write("What was done?", "The tile is back in the box.")
    supplier.press("Keep this")
    supplier.reads("made it ready to be lent again")
