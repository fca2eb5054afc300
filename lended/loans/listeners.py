"""What follows within lending when stock changes."""

from __future__ import annotations

from lended.loans.events import CapacityFreed
from lended.loans.service.risks import recheck_freed
from lended.work import Listener

LISTENERS: dict[type, list[Listener]] = {CapacityFreed: [recheck_freed]}
"""What is promised already comes first, then whoever waits."""
