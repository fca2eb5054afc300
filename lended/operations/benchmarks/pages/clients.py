"""Clients that ask a server for pages and note how long it took."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

ASSET = re.compile(r'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+)"')
SETTLING = 10
"""Requests before counting begins."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds from asking to the last byte; processor time is the server's."""

    median: float
    p95: float
    cpu: float
    statements: float


class Client:
    """One browser: a connection kept open, and a session's cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = cookie

    def fetch(self, path: str, *, zipped: bool = True) -> tuple[http.client.HTTPResponse, bytes]:
        """Return an answer and its body as it came.

        Raises
        ------
        RuntimeError
            When the server answers with an error: there is nothing to measure.
        """
        return self._ask("GET", path, "", {"Accept-Encoding": "gzip"} if zipped else {})

    def send(self, path: str, form: str, cookie: str) -> None:
        """Send a filled-in form, in the session of a cookie.

        Raises
        ------
        RuntimeError
            When it was not accepted.
        """
        self.cookie = cookie
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        response, _ = self._ask("POST", path, form, kind)
        if response.status != http.client.SEE_OTHER:
            raise RuntimeError(f"{path} answered {response.status}")

    def _ask(
        self, method: str, path: str, body: str, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        known = {"Cookie": self.cookie} if self.cookie else {}
        self._connection.request(method, path, body=body or None, headers=headers | known)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{path} answered {response.status}")
        return response, answer

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def signed_in_cookie(port: int, person_id: int) -> str:
    """Return the cookie of a session in which a person is signed in."""
    client = Client(port)
    response, _ = client.fetch(f"/bench/enter/{person_id}")
    client.close()
    return str(response.headers["Set-Cookie"]).partition(";")[0]


def weigh(port: int, path: str, cookie: str) -> int:
    """Return the bytes on the wire of a page with its styles, script, icon and fonts."""
    client = Client(port, cookie)
    response, page = client.fetch(path)
    zipped = response.headers["Content-Encoding"] == "gzip"
    text = (gzip.decompress(page) if zipped else page).decode()
    weight = len(page) + sum(len(client.fetch(address)[1]) for address in set(ASSET.findall(text)))
    client.close()
    return weight


def time_requests(
    port: int, paths: Sequence[str], cookie: str, requests: int, at_once: int
) -> Timing:
    """Ask for paths in turn, so many times in all, by so many clients at once."""
    asked = itertools.cycle(paths)
    _ask(port, cookie, [next(asked) for _ in range(SETTLING)])
    shares = [[next(asked) for _ in range(-(-requests // at_once))] for _client in range(at_once)]
    seconds, statements = used(port)
    with ThreadPoolExecutor(at_once) as pool:
        lists = list(pool.map(lambda share: _ask(port, cookie, share), shares))
    seconds_after, statements_after = used(port)
    times = [time for times in lists for time in times]
    return Timing(
        median=median(times),
        p95=quantiles(times, n=20)[-1],
        cpu=(seconds_after - seconds) * 1000 / len(times),
        statements=(statements_after - statements) / len(times),
    )


def _ask(port: int, cookie: str, paths: Sequence[str]) -> list[float]:
    client = Client(port, cookie)
    times = []
    for path in paths:
        began = time.perf_counter()
        client.fetch(path)
        times.append((time.perf_counter() - began) * 1000)
    client.close()
    return times


def used(port: int) -> tuple[float, int]:
    """Return the seconds of processor time and the statements of a server's pages so far."""
    client = Client(port)
    _, body = client.fetch("/bench/used")
    client.close()
    said = json.loads(body)
    return said["seconds"], said["statements"]
