"""What is told when something happens, feature by feature."""

from lended.notices.listeners import accounts, aftermath, catalogue, loans, outcomes
from lended.work import Listener

LISTENERS: dict[type, list[Listener]] = {
    **accounts.LISTENERS,
    **aftermath.LISTENERS,
    **catalogue.LISTENERS,
    **loans.LISTENERS,
    **outcomes.LISTENERS,
}

__all__ = ["LISTENERS"]
