"""What of a product is free, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from flask import Response

from lended import clock
from lended.access import Scope
from lended.catalogue import queries as catalogue
from lended.loans import queries
from lended.loans.api.blueprint import api
from lended.loans.forms.programs import AvailabilityForm
from lended.loans.rules.periods import Availability, demand_stretch
from lended.web.audience import audience, programs
from lended.web.database import reader
from lended.web.people import school_id
from lended.web.programs.answers import answered
from lended.web.programs.operations import Operation, operation
from lended.web.programs.requests import filled_by_query

NOTHING_LENT = Availability((), 0, None)


@dataclass(frozen=True, slots=True)
class FreePeriod:
    """Days on end, both inclusive, on each of which so many are with nobody."""

    starts_on: date
    ends_on: date
    free: Annotated[int | None, "null where there is no limit"]


@dataclass(frozen=True, slots=True)
class ProductAvailability:
    """What of a product is free over some days."""

    product: str
    lent: Annotated[bool, "whether its supplier lends it on LendED"]
    starts_on: date
    ends_on: date
    quantity: int
    weeks_most: Annotated[int, "for how many weeks it is lent at most"]
    free: Annotated[int | None, "how many could be lent as one loan over all these days, with the "
                    "days for sending and checking; null where there is no limit"]  # fmt: skip
    earliest_start: Annotated[date | None, "from when so many could be lent for as long; null when "
                              "nobody knows, or never"]  # fmt: skip
    periods: Annotated[tuple[FreePeriod, ...], "without the days for sending and checking"]


@api.get("/products/<slug>/availability")
@operation(Operation(ProductAvailability, query=AvailabilityForm))
@audience(programs([Scope.AVAILABILITY]))
def availability(slug: str) -> Response:
    """Say how many of a product are free over some days, and when the next loan could begin."""
    product = catalogue.published_product(reader(), slug)
    form = filled_by_query(AvailabilityForm())
    dates = form.dates(clock.today())
    demand_stretch(dates, clock.today())
    quantity = form.quantity.value or 1
    lent = product.supplier.organisation_id is not None
    asked = (product.id,) if lent else ()
    found = queries.availability(reader(), asked, dates, quantity, school_id()).get(product.id)
    free = found or NOTHING_LENT
    return answered(
        ProductAvailability(
            product=product.slug,
            lent=found is not None,
            starts_on=dates.starts_on,
            ends_on=dates.due_on,
            quantity=quantity,
            weeks_most=product.loan_weeks_most,
            free=free.free,
            earliest_start=free.earliest_start,
            periods=tuple(
                FreePeriod(each.starts_on, each.ends_on, each.free) for each in free.periods
            ),
        )
    )
