"""Pages as those see them who look for forms: controls, what is in them, what describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "email", "search", "textarea", "password"})
CHOSEN = frozenset({"select", "radio", "checkbox"})


@dataclass(slots=True)
class Control:
    """Everything on a page that has one name within a form.

    Parameters
    ----------
    kind
        ``text``, ``textarea``, ``select``, ``radio``, ``checkbox``, ``hidden``, ``password`` …
    values
        What is in it, or chosen, now.
    options
        What could be chosen.
    """

    name: str
    kind: str
    numeric: bool = False
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    @property
    def typed(self) -> bool:
        """Whether somebody types into it and sees afterwards what it was."""
        return self.kind in TYPED and self.kind != "password"


@dataclass(slots=True)
class Form:
    """A form, or what one of its buttons makes of it by an address of its own."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """A page's forms, its ids, and for each control with a problem what is said to describe it."""

    forms: list[Form] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def read(text: str) -> Page:
    """Return what is on a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.form: Form | None = None
        self.elsewhere: list[str] = []
        self.named_buttons: list[tuple[str, str]] = []
        self.plain_button = False
        self.area: Control | None = None
        self.select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if has.get("id"):
            self.page.ids.add(has["id"])
        if self.form is not None and has.get("hx-post"):
            self.elsewhere.append(has["hx-post"])
        if has.get("aria-invalid") == "true":
            self.page.wrong.append(has.get("aria-describedby", ""))
        if tag == "form":
            self._begin(has)
        elif self.form is not None and tag in {"input", "textarea", "select", "button", "option"}:
            getattr(self, f"_{tag}")(has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form is not None:
            self._end(self.form)
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.values[-1] += data

    def _begin(self, has: dict[str, str]) -> None:
        self.form = Form(has.get("action", ""), has.get("method", "get").upper())
        self.elsewhere, self.named_buttons, self.plain_button = [], [], False

    def _end(self, form: Form) -> None:
        if self.named_buttons and not self.plain_button:
            name, value = self.named_buttons[0]
            form.controls[name] = Control(name, "button", values=[value])
        self.page.forms.append(form)
        for action in self.elsewhere:
            self.page.forms.append(Form(action, "POST", form.controls))
        self.form = None

    def _control(self, name: str, kind: str) -> Control:
        assert self.form is not None
        return self.form.controls.setdefault(name, Control(name, kind))

    def _input(self, has: dict[str, str]) -> None:
        kind, value = has.get("type", "text"), has.get("value", "")
        if not has.get("name") or kind == "submit" or "readonly" in has:
            return
        control = self._control(has["name"], kind)
        control.numeric = "inputmode" in has
        if kind not in CHOSEN:
            control.values.append(value)
            return
        control.options.append(value or "on")
        if "checked" in has:
            control.values.append(value or "on")

    def _textarea(self, has: dict[str, str]) -> None:
        self.area = self._control(has["name"], "textarea")
        self.area.values.append("")

    def _select(self, has: dict[str, str]) -> None:
        self.select = self._control(has["name"], "select")

    def _option(self, has: dict[str, str]) -> None:
        if self.select is not None:
            self.select.options.append(has.get("value", ""))
            if "selected" in has:
                self.select.values.append(has.get("value", ""))

    def _button(self, has: dict[str, str]) -> None:
        if has.get("formaction"):
            self.elsewhere.append(has["formaction"])
        elif has.get("name"):
            self.named_buttons.append((has["name"], has.get("value", "")))
        elif has.get("type", "submit") == "submit":
            self.plain_button = True
