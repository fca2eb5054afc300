"""The stock of the walks over the whole machine, and the schools that borrow it."""

from __future__ import annotations

from typing import Any

from lended import clock
from lended.access import Actor
from lended.loans import service
from lended.loans.rules.codes import CodeRow
from lended.loans.rules.stock import UnitWish
from tests.lended.loans.scene import Transaction
from tests.lended.loans.waiting import Line
from tests.makers import Makers

CAPACITY = {"physical": 3, "digital": 5}
CODES = 60
TILES = [{"name": "Fraction tiles", "quantity": 24}]
SEATS: dict[str, Any] = {"kind": "digital", "capacity": CAPACITY["digital"], "contents": []}
KITS: dict[str, Any] = {"kind": "physical", "capacity": CAPACITY["physical"], "contents": TILES}
STOCKED: dict[str, list[dict[str, Any]]] = {
    "kits": [KITS],
    "seats": [SEATS],
    "sets": [{**KITS, "label": "Robots"}, {**SEATS, "label": "Seats"}],
}
"""What there is to borrow: kits, seats, or sets of both."""


class Town(Line):
    """A line of schools of which every third is led by the only teacher there is.

    Whether what they borrow holds personal data is not stated.
    """

    def __init__(self, make: Makers, transaction: Transaction, stocked: str) -> None:
        first, *more = STOCKED[stocked]
        super().__init__(make, transaction, facts={}, **first)
        self.kinds = {pool["kind"] for pool in (first, *more)}
        for pool in more:
            make.pool(self.product, **pool)

    def another_school(self) -> tuple[Actor, Actor]:
        if len(self.teachers) % 3:
            return super().another_school()
        school = self.make.organisation("school")
        head = self.make.person(school, "teacher", "school_lead")
        alone = self.make.actor(head, school, "teacher", "school_lead")
        return alone, alone

    def fill(self) -> None:
        """Give each kit a serial, and seats their codes."""
        slug = self.product.slug
        if "digital" in self.kinds:
            rows = [CodeRow(number, f"{slug}-{number:04}") for number in range(CODES)]
            self.do(service.import_codes, self.supplier, slug, rows)
        if "physical" in self.kinds:
            for number in range(CAPACITY["physical"]):
                kit = UnitWish(f"KIT-{number}", "New", electrical_check_on=clock.today())
                self.do(service.add_unit, self.supplier, slug, kit)
