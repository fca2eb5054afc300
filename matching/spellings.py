"""British and American spellings folded into one, so that either finds the other."""

import re

_PAIRS = {
    "aeroplane": "airplane", "ageing": "aging", "anaemia": "anemia", "anaesthetic": "anesthetic",
    "archaeology": "archeology", "artefact": "artifact", "calibre": "caliber", "centre": "center",
    "cheque": "check", "cosy": "cozy", "defence": "defense", "doughnut": "donut",
    "encyclopaedia": "encyclopedia", "enrol": "enroll", "fibre": "fiber", "fulfil": "fulfill",
    "grey": "gray", "instalment": "installment", "jewellery": "jewelry", "judgement": "judgment",
    "kerb": "curb", "learnt": "learned", "licence": "license", "litre": "liter",
    "manoeuvre": "maneuver", "math": "mathematics", "maths": "mathematics", "metre": "meter",
    "mould": "mold", "mum": "mother", "mom": "mother", "offence": "offense",
    "paediatric": "pediatric", "plough": "plow", "practise": "practice", "pretence": "pretense",
    "programme": "program", "sceptical": "skeptical", "skilful": "skillful", "spelt": "spelled",
    "sulphur": "sulfur", "theatre": "theater", "tyre": "tire", "yoghurt": "yogurt",
}  # fmt: skip
_DOUBLED = (
    "cancel|channel|counsel|dial|equal|fuel|initial|label|level|marvel|model|pencil|quarrel|rival"
    "|signal|spiral|total|travel|tunnel"
)
_RULES = (
    (re.compile(r"^(\w{3,})is(e|es|ed|er|ers|ing|ation|ations|ational)$"), r"\1iz\2"),
    (re.compile(r"^(\w{3,})ys(e|es|ed|er|ers|ing)$"), r"\1yz\2"),
    (re.compile(r"^(\w{3,})our(s|ed|er|ers|ing|al|ally|able|ful|ite|ites|less)?$"), r"\1or\2"),
    (re.compile(r"^(\w+)logue(s?)$"), r"\1log\2"),
    (re.compile(r"^(\w+(?:met|lit))re(s?)$"), r"\1er\2"),
    (re.compile(rf"^({_DOUBLED})l(ed|ing|er|ers|or|ors)$"), r"\1\2"),
)


_TOUCHED = re.compile("[iy]s|our|logue|re|ll")
"""One of these is in every word that a rule changes; most words have none."""


def fold_spelling(word: str) -> str:
    """Give the one spelling a casefolded word is matched by.

    The rules may write what no dictionary holds ("exercize"); they are the same for needs and
    documents, and nobody is shown the result.
    """
    singular = word[:-1] if word.endswith("s") and word not in _PAIRS else word
    if singular in _PAIRS:
        return _PAIRS[singular] + word[len(singular) :]
    if not _TOUCHED.search(word):
        return word
    for pattern, replacement in _RULES:
        folded, count = pattern.subn(replacement, word)
        if count:
            return folded
    return word
