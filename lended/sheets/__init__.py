"""Sheets: the one reader and the one writer of CSV files, and what an import reports.

It knows only files and cells; what a column means is for the feature that reads it.
"""

from lended.sheets.errors import BadCell, SheetError
from lended.sheets.parsing import parse_rows
from lended.sheets.portions import in_portions
from lended.sheets.reading import Row, Sheet, read_rows
from lended.sheets.reports import ImportReport, Refused
from lended.sheets.writing import Cell, write_rows

__all__ = [
    "BadCell",
    "Cell",
    "ImportReport",
    "Refused",
    "Row",
    "Sheet",
    "SheetError",
    "in_portions",
    "parse_rows",
    "read_rows",
    "write_rows",
]
