"""The mail a LendED sends, as its readers find it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Flask

from lended.operations import clockwork


class Letters:
    """The letters in the mail folder of a LendED."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def link_to(self, address: str, ending: str) -> str:
        """Send what is due; return the link in the one letter to somebody that leads to a page.

        Parameters
        ----------
        ending
            How the link's path begins, such as ``/reset/``.
        """
        assert clockwork.run(self._app).failed == []
        links = {
            found[1]
            for letter in self._all()
            if letter["To"] is not None and address in letter["To"]
            for found in re.finditer(rf"^http://[^/\s]+({ending}\S+)", _text(letter), re.MULTILINE)
        }
        assert len(links) == 1, f"{len(links)} links to {ending} went to {address}"
        return links.pop()

    def _all(self) -> list[EmailMessage]:
        folder = self._app.extensions["lended.settings"].mail_folder
        return [
            message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")
        ]


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
