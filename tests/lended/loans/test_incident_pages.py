"""Pages of what comes back amiss, with pictures, and of what does not come at all."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from lended import clock
from lended.loans import service
from lended.loans.rules.papers import DispatchWish
from lended.loans.rules.returns import IncidentWish
from lended.loans.rules.stock import UnitWish
from lended.web import pictures
from tests.lended.loans.scene import ITEMS
from tests.lended.loans.site import Site, sent, shown

AMISS = {"found_0": "23", "condition_0": "missing", "remark_0": "One gone"}
SECRET = "Taken at the house of the head"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, exif=exif, comment=SECRET)
    return written.getvalue()


def upload(content: bytes, name: str = "tiles.jpg") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def close_amiss(site: Site, **more: Any) -> str:
    """Close a loan with something to settle; return the loan's address."""
    loan = f"/loans/{site.loan('inspection')}"
    shown(site.as_supplier, f"{loan}/inspection")
    fields = {**AMISS, "settle": "missing", "words": "One tile is missing.", **more}
    return sent(site.as_supplier, f"{loan}/inspection", fields)


def test_both_sides_settle_what_is_missing_and_see_the_pictures(site: Site) -> None:
    loan = close_amiss(site, photos=[upload(picture()), upload(picture("PNG"), "other.png")])
    page = shown(site.as_lead, loan)
    assert "Something is missing: not answered yet" in page
    assert "You can agree or disagree until" in page
    assert "The school can agree or disagree until" in shown(site.as_supplier, loan)
    page = shown(site.as_lead, "/incidents/1")
    assert "One tile is missing." in page
    said = {"stance": "agreed", "words": "It was lost in the playground."}
    sent(site.as_lead, "/incidents/1", said)
    sent(site.as_supplier, "/incidents/1", {"stance": "settled", "words": "We have a spare."})
    assert "We have a spare." in shown(site.as_teacher, "/incidents/1")
    assert "agree or disagree" not in shown(site.as_teacher, loan)
    assert site.as_teacher.post("/incidents/1", data=said).status_code == 409
    shown(site.as_supplier, f"{loan}/aside")
    ready = {"verdict": "ready", "words": "Complete again."}
    sent(site.as_supplier, f"{loan}/aside", ready)
    assert site.as_supplier.get(f"{loan}/aside").status_code == 409


def test_a_picture_is_made_anew_and_served_so_that_nothing_in_it_runs(site: Site) -> None:
    close_amiss(site, photos=[upload(picture(size=(4000, 100)))])
    answer = site.as_teacher.get("/incidents/1/photos/1")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert SECRET.encode() not in answer.data
    image = Image.open(BytesIO(answer.data))
    assert not image.getexif()
    assert max(image.size) <= pictures.LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg onload=alert(1)>", "not a picture we can read"),
        (b"GIF89a" + bytes(40), "not a picture we can read"),
        (picture()[:200], "not a picture we can read"),
        (bytes(pictures.MOST_BYTES + 1), "larger than 8 MB"),
        (picture("PNG", (10_001, 5_000)), "too many points"),
    ],
    ids=["svg", "gif", "cut short", "heavy", "large"],
)
def test_what_is_no_picture_is_refused_beside_its_field(
    site: Site, content: bytes, words: str
) -> None:
    loan = f"/loans/{site.loan('inspection')}"
    fields = {**AMISS, "settle": "missing", "words": "One tile is missing."}
    answer = site.as_supplier.post(
        f"{loan}/inspection", data={**fields, "photos": [upload(content, "odd.jpg")]}
    )
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 422
    assert "odd.jpg: This" in answer.text
    assert words in answer.text
    assert "One tile is missing." in answer.text
    assert site.row(int(loan.rsplit("/", 1)[1])).state == "inspection"


def test_seven_pictures_are_one_too_many(site: Site) -> None:
    loan = f"/loans/{site.loan('inspection')}"
    fields = {**AMISS, "settle": "missing", "words": "One tile is missing."}
    many = [upload(picture(size=(40 + n, 30))) for n in range(7)]
    answer = site.as_supplier.post(f"{loan}/inspection", data={**fields, "photos": many})
    assert answer.status_code == 422
    assert "Send 6 pictures at most." in answer.text


def test_words_sent_in_place_of_a_picture_and_the_other_way_round_are_no_mistake(
    site: Site,
) -> None:
    loan = f"/loans/{site.loan('inspection')}"
    fields = {**AMISS, "settle": "missing", "photos": "words", "words": upload(picture())}
    assert site.as_supplier.post(f"{loan}/inspection", data=fields).status_code == 422


