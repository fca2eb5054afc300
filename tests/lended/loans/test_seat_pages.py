"""The pages of codes and seats, and the certificate that is left when all is deleted."""

from __future__ import annotations

from io import BytesIO

from lended.web.once import FIELD, fresh_token
from tests.lended.loans.site import Site, sent, shown
from tests.lended.loans.test_codes import issued, keep

FILE = b"code\r\nTILES-0001\r\nTILES-0002\r\n"


def send(access: Site, content: bytes) -> tuple[int, str]:
    answer = access.as_supplier.post(
        f"/supplier/products/{access.product.slug}/codes",
        data={"sheet": (BytesIO(content), "codes.csv")},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    return answer.status_code, answer.text


def test_a_file_of_codes_is_kept_and_shown_by_its_last_letters(access: Site) -> None:
    status, page = send(access, FILE)
    assert status == 200
    assert "2 codes are kept." in page
    assert "•••001" in page
    assert "TILES-0001" not in page


def test_a_code_withdrawn_by_mistake_is_put_back(access: Site) -> None:
    keep(access, 1)
    codes = f"/supplier/products/{access.product.slug}/codes"
    assert "Withdraw •••000" in shown(access.as_supplier, codes)
    sent(access.as_supplier, f"{codes}/1/withdraw")
    assert "Put back •••000" in shown(access.as_supplier, codes)
    sent(access.as_supplier, f"{codes}/1/put-back")
    page = shown(access.as_supplier, codes)
    assert "Withdraw •••000" in page
    assert "The code can be given to a school again." in page


def test_a_file_that_cannot_be_is_refused_beside_its_field(access: Site) -> None:
    for content, words in (
        (b"", "empty"),
        (b"word\nTILES", "“code”"),
        (b"code\nA-100\nA-100\n", "Line 3"),
        (b"\x00\x01\x02", ""),
        (b"code\n" + b"\n".join(b"C%05d" % n for n in range(5001)), "5,000"),
    ):
        status, page = send(access, content)
        assert status == 422
        assert words in page
    page = access.as_supplier.get(f"/supplier/products/{access.product.slug}/codes").text
    assert "There are no codes yet" in page


def test_a_seat_is_taken_from_the_loans_page_and_its_code_shown_once(access: Site) -> None:
    keep(access, 1)
    loan_id = issued(access, 1)
    assert "0 of 1 seat is taken" in access.as_teacher.get(f"/loans/{loan_id}").text
    led = access.as_teacher.post(f"/loans/{loan_id}/seat")
    assert led.status_code == 303
    for client, status in ((access.as_teacher, 200), (access.as_lead, 404)):
        assert client.get(led.location).status_code == status
    seat = access.as_teacher.get(led.location)
    assert "TILES-0000" in seat.text
    assert seat.headers["Cache-Control"] == "no-store"
    page = access.as_teacher.get(f"/loans/{loan_id}").text
    assert "1 of 1 seat is taken" in page
    assert "TILES-0000" not in page
    assert "Take a seat" not in page
    assert access.as_teacher.post(f"/loans/{loan_id}/seat").status_code == 409
    assert "TILES-0000" not in access.as_supplier.get(f"/loans/{loan_id}").text


def test_a_double_click_takes_one_seat_and_leads_to_its_code_twice(access: Site) -> None:
    keep(access, 2)
    loan_id = issued(access, 2)
    form = {FIELD: fresh_token()}
    first, second = (access.as_teacher.post(f"/loans/{loan_id}/seat", data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert "TILES-0000" in access.as_teacher.get(second.location).text
    assert "1 of 2 seats are taken" in access.as_teacher.get(f"/loans/{loan_id}").text
