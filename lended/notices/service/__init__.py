"""Telling people, and what they do with it."""

from lended.notices.service.asking import ask_for_outcomes
from lended.notices.service.choosing import choose, end_feed, make_feed, stop_mail
from lended.notices.service.reading import mark_all_read, mark_read, settle_the_past
from lended.notices.service.reminding import let_fade, remind_of_loans
from lended.notices.service.telling import mail, tell, tell_each

__all__ = [
    "ask_for_outcomes",
    "choose",
    "end_feed",
    "let_fade",
    "mail",
    "make_feed",
    "mark_all_read",
    "mark_read",
    "remind_of_loans",
    "settle_the_past",
    "stop_mail",
    "tell",
    "tell_each",
]
