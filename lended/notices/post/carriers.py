"""Carriers of mail: an SMTP server, or a folder of files where none is configured."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from config import Settings

PATIENCE_SECONDS = 15.0
PLAIN_PORT = 25
TLS_PORT = 465
FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a carrier said to a letter.

    Parameters
    ----------
    for_good
        Whether trying again is of no use.
    server_away
        Whether other letters would fare no better now.
    """

    taken: bool
    for_good: bool
    words: str
    server_away: bool = False


class ServerAway(Exception):
    """The mail server cannot be reached, or does not let us in: no letter is at fault."""


class Carrier(Protocol):
    """Takes letters one after the other."""

    def send(self, message: EmailMessage) -> Answer:
        """Take a letter, or say why not."""

    def close(self) -> None:
        """Let go of what was opened."""


def carrier_for(settings: Settings) -> Carrier:
    """Return the carrier that an installation has chosen."""
    if settings.smtp_url:
        return ServerCarrier(urlsplit(settings.smtp_url))
    return FolderCarrier(settings.mail_folder)


class FolderCarrier:
    """Writes each letter into a file named after it; sent twice, it is still one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> Answer:
        """Write the letter, whole or not at all."""
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f"{name}.part"
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise ServerAway(f"{self._folder}: {error.strerror}") from error
        return Answer(taken=True, for_good=True, words=f"{name}.eml")

    def close(self) -> None:
        """Nothing was opened."""


class ServerCarrier:
    """Speaks SMTP, over one connection for many letters, opened with the first.

    An encrypted connection is used wherever the server offers one, and demanded before a password
    is given to anyone but this machine.
    """

    def __init__(self, url: SplitResult) -> None:
        self._url = url
        self._server: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> Answer:
        """Give the letter to the server.

        Raises
        ------
        ServerAway
            When there is no server to give it to, or it does not let us in.
        """
        server = self._connected()
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            return self._refused(*next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Answer(taken=False, for_good=True, words=str(error))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            return Answer(taken=False, for_good=False, words=f"Hung up: {error}")
        return Answer(taken=True, for_good=True, words="Accepted")

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._opened()
            except (smtplib.SMTPException, OSError) as error:
                raise ServerAway(f"{type(error).__name__}: {error}") from error
        return self._server

    def _opened(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        safely = ssl.create_default_context()
        if self._url.scheme == "smtps":
            port = self._url.port or TLS_PORT
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=PATIENCE_SECONDS, context=safely
            )
        else:
            server = smtplib.SMTP(host, self._url.port or PLAIN_PORT, timeout=PATIENCE_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=safely)
            elif self._url.username and host not in {"localhost", "127.0.0.1", "::1"}:
                server.close()
                raise ServerAway("The mail server offers no encryption; the password stays here.")
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server

    def _refused(self, code: int, words: bytes | str) -> Answer:
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        if self._server is not None and code == 421:
            self.close()
        return Answer(taken=False, for_good=code >= FOR_GOOD, words=f"{code} {said}")
