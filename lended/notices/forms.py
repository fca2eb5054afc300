"""The form in which people choose how to hear of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import wtforms
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from lended.notices.rules import CHOICES, WAY_WORDS, Topic, Way
from lended.web.forms import Form
from lended.web.forms.fields.choices import Pairs


class WayField(Pairs, wtforms.RadioField):
    """How to hear of one topic."""

    def __init__(self, topic: Topic, **rest: Any) -> None:
        choice = CHOICES[topic]
        super().__init__(choice.title, description=choice.words, validate_choice=False, **rest)
        self.choices = [(str(way), words) for way, words in WAY_WORDS.items()]
        self.type = "RadioField"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the first value sent."""
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is none of the ways."""
        if self.data not in set(Way):
            raise StopValidation(f"Choose how you hear of: {self.label.text.casefold()}.")


class ChoicesForm(Form):
    """How to hear of each topic that ever concerns somebody."""

    loans = WayField(Topic.LOANS)
    reminders = WayField(Topic.REMINDERS)
    stories = WayField(Topic.STORIES)
    joining = WayField(Topic.JOINING)
    listings = WayField(Topic.LISTINGS)

    @classmethod
    def about(cls, topics: Sequence[Topic], ways: Mapping[Topic, Way]) -> Self:
        """Return the form with these topics, as sent or as chosen before."""
        form = cls.of_request({topic: ways.get(topic, Way.AT_ONCE) for topic in CHOICES})
        for topic in CHOICES.keys() - set(topics):
            del form[topic]
        return form

    def chosen(self, topics: Sequence[Topic]) -> dict[Topic, Way]:
        """Return what was chosen, once the form is accepted."""
        return {topic: Way(self[topic].data) for topic in topics}
