"""What people, programs and enemies put into a field; and what a field holds when all is well."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from lended import clock
from lended.words import clean_line, clean_words
from tests.strangers.pages import Control, Form
from tests.strangers.world import PASSWORD

Sent = tuple[bytes, ...]
WOULD_BE = "971447"
"""What a template would make of the sum among the snippets."""

ODDITIES: dict[str, Sent] = {
    "missing": (),
    "empty": (b"",),
    "space": (b" \t\r\n ",),
    "doubled": (b"first", b"second"),
    "overlong": ("ü".encode() * 50_000,),
    "binary": (b"a\x00b\x01\x07\x1b[31m\x7f",),
    "not text": (b"caf\xe9 \xff\xfe \xc3(",),
    "invisible": ("\u200b\u200d\u2060\ufeff\u00ad".encode(),),
    "right to left": ("\u202egnp.exe\u202c\u200f \u2066x\u2069".encode(),),
    "emoji": ("👩\u200d🏫🧮 e\u0301\U0010fffd".encode(),),
    "half a letter": (b"\xed\xa0\x80 \\ud800 \\u0000 %00",),
    "sql": (b"x'; DROP TABLE people; --",),
    "html": (b"\"'><script>alert(1)</script><img src=x onerror=alert(1)>",),
    "template": (b"{{31337*31}}{% raw %}${31337*31}#{x}",),
    "header": (b"x\r\nBcc: everyone@school.example\r\n\r\nHello",),
    "huge": (b"9" * 400,),
    "exponent": (b"1e309",),
    "negative": (b"-1",),
    "no number": (b"NaN",),
    "key of others": (b"1",),
    "key too great": (b"9223372036854775808",),
    "address": (b"//evil.example/\\",),
}
ODD_DATES = {
    "not in the calendar": ("31", "2", "2027"),
    "year nought": ("1", "1", "0"),
    "last of all": ("31", "12", "9999"),
    "other figures": ("\u0661", "\u0662", "\u0662\u0660\u0662\u0667"),
    "too long": ("1" * 5000, "1", "2027"),
}
PARTS = ("-day", "-month", "-year")
LONG_FORM = 9000
SAID = "Plain words that say well enough what somebody means here."
NEW_PASSWORD = "seven quiet herons walk"
SENSIBLE = {
    "email": "somebody.new@school.example",
    "website": "",
    "contents": "24 Fraction tiles",
    "serial": "KIT-77",
    "unit": "words",
    "password": NEW_PASSWORD,
    "present": PASSWORD,
    "once": "",
    "csrf_token": "",
}


def sensible(control: Control) -> Sent:
    """Return what somebody would put into a control who wants the form to be taken."""
    if control.name in SENSIBLE:
        return (SENSIBLE[control.name].encode(),)
    filled = [value for value in control.values if value]
    if filled or control.kind in {"hidden", "button"}:
        return tuple(value.encode() for value in control.values)
    if control.options:
        return (next((option for option in control.options if option), "").encode(),)
    return (_typed(control).encode(),)


def _typed(control: Control) -> str:
    day = clock.today() + timedelta(days=63)
    ahead = dict(zip(PARTS, (str(day.day), str(day.month), str(day.year)), strict=True))
    for part, text in ahead.items():
        if control.name.endswith(part):
            return text
    return "2" if control.numeric else SAID


def body(fields: dict[str, Sent]) -> bytes:
    """Write a form as it goes over the line, byte by byte."""
    pairs = [(name.encode(), value) for name, values in fields.items() for value in values]
    return urlencode(pairs).encode("ascii")


def turned(form: Form, step: int) -> dict[str, Sent]:
    """Return an oddity for every control; over all steps each control has had each of them."""
    kinds = list(ODDITIES.values())
    return {
        name: kinds[(place + step) % len(kinds)] for place, name in enumerate(sorted(form.controls))
    }


def spoilt(form: Form, oddity: str) -> dict[str, Sent]:
    """Return sensible answers with one oddity wherever something is typed."""
    typed = [name for name, control in form.controls.items() if control.typed]
    odd = tuple(value[: LONG_FORM if len(typed) > 4 else None] for value in ODDITIES[oddity])
    plain = {name: sensible(control) for name, control in form.controls.items()}
    words = [name for name in typed if not form.controls[name].numeric]
    return plain | dict.fromkeys(words, odd)


def misdated(form: Form, date: tuple[str, str, str]) -> dict[str, Sent]:
    """Return sensible answers with dates that are none."""
    plain = {name: sensible(control) for name, control in form.controls.items()}
    for part, text in zip(PARTS, date, strict=True):
        plain |= {name: (text.encode(),) for name in plain if name.endswith(part)}
    return plain


def kept(control: Control, sent: Sent) -> str:
    """Return what a control should show again of what was typed into it."""
    text = sent[0].decode("utf-8", "werkzeug.url_quote") if sent else ""
    if control.name.endswith(PARTS):
        return clean_line(text)[:20]
    return clean_words(text) if control.kind == "textarea" else clean_line(text)
