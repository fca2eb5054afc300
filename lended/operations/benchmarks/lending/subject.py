"""The server that is asked for trials: LendED as it is served, on a database that is there.

Run as ``python -m lended.operations.benchmarks.lending.subject``. It has the same addresses to be
measured by as that of `lended.operations.benchmarks.pages.subject`.
"""

from __future__ import annotations

from lended import create_app
from lended.operations.benchmarks.pages.subject import bench_pages, serve


def main() -> None:
    """Serve what is stored."""
    app = create_app()
    app.register_blueprint(bench_pages(app))
    serve(app, {})


if __name__ == "__main__":
    main()
