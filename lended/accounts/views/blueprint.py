"""The blueprint of every page about accounts, and how often its forms may be sent."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_limiter.util import get_remote_address

from lended.accounts.rules import digest, normal_email

pages = Blueprint("accounts", __name__)

PER_NETWORK = "20 per minute; 200 per hour"
"""Wrong passwords from one network address: a school's staff share one."""

PER_ACCOUNT = "5 per 2 minutes; 10 per 15 minutes; 20 per hour; 40 per day"
"""Wrong passwords for one account from one network address: each pause is longer than the last.

The rightful person can come in from anywhere else meanwhile, and by a mailed link from here."""

MAILS_PER_NETWORK = "20 per hour; 60 per day"
MAILS_PER_ACCOUNT = "3 per 15 minutes; 8 per day"


def account_and_network() -> str:
    """Return what names the address typed and where it was typed, and tells neither."""
    return digest(f"{normal_email(request.form.get('email', ''))}|{get_remote_address()}")


def was_wrong(response: Response) -> bool:
    """Tell whether an answer refused what was sent."""
    return response.status_code == 422