def test_a_parcel_goes_again_fails_and_comes_back(site: Site) -> None:
    loan = f"/loans/{site.loan('dispatched')}"
    shown(site.as_supplier, f"{loan}/again")
    sent(site.as_supplier, f"{loan}/again", {"words": "Nobody was in.", "tracking": "CD9"})
    assert "CD9" in shown(site.as_teacher, loan)
    assert site.as_supplier.get(f"{loan}/again").status_code == 409
    shown(site.as_supplier, f"{loan}/undelivered")
    sent(site.as_supplier, f"{loan}/undelivered", {"words": "Nobody was in again."})
    assert "Not delivered" in shown(site.as_lead, loan)
    assert "set aside" in shown(site.as_supplier, loan)


def test_a_loss_says_what_a_new_one_costs_or_that_nobody_has_said(site: Site) -> None:
    loan = f"/loans/{site.loan('active')}"
    assert "has not said what a new one costs" in shown(site.as_lead, f"{loan}/lost")
    sent(site.as_lead, f"{loan}/lost", {"words": "It was stolen."})
    assert "It was lost" in shown(site.as_supplier, loan)
    shown(site.as_supplier, "/incidents/1")


def test_a_part_comes_back_on_its_page(site: Site) -> None:
    loan = f"/loans/{site.loan('returning')}"
    page = shown(site.as_supplier, f"{loan}/part")
    assert "How many came back now" in page
    number = site.row(int(loan.rsplit("/", 1)[1])).lines[0].id
    wrong = site.as_supplier.post(f"{loan}/part", data={f"count_{number}": "2"})
    assert wrong.status_code == 422
    assert "Only 1 of these" in wrong.text
    sent(site.as_supplier, f"{loan}/part", {f"count_{number}": "1"})
    assert "Being checked" in shown(site.as_teacher, loan)


def test_a_loan_at_risk_and_a_late_one_say_so(site: Site) -> None:
    loan_id = site.loan("active")
    site.tick(site.row(loan_id).lines[0].blocked_until)
    page = shown(site.as_teacher, f"/loans/{loan_id}")
    assert "Late" in page
    assert "It was not sent back on time" in page


def test_staff_see_an_incident_only_once_the_sides_cannot_agree(site: Site, signed_in: Any) -> None:
    platform = site.make.organisation("platform")
    staff = signed_in(site.make.person(platform, "staff"), platform)
    loan_id = site.loan("inspection")
    wish = IncidentWish("damaged", "A crack.", ITEMS)
    site.do(service.close_with_incident, site.supplier, loan_id, wish)
    shown(staff, "/incidents/1", 404)
    sent(site.as_lead, "/incidents/1", {"stance": "disputed", "words": "It came like that."})
    shown(staff, "/incidents/1")
    sent(staff, "/incidents/1", {"stance": "settled", "words": "It was noted at receipt."})
    assert "It was noted at receipt." in shown(site.as_teacher, "/incidents/1")


@pytest.mark.parametrize(
    ("state", "page", "client"),
    [
        ("preparing", "dispatch", "as_supplier"),
        ("dispatched", "receipt", "as_teacher"),
        ("inspection", "inspection", "as_supplier"),
    ],
)
def test_fewer_than_there_should_be_are_not_called_in_order(
    site: Site, state: str, page: str, client: str
) -> None:
    """Whoever counts 20 of 24 and leaves the next field as it was has not seen a thing missing."""
    path = f"/loans/{site.loan(state)}/{page}"
    counted = {"found_0": "20", "condition_0": "ok", "remark_0": "", "condition": "As new"}
    refused = getattr(site, client).post(path, data=counted)
    assert refused.status_code == 422
    assert "4 of 24 are not there. Choose what happened." in refused.text
    used_up = {**counted, "condition_0": "consumed"}
    sent(getattr(site, client), path, used_up)


def test_whoever_says_that_a_part_is_back_and_ticks_none_is_led_to_the_kits(site: Site) -> None:
    kit = UnitWish("KIT-1", "New", electrical_check_on=clock.today())
    unit_id = site.do(service.add_unit, site.supplier, site.product.slug, kit)
    loan_id = site.loan("preparing")
    leaves = DispatchWish(ITEMS, "As new", unit_ids=[unit_id])
    site.do(service.dispatch, site.supplier, loan_id, leaves)
    site.do(service.confirm_receipt, site.teacher, loan_id, ITEMS)
    site.do(service.book_return, site.teacher, loan_id, "Friday at the office")
    refused = site.as_supplier.post(f"/loans/{loan_id}/part")
    assert refused.status_code == 422
    assert re.search(r'<a href="#unit_ids-0">Say what came back.</a>', refused.text)
