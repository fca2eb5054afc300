"""Hashing passwords."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher

from lended.accounts import passwords

WORDS = "seven quiet herons"


def test_the_right_password_is_right_and_another_is_not() -> None:
    stored = passwords.hashed(WORDS)
    assert passwords.is_right(WORDS, stored)
    assert not passwords.is_right(WORDS + " ", stored)


def test_the_hash_is_argon2id_and_salted() -> None:
    first, second = passwords.hashed(WORDS), passwords.hashed(WORDS)
    assert first.startswith("$argon2id$")
    assert first != second


def test_accents_typed_in_two_ways_are_one_password() -> None:
    stored = passwords.hashed(unicodedata.normalize("NFC", "café au lait été"))
    assert passwords.is_right(unicodedata.normalize("NFD", "café au lait été"), stored)


@pytest.mark.parametrize(
    "stored", [None, "", "not a hash", "$argon2id$v=19$m=65536,t=3,p=4$not$usable"]
)
def test_nobody_and_a_broken_hash_know_no_password(stored: str | None) -> None:
    assert not passwords.is_right(WORDS, stored)


def test_nobody_costs_one_hashing_like_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes time is the hashing: both ways do it exactly once."""
    stored = passwords.hashed(WORDS)
    done: list[str] = []

    class Counting:
        def hash(self, password: str) -> str:
            done.append("hash")
            return PasswordHasher().hash(password)

        def verify(self, stored: str, password: str) -> bool:
            done.append("verify")
            return PasswordHasher().verify(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    passwords.is_right("wrong words here", stored)
    passwords.is_right("wrong words here", None)
    assert done == ["verify", "hash"]


def test_a_password_nobody_can_have_is_not_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", None)
    assert not passwords.is_right("x" * 257, "whatever")
    assert not passwords.is_right("x" * 257, None)


def test_an_old_hash_is_made_anew_and_a_present_one_kept() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(WORDS)
    better = passwords.better_hash(WORDS, old)
    assert better
    assert passwords.is_right(WORDS, better)
    assert passwords.better_hash(WORDS, better) is None
