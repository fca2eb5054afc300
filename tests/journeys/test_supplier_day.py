"""A supplier's day: two requests answered together, labels printed, a kit opened by its label."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from lended.catalogue.models import Product
from lended.demo.content import PASSWORD
from lended.loans.models import Binding, Pool, Unit
from lended.web.database import reader
from tests.journeys.conftest import Meet
from tests.journeys.keyboard import Keyboard
from tests.journeys.walker import Walker

SUPPLIER = "nell@larkriselearning.example"
TEACHER = "amira.hussain@millfold.example"
LENT = "porch-books"
ANSWER = "What is your answer to those ticked?"

pytestmark = pytest.mark.journey


def test_a_supplier_answers_prints_labels_and_scans_one(meet: Meet, house: Flask) -> None:
    supplier = meet("supplier")
    supplier.sign_in_as(SUPPLIER)
    _answer_both(supplier)
    _print_labels(supplier)
    _scan(supplier, meet("teacher", width=360), _label_of_a_kit_at_a_school(house))


def _answer_both(supplier: Walker) -> None:
    """Answer without a mouse, after two mistakes."""
    keys = Keyboard(supplier.page)
    supplier.reads("What needs you now")
    supplier.looks("95-desk-of-a-supplier")
    keys.tab_to("Answer 2 requests together")
    keys.enter()
    _send(keys)
    supplier.reads("Tick the requests you want to answer.")
    supplier.looks("96-requests-in-error")
    for product in ("Porch Books", "The Reading Aloud Ladder"):
        keys.tab_to(product, "Which requests do you answer?")
        supplier.page.keyboard.press("Space")
    keys.choose(ANSWER, "No to all of them")
    _send(keys)
    supplier.reads("Choose a reason.")
    supplier.looks("97-requests-without-a-reason")
    keys.choose(ANSWER, "Yes to all of them")
    _send(keys)
    supplier.reads("Nobody waits for an answer")
    expect(supplier.page.get_by_text("You said yes to 2 requests")).to_be_visible()
    supplier.looks("98-requests-answered")


def _send(keys: Keyboard) -> None:
    keys.tab_to("Answer those ticked")
    keys.enter()


def _print_labels(supplier: Walker) -> None:
    supplier.visit(f"/supplier/products/{LENT}/stock")
    supplier.looks("99-stock")
    supplier.follow("Labels to print")
    supplier.reads("Lent through LendED")
    assert supplier.page.locator(".label__code").count() == 3
    supplier.looks("100-labels")


def _scan(supplier: Walker, teacher: Walker, label: str) -> None:
    """Open a kit as its supplier, and its loan as the teacher who has it and must sign in first."""
    supplier.visit(f"/kit/{label}")
    supplier.reads("With Millfold Primary School until")
    supplier.looks("101-kit")
    teacher.visit(f"/kit/{label}")
    teacher.write("Email address", TEACHER)
    teacher.write("Password", PASSWORD)
    teacher.press(re.compile("^Sign in$"))
    teacher.reads("Porch Books")
    assert "/loans/" in teacher.page.url


def _label_of_a_kit_at_a_school(house: Flask) -> str:
    lent = (
        select(Unit.label)
        .join(Binding, Binding.unit_id == Unit.id)
        .join(Pool, Pool.id == Unit.pool_id)
        .join(Product, Product.id == Pool.product_id)
        .where(Product.slug == LENT, Binding.ended_at.is_(None))
    )
    with house.app_context():
        label = reader().scalar(lent)
    assert label
    return label
