"""What people type to find their school and to ask to join it."""

from __future__ import annotations

from lended.accounts.forms import RoleField
from lended.schools.policy import MEMBERS
from lended.web.forms import Form, LineField, WordsField


class SearchForm(Form):
    """A few words of a school's name, town or postcode."""

    words = LineField(
        "Name, town or postcode", missing="Enter a few letters of its name, town or postcode."
    )

    def makes_sense(self) -> bool:
        """Tell whether there is nothing wrong; a page just opened asks for nothing yet."""
        return not self.words.text or self.validate()


class JoinForm(Form):
    """As what somebody wants to join, and who they are."""

    role = RoleField("What do you do there?", missing="Choose what you do there.")
    words = WordsField(
        "A few words to whoever answers",
        missing="Say in a few words who you are, so that whoever answers can tell.",
        most=1000,
    )

    @classmethod
    def opened(cls) -> JoinForm:
        """Return the form as sent, or empty, with the roles a school knows."""
        form = cls.of_request()
        form.role.offer(MEMBERS)
        return form
