"""Refusals: what LendED says when it will not do something.

Each carries words for the person who asked; ``lended.web.error_pages`` turns them into pages
and ``status`` into the HTTP answer, in that one place.
"""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """LendED will not do this; ``words`` say why and what to do next."""

    status = 400

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class NotFound(Refusal):
    """There is no such thing, or it is not yours to know about."""

    status = 404


class NotRecognised(Refusal):
    """A program has not shown a token that works; ``words`` say how to get one."""

    status = 401


class NotAllowed(Refusal):
    """You can see it, but this is for somebody else to do."""

    status = 403


class Conflict(Refusal):
    """Somebody was faster, or there is none left; ``words`` say how things stand now."""

    status = 409


class Invalid(Refusal):
    """What was given does not hold together.

    Parameters
    ----------
    problems
        One sentence for each field that is wrong, keyed by the field's name.
    """

    status = 422

    def __init__(self, words: str = "", problems: Mapping[str, str] | None = None) -> None:
        super().__init__(words or " ".join((problems or {}).values()))
        self.problems = dict(problems or {})


class Busy(Refusal):
    """The database is locked or away; trying again in a moment may work."""

    status = 503
