"""Every way in which loans and stock change.

Each function takes the `Work` under way and the `Actor`, checks scope (404), right (403), state
(409) and rules (422), and flushes; the one who opened the work commits.

Asking and answering
    ``start_draft(work, actor, product_slug, need_id=None, problem="") -> int``
    ``submit(work, actor, loan_id, TrialWish)``
    ``join_queue(work, actor, loan_id, TrialWish, Flexible)``
    ``sign_off(work, actor, loan_id, responsible_id, words="")``
    ``refuse_signoff(work, actor, loan_id, words)``
    ``approve(work, actor, loan_id, words="")``
    ``decline(work, actor, loan_id, reason, words)``
    ``propose_dates(work, actor, loan_id, starts_on, due_on, words)``
    ``accept_dates(work, actor, loan_id)``
    ``take_place(work, actor, loan_id)``
    ``step_back(work, actor, loan_id)``
    ``cancel(work, actor, loan_id, reason="", words="")``
Lending
    ``complete_paperwork(work, actor, loan_id, PaperworkWish)``
    ``dispatch(work, actor, loan_id, DispatchWish)``
    ``issue(work, actor, loan_id, access_words)``
    ``send_again(work, actor, loan_id, words, tracking="")``
    ``fail_delivery(work, actor, loan_id, words)``
    ``confirm_receipt(work, actor, loan_id, items, words="")``
    ``start(work, actor, loan_id)``
    ``show_access(work, actor, loan_id) -> str``
    ``take_seat(work, actor, loan_id) -> int``
    ``ask_extension(work, actor, loan_id, until, words)``
    ``why_no_longer(session, loan) -> str``
    ``extend(work, actor, loan_id, words="")``
    ``decline_extension(work, actor, loan_id, words)``
Ending
    ``book_return(work, actor, loan_id, words)``
    ``take_back(work, actor, loan_id)``
    ``take_back_part(work, actor, loan_id, PartWish)``
    ``pass_inspection(work, actor, loan_id, items, words="")``
    ``close_with_incident(work, actor, loan_id, IncidentWish) -> int``
    ``report_lost(work, actor, loan_id, words)``
    ``speak(work, actor, incident_id, SayWish)``
    ``release(work, actor, loan_id, words)``
    ``write_off(work, actor, loan_id, words)``
    ``end_access_early(work, actor, loan_id, words="")``
    ``confirm_deletion(work, actor, loan_id, DeletionWish)``
    ``confirm_deletion_after_loss(work, actor, loan_id, DeletionWish)``
    ``give_outcome(work, actor, loan_id)``
    ``ask_price(work, actor, loan_id, words, keep_our_data=False)``
    ``answer_price(work, actor, loan_id, words)``
Time and stock
    ``run_clock(open_work) -> ClockRun``
    ``promote(work, product_id, let_go_by=None) -> int``
    ``from_queue(loan) -> bool``, ``wish_of(place) -> Flexible``
    ``kept_for_others(work, loan, pools, dates, sets) -> bool``
    ``keep_weekdays(work, actor, nation, weekdays)``
    ``add_closure(work, actor, Closure)``
    ``remove_closure(work, actor, Closure)``
    ``keep_stock(work, actor, product_slug, StockWish, pool_id=None) -> int``
    ``add_part(work, actor, product_slug, StockWish) -> int``
    ``remove_part(work, actor, product_slug, pool_id)``
    ``add_unit(work, actor, product_slug, UnitWish, pool_id=None) -> int``
    ``change_unit(work, actor, product_slug, unit_id, UnitWish)``
    ``import_codes(work, actor, product_slug, rows) -> int``
    ``withdraw_code(work, actor, product_slug, code_id)``
    ``put_back_code(work, actor, product_slug, code_id)``

The wishes live in ``rules.plans``, ``rules.queue``, ``rules.papers``, ``rules.returns``,
``rules.incidents`` and ``rules.stock``; ``items`` are ``rules.papers.Item``.
"""

from lended.loans.service.answer import accept_dates, approve, decline, propose_dates
from lended.loans.service.ask import join_queue, start_draft, submit
from lended.loans.service.buying import answer_price, ask_price
from lended.loans.service.clock import ClockRun, run_clock
from lended.loans.service.codes import import_codes, put_back_code, take_seat, withdraw_code
from lended.loans.service.delivery import fail_delivery, send_again
from lended.loans.service.extend import ask_extension, decline_extension, extend
from lended.loans.service.give_back import (
    confirm_deletion,
    confirm_deletion_after_loss,
    end_access_early,
)
from lended.loans.service.guard import kept_for_others
from lended.loans.service.incidents import close_with_incident, speak
from lended.loans.service.kits import release, write_off
from lended.loans.service.longer import why_no_longer
from lended.loans.service.losses import report_lost
from lended.loans.service.openings import add_closure, keep_weekdays, remove_closure
from lended.loans.service.prepare import complete_paperwork, dispatch, issue
from lended.loans.service.promotion import promote, wish_of
from lended.loans.service.queue import from_queue, step_back, take_place
from lended.loans.service.returns import (
    book_return,
    pass_inspection,
    take_back,
    take_back_part,
)
from lended.loans.service.sign_off import refuse_signoff, sign_off
from lended.loans.service.stock import add_part, add_unit, change_unit, keep_stock, remove_part
from lended.loans.service.use import cancel, confirm_receipt, give_outcome, show_access, start

__all__ = [
    "ClockRun",
    "accept_dates",
    "add_closure",
    "add_part",
    "add_unit",
    "answer_price",
    "approve",
    "ask_extension",
    "ask_price",
    "book_return",
    "cancel",
    "change_unit",
    "close_with_incident",
    "complete_paperwork",
    "confirm_deletion",
    "confirm_deletion_after_loss",
    "confirm_receipt",
    "decline",
    "decline_extension",
    "dispatch",
    "end_access_early",
    "extend",
    "fail_delivery",
    "from_queue",
    "give_outcome",
    "import_codes",
    "issue",
    "join_queue",
    "keep_stock",
    "keep_weekdays",
    "kept_for_others",
    "pass_inspection",
    "promote",
    "propose_dates",
    "put_back_code",
    "refuse_signoff",
    "release",
    "remove_closure",
    "remove_part",
    "report_lost",
    "run_clock",
    "send_again",
    "show_access",
    "sign_off",
    "speak",
    "start",
    "start_draft",
    "step_back",
    "submit",
    "take_back",
    "take_back_part",
    "take_place",
    "take_seat",
    "why_no_longer",
    "wish_of",
    "withdraw_code",
    "write_off",
]
