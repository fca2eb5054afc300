"""Labels of kits: printed by the supplier, opened by whoever may see the kit."""

from __future__ import annotations

import re

from lended import clock
from lended.loans import queries, service
from lended.loans.models import Binding, Unit
from lended.loans.rules.stock import UnitWish
from tests.lended.loans.site import Site, shown


def a_kit(site: Site, serial: str = "KIT-1") -> Unit:
    unit_id = site.do(service.add_unit, site.supplier, site.product.slug, UnitWish(serial))
    with site.transaction() as work:
        return work.session.get_one(Unit, unit_id)


def test_each_kit_has_a_label_of_its_own_that_tells_nothing(site: Site) -> None:
    one, other = a_kit(site), a_kit(site, "KIT-2")
    assert one.label != other.label
    assert re.fullmatch("[0-9a-f]{20}", one.label or "")


def test_the_sheet_has_a_code_for_each_kit_in_service_from_a_to_z(site: Site) -> None:
    path = f"/supplier/products/{site.product.slug}/stock/labels"
    assert "no kit with a serial" in shown(site.as_supplier, path)
    for serial in ("kit-b", "KIT-A", "KIT-C"):
        a_kit(site, serial)
    gone = a_kit(site, "KIT-D")
    retired = UnitWish("KIT-D", state="retired")
    site.do(service.change_unit, site.supplier, site.product.slug, gone.id, retired)
    page = shown(site.as_supplier, path)
    assert re.findall(r"<b>(kit-.)</b>", page, re.IGNORECASE) == ["KIT-A", "kit-b", "KIT-C"]
    assert page.count('class="label__code"') == 3


def test_a_label_opens_the_kit_or_the_loan_and_nothing_to_strangers(site: Site) -> None:
    loan_id = site.loan("active")
    kit = a_kit(site)
    path = f"/kit/{kit.label}"
    assert site.as_supplier.get(path).location.endswith(f"/stock/kits/{kit.id}")
    assert site.as_lead.get(path).status_code == 404
    with site.transaction() as work:
        line = queries.loan(work.session, site.supplier, loan_id).lines[0]
        for binding in line.bindings:
            binding.ended_at = clock.now()
        work.session.flush()
        work.session.add(Binding(line_id=line.id, unit_id=kit.id, made_at=clock.now()))
    assert site.as_teacher.get(path).location.endswith(f"/loans/{loan_id}")
    assert site.as_lead.get(path).location.endswith(f"/loans/{loan_id}")
    page = shown(site.as_supplier, site.as_supplier.get(path).location)
    assert f"With {site.school.name} until " in page
    assert f'href="/loans/{loan_id}"' in page
    assert site.as_supplier.get("/kit/unknown").status_code == 404
    with site.transaction() as work:
        for binding in queries.loan(work.session, site.supplier, loan_id).lines[0].bindings:
            binding.ended_at = clock.now()
    assert site.as_teacher.get(path).status_code == 404
    assert "No school has it now." in shown(site.as_supplier, site.as_supplier.get(path).location)
