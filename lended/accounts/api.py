"""What a program can learn about its own token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flask import Response

from lended.access import Role, Scope
from lended.web import bearer
from lended.web.audience import audience, programs
from lended.web.programs.answers import answered
from lended.web.programs.operations import Operation, addresses, operation

api = addresses("accounts_api")


@dataclass(frozen=True, slots=True)
class TokenShown:
    """What a token lets a program do, and for whom."""

    name: str
    scopes: list[Scope]
    person_id: int
    person: Annotated[str, "who made it; the program acts for them"]
    organisation: str
    roles: Annotated[list[Role], "what they are there now"]


@api.get("/token")
@operation(Operation(TokenShown))
@audience(programs(Scope))
def token() -> Response:
    """Say for whom this token acts, and what it lets a program do."""
    program = bearer.demand_program()
    return answered(
        TokenShown(
            name=program.name,
            scopes=sorted(program.scopes),
            person_id=program.actor.person_id or 0,
            person=program.actor.name,
            organisation=program.actor.organisation_name,
            roles=sorted(program.actor.roles),
        )
    )
