"""Every way in which loans and stock change.

Each function takes the `Work` under way and the `Actor`, checks scope (404), right (403), state
(409) and rules (422), and flushes; the one who opened the work commits.

Asking and answering
    ``start_draft(work, actor, product_slug, need_id=None, problem="") -> int``
    ``submit(work, actor, loan_id, TrialWish)``
    ``sign_off(work, actor, loan_id, responsible_id, words="")``
    ``refuse_signoff(work, actor, loan_id, words)``
    ``approve(work, actor, loan_id, words="")``
    ``decline(work, actor, loan_id, reason, words)``
    ``propose_dates(work, actor, loan_id, starts_on, due_on, words)``
    ``accept_dates(work, actor, loan_id)``
    ``cancel(work, actor, loan_id, reason="", words="")``
Lending
    ``complete_paperwork(work, actor, loan_id, PaperworkWish)``
    ``dispatch(work, actor, loan_id, DispatchWish)``
    ``issue(work, actor, loan_id, access_words)``
    ``confirm_receipt(work, actor, loan_id, items, words="")``
    ``start(work, actor, loan_id)``
    ``show_access(work, actor, loan_id) -> str``
Ending
    ``book_return(work, actor, loan_id, words)``
    ``take_back(work, actor, loan_id)``
    ``pass_inspection(work, actor, loan_id, items, words="")``
    ``end_access_early(work, actor, loan_id, words="")``
    ``confirm_deletion(work, actor, loan_id, DeletionWish)``
Time and stock
    ``run_clock(open_work) -> ClockRun``
    ``keep_weekdays(work, actor, nation, weekdays)``
    ``add_closure(work, actor, Closure)``
    ``remove_closure(work, actor, Closure)``
    ``keep_stock(work, actor, product_slug, StockWish) -> int``
    ``add_unit(work, actor, product_slug, UnitWish) -> int``
    ``change_unit(work, actor, product_slug, unit_id, UnitWish)``

The wishes live in ``rules.plans``, ``rules.papers`` and ``rules.stock``; ``items`` are
``rules.papers.Item``.
"""

from lended.loans.service.answer import accept_dates, approve, decline, propose_dates
from lended.loans.service.ask import start_draft, submit
from lended.loans.service.clock import ClockRun, run_clock
from lended.loans.service.give_back import (
    book_return,
    confirm_deletion,
    end_access_early,
    pass_inspection,
    take_back,
)
from lended.loans.service.openings import add_closure, keep_weekdays, remove_closure
from lended.loans.service.prepare import complete_paperwork, dispatch, issue
from lended.loans.service.sign_off import refuse_signoff, sign_off
from lended.loans.service.stock import add_unit, change_unit, keep_stock
from lended.loans.service.use import cancel, confirm_receipt, show_access, start

__all__ = [
    "ClockRun",
    "accept_dates",
    "add_closure",
    "add_unit",
    "approve",
    "book_return",
    "cancel",
    "change_unit",
    "complete_paperwork",
    "confirm_deletion",
    "confirm_receipt",
    "decline",
    "dispatch",
    "end_access_early",
    "issue",
    "keep_stock",
    "keep_weekdays",
    "pass_inspection",
    "propose_dates",
    "refuse_signoff",
    "remove_closure",
    "run_clock",
    "show_access",
    "sign_off",
    "start",
    "start_draft",
    "submit",
    "take_back",
]
