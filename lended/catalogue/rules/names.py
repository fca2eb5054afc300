"""Names: the part of an address made from one, and names that only look different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_SLUG = 100
LEGAL_ENDINGS = frozenset(
    {"ltd", "limited", "plc", "llp", "inc", "llc", "co", "company", "uk", "cic", "gmbh"}
)
# Letters of other alphabets, and figures, that pass for Latin letters.
LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("аеорсухіјѕкмтнвԁԛԝ", "aeopcyxijskmthbdqw", strict=True)),
        **dict(zip("αεορυχικτν", "aeopyxiktv", strict=True)),
        **dict(zip("0135", "oles", strict=True)),
        "|": "l",
        "ı": "i",  # noqa: RUF001 - the dotless letter is meant
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "&": " and ",
    }
)


def slug_of(name: str) -> str:
    """Return a name as it stands in an address: small plain letters, figures and hyphens.

    A name without any such letter becomes ``listing``, so that there is always an address.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "listing"


def slugs_to_try(name: str) -> Iterator[str]:
    """Yield the address of a name, then the same with 2, 3, 4 … after it."""
    slug = slug_of(name)
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def skeleton(name: str) -> str:
    """Return what is left of a name when everything that hardly shows is taken away.

    Case, accents, spaces, signs, legal endings and letters borrowed from other alphabets: two names
    with one skeleton look alike to somebody in a hurry.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = re.findall(r"\w+", bare.translate(LOOK_ALIKES))
    telling = [word for word in words if word not in LEGAL_ENDINGS]
    return "".join(telling or words).replace("_", "")


def look_alikes(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that look like a name, in their order."""
    wanted = skeleton(name)
    return [other for other in known if skeleton(other) == wanted]
