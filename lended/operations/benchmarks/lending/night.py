"""Two nights of the clock, in a process of their own, so that its memory can be told.

Run as ``python -m lended.operations.benchmarks.lending.night``. It does what is due at noon of the
next working day, which is all that has piled up, and of the one after it, which is what one
ordinary night brings, and prints what they took.
"""

from __future__ import annotations

import json
import resource
import time
from datetime import date, datetime
from datetime import time as hour
from typing import Any

from flask import Flask

from lended import clock, create_app
from lended.loans.rules.calendar import DAY, next_working_day
from lended.operations import clockwork


def main() -> None:
    """Let the clock run on two working days, and print what each took."""
    app = create_app()
    first_on = next_working_day(clock.today() + DAY)
    nights = [_night(app, day) for day in (first_on, next_working_day(first_on + DAY))]
    print(json.dumps(nights), flush=True)  # noqa: T201 - to the one who started us


def _night(app: Flask, day: date) -> dict[str, Any]:
    noon = datetime.combine(day, hour(12), tzinfo=clock.LONDON)
    before, used, seconds = _most_megabytes(), time.process_time(), {}
    run = clockwork.Run()
    with clock.at(noon), app.app_context():
        for name, part in clockwork.PARTS.items():
            began = time.perf_counter()
            part(run)
            seconds[name] = time.perf_counter() - began
    return {
        "mail_seconds": seconds.pop("sending mail"),
        "seconds": sum(seconds.values()),
        "cpu": time.process_time() - used,
        "megabytes_before": before,
        "megabytes": _most_megabytes(),
        "mails": run.counts.pop("mails sent"),
        "counts": {name: count for name, count in run.counts.items() if count},
        "failed": run.failed,
    }


def _most_megabytes() -> float:
    """Return the most memory this process has ever had at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
