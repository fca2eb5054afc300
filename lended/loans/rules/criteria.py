"""What a trial may be judged by: outcomes, never log-ins, hours of use or training (rule P3)."""

from __future__ import annotations

import re

REFUSAL = (
    "This counts use, not what changed. Log-ins, hours of use, training and numbers of devices can "
    "be kept as background, but a trial is judged by pupils’ learning, inclusion, or teachers’ "
    "time and confidence. What would you see or hear if it helped?"
)

_LOG_INS = r"(?:log(?:s|ged|ging)?[\s\-\u2010-\u2015]*ins?|log-?ons?|sign-?ins?|signing[\s-]in)\b"
_THINGS = (
    r"(?:app|platform|product|software|program(?:me)?|system|website|site|tool|kit|device|tablet|"
    r"laptop|chromebook|ipad|headset|licen[cs]e|account|seat|screen)s?"
)
_TIME = r"(?:hours?|minutes?|mins?|time|days?)"

_SPENT = r"(?:of|in|on|with|using|spent (?:on|in|using))"
_COUNTED = rf"(?:{_THINGS}|users|clicks|page views|sessions)"
_COUNTS_OF_USE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_LOG_INS}",
        rf"\b{_TIME}\s+{_SPENT}\s+(?:(?:the|this|our)\s+)?(?:use|usage|{_THINGS})\b",
        rf"\b{_THINGS}[\s\-]+(?:use|usage|time)\b",
        rf"\b(?:use|usage|uses) of (?:the |this |our )?{_THINGS}\b",
        rf"\b{_TIME}\s+{_SPENT}\s+(?:\w+\s+)?(?:training|webinars?|inset)\b",
        r"\btraining (?:sessions?|courses?|hours?|days?)\b",
        r"\btrained (?:staff|teachers)\b",
        r"\b(?:staff|teachers) (?:are |were |have been )?trained\b",
        r"\bcomplet\w+ (?:the )?training\b",
        rf"\b(?:numbers?|count|total) of (?:\w+ )?{_COUNTED}\b",
        r"\b(?:active users|page views|screen time|completion of modules)\b",
    )
)
_TIME_LOST = re.compile(
    rf"\b(?:lost|lose|wasted?|losing|wasting|spent|forgotten|failed|problems?)\b.{{0,40}}{_LOG_INS}",
    re.IGNORECASE,
)


def counts_use(text: str) -> bool:
    """Tell whether a criterion counts use or training instead of what changed.

    Time *lost* to logging in is a fair thing to measure, so that does not count as use.
    """
    rest = _TIME_LOST.sub(" ", text)
    return any(pattern.search(rest) for pattern in _COUNTS_OF_USE)
