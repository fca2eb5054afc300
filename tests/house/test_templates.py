"""Every template is used, named for the page it is, and free of inline code."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta

from tests.house.source import ROOT, name_of, python_files, templates, text_of, tree_of

FOLDERS_OF_PARTS = frozenset({"components", "errors", "mail"})
BASE = "base.html"
RENDERING = frozenset({"render_template", "get_template", "get_or_select_template"})
INLINE = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a file": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
ALLOWED = {"components/icon.html": {"text that is not escaped"}}
"""The drawings of icons are our own and written in that very file."""


def short_name(path: Path) -> str:
    """Return a template's name as code writes it."""
    return path.relative_to(ROOT / "templates").as_posix()


def rendered_in(path: Path) -> Iterator[str]:
    """Return the names of templates that a Python file renders; ``*`` stands for what varies."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.fullmatch(r"[\w/-]+\.(html|txt)", node.value):
                yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            name = "".join(str(part) for part in parts)
            if name.endswith((".html", ".txt")):
                yield name


def included_in(path: Path) -> Iterator[str]:
    """Return the names of templates that a template extends, includes or imports."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(text_of(path))
    yield from (name for name in meta.find_referenced_templates(tree) if name)


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ('<p style="color: red">', True),
        ('<p class="style">', False),
        ("<script>go()</script>", True),
        ('<script src="/static/x.js" defer></script>', False),
        ('<a href="#" onclick="go()">', True),
        ("{{ words|safe }}", True),
        ("{{ moment }}", False),
    ],
)
def test_inline_code_is_found(text: str, caught: bool) -> None:
    assert any(pattern.search(text) for pattern in INLINE.values()) is caught


@pytest.mark.parametrize("path", templates(), ids=short_name)
def test_a_template_has_nothing_inline(path: Path) -> None:
    found = {words for words, pattern in INLINE.items() if pattern.search(text_of(path))}
    assert found == ALLOWED.get(short_name(path), set())


def test_every_template_is_used() -> None:
    used = {name for path in python_files("lended") for name in rendered_in(path)}
    used |= {name for path in templates() for name in included_in(path)}
    patterns = [re.compile(re.escape(name).replace(r"\*", r"[^/]+")) for name in used]
    orphans = [
        short_name(path)
        for path in templates()
        if not any(pattern.fullmatch(short_name(path)) for pattern in patterns)
    ]
    assert not orphans


def test_every_template_that_is_named_exists() -> None:
    there = {short_name(path) for path in templates()}
    missing = {
        f"{name_of(path)} names {name}"
        for path in (*templates(), *python_files("lended"))
        for name in (included_in(path) if path in templates() else rendered_in(path))
        if "*" not in name and name not in there
    }
    assert not missing


def test_a_page_is_named_after_its_endpoint(app: Flask) -> None:
    nameless = [
        short_name(path)
        for path in templates()
        if short_name(path) != BASE
        and path.parent.name not in FOLDERS_OF_PARTS
        and not _named_after(short_name(path), app.view_functions)
    ]
    assert not nameless


def _named_after(name: str, endpoints: Container[str]) -> bool:
    """Tell whether a page has the name of its endpoint, or that and a word for whom it is."""
    endpoint = name.removesuffix(".html").replace("/", ".")
    return endpoint in endpoints or endpoint.rpartition("_")[0] in endpoints
