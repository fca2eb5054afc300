"""What a process keeps of the catalogue, and the watch that renews it behind everybody's back.

A `Kept` holds a value that never changes and is replaced as a whole. The `Watch` looks for changes
again and again, also when nobody asks for a page, so that no request ever waits for a renewal:
only what is asked for before there is anything at all is made while somebody waits.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

LOOK_AGAIN_SECONDS = 0.5
"""With a renewal of about as long again, a change shows in every process within two seconds."""

SECONDS_TO_FINISH = 3.0
Value = TypeVar("Value")
log = structlog.get_logger(__name__)


class Kept(Generic[Value]):
    """A value made of the catalogue and kept in this process.

    Parameters
    ----------
    renew
        Makes the value from a reading session and the value before it, None at first; it returns
        the very same value when nothing has changed.
    at_once
        Look for changes whenever the value is asked for; for tests.
    """

    def __init__(
        self,
        engine: Engine,
        renew: Callable[[Session, Value | None], Value],
        *,
        at_once: bool = False,
    ) -> None:
        self._engine = engine
        self._renew = renew
        self._at_once = at_once
        self._value: Value | None = None
        self._one_at_a_time = threading.Lock()

    def value(self) -> Value:
        """Return the present value; whoever asks first waits until there is one."""
        present = self._value
        return self.renew() if present is None or self._at_once else present

    def renew(self) -> Value:
        """Put a newer value in place if the catalogue has moved on, and return it."""
        with self._one_at_a_time, Session(self._engine) as session:
            before, self._value = self._value, self._renew(session, self._value)
        if self._value is not before and not self._at_once:
            _set_apart()
        return self._value


def _set_apart() -> None:
    """Leave what is there for long out of the rounds of the garbage collector.

    A catalogue is hundreds of thousands of objects. Walking through them again and again, as
    pages come and go, costs each page as much as a third of its time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Watch:
    """A thread that renews what this process keeps, in the order in which it was given."""

    def __init__(self) -> None:
        self._kept: list[Kept[Any]] = []
        self._starting = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._in_order = True

    def add(self, kept: Kept[Any]) -> None:
        """Renew this too, after all that was added before."""
        self._kept.append(kept)

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name="watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop after what is being done now, or without it when it takes too long."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(SECONDS_TO_FINISH)

    def look(self) -> None:
        """Renew everything once; what goes wrong is logged once, until all is well again."""
        try:
            for kept in self._kept:
                kept.renew()
            self._in_order = True
        except Exception as error:
            if self._in_order:
                log.exception("catalogue_not_renewed", exc_info=error)
            self._in_order = False

    def _go_on(self) -> None:
        while not self._stopped.is_set():
            self.look()
            self._stopped.wait(LOOK_AGAIN_SECONDS)
