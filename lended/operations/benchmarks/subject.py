"""The server that is measured: LendED as it is served, with a few addresses to measure it by.

Run as ``python -m lended.operations.benchmarks.subject PRODUCTS``: it makes its database, serves
on a free port, and prints where, what to ask for and as whom. Besides LendED's own pages it has
``/bench/floor``, twenty plain cards in the frame of every page and nothing else; ``/bench/used``,
the processor time of this process and the database statements so far; and
``/bench/enter/<person>``, which signs a person in. None of them exists in LendED itself.
"""

from __future__ import annotations

import json
import sys
import time
from urllib.parse import quote_plus

from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, session
from sqlalchemy import event, select
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as AnyResponse

from config import Settings
from lended import create_app
from lended.accounts import queries, sessions
from lended.catalogue.cards import Card
from lended.errors import NotFound
from lended.loans.models import Loan
from lended.operations import server
from lended.operations.benchmarks.shelves import make_shelf
from lended.web.audience import EVERYONE, audience
from lended.web.database import db, reader

SOME = 20
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
CARDS = tuple(
    Card(
        product_id=number,
        slug=f"plain-{number}",
        name=f"A plain product {number}",
        url=f"/products/plain-{number}",
        supplier="A supplier",
        type="Software",
        summary="One sentence of an ordinary length that says what this is and whom it is for.",
        needs=(),
        unknown=(),
        available="Could be with you from Monday 5 April 2027",
    )
    for number in range(20)
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
        return render_template(template, cards=CARDS)

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
    settings: Settings = app.extensions["lended.settings"]
    with app.app_context():
        known = app.extensions["lended.index"].value()
        loan_id, person_id = _somebody_with_a_loan()
    said = {"person_id": person_id, "paths": _paths(sorted(known.place_of_key), loan_id)}
    with server.listening_socket("127.0.0.1", 0) as listening:
        said["port"] = listening.getsockname()[1]
        server.serve(
            app,
            settings,
            listening,
            lambda: print(json.dumps(said), flush=True),  # noqa: T201 - to the one who started us
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
        "need": [f"/find?need={quote_plus(need)}" for need in NEEDS],
        "product": [f"/products/{slug}" for slug in slugs[:: max(1, len(slugs) // SOME)]],
        "A to Z": [f"/products?page={number}" for number in range(1, 6)],
        "loan": [f"/loans/{loan_id}"],
        "desk": ["/desk"],
    }


def _count_statements(app: Flask) -> list[int]:
    count = [0]

    def note(_connection: Connection, *_rest: object) -> None:
        count[0] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    return count


if __name__ == "__main__":
    main(int(sys.argv[1]))
