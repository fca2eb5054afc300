"""What goes wrong in the demo, so that its pages are seen too."""

from __future__ import annotations

from dataclasses import replace

from lended.access import Actor
from lended.demo.content import Entry
from lended.loans import queries
from lended.loans import service as loans
from lended.loans.rules.incidents import SayWish
from lended.loans.rules.papers import Item
from lended.loans.rules.returns import IncidentWish
from lended.work import Work


class Mishaps:
    """The steps of a loan that does not go as it should."""

    work: Work
    amiss: Entry
    loan_id: int
    lead: Actor
    supplier: Actor

    def _items(self) -> list[Item]:
        raise NotImplementedError

    def _amiss_steps(self) -> tuple[str, ...]:
        """Return what follows when something is amiss, as far as it was answered."""
        answered = ("agree", "settle", "make_ready") if "answer" in self.amiss else ()
        return ("find_amiss", *answered)

    def _find_amiss(self) -> None:
        first, *rest = self._items()
        items = [replace(first, found=first.expected - 1, condition=self.amiss["kind"]), *rest]
        wish = IncidentWish(self.amiss["kind"], self.amiss["words"], items)
        loans.close_with_incident(self.work, self.supplier, self.loan_id, wish)

    def _agree(self) -> None:
        self._speak(self.lead, "agreed", self.amiss["answer"])

    def _settle(self) -> None:
        self._speak(self.supplier, "settled", self.amiss["settled"])

    def _speak(self, who: Actor, stance: str, words: str) -> None:
        (incident,) = queries.incidents_of(self.work.session, self.loan_id)
        loans.speak(self.work, who, incident.id, SayWish(stance, words))

    def _make_ready(self) -> None:
        loans.release(self.work, self.supplier, self.loan_id, "Back, complete and clean.")

    def _send_again(self) -> None:
        words = "The carrier found nobody at the gate and brought it back to us."
        loans.send_again(self.work, self.supplier, self.loan_id, words)

    def _give_up(self) -> None:
        words = "The carrier brought it back a second time."
        loans.fail_delivery(self.work, self.supplier, self.loan_id, words)

    def _lose(self) -> None:
        words = "The box is not in the store room, and nobody could find it after a week."
        loans.report_lost(self.work, self.lead, self.loan_id, words)
