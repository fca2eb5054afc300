"""Forms left unfinished, on both engines."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from lended import clock
from lended.access import Actor
from lended.accounts import queries, rules, service
from lended.errors import Invalid, NotFound
from tests.conftest import Transaction
from tests.makers import Makers


@pytest.fixture
def writer(make: Makers) -> Actor:
    return make.actor(make.person(), None)


def kept(transaction: Transaction, actor: Actor, subject: str = "7", **fields: list[str]) -> None:
    with transaction() as work:
        service.keep_unfinished(work, actor, "trial", subject, fields)


def test_what_was_typed_is_still_there(
    transaction: Transaction, session: Session, writer: Actor
) -> None:
    kept(transaction, writer, goal=["Fewer slips"], codes=["a", "b"])
    found = queries.unfinished(session, writer, "trial", "7")
    assert found == {"goal": ["Fewer slips"], "codes": ["a", "b"]}
    assert queries.unfinished(session, writer, "trial", "8") is None
    assert queries.unfinished(session, writer, "outcome", "7") is None


def test_kept_again_it_replaces_what_was_kept(
    transaction: Transaction, session: Session, writer: Actor
) -> None:
    kept(transaction, writer, goal=["One"])
    kept(transaction, writer, goal=["Two"])
    assert queries.unfinished(session, writer, "trial", "7") == {"goal": ["Two"]}
    assert len(queries.unfinished_forms(session, writer)) == 1


def test_it_is_its_writers_only(
    transaction: Transaction, session: Session, make: Makers, writer: Actor
) -> None:
    kept(transaction, writer, goal=["Mine"])
    other = make.actor(make.person(), None)
    assert queries.unfinished(session, other, "trial", "7") is None
    session.rollback()
    with transaction() as work:
        service.drop_unfinished(work, other, "trial", "7")
    assert queries.unfinished(session, writer, "trial", "7") is not None


def test_dropped_it_is_gone(transaction: Transaction, session: Session, writer: Actor) -> None:
    kept(transaction, writer, goal=["x"])
    with transaction() as work:
        service.drop_unfinished(work, writer, "trial", "7")
    assert queries.unfinished(session, writer, "trial", "7") is None


@pytest.mark.parametrize(
    ("form", "subject"), [("sign_in", "7"), ("", "7"), ("trial", ""), ("trial", "x" * 201)]
)
def test_only_known_forms_are_kept(
    transaction: Transaction, writer: Actor, form: str, subject: str
) -> None:
    with pytest.raises(NotFound), transaction() as work:
        service.keep_unfinished(work, writer, form, subject, {})


def test_too_much_is_refused(transaction: Transaction, writer: Actor) -> None:
    with pytest.raises(Invalid):
        kept(transaction, writer, goal=["x" * rules.UNFINISHED_BYTES])
    fields = {f"f{number}": ["x"] for number in range(rules.UNFINISHED_FIELDS + 1)}
    with pytest.raises(Invalid):
        kept(transaction, writer, "7", **fields)


def test_the_oldest_makes_room(transaction: Transaction, session: Session, writer: Actor) -> None:
    start = clock.now()
    for number in range(rules.UNFINISHED_FORMS + 3):
        with clock.at(start + timedelta(seconds=number)):
            kept(transaction, writer, str(number), goal=["x"])
    subjects = {form.subject for form in queries.unfinished_forms(session, writer)}
    assert len(subjects) == rules.UNFINISHED_FORMS
    assert not subjects & {"0", "1", "2"}


def test_two_tabs_saving_at_once_both_succeed(
    transaction: Transaction, session: Session, writer: Actor
) -> None:
    together = threading.Barrier(4)
    failures: list[BaseException] = []

    def save(number: int) -> None:
        together.wait()
        try:
            kept(transaction, writer, goal=[str(number)])
        except BaseException as error:  # noqa: BLE001 - whatever fails is shown
            failures.append(error)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(queries.unfinished_forms(session, writer)) == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back_as_typed(
    transaction: Transaction, session: Session, writer: Actor, text: str
) -> None:
    """Only the null character is lost, which PostgreSQL cannot keep and nobody can type."""
    kept(transaction, writer, goal=[text])
    session.rollback()
    assert queries.unfinished(session, writer, "trial", "7") == {"goal": [text.replace("\x00", "")]}


@pytest.mark.parametrize("form", rules.RESUMABLE)
def test_every_form_says_where_it_is_filled_in(form: str) -> None:
    assert "{subject}" in rules.RESUMABLE[form].path
    assert rules.RESUMABLE[form].words
