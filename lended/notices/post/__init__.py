"""The post: mail leaves the outbox."""

from lended.notices.post.sending import Sent, send_due

__all__ = ["Sent", "send_due"]
