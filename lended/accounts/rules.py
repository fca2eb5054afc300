"""Rules of accounts: addresses, passwords, tokens, and how long each is good for."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

EMAIL_MOST = 254
PASSWORD_LEAST = 12
PASSWORD_MOST = 256
LEFT_LEAST = 5
DIFFERENT_LEAST = 5
LINK_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=14)

UNFINISHED_BYTES = 60_000
UNFINISHED_FIELDS = 300
UNFINISHED_FORMS = 40
SUBJECT_MOST = 200

TOO_LONG = f"Shorten it to {PASSWORD_MOST} characters or fewer."
TOO_SHORT = f"Use at least {PASSWORD_LEAST} characters. Three or four words in a row work well."
TOO_EASY = (
    "This one is easy to guess. Three or four words that have nothing to do with each other, \
or with you, work well."
)

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
EMAIL = re.compile(
    rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@(?:{LABEL}\.)+{LABEL}"
)
LOCAL_MOST = 64
TOKEN_BEGINS = "lended_"  # noqa: S105 - no secret, but how each of them begins
TOKEN = re.compile(rf"{TOKEN_BEGINS}[A-Za-z0-9_-]{{43}}")

# What guessing programs try first, in pieces: a password made of these and digits is refused.
COMMON = frozenset(
    """password passwort passw0rd passphrase welcome letmein iloveyou qwertyuiop qwertyuio qwerty
    asdfghjkl asdfgh zxcvbnm qazwsx 1q2w3e4r5t abcdefghijklmnop abcdefghijkl abcdefgh abcdef
    administrator administration admin root login master superman batman dragon monkey football
    baseball liverpool arsenal chelsea everton sunshine princess princesse charlie starwars pokemon
    computer internet whatever trustno changeme change default secret freedom shadow michael jordan
    teacher teaching school schools primary secondary headteacher classroom academy pupil education
    lended summer winter spring autumn monday january september october november december""".split()
)
LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")


@dataclass(frozen=True, slots=True)
class TokenWish:
    """What somebody wants a token for, and what it lets a program do (``lended.access.Scope``)."""

    name: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resumable:
    """A long form that people may leave and come back to.

    Parameters
    ----------
    words
        What a person calls it.
    path
        Where it is filled in; ``{subject}`` stands for which one of several.
    """

    words: str
    path: str


RESUMABLE = {
    "need": Resumable("What your need is about", "/needs/{subject}/edit"),
    "trial": Resumable("A request for a trial", "/loans/{subject}/ask"),
    "outcome": Resumable("What happened in a trial", "/loans/{subject}/outcome"),
    "listing": Resumable("A product’s listing", "/supplier/products/{subject}"),
}


def normal_email(text: str) -> str:
    """Return an address as it is stored: without outer space, in small letters.

    Only plain letters are made small. Unicode knows signs whose small form is a plain letter, by
    which one address could be taken for another.
    """
    plain = text.strip()
    return plain.lower() if plain.isascii() else plain


def is_email(text: str) -> bool:
    """Tell whether a text, made normal, is an address that mail can be sent to."""
    plain = normal_email(text)
    local, _, _domain = plain.rpartition("@")
    return len(plain) <= EMAIL_MOST and len(local) <= LOCAL_MOST and bool(EMAIL.fullmatch(plain))


def normal_password(password: str) -> str:
    """Return a password in the form in which it is hashed, whatever keyboard it was typed on.

    References
    ----------
    NIST SP 800-63B, section 5.1.1.2: normalisation by NFKC before hashing.
    """
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, email: str = "", name: str = "") -> str | None:
    """Return what is wrong with a new password, or None.

    Parameters
    ----------
    email, name
        Of the person, so that a password made of them is refused.

    References
    ----------
    NIST SP 800-63B, section 5.1.1: length counts, rules about kinds of character do not.
    """
    if len(password) > PASSWORD_MOST:
        return TOO_LONG
    plain = normal_password(password)
    if len(plain) < PASSWORD_LEAST:
        return TOO_SHORT
    if len(set(plain.casefold())) < DIFFERENT_LEAST or _easy(plain, _about(email, name)):
        return TOO_EASY
    return None


def fresh_token() -> str:
    """Return a token for a link in a mail: 192 random bits, short enough for one line."""
    return secrets.token_urlsafe(24)


def fresh_program_token() -> str:
    """Return a token for a program: 256 random bits behind a word by which scanners find leaks."""
    return TOKEN_BEGINS + secrets.token_urlsafe(32)


def may_be_program_token(text: str) -> bool:
    """Tell whether a text has the form of a token, so that nothing else is looked up."""
    return TOKEN.fullmatch(text) is not None


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _easy(password: str, about: Iterable[str]) -> bool:
    folded = password.casefold()
    pieces = sorted({*COMMON, *about}, key=len, reverse=True)
    return any(
        _letters_left(text, pieces) < LEFT_LEAST for text in (folded, folded.translate(LOOK_ALIKES))
    )


def _letters_left(text: str, pieces: Iterable[str]) -> int:
    """Count the letters of a text that are in none of the pieces."""
    for piece in pieces:
        text = text.replace(piece, " ")
    return sum(letter.isalpha() for letter in text)


def _about(email: str, name: str) -> set[str]:
    """Return the parts of an address and a name that a guesser would try."""
    parts = re.split(r"[^\w]+|_", f"{email} {name}".casefold())
    whole = {email.casefold(), name.casefold(), name.casefold().replace(" ", "")}
    return {part for part in (*parts, *whole) if len(part) >= 3}
