"""Reading outcomes, stories and trials."""

from lended.outcomes.queries.findings import (
    Findings,
    description,
    findings,
    has_other_leads,
    story_to_be,
)
from lended.outcomes.queries.stories import (
    StoriesCount,
    Story,
    StoryCount,
    StoryReason,
    count_stories,
    stories,
    stories_of_product,
    story,
    story_counts,
)
from lended.outcomes.queries.trials import DueTrial, due_trials, due_trials_of, trial_of

__all__ = [
    "DueTrial",
    "Findings",
    "StoriesCount",
    "Story",
    "StoryCount",
    "StoryReason",
    "count_stories",
    "description",
    "due_trials",
    "due_trials_of",
    "findings",
    "has_other_leads",
    "stories",
    "stories_of_product",
    "story",
    "story_counts",
    "story_to_be",
    "trial_of",
]
