"""Pages of notices: the inbox, how one hears of things, and a calendar of one's own."""

from lended.notices.views import calendar, choosing, unsubscribing
from lended.notices.views.blueprint import pages
from lended.notices.views.inbox import Unread

__all__ = ["Unread", "calendar", "choosing", "pages", "unsubscribing"]
