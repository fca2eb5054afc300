"""From the words of open lists to codes, where they leave no doubt.

What is not in these tables has no code. "Languages and literacy" is two subjects, "Media" is
sometimes a kind of content, "Study Tools" says nothing about what a product does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lended import vocabularies

SUBJECTS = {
    "adolescent literacy": "english",
    "art and design": "art_and_design",
    "astronomy": "science",
    "beginning reading": "english",
    "biology": "science",
    "chemistry": "science",
    "computing": "computing",
    "design and technology": "design_and_technology",
    "elementary school mathematics": "mathematics",
    "geography": "geography",
    "high school mathematics": "mathematics",
    "history": "history",
    "math": "mathematics",
    "mathematics": "mathematics",
    "middle school math": "mathematics",
    "music": "music",
    "physics": "science",
    "primary mathematics": "mathematics",
    "science": "science",
    "secondary mathematics": "mathematics",
    "writing": "english",
}
NEEDS = {
    "children and students with an autism spectrum disorder": "autism_support",
    "children identified with or at risk for an emotional disturbance": "semh_support",
    "english language learners": "eal_new_arrivals",
}
AGES = {
    "early childhood education": (3, 5),
    "elementary school mathematics": (5, 11),
    "high school": (16, 18),
    "high school mathematics": (14, 18),
    "k-6th grade": (5, 12),
    "7th-12th grade": (12, 18),
    "middle school math": (11, 14),
    "prek-12": (4, 18),
    "preschool": (3, 5),
    "primary": (5, 11),
    "secondary": (11, 16),
}
"""Ages from the first birthday in the class to the last. Grade n of the United States begins at
age n + 5, kindergarten at 5, pre-kindergarten at 4. "High school" alone begins at 14 there and at
16 where the software packages come from that use the word, so only 16 to 18 is beyond doubt."""

STAGE_SHARE = 0.5
"""A product is for a stage when its ages cover at least half of that stage's."""

CONTENT = "content_resources"
CODING = "coding_robotics"
TYPES_BY_CATEGORY = {
    "classroom management: classroom engagement & instruction - assessment & classroom response": (
        "assessment_quiz"
    ),
    "classroom management: classroom engagement & instruction - classroom management": (
        "classroom_management"
    ),
    "classroom management: classroom engagement & instruction - communication & messaging": (
        "collaboration_communication"
    ),
    "classroom management: teacher resources - professional learning": "cpd_platform",
    "classroom management: virtual classroom - video conferencing & screen sharing": (
        "collaboration_communication"
    ),
    "content": CONTENT,
    "content; open content": CONTENT,
    "learning & curriculum: content creation & curation": "creation_tool",
    "learning & curriculum: courseware & textbooks": CONTENT,
    "micro:bit / bbc teaching resources": CONTENT,
    "micro:bit / books": CONTENT,
    "micro:bit / c/c++ editors": CODING,
    "micro:bit / javascript and makecode": CODING,
    "micro:bit / machine learning editors & tools": CODING,
    "micro:bit / micropython blocks editors": CODING,
    "micro:bit / micropython editors": CODING,
    "micro:bit / posters": CONTENT,
    "micro:bit / professional development for teachers": "cpd_platform",
    "micro:bit / teaching resources": CONTENT,
    "micro:bit / visual programming": CODING,
    "micro:bit accessory / robotics": CODING,
    "open content": CONTENT,
    "school & district operations: admissions, enrollment & rostering": "timetabling_admin",
    "school & district operations: data, analytics & reporting - student information systems "
    "(sis)": "mis",
    "school & district operations: human resources": "timetabling_admin",
    "school & district operations: large-scale & standardized testing": "assessment_quiz",
    "school & district operations: learning management systems (lms)": "lms_vle",
    "textbooks/ebooks": CONTENT,
}
CONTENT_CATEGORY = "learning & curriculum: sites, resources & reference"
"""With its divisions, from encyclopedias to streaming, but not its games and simulations."""
GAMES = "games & simulations"
TYPES_BY_FORMAT = {"book": CONTENT, "physical kit": "hardware_device"}
DEVICES_BY_FORMAT = {"physical kit": "physical_kit", "web/lti": "web_modern"}
OTHER = "other"

IN_FAVOUR = frozenset({"positive effects", "potentially positive effects"})
AGAINST = frozenset({"negative effects", "potentially negative effects"})
NO_DIFFERENCE = frozenset({"no discernible effects"})


def words_of(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists several things, in small letters."""
    return tuple(part.strip().casefold() for part in cell.split(";") if part.strip())


def codes_for(words: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of the words that are known, each once and in their order."""
    return tuple(dict.fromkeys(known[word] for word in words if word in known))


def stages_for(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stages that the stated ages cover, in order."""
    spans = [AGES[word] for word in words if word in AGES]
    years = {year for low, high in spans for year in range(low, high)}
    return tuple(code for code in vocabularies.codes("stage") if _covers(years, code))


def _covers(years: set[int], stage: str) -> bool:
    low, high = vocabularies.entry("stage", stage).ages
    return len(years.intersection(range(low, high))) >= STAGE_SHARE * (high - low)


def product_type(category: str, form: str) -> str:
    """Return the type that a category or, failing that, a format leaves no doubt about."""
    category, form = category.casefold(), form.casefold()
    if category in TYPES_BY_CATEGORY:
        return TYPES_BY_CATEGORY[category]
    if category.startswith(CONTENT_CATEGORY) and not category.endswith(GAMES):
        return CONTENT
    return TYPES_BY_FORMAT.get(form, OTHER)


def evidence_result(cell: str) -> str | None:
    """Return what published findings come to, one after another in a cell, or None.

    Each reads "Comprehension: Potentially Positive Effects". Findings in favour and findings of no
    difference together are mixed: the product helped with one thing and not with another.
    """
    findings = {word.rpartition(":")[2].strip() for word in words_of(cell)}
    if not findings:
        return None
    for result, those in (
        ("favourable", IN_FAVOUR),
        ("unfavourable", AGAINST),
        ("no_clear_difference", NO_DIFFERENCE),
    ):
        if findings <= those:
            return result
    return "mixed" if findings <= IN_FAVOUR | AGAINST | NO_DIFFERENCE | {"mixed effects"} else None
