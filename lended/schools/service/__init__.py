"""Changing schools: taking them from the register, and opening them to their people."""

from lended.schools.service.importing import import_register
from lended.schools.service.opening import open_school

__all__ = ["import_register", "open_school"]
