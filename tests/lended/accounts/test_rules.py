"""Rules of addresses, passwords and tokens."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.accounts import rules

WORDS = "seven quiet herons"


@pytest.mark.parametrize(
    "address",
    [
        "ruth.ackroyd@millfold.example",
        "  Ruth.Ackroyd@Millfold.Example ",
        "o'brien+lended@st-mary.sch.example",
        "a@b.co",
        "head@xn--bcher-kva.example",
    ],
)
def test_ordinary_addresses_are_taken(address: str) -> None:
    assert rules.is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ruth",
        "ruth@",
        "@millfold.example",
        "ruth@millfold",
        "ruth@@millfold.example",
        "ruth ackroyd@millfold.example",
        "ruth@millfold.example\r\nBcc: everyone@school.example",
        "ruth@mill..fold.example",
        ".ruth@millfold.example",
        "ruth@-millfold.example",
        "rüth@millfold.example",
        "ruth@millfold.example,tom@millfold.example",
        "<ruth@millfold.example>",
        "x" * 65 + "@millfold.example",
        "ruth@" + "a" * 60 + ".example" * 40,
    ],
)
def test_what_no_mail_can_be_sent_to_is_refused(address: str) -> None:
    assert not rules.is_email(address)


def test_a_sign_that_only_looks_small_is_not_made_a_letter() -> None:
    """The Kelvin sign's small form is a plain k: two addresses must not become one."""
    kelvin = "\N{KELVIN SIGN}ate@school.example"
    assert kelvin.lower() == "kate@school.example"
    assert rules.normal_email(kelvin) != "kate@school.example"


@given(st.text(max_size=80))
def test_making_an_address_normal_twice_changes_nothing(text: str) -> None:
    once = rules.normal_email(text)
    assert rules.normal_email(once) == once


@given(st.text(max_size=300))
def test_every_text_gets_an_answer_as_a_password(text: str) -> None:
    problem = rules.password_problem(text)
    assert problem is None or problem.endswith(".")


@given(st.text(min_size=rules.PASSWORD_MOST + 1, max_size=rules.PASSWORD_MOST + 40))
def test_a_password_that_is_too_long_is_refused(text: str) -> None:
    assert rules.password_problem(text) == rules.TOO_LONG


@given(st.text(max_size=rules.PASSWORD_LEAST - 1, alphabet=st.characters(max_codepoint=127)))
def test_a_password_that_is_too_short_is_refused(text: str) -> None:
    assert rules.password_problem(text) == rules.TOO_SHORT


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password1234!",
        "p4ssw0rd-p4ssw0rd",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaa",
        "abababababab",
        "letmein letmein",
        "welcome2school",
        "School2026!!",
        "LendED LendED!",
        "            ",
        "1q2w3e4r5t6y",
    ],
)
def test_what_guessers_try_first_is_refused(password: str) -> None:
    assert rules.password_problem(password) == rules.TOO_EASY


@pytest.mark.parametrize(
    "password",
    [
        "ruth.ackroyd@millfold.example",
        "RuthAckroyd1",
        "ruth-ackroyd-millfold",
        "Ackroyd Ruth 1974",
    ],
)
def test_a_password_made_of_the_person_is_refused(password: str) -> None:
    problem = rules.password_problem(password, "ruth.ackroyd@millfold.example", "Ruth Ackroyd")
    assert problem == rules.TOO_EASY


@pytest.mark.parametrize(
    "password",
    [
        WORDS,
        "tr0ub4dor&three",
        "жаворонок над полем",
        "a" * 60 + "bcdefghijk",
        "🦊 over the 🌙 twice",
    ],
)
def test_good_passwords_of_many_kinds_are_taken(password: str) -> None:
    assert rules.password_problem(password, "ruth@millfold.example", "Ruth Ackroyd") is None


@given(st.text(max_size=60))
def test_a_password_is_the_same_on_every_keyboard(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert rules.normal_password(composed) == rules.normal_password(apart)


def test_tokens_differ_and_are_not_what_is_stored() -> None:
    tokens = {rules.fresh_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(
        len(rules.digest(token)) == 64 and token not in rules.digest(token) for token in tokens
    )
