"""A small catalogue, a small vocabulary, and needs made at random from the words of both."""

from hypothesis import strategies as st

from matching import Code, Document

SHELF = (
    Document(
        "bar-models",
        "Fraction Bars",
        "Bar models that make misconceptions about fractions visible, with questions to sort them.",
        {"stage": ["ks2"], "subject": ["mathematics"]},
    ),
    Document(
        "choir",
        "Choir Box",
        "Singing together in tune, with backing tracks and colourful scores.",
        {"stage": ["ks1", "ks2"], "subject": ["music"]},
    ),
    Document(
        "markwell",
        "Markwell",
        "Cuts the time spent marking essays: comment once, and give feedback to everyone.",
        {"stage": ["ks3", "ks4"], "subject": ["english"]},
    ),
    Document(
        "newcomers",
        "First Words",
        "Pictures and sound for EAL learners who have just arrived.",
        {"stage": ["ks1"], "subject": ["english"]},
    ),
    Document(
        "leafy",
        "Leaf Lab",
        "Simulations of photosynthesis and respiration for a science lesson without a laboratory.",
        {"stage": ["ks3"], "subject": ["science"]},
    ),
    Document(
        "soundsteps",
        "Sound Steps",
        "Systematic phonics: blending, segmenting and decodable books. Tablets not needed.",
        {"stage": ["eyfs", "ks1"], "subject": ["english"]},
    ),
    Document("calm", "Calm Corner", "Recognises behaviour triggers of autistic children."),
    Document("club", "Chess Club Kit", "Chess boards for a club after school."),
)

CODES = (
    Code("eal_new_arrivals", "Pupils new to English", ["EAL", "speaks no English"]),
    Code("marking_workload", "Time spent marking", ["marking", "piles of books", "Sunday marking"]),
    Code("phonics", "Phonics", ["blending sounds", "decoding words"]),
    Code("retrieval_practice", "Remembering what was taught", ["forget everything", "recall"]),
    Code("timetabling", "Timetabling", ["rooms and timetable"]),
)

_WORDS = sorted({word for each in SHELF for word in f"{each.title} {each.text}".split()})
words = st.sampled_from(
    [*_WORDS, "pupils", "my", "struggling", "snacks", "Y5", "phnoics", "colorful"]
)
needs = st.lists(words, max_size=12).map(" ".join)
texts = st.lists(words, max_size=15).map(" ".join)
catalogues = st.lists(
    st.tuples(st.text(min_size=1, max_size=4), texts, texts),
    max_size=12,
    unique_by=lambda row: row[0],
).map(lambda rows: [Document(*row) for row in rows])
