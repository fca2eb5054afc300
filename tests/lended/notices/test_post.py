"""The post, on both engines: each letter at least once, and once where nobody is killed."""

from __future__ import annotations

import email
import threading
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from config import Settings
from lended import clock
from lended.accounts import service as accounts
from lended.notices import rules
from lended.notices.models import Notice
from lended.notices.post import Sent, carriers, send_due
from tests.conftest import Transaction
from tests.lended.notices.conftest import Office, Tell, states
from tests.makers import Makers


def test_a_letter_is_sent_once(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    person = make.person(name="Zoë Ackroyd")
    tell(person, "1")
    assert send_due(engine, by_smtp, clock.now()) == Sent(sent=1)
    assert send_due(engine, by_smtp, clock.now()) == Sent()
    letter = office[0].letters[0]
    assert letter["Subject"] == "Title 1"
    assert letter["To"] == f"Zoë Ackroyd <{person.email}>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert "http://localhost/loans/1" in text.decode()
    assert "Dear Zoë Ackroyd," in text.decode()
    assert states(engine) == ["sent"]


def test_letters_lie_in_a_folder_where_no_server_is_named(
    engine: Engine, make: Makers, tell: Tell, by_folder: Settings
) -> None:
    tell(make.person(), "1", "2")
    assert send_due(engine, by_folder, clock.now()).sent == 2
    files = sorted(by_folder.mail_folder.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    subjects = {
        str(email.message_from_bytes(file.read_bytes(), policy=default)["Subject"])
        for file in files
    }
    assert subjects == {"Title 1", "Title 2"}


def test_links_stand_whole_on_a_line_of_their_own(
    engine: Engine, transaction: Transaction, by_folder: Settings
) -> None:
    """A person copies them out of the demo's files."""
    with transaction() as work:
        accounts.send_way_in(work, "nobody@school.example", "register")
    with Session(engine) as session:
        link = session.scalars(select(Notice.link)).one()
    send_due(engine, by_folder, clock.now())
    lines = next(by_folder.mail_folder.iterdir()).read_text().splitlines()
    assert f"http://localhost{link}" in lines


def test_a_secret_link_is_forgotten_once_it_is_sent(
    engine: Engine, make: Makers, transaction: Transaction, tell: Tell, by_folder: Settings
) -> None:
    person = make.person()
    tell(person, "1")
    with transaction() as work:
        accounts.send_way_in(work, person.email, "reset")
    send_due(engine, by_folder, clock.now())
    with Session(engine) as session:
        links = list(session.scalars(select(Notice.link).order_by(Notice.id)))
    assert links == ["/loans/1", ""]


def test_what_is_not_urgent_waits_and_goes_together(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    person, other = make.person(), make.person()
    tell(person, "1", "2", "3", urgent=False)
    tell(other, "4", urgent=False)
    assert send_due(engine, by_smtp, clock.now()) == Sent()
    morning = rules.next_morning(clock.now(), clock.LONDON)
    assert send_due(engine, by_smtp, morning).sent == 2
    assert {str(letter["Subject"]) for letter in office[0].letters} == {
        "3 things happened on LendED",
        "Title 4",
    }
    assert states(engine) == ["sent"] * 4


def test_who_lost_the_account_meanwhile_gets_no_mail(
    engine: Engine,
    make: Makers,
    tell: Tell,
    transaction: Transaction,
    office: tuple[Office, str],
    by_smtp: Settings,
) -> None:
    person = make.person()
    tell(person, "1", "2")
    with transaction() as work:
        accounts.disable_person(work, person.id)
    assert send_due(engine, by_smtp, clock.now()) == Sent(not_wanted=2)
    assert states(engine) == ["not_wanted", "not_wanted"]
    assert office[0].letters == []


def test_killed_between_sending_and_marking_it_is_sent_again_under_the_same_mark(
    engine: Engine,
    make: Makers,
    tell: Tell,
    office: tuple[Office, str],
    by_smtp: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell(make.person(), "1")
    now = clock.now()

    class Killed(BaseException):
        """What kill -9 looks like from inside."""

    real = carriers.ServerCarrier.send

    def send_and_die(self: carriers.ServerCarrier, message: EmailMessage) -> carriers.Answer:
        real(self, message)
        raise Killed

    monkeypatch.setattr(carriers.ServerCarrier, "send", send_and_die)
    with pytest.raises(Killed):
        send_due(engine, by_smtp, now)
    monkeypatch.setattr(carriers.ServerCarrier, "send", real)
    assert send_due(engine, by_smtp, now + timedelta(minutes=1)) == Sent(), "still leased"
    assert send_due(engine, by_smtp, now + rules.LEASE_LASTS + timedelta(minutes=1)).sent == 1
    assert len(office[0].letters) == 2
    assert len(set(office[0].marks)) == 1


def test_nothing_is_held_while_a_letter_is_on_its_way(
    engine: Engine,
    make: Makers,
    tell: Tell,
    by_smtp: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sending happens outside the transaction: others write meanwhile."""
    person = make.person()
    tell(person, "1")
    real = carriers.ServerCarrier.send
    told: list[str] = []

    def send_slowly(self: carriers.ServerCarrier, message: EmailMessage) -> carriers.Answer:
        if not told:
            told.append("2")
            tell(person, "2")
        return real(self, message)

    monkeypatch.setattr(carriers.ServerCarrier, "send", send_slowly)
    assert send_due(engine, by_smtp, clock.now() + timedelta(minutes=1)).sent == 2


def test_two_senders_at_once_send_each_letter_once(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    for number in range(12):
        tell(make.person(), str(number))
    now: datetime = clock.now()
    together = threading.Barrier(3)
    rounds: list[Sent] = []

    def send() -> None:
        together.wait()
        rounds.append(send_due(engine, by_smtp, now))

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent.sent for sent in rounds) == 12
    assert len(office[0].letters) == len(set(office[0].marks)) == 12
    assert states(engine) == ["sent"] * 12


@pytest.mark.parametrize(
    "title", ["Yes\r\nBcc: everyone@school.example", "Yes\nX-Evil: 1", "Yes\x00\x0b\u2028Bcc: x"]
)
def test_no_header_can_be_smuggled_in(
    engine: Engine,
    make: Makers,
    tell: Tell,
    office: tuple[Office, str],
    by_smtp: Settings,
    title: str,
) -> None:
    person = make.person(name="Tom\r\nBcc: everyone@school.example")
    tell(person, "1", title=title, words="Words.\r\n.\r\nQUIT\r\nBcc: x")
    assert send_due(engine, by_smtp, clock.now()).sent == 1
    letter = office[0].letters[0]
    assert set(letter.keys()).isdisjoint({"Bcc", "X-Evil"})
    assert len(office[0].letters) == 1


def test_a_letter_that_was_tried_stays_the_letter_it_was(
    engine: Engine, make: Makers, tell: Tell, office: tuple[Office, str], by_smtp: Settings
) -> None:
    """What comes meanwhile goes in a mail of its own: nothing is ever in two."""
    person = make.person()
    tell(person, "1", "2", urgent=False)
    morning = rules.next_morning(clock.now(), clock.LONDON)
    office[0].answers = ["451 Later"]
    assert send_due(engine, by_smtp, morning) == Sent(put_off=1)
    with clock.at(morning - timedelta(minutes=1)):
        tell(person, "3", urgent=False)
    assert send_due(engine, by_smtp, morning + timedelta(minutes=2)).sent == 2
    subjects = {str(letter["Subject"]) for letter in office[0].letters}
    assert subjects == {"2 things happened on LendED", "Title 3"}
    assert len(set(office[0].marks)) == 2


def test_in_a_long_round_the_last_letter_is_leased_as_long_as_the_first(
    engine: Engine,
    make: Makers,
    tell: Tell,
    office: tuple[Office, str],
    by_smtp: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or another sender would take it for forgotten, and send it too."""
    tell(make.person(), "1")
    tell(make.person(), "2")
    now = clock.now()
    slow = rules.LEASE_LASTS.total_seconds() - 60
    passed = iter([0.0, 0.0, slow, slow])
    others: list[Sent] = []
    real = carriers.ServerCarrier.send

    def send_beside_another(self: carriers.ServerCarrier, message: EmailMessage) -> carriers.Answer:
        if office[0].letters:
            later = now + rules.LEASE_LASTS + timedelta(minutes=2)
            others.append(send_due(engine, by_smtp, later))
        return real(self, message)

    monkeypatch.setattr(carriers.ServerCarrier, "send", send_beside_another)
    assert send_due(engine, by_smtp, now, lambda: next(passed)) == Sent(sent=2)
    assert others == [Sent()]
    assert len(office[0].letters) == 2
