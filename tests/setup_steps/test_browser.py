"""A browser for the tests, and what to do without one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from setup_steps import browser, debian
from setup_steps.environment import Environment
from setup_steps.say import Trouble


def test_debian_without_venv_is_told_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(debian, "is_here", lambda: True)
    monkeypatch.setattr(debian, "is_root", lambda: False)
    with pytest.raises(Trouble, match=r"sudo apt-get install python3\.\d+-venv$"):
        debian.install_venv()


def test_a_named_browser_that_does_not_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="/no/such/browser, which does not start"):
        browser.browser_settings(Environment(tmp_path), {"LENDED_CHROMIUM": "/no/such/browser"})


def test_a_system_without_apt_is_told_how_to_get_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "starts", lambda _: False)
    monkeypatch.setattr(debian, "is_here", lambda: False)
    with pytest.raises(Trouble, match="playwright install chromium"):
        browser.browser_settings(Environment(tmp_path), {})
