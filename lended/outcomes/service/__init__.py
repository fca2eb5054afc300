"""Every way in which outcomes, stories and decisions change.

    ``give_outcome(work, actor, loan_id, OutcomeWish) -> int``
    ``publish_story(work, actor, loan_id, school_described_as)``
    ``withdraw_story(work, actor, loan_id)``
    ``decide(work, actor, loan_id, code, words="")``
    ``remind(work, today) -> int``

The wishes live in ``rules.reports``.
"""

from lended.outcomes.service.decide import decide
from lended.outcomes.service.give import give_outcome
from lended.outcomes.service.publish import publish_story, withdraw_story
from lended.outcomes.service.reminders import remind

__all__ = ["decide", "give_outcome", "publish_story", "remind", "withdraw_story"]
