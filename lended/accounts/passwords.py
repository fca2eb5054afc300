"""Hashing passwords. It is slow on purpose, so nobody does it inside a transaction.

References
----------
RFC 9106: Argon2, second recommended set of parameters (64 MiB of memory, three passes).
"""

from __future__ import annotations

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from lended.accounts.rules import PASSWORD_MOST, normal_password

HASHER = PasswordHasher(
    time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16, type=Type.ID
)


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return HASHER.hash(normal_password(password))


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one stored; None is nobody's, and takes as long.

    A password nobody can have, because it is too long to be chosen, is not hashed at all.
    """
    if len(password) > PASSWORD_MOST:
        return False
    if stored is None:
        HASHER.hash(normal_password(password))
        return False
    try:
        return HASHER.verify(stored, normal_password(password))
    except (VerificationError, InvalidHashError):
        return False


def better_hash(password: str, stored: str) -> str | None:
    """Return a new hash of a right password when today's parameters are stronger."""
    return hashed(password) if HASHER.check_needs_rehash(stored) else None
