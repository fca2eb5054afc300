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
    stories_of_supplier,
    story,
    story_counts,
)
from lended.outcomes.queries.trials import (
    TRIED,
    DueTrial,
    Standing,
    due_trials,
    due_trials_of,
    standing,
    trial_of,
)

__all__ = [
    "TRIED",
    "DueTrial",
    "Findings",
    "Standing",
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
    "standing",
    "stories",
    "stories_of_product",
    "stories_of_supplier",
    "story",
    "story_counts",
    "story_to_be",
    "trial_of",
]
