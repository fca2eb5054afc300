"""Forms that narrow the catalogue."""

from __future__ import annotations

from datetime import date

from lended import clock
from lended.catalogue.rules import Filters
from lended.web.forms import CodesField, DateField, Form, TickField
from lended.web.forms.fields import known_codes


class FilterForm(Form):
    """The filters beside a list of products; what makes no sense is named and left out."""

    stage = CodesField("Stage", "stage")
    subject = CodesField("Subject", "subject")
    type = CodesField("Kind of product", "product_type")
    device = CodesField("Runs on", "device")
    devices_needed = CodesField("Devices needed", "devices_needed")
    offline = CodesField("Without the internet", "offline")
    setup = CodesField("Effort to set up", "setup_effort")
    no_technician = TickField("No technician needed")
    personal_data = CodesField("Personal data it holds", "personal_data")
    sign_in = CodesField("Sign-in", "sign_in")
    price_model = CodesField("How it is paid for", "price_model")
    not_type = CodesField("Kinds of product left out", "product_type")
    not_device = CodesField("Other than what it runs on", "device")
    borrow_from = DateField("Borrow from")
    borrow_until = DateField("Borrow until")

    def filters(self) -> Filters:
        """Return the filters that make sense."""
        self.validate()
        borrow_from, borrow_until = self._window()
        return Filters(
            stage=_known(self.stage),
            subject=_known(self.subject),
            type=_known(self.type),
            device=_known(self.device),
            devices_needed=_known(self.devices_needed),
            offline=_known(self.offline),
            setup=_known(self.setup),
            no_technician=bool(self.no_technician.data),
            personal_data=_known(self.personal_data),
            sign_in=_known(self.sign_in),
            price_model=_known(self.price_model),
            not_type=_known(self.not_type),
            not_device=_known(self.not_device),
            borrow_from=borrow_from,
            borrow_until=borrow_until,
        )

    def _window(self) -> tuple[date | None, date | None]:
        """Return both dates, or neither with a message beside the one that is wrong."""
        first, last = self.borrow_from.data, self.borrow_until.data
        if first is None and last is None:
            return None, None
        if first is None or last is None:
            empty = self.borrow_from if first is None else self.borrow_until
            empty.errors = [*empty.errors, "Give both dates, or neither."]
        elif last < first:
            self.borrow_until.errors = ["The last day comes before the first."]
        elif first < clock.today():
            self.borrow_from.errors = ["This day has passed. Choose today or later."]
        else:
            return first, last
        return None, None


def _known(field: CodesField) -> tuple[str, ...]:
    return tuple(code for code in field.data or () if code in known_codes(field))
