"""The blueprint of loans for programs."""

from __future__ import annotations

from lended.web.programs.operations import addresses

api = addresses("loans_api")
