"""From a stated need to a published story, through every role that has a part in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from lended import clock
from tests.journeys.asking import GOAL, fill_in_the_request, monday_in, morning_of
from tests.journeys.conftest import Meet
from tests.journeys.walker import Walker

TEACHER = "amira.hussain@millfold.example"
LEAD = "ruth.ackroyd@millfold.example"
SUPPLIER = "nell@larkriselearning.example"
PRODUCT = "SoundSteps Phonics Kit"
QUESTION = "What is getting in the way in your classroom?"
NEED = "My Year 2s know every sound but cannot blend three of them into a word"
WORDS = "Most of them blend now. The four who miss Mondays do not."
A_PAGE = re.compile(rb"/Type\s*/Page\b")

pytestmark = pytest.mark.journey


def test_a_need_becomes_a_loan_and_a_story_others_can_read(meet: Meet) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with time_machine.travel(morning_of(tomorrow)) as traveller:
        teacher, lead, supplier = meet("teacher"), meet("lead"), meet("supplier")
        first_day = monday_in(2)
        _state_a_need(teacher)
        _keep_it(teacher)
        _leave_the_request_unfinished(teacher)
        _come_back_and_ask(teacher)
        _sign_off(lead)
        _say_yes(supplier)
        _accept_the_terms(lead)
        _send(supplier)
        traveller.move_to(morning_of(first_day))
        _receive(teacher)
        traveller.move_to(morning_of(first_day + timedelta(days=25)))
        _send_back(teacher)
        _take_back(supplier)
        _begin_to_say_what_happened(teacher)
        _say_what_happened(teacher)
        _share_it(teacher)
        _decide(lead)
        _read_the_story(meet("visitor"))


def _state_a_need(teacher: Walker) -> None:
    teacher.visit("/")
    teacher.looks("01-home")
    teacher.press("See what might help")
    teacher.reads("in your own words")
    teacher.looks("02-home-in-error")
    teacher.write(QUESTION, NEED)
    teacher.press("See what might help")
    teacher.reads("You might consider")
    teacher.reads("Because of")
    teacher.looks("03-suggestions")


def _keep_it(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.looks("04-desk-of-a-teacher")
    teacher.visit("/")
    teacher.write(QUESTION, NEED)
    teacher.press("See what might help")
    teacher.press("Keep this need")
    teacher.reads("Your need is kept")
    teacher.follow("Confirm or change")
    teacher.tick("Learning to read with phonics")
    teacher.looks("05-what-a-need-is-about")
    teacher.press("Keep it like this")
    teacher.reads("Learning to read with phonics")
    teacher.looks("06-a-kept-need")


def _leave_the_request_unfinished(teacher: Walker) -> None:
    teacher.follow(PRODUCT)
    teacher.reads("What its supplier says")
    teacher.looks("07-product")
    teacher.press("Ask to try it")
    teacher.looks("08-request")
    teacher.write("What do you want to change?", GOAL)
    teacher.press("Ask for this trial")
    teacher.reads("Something needs another look")
    teacher.looks("09-request-in-error")
    teacher.press("Keep it and come back later")
    teacher.reads("Kept for later")
    teacher.looks("10-desk-with-something-unfinished")


def _come_back_and_ask(teacher: Walker) -> None:
    teacher.follow(PRODUCT)
    expect(teacher.page.get_by_label("What do you want to change?")).to_have_value(GOAL)
    fill_in_the_request(teacher, monday_in(2))
    teacher.press("Ask for this trial")
    teacher.reads("Your request is on its way")
    teacher.reads("The school’s lead has to agree first")
    teacher.looks("11-loan-asked-for")


def _open_the_loan(walker: Walker, email: str) -> None:
    walker.sign_in_as(email)
    walker.looks(f"12-desk-of-the-{walker.name}")
    walker.visit("/loans")
    walker.looks(f"13-loans-of-the-{walker.name}")
    walker.follow(PRODUCT)


def _sign_off(lead: Walker) -> None:
    _open_the_loan(lead, LEAD)
    lead.looks("14-loan-to-sign-off")
    lead.follow("Agree to it")
    lead.looks("15-sign-off")
    lead.choose("Who answers for it at your school?", "Ruth Ackroyd")
    lead.write("A word to the teacher", "Good. Keep the box in the staff room.")
    lead.press("Agree and ask the supplier")
    lead.reads("Agreed. The supplier has been asked.")


def _say_yes(supplier: Walker) -> None:
    _open_the_loan(supplier, SUPPLIER)
    supplier.reads("Millfold Primary School would like to try this.")
    supplier.reads_nowhere("Six of twenty words read")
    supplier.looks("16-request-at-the-supplier")
    supplier.press("Say yes")
    supplier.reads("You said yes")


def _accept_the_terms(lead: Walker) -> None:
    lead.page.reload()
    lead.follow("Read and accept the terms")
    lead.press("Accept for our school")
    lead.reads("Accept the terms to go on.")
    lead.looks("17-terms-in-error")
    lead.write("Who answers when you are away?", "Amira Hussain")
    lead.write("Address to send it to", "Millfold Primary School, School Lane, Millfold")
    lead.write("When is somebody there to take it in?", "Weekdays, 8 to 4, at the office")
    lead.tick("I have read the terms")
    lead.press("Accept for our school")
    lead.reads("Accepted. The supplier gets it ready now.")


def _send(supplier: Walker) -> None:
    supplier.page.reload()
    supplier.reads("The school has accepted the terms.")
    supplier.follow("Send it")
    supplier.looks("18-contents-on-the-way-out")
    supplier.group("Which kits do you send?").get_by_role("checkbox").first.check()
    supplier.write("What did you check?", "Nothing in it is electrical.")
    supplier.write("In what condition?", "As new, counted twice")
    supplier.write("Tracking number", "Parcel 81 204")
    supplier.press("It is on its way")
    supplier.reads("The school knows that it is on its way.")


def _receive(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.looks("19-desk-when-a-kit-is-on-its-way")
    teacher.visit("/loans")
    teacher.follow(PRODUCT)
    teacher.looks("20-loan-on-its-way")
    teacher.follow("Check what arrived")
    sound_tiles = teacher.group("letterpress sound tiles")
    sound_tiles.get_by_label("How many?").fill("43")
    sound_tiles.get_by_label("Condition").select_option(label="Missing")
    teacher.looks("21-what-arrived")
    teacher.press("It is here")
    teacher.reads("Thank you. The trial begins.")
    teacher.reads("43 of 44 letterpress sound tiles: missing")
    _read_the_papers(teacher)


def _read_the_papers(teacher: Walker) -> None:
    teacher.follow("Loan pack")
    teacher.reads("As new, counted twice. Nothing in it is electrical. Everything was there.")
    teacher.looks("102-loan-pack")
    printed = teacher.page.pdf(prefer_css_page_size=True, format="A4")
    (teacher.shots / "102-loan-pack-printed.pdf").write_bytes(printed)
    assert len(A_PAGE.findall(printed)) == 1, "the loan pack is printed on more than one page"
    teacher.follow(PRODUCT)
    teacher.follow("Receipt of dispatch")
    teacher.reads("44 of 44, there and in order")
    teacher.reads("43 of 44, missing")
    teacher.looks("103-receipt-of-dispatch")


def _send_back(teacher: Walker) -> None:
    teacher.sign_in_as(TEACHER)
    teacher.visit("/loans")
    teacher.follow(PRODUCT)
    teacher.looks("22-loan-near-its-last-day")
    teacher.follow("Send it back")
    teacher.write("When and where can it be collected?", "Friday, 9 to 3, at the office")
    teacher.press("It is ready to go back")
    teacher.reads("The supplier knows that it is coming back.")


def _take_back(supplier: Walker) -> None:
    supplier.sign_in_as(SUPPLIER)
    supplier.visit("/loans")
    supplier.follow(PRODUCT)
    supplier.press("All of it is back")
    supplier.follow("Check what came back")
    supplier.looks("23-what-came-back")
    supplier.write("What do you want to tell the school?", "Thank you for packing it so well.")
    supplier.press("Close this loan")
    supplier.reads("Checked and closed.")
    supplier.looks("24-closed-loan-at-the-supplier")


def _begin_to_say_what_happened(teacher: Walker) -> None:
    """Type a little and walk away: what was typed is kept as one goes."""
    teacher.page.reload()
    teacher.follow("Say what happened")
    teacher.press("Say what happened")
    teacher.reads("Something needs another look")
    teacher.looks("25-outcome-in-error")
    with teacher.page.expect_response("**/unfinished/outcome/*"):
        teacher.write("What happened?", WORDS)
        teacher.choose("Did it do what you wanted?", "It partly met the goal")
    teacher.visit("/desk")


def _say_what_happened(teacher: Walker) -> None:
    teacher.follow(PRODUCT)
    expect(teacher.page.get_by_label("What happened?")).to_have_value(WORDS)
    teacher.write("How many pupils took part?", "24")
    teacher.write("How many teachers used it?", "1")
    teacher.choose("How do you know?", "We looked at the same thing before and after")
    teacher.write("What do the numbers count?", "words out of 20")
    teacher.write(re.compile("^Before"), "6")
    teacher.write(re.compile("^After"), "10.5")
    teacher.choose("Would you use it again?", "Yes")
    expect(teacher.page.locator("#may-be-said")).to_contain_text("10.5")
    teacher.pick("What got in the way?", "There was no time for it")
    teacher.choose("How much did it matter?", "It played a part")
    teacher.choose("In whose hands was it?", "Ours, at school")
    teacher.write("What would have made it work?", "Ten minutes on the timetable, every day.")
    teacher.looks("26-outcome")
    teacher.press("Say what happened")
    teacher.reads("It partly met the goal")
    teacher.looks("27-outcome-given")


def _share_it(teacher: Walker) -> None:
    teacher.follow("Share it as a story")
    teacher.looks("28-story-before-it-is-shared")
    teacher.press("Share it with everyone")
    teacher.reads("tick this box")
    teacher.tick("Nobody can be recognised")
    teacher.press("Share it with everyone")
    teacher.reads("Your story can be read by everyone.")


def _decide(lead: Walker) -> None:
    lead.sign_in_as(LEAD)
    lead.follow(PRODUCT)
    lead.looks("29-outcome-at-the-lead")
    lead.choose("The school’s decision", "We will not adopt it")
    lead.write("Why, or on which conditions", "We own two phonics kits already.")
    lead.press("Record the decision")
    lead.reads("We own two phonics kits already.")
    lead.looks("30-decision")


def _read_the_story(visitor: Walker) -> None:
    visitor.visit("/stories")
    visitor.reads(WORDS)
    visitor.reads("We will not adopt it")
    visitor.looks("31-stories")
    visitor.follow(PRODUCT)
    visitor.reads("It partly met the goal")
    visitor.reads("There was no time for it")
    visitor.reads("We will not adopt it")
    visitor.reads_nowhere("Amira")
    visitor.reads_nowhere("Millfold")
    visitor.looks("32-story")
    visitor.follow(PRODUCT)
    visitor.reads(WORDS)
    visitor.reads("We will not adopt it")
    visitor.looks("33-product-with-its-story")
