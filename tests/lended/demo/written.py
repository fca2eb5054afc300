"""The demo's words as the tests read them."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[3] / "lended" / "demo" / "content"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


SUPPLIERS: list[Row] = read("suppliers.json")
SCHOOLS: list[Row] = read("schools.json")["schools"]
TRUSTS: list[Row] = read("schools.json")["trusts"]
PEOPLE: list[Row] = read("people.json")
NEEDS: list[Row] = read("needs.json")
LOANS: list[Row] = read("loans.json")
OUTCOMES: list[Row] = read("outcomes.json")
SHELF: dict[str, list[Row]] = {
    each["slug"]: read(f"products/{each['slug']}.json") for each in SUPPLIERS
}
PRODUCTS = list(chain.from_iterable(SHELF.values()))
PRODUCT = {each["slug"]: each for each in PRODUCTS}
SUPPLIER_OF = {product["slug"]: slug for slug, shelf in SHELF.items() for product in shelf}
SUPPLIER = {each["slug"]: each for each in SUPPLIERS}
SCHOOL = {each["slug"]: each for each in SCHOOLS}
PERSON = {each["email"]: each for each in PEOPLE}
NEED = {each["slug"]: each for each in NEEDS}
LOAN = {each["slug"]: each for each in LOANS}

ROLES = ("teacher", "school_lead", "trust_lead", "supplier", "technologist", "staff")


def organisations(person: Row, *roles: str) -> list[str]:
    return [each["organisation"] for each in person["roles"] if each["role"] in roles]


def slugs(*rows: Row) -> list[str]:
    return [each["slug"] for each in rows]
