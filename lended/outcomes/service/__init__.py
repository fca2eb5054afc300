"""Every way in which outcomes, stories and decisions change.

``remind(work, today) -> int``
"""

from lended.outcomes.service.reminders import remind

__all__ = ["remind"]
