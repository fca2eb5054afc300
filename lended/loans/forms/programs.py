"""What programs send beside what the forms of pages ask: in the address, and to ask for a trial."""

from __future__ import annotations

from datetime import date, timedelta

import wtforms

from lended.loans.forms.ask import LAST_YEAR, TrialForm
from lended.loans.forms.fields import ChoiceField
from lended.loans.rules import STATE_WORDS
from lended.loans.rules.calendar import DAY, Dates
from lended.loans.rules.periods import FAR_AHEAD
from lended.needs.rules import LONGEST_NEED
from lended.web.addresses import GREATEST_KEY
from lended.web.forms import DateField, Form, LineField, WholeNumberField, WordsField

USUAL_PAGE = 50
MOST_ON_A_PAGE = 200
USUAL_STRETCH = timedelta(weeks=4)
SAY_WHAT = "Say what gets in the way, or give the id of a need you keep."


class RequestForm(TrialForm):
    """A whole request for a trial: of which product, about which need, and the plan."""

    product = LineField("The product's name in addresses", missing="Name a product.", most=120)
    need_id = WholeNumberField("A need you keep", 1, GREATEST_KEY)
    problem = WordsField("What gets in the way, unless need_id says so", most=LONGEST_NEED)

    def validate_problem(self, field: wtforms.Field) -> None:
        """Refuse a request about nothing."""
        if not field.data and not self.need_id.data:
            raise wtforms.ValidationError(SAY_WHAT)


class LoansForm(Form):
    """Which loans to list."""

    state = ChoiceField("Only loans in this state", [(str(s), w) for s, w in STATE_WORDS.items()])
    cursor = WholeNumberField("The next_cursor of the page before", 1, GREATEST_KEY)
    limit = WholeNumberField(f"How many at most; {USUAL_PAGE} unless said", 1, MOST_ON_A_PAGE)

    @property
    def most(self) -> int:
        """How many to list."""
        return self.limit.value or USUAL_PAGE


class AvailabilityForm(Form):
    """Over which days to look, and how many are wanted."""

    first = DateField("First day; tomorrow unless said", name="from")
    last = DateField("Last day; four weeks in all unless said", name="to")
    quantity = WholeNumberField("How many; 1 unless said", 1, 100_000)

    def validate_first(self, field: wtforms.Field) -> None:
        """Refuse a year that no calendar of ours reaches."""
        if field.data is not None and field.data.year > LAST_YEAR:
            raise wtforms.ValidationError(FAR_AHEAD)

    validate_last = validate_first

    def dates(self, today: date) -> Dates:
        """Return the days to look at, for somebody who asks today."""
        first: date = self.first.data or today + DAY
        return Dates(first, self.last.data or first + USUAL_STRETCH - DAY)
