"""The numbers as CSV: one row each, in SI units, that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from datetime import UTC, date, datetime

from evenstride.model.day import NS
from evenstride.report.visit.nouns import Value, Visit

__all__ = ["BEGINS", "render_csv"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_COLUMNS = (
    *("group", "name", "title", "value", "low", "high", "interval", "unit"),
    *("grade", "n", "day", "at", "of", "reason"),
)
BEGINS = ",".join(_COLUMNS[:4]).encode()
"""How every such file begins."""


def render_csv(visit: Visit) -> str:
    """Return every number of the report in a row; a simulated diary has a column that says so."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    extra = ("simulated",) if visit.mark else ()
    writer.writerow((*_COLUMNS, *extra))
    for one in visit.values:
        writer.writerow((*map(_cell, _row(one)), *("true" for _ in extra)))
    return file.getvalue()


def _row(one: Value) -> tuple[object, ...]:
    named = {field.name: getattr(one, field.name) for field in fields(Value)}
    named["at"] = None
    if one.at_utc_ns is not None:
        named["at"] = datetime.fromtimestamp(one.at_utc_ns // NS, UTC).isoformat()
    return tuple(named[column] for column in _COLUMNS)


def _cell(value: object) -> str:
    """Return a cell; a text that a spreadsheet would calculate gets a sign in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
