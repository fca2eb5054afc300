"""What stands on the papers of a loan: the pack, the receipts, the certificate of deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lended import clock, vocabularies
from lended.loans.queries import Papers
from lended.loans.rules.calendar import in_words
from lended.loans.rules.papers import DATA_PROTECTION, Item, expected_items, holds_personal_data
from lended.loans.rules.terms import KIT_BATTERY, Part
from lended.loans.service.give_back import access_ended_on
from lended.loans.views.next_step import is_physical
from lended.web.paper import Document, Section

if TYPE_CHECKING:
    from datetime import datetime

    from lended.loans.models import ContentsCheck, DeletionDuty, Loan, LoanLine, Unit

Points = Iterable[tuple[str, str]]

BATTERY: dict[str, str] = {
    "none": "no battery",
    "fine": "battery looked sound",
    "watch": "battery to be watched",
    "swollen": "battery swollen: do not use it, and never post it",
}
RISK = (
    "The kit stays the supplier’s. LendED does not know whether an insurance or a risk protection "
    "scheme covers borrowed kit: the school is asked to confirm with its own before it arrives."
)
TIE = "\N{NO-BREAK SPACE}"
NOT_STATED = "Not stated by the supplier"
SENT, CAME_BACK = "Receipt of dispatch", "Receipt of return"


def pack(loan: Loan, papers: Papers, *, supplying: bool) -> Document:
    """Return the one page that goes with a loan, as far as a side may see."""
    sections = [
        _section("What and when", _what_and_when(loan)),
        _section("Who", _who(loan, papers)),
    ]
    if is_physical(loan):
        sections.append(_section("In the box", _in_the_box(loan, papers)))
        sections.append(_section("Value and risk", _value(loan)))
    sections.append(_section("Safe use", _safe_use(loan)))
    sections.append(_section("Personal data", _personal_data(loan, papers, supplying=supplying)))
    sections.append(_section("Terms", _terms(loan, papers)))
    return _document("Loan pack", loan, sections)


def receipt_of_dispatch(loan: Loan, papers: Papers) -> Document:
    """Return what both sides found when a kit went out."""
    sides = (("dispatch", "Sent by the supplier"), ("receipt", "Received by the school"))
    return _receipt(SENT, loan, papers, sides)


def receipt_of_return(loan: Loan, papers: Papers) -> Document:
    """Return what the supplier found when a kit came back, and who gave it back."""
    sides = (("return", "Given back by the school"), ("inspection", "Checked by the supplier"))
    return _receipt(CAME_BACK, loan, papers, sides)


def certificate(loan: Loan, duty: DeletionDuty) -> Document:
    """Return a supplier's word on what it deleted, once it has confirmed it."""
    assert duty.confirmed_at is not None
    confirmed = f"{duty.confirmed_by.name} for {loan.supplier.name}" if duty.confirmed_by else ""
    points = [
        ("School", loan.school.name),
        ("Product", loan.product.name),
        ("Access ended", in_words(access_ended_on(loan))),
        ("Due by", in_words(duty.due_on)),
    ]
    if duty.none_held:
        points.append(("Deleted", "Nothing: the supplier says that it held no personal data."))
    else:
        points.append(("Deleted", duty.scope))
        points.append(("On", in_words(duty.deleted_on) if duty.deleted_on else ""))
        until = in_words(duty.backups_until) if duty.backups_until else "None were named"
        points.append(("In backups until", until))
    said = [("Confirmed by", confirmed), ("Confirmed on", _at(duty.confirmed_at))]
    note = ("", "This is the supplier’s own word, kept by LendED as it was given and not checked.")
    sections = [_section("What was deleted", points), _section("Who says so", [*said, note])]
    return _document("Certificate of deletion", loan, sections)


def _what_and_when(loan: Loan) -> Points:
    yield "Product", f"{loan.product.name}, lent by {loan.supplier.name}"
    for line in loan.lines:
        yield "Lent", _part(line)
    first, last = loan.lines[0].starts_on, max(line.due_on for line in loan.lines)
    yield "First day", in_words(first)
    yield "Last day", in_words(last)


def _who(loan: Loan, papers: Papers) -> Points:
    yield "Teacher", loan.teacher.name
    yield "Answers for it", loan.responsible.name if loan.responsible else ""
    if papers.paperwork:
        yield "Deputy", papers.paperwork.deputy
        yield "Address", papers.paperwork.address
        yield "There to take it in", papers.paperwork.delivery_window
    yield "School", loan.school.name
    yield "Supplier", ", ".join(filter(None, (loan.supplier.name, loan.supplier.town)))
    yield "When you write or ring", f"Say {loan.reference}."


