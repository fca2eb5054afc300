"""What follows within lending when stock becomes free."""

from __future__ import annotations

from lended.loans import service
from lended.loans.events import CapacityFreed
from lended.loans.service.risks import recheck_freed
from lended.work import Listener, Work


def offer_to_those_who_wait(work: Work, event: CapacityFreed) -> None:
    """Offer what has become free, before anybody else can ask for it."""
    service.promote(work, event.product_id, event.let_go_by)


LISTENERS: dict[type, list[Listener]] = {CapacityFreed: [recheck_freed, offer_to_those_who_wait]}
"""What is promised already comes first, then whoever waits."""
