"""The shortest way to a token, and to a request that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lended.access import Scope
from lended.accounts import service
from lended.accounts.rules import TokenWish
from tests.lended.loans.scene import Scene

MAKERS = {"school": "school_lead", "supplier": "supplier"}


def token_of(scene: Scene, person: Any, place: Any, scopes: Iterable[Scope]) -> str:
    """Return a token of a person in an organisation."""
    maker = scene.make.actor(person, place, MAKERS[place.kind])
    wish = TokenWish("A program", tuple(str(scope) for scope in scopes))
    token: str = scene.do(service.make_token, maker, wish)[1]
    return token


def shown(token: str, **headers: str) -> dict[str, str]:
    """Return the headers of a request that shows a token."""
    return {"Authorization": f"Bearer {token}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
