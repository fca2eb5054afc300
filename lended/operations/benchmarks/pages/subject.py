"""The server that is measured: LendED as it is served, with a few addresses to measure it by.

Run as ``python -m lended.operations.benchmarks.pages.subject PRODUCTS``: it makes its database,
serves on a free port, and prints where, what to ask for and as whom. Besides LendED's own pages it
has ``/bench/floor``, which reads twenty products in one statement and draws them as plain cards in
the frame of every page, and does nothing else; ``/bench/used``, the processor time of this process
and the database statements of its pages so far; and ``/bench/enter/<person>``, which signs a person
in. None of them exists in LendED itself.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any
from urllib.parse import quote_plus

from flask import (
    Blueprint,
    Flask,
    Response,
    has_request_context,
    jsonify,
    redirect,
    render_template,
    session,
)
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from lended import create_app, vocabularies
from lended.accounts import queries, sessions
from lended.catalogue import queries as catalogue
from lended.catalogue.cards import card_of
from lended.errors import NotFound
from lended.loans.models import Loan
from lended.operations import server
from lended.operations.benchmarks.shelves import make_shelf
from lended.web.audience import EVERYONE, audience
from lended.web.database import db, reader

SOME = 20
CARDS = 20
MANY = 2000
NEEDS = (
    "Year 4 learn their times tables on Friday and have lost them by Monday",
    "Marking takes my Sunday",
    "Two pupils who joined in March speak no English yet",
    "My quiet ones never speak in class discussions",
    "Year 9 mix up ionic and covalent bonding",
    "Reception children cannot hold a pencil properly",
    "I never know who is stuck until the test",
    "Reluctant boys in Year 6 write two lines and stop",
    "Parents do not read the letters we send home",
    "A pupil with a visual impairment cannot see the board",
)
FLOOR = """
{% extends "base.html" %}
{% from "components/card.html" import plain_card %}
{% block title %}The floor{% endblock %}
{% block content %}
  <h1>Twenty plain cards</h1>
  <div class="cards">{% for card in cards %}{{ plain_card(card) }}{% endfor %}</div>
{% endblock %}
"""


def bench_pages(app: Flask) -> Blueprint:
    """Return the addresses to measure by."""
    pages = Blueprint("bench", __name__, url_prefix="/bench")
    template = app.jinja_env.from_string(FLOOR)
    count = _count_statements(app)

    @pages.get("/floor")
    @audience(EVERYONE)
    def floor() -> str:
        rows = catalogue.card_rows(reader(), range(1, 1 + CARDS))
        cards = [card_of(row, f"/products/{row.slug}") for row in rows.values()]
        return render_template(template, cards=cards)

    @pages.get("/used")
    @audience(EVERYONE)
    def used() -> Response:
        return jsonify(seconds=time.process_time(), statements=count[0])

    @pages.get("/enter/<int:person_id>")
    @audience(EVERYONE)
    def enter(person_id: int) -> AnyResponse:
        person = queries.person_with_places(reader(), person_id)
        if person is None:
            raise NotFound
        session["_user_id"] = sessions.session_key(person)
        session["_fresh"] = True
        return redirect("/desk")

    return pages


def main(products: int) -> None:
    """Make a database with so many products and serve it."""
    app = create_app()
    make_shelf(app, products)
    app.register_blueprint(bench_pages(app))
    with app.app_context():
        known = app.extensions["lended.index"].value()
        loan_id, person_id = _somebody_with_a_loan()
    paths = _paths(sorted(known.place_of_key), loan_id)
    serve(app, {"person_id": person_id, "paths": paths})


def serve(app: Flask, said: dict[str, Any]) -> None:
    """Serve on a free port until told to stop; say which with what else is to be said."""
    settings: Settings = app.extensions["lended.settings"]
    with server.listening_socket("127.0.0.1", 0) as listening:
        line = json.dumps(said | {"port": listening.getsockname()[1]})
        server.serve(
            app,
            settings,
            listening,
            lambda: print(line, flush=True),  # noqa: T201 - to the one who started us
        )


def _somebody_with_a_loan() -> tuple[int, int]:
    loan = (
        reader()
        .scalars(select(Loan).where(Loan.state == "active").order_by(Loan.id).limit(1))
        .one()
    )
    return loan.id, loan.teacher_id


def _paths(slugs: list[str], loan_id: int) -> dict[str, list[str]]:
    return {
        "floor": ["/bench/floor"],
        "home": ["/"],
        "need": [f"/find?need={quote_plus(need)}" for need in _needs_nobody_had()],
        "product": [f"/products/{slug}" for slug in slugs[:: max(1, len(slugs) // SOME)]],
        "A to Z": [f"/products?page={number}" for number in range(1, 6)],
        "loan": [f"/loans/{loan_id}"],
        "desk": ["/desk"],
    }


def _needs_nobody_had() -> list[str]:
    """Return needs of which no two are the same, so that nothing can be remembered."""
    others = [words for code in vocabularies.codes("need") for words in _words(code)]
    return [f"{need}. {other}" for other in others for need in NEEDS][:MANY]


def _words(code: str) -> tuple[str, ...]:
    return vocabularies.entry("need", code).words


def _count_statements(app: Flask) -> list[int]:
    count = [0]

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        count[0] += has_request_context() and not statement.startswith("BEGIN")

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    return count


if __name__ == "__main__":
    main(int(sys.argv[1]))
