"""What people type to come in, to look after their account, and to look after colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms.validators import StopValidation, ValidationError

from lended.access import ROLE_WORDS, SCOPE_WORDS, Role, Scope
from lended.accounts.rules import EMAIL_MOST, TokenWish, is_email, normal_email, password_problem
from lended.web.forms import CodeField, CodesField, Form, LineField, PasswordLineField, WordsField
from lended.web.redirects import safe_next

YOUR_ADDRESS = "Enter your email address, such as name@school.example."
AN_ADDRESS = "Enter an email address, such as name@school.example."
YOUR_NAME = "Enter your name as colleagues know you."
WRONG = (
    "This address and password do not belong together. Check both, or choose a new password below."
)
NOT_PRESENT = "This is not your present password."
GOOD_ONES = "At least 12 characters. Three or four words in a row work well."
ADDRESS_MOST = 8000
"""Every server and browser takes an address of this length (RFC 9110, section 4.1)."""
CHOOSE_ROLE = "Choose what they do here."


class NextField(LineField):
    """Where to go afterwards on this site: hidden, and left out when it makes no sense."""

    kind = "HiddenField"
    widget = wtforms.widgets.HiddenInput()
    clean = staticmethod(lambda text: safe_next(text if len(text) <= ADDRESS_MOST else "", ""))

    def __init__(self, **rest: Any) -> None:
        super().__init__("", most=ADDRESS_MOST, **rest)

    def process_data(self, value: Any) -> None:
        """Take an address from the page's own, as warily."""
        self.data = self.clean(str(value or ""))


class EmailField(LineField):
    """An address that mail can be sent to; ``value`` is it as it is stored."""

    def __init__(self, label: str, missing: str, **rest: Any) -> None:
        super().__init__(label, missing=missing, most=EMAIL_MOST, **rest)

    @property
    def value(self) -> str:
        """The address as it is stored."""
        return normal_email(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Refuse what is missing, too long or no address."""
        super().pre_validate(form)
        if not is_email(self.data or ""):
            raise StopValidation(self.missing)


class RoleField(CodeField):
    """One role, of those an organisation knows."""

    def __init__(self, label: str, missing: str, **rest: Any) -> None:
        wtforms.RadioField.__init__(self, label, choices=[], validate_choice=False, **rest)
        self.type = self.kind
        self.missing = missing

    def offer(self, roles: Iterable[Role]) -> None:
        """Offer these roles; a single one is chosen from the start."""
        self.choices = [(str(role), ROLE_WORDS[role]) for role in roles]
        if len(self.choices) == 1:
            self.data = self.data or self.choices[0][0]


class RolesField(CodesField):
    """Several roles, of those an organisation knows."""

    def __init__(self, label: str, missing: str, **rest: Any) -> None:
        wtforms.SelectMultipleField.__init__(self, label, choices=[], validate_choice=False, **rest)
        self.type = "SelectMultipleField"
        self.missing = missing

    def offer(self, roles: Iterable[Role]) -> None:
        """Offer these roles."""
        self.choices = [(str(role), ROLE_WORDS[role]) for role in roles]


class ScopesField(CodesField):
    """Several things a program may do, of those an organisation can let it."""

    def __init__(self, label: str, missing: str, **rest: Any) -> None:
        wtforms.SelectMultipleField.__init__(self, label, choices=[], validate_choice=False, **rest)
        self.type = "SelectMultipleField"
        self.missing = missing

    def offer(self, scopes: Iterable[Scope]) -> None:
        """Offer these scopes."""
        self.choices = [(str(scope), SCOPE_WORDS[scope]) for scope in scopes]


class SignInForm(Form):
    """An address and a password."""

    email = LineField("Email address", missing="Enter your email address.", most=EMAIL_MOST)
    password = PasswordLineField("Password", missing="Enter your password.")
    next = NextField()

    def known_as(self) -> tuple[str, str]:
        """Return the address as it is stored, and the password as it was typed."""
        return normal_email(self.email.data or ""), self.password.data or ""

    def refuse(self) -> None:
        """Say that it was not right, without saying what."""
        self.password.errors = [WRONG]


class AddressForm(Form):
    """An address to send a link to."""

    email = EmailField("Email address", missing=YOUR_ADDRESS)


def _new_password() -> PasswordLineField:
    return PasswordLineField("New password", missing="Choose a password.", description=GOOD_ONES)


class NewPasswordForm(Form):
    """A new password; ``email`` and ``name`` say whose, so that it is not made of them."""

    email = ""
    name_known = ""
    password = _new_password()

    @property
    def chosen(self) -> str:
        """The new password."""
        return self.password.data or ""

    def validate_password(self, field: wtforms.Field) -> None:
        """Refuse what is too short, too long or easy to guess."""
        problem = password_problem(field.data, self.email, self.name_known)
        if problem:
            raise ValidationError(problem)


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one, in this order; errors follow it too."""

    present = PasswordLineField("Present password", missing="Enter your present password.")
    password = _new_password()

    def refuse(self) -> None:
        """Say that the present password was not right."""
        self.present.errors = [NOT_PRESENT]


class NewPersonForm(NewPasswordForm):
    """Who somebody is, whose address is known already."""

    name = LineField("Your name", missing=YOUR_NAME, most=120)
    password = PasswordLineField("Password", missing="Choose a password.", description=GOOD_ONES)

    @property
    def called(self) -> str:
        """The name."""
        return self.name.data or ""

    def validate_password(self, field: wtforms.Field) -> None:
        """Refuse what is too short, too long, easy to guess or made of the name."""
        self.name_known = self.called
        super().validate_password(field)


class NameForm(Form):
    """What somebody is called."""

    name = LineField("Your name", missing=YOUR_NAME, most=120)

    @property
    def called(self) -> str:
        """The name."""
        return self.name.data or ""


class InviteForm(Form):
    """Whom to invite, and as what."""

    email = EmailField("Their email address", missing=AN_ADDRESS)
    role = RoleField("What they do here", missing=CHOOSE_ROLE)


class RolesForm(Form):
    """What somebody does in an organisation."""

    roles = RolesField("What they do here", missing="Choose at least one role.")

    @property
    def chosen(self) -> list[str]:
        """The roles ticked."""
        return list(self.roles.data or ())


class TokenForm(Form):
    """Which program is let act, and what it may do."""

    name = LineField(
        "Which program is it for?",
        missing="Give it a name by which you know the program.",
        most=80,
    )
    scopes = ScopesField("What may it do for you?", missing="Choose what the program may do.")

    def wish(self) -> TokenWish:
        """Return what the token is wanted for."""
        return TokenWish(self.name.text, tuple(self.scopes.data or ()))


class RefusalForm(Form):
    """Why not."""

    words = WordsField(
        "Why not?",
        missing="Say in a few words why not, so that the person knows what to do next.",
        most=1000,
    )

    @property
    def reason(self) -> str:
        """The words."""
        return self.words.data or ""


class PlaceForm(Form):
    """Which organisation to act for."""

    organisation_id = LineField("Organisation", missing="Choose one of your places.", most=20)

    def number(self) -> int:
        """Return the organisation's id, or 0 for what is none."""
        text = self.organisation_id.data or ""
        return int(text) if text.isascii() and text.isdigit() else 0
