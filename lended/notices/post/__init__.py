"""The post: mail leaves the outbox."""

from lended.notices.post.lapsing import give_up, sorted_out
from lended.notices.post.sending import Sent, send_due

__all__ = ["Sent", "give_up", "send_due", "sorted_out"]