def _in_the_box(loan: Loan, papers: Papers) -> Points:
    for line in loan.lines:
        if line.pool.kind == "physical":
            items = expected_items(line.pool.contents, line.quantity)
            yield _part(line), ", ".join(map(_counted, items))
            for binding in line.bindings:
                if binding.unit:
                    yield f"Kit {binding.unit.serial}", _kit(binding.unit)
    sent = papers.check("dispatch")
    if sent:
        yield "Checked when it left", f"{sent.words.rstrip('. ')}. {_found(sent)}"


def _counted(item: Item) -> str:
    """Return an item with its number, which stay together on a line."""
    return f"{item.expected}{TIE}×{TIE}{item.name}"


def _kit(unit: Unit) -> str:
    checked = unit.electrical_check_on
    electrical = f"on {in_words(checked)}" if checked else "none recorded"
    return f"Last electrical check: {electrical}; {BATTERY[unit.battery]}"


def _value(loan: Loan) -> Points:
    price = loan.product_facts.get("price_pence")
    stated = vocabularies.fact_words("price_pence", price) if price else NOT_STATED
    yield (
        "Price",
        f"{stated}{' (list price; ask the supplier what replacing it costs)' * bool(price)}",
    )
    yield "Who bears the risk", RISK


def _safe_use(loan: Loan) -> Points:
    for code, label in (("minimum_age", "Age"), ("hazards", "Take care with")):
        value = loan.product_facts.get(code)
        yield label, vocabularies.fact_words(code, value) if value else NOT_STATED
    if is_physical(loan):
        yield "Batteries", KIT_BATTERY


def _personal_data(loan: Loan, papers: Papers, *, supplying: bool) -> Points:
    if not holds_personal_data(loan.product_facts):
        yield "", "The supplier says that this product holds no personal data."
        return
    outcome = papers.paperwork.data_protection if papers.paperwork else ""
    if outcome and not supplying:
        yield "The school’s check", DATA_PROTECTION[outcome]
    if papers.duty:
        yield "To be deleted by", in_words(papers.duty.due_on)
    yield "", "It may hold personal data, which is deleted within 30 days of the end of the trial."


def _terms(loan: Loan, papers: Papers) -> Points:
    for paragraph in loan.terms.split("\n\n"):
        yield "", paragraph
    if papers.paperwork:
        accepted = papers.paperwork
        yield "Accepted", f"By {accepted.accepted_by.name} on {_at(accepted.accepted_at)}"
        yield "Digest (SHA-256)", f"{accepted.terms_digest}, of the terms as they were accepted"


def _receipt(title: str, loan: Loan, papers: Papers, sides: Iterable[tuple[str, str]]) -> Document:
    sections = [_section("What and when", _what_and_when(loan))]
    for moment, heading in sides:
        check = papers.check(moment)
        points = _checked(check) if check else _given_back(loan, moment)
        sections.append(_section(heading, points))
    return _document(title, loan, sections)


def _checked(check: ContentsCheck) -> Points:
    yield "By", check.person.name if check.person else "Assumed, because nobody said otherwise"
    yield "On", _at(check.at)
    for line in check.lines:
        condition = vocabularies.label("line_condition", line["condition"]).lower()
        remark = f" ({line['remark']})" if line["remark"] else ""
        yield line["name"], f"{line['found']} of {line['expected']}, {condition}{remark}"
    yield "In words", check.words
    yield "Tracking number", check.tracking


def _given_back(loan: Loan, moment: str) -> Points:
    """Return who said so on the loan, where nothing was counted."""
    move = {"return": "book_return", "receipt": "confirm_receipt"}.get(moment, "take_back")
    events = [event for event in loan.events if event.kind == move]
    if not events:
        return [("", "Not confirmed yet.")]
    event = events[-1]
    by = event.person.name if event.person else "Assumed, because nobody said otherwise"
    return [("By", by), ("On", _at(event.at)), ("In words", event.words)]


def _found(check: ContentsCheck) -> str:
    amiss = [line["name"] for line in check.lines if line["condition"] != "ok"]
    return f"Not as it should be: {', '.join(amiss)}." if amiss else "Everything was there."


def _part(line: LoanLine) -> str:
    return Part(line.pool.kind, line.quantity, line.pool.label).words


def _at(moment: datetime) -> str:
    local = moment.astimezone(clock.LONDON)
    return f"{in_words(local.date())}, {local:%H:%M}"


def _section(heading: str, points: Points) -> Section:
    return Section(heading, tuple((label, words) for label, words in points if words))


def _document(title: str, loan: Loan, sections: Iterable[Section]) -> Document:
    about = f"{loan.product.name}, {loan.school.name} and {loan.supplier.name}, {loan.reference}"
    return Document(title, about, tuple(sections))
