"""Every way in which outcomes, stories and decisions change.

    ``give_outcome(work, actor, loan_id, OutcomeWish) -> int``
    ``publish_story(work, actor, loan_id, school_described_as)``
    ``withdraw_story(work, actor, loan_id)``
    ``decide(work, actor, loan_id, code, words="")``

The wishes live in ``rules.reports``.
"""

from lended.outcomes.service.decide import decide
from lended.outcomes.service.give import give_outcome
from lended.outcomes.service.publish import publish_story, withdraw_story

__all__ = ["decide", "give_outcome", "publish_story", "withdraw_story"]
