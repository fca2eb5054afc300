"""What happens to needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NeedKept:
    """A teacher kept a need; ``unmet`` tells whether nothing fitted."""

    need_id: int
    person_id: int
    unmet: bool
