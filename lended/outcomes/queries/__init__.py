"""Reading outcomes, stories and trials."""

from lended.outcomes.queries.stories import (
    Story,
    StoryCount,
    StoryReason,
    stories_of_product,
    story_counts,
)
from lended.outcomes.queries.trials import DueTrial, due_trials, due_trials_of, trial_of

__all__ = [
    "DueTrial",
    "Story",
    "StoryCount",
    "StoryReason",
    "due_trials",
    "due_trials_of",
    "stories_of_product",
    "story_counts",
    "trial_of",
]
