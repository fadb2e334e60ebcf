"""The older monthly CSV of Fitbit: one row a day, in the form of the person's country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.gathering import Gatherer
from evenstride.importers.jsons import number
from evenstride.importers.moments import WallClock
from evenstride.importers.named_rows import Columns, head_rows, read_rows
from evenstride.importers.source import Member, Source
from evenstride.importers.vendor_tree import folders_of, likely, others_left
from evenstride.model import Device, Left

__all__ = ["FitbitCsv", "number_of_cell"]

_FITBIT = Device("Fitbit, whole days", "Fitbit", "watch")
_TITLE = "activities"
_NEEDED = ("date", "steps", "distance", "floors")
_PARTS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_MILE_M = 1609.344
_SHORT_STEP_M = 0.55  # the usual step is longer; in miles taken for km it would be 0.3 to 0.5
_FEWEST_STEPS = 1000
_ZONE = "Days have no time zone; the zone of this computer was taken."
_MONTH_FIRST = "The month was taken to stand before the day in dates."
_DAY_FIRST = "The day was taken to stand before the month in dates."


@dataclass(frozen=True, slots=True)
class _Facts:
    """How a file writes days and distances, which it does not say."""

    month_first: bool
    factor: float
    rows: int
    assumptions: tuple[str, ...]


class FitbitCsv:
    """A month of days, as fitbit.com gave it out before Google's Takeout."""

    name = "Fitbit monthly CSV"
    version = 1
    kinds: frozenset[Kind] = frozenset({"series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the title “Activities” above its header."""
        for member in likely(source, (".csv",)):
            if _is_ours(source.head(member)):
                return Sniff(90, "the table “Activities” of Fitbit")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """List the files, and what had to be assumed of each.

        Raises:
            DamagedFile: If no day can be read.
        """
        members = [m for m in source.members() if _is_ours(source.head(m))]
        parts = []
        for member in members:
            facts = _facts(source, member)
            zone = (_ZONE,) if options.zone is None else ()
            if facts.rows:
                how = (member, facts)
                assumed = facts.assumptions + zone
                parts.append(Part("series", member.path, _NEEDED, assumptions=assumed, how=how))
        if not parts:
            raise DamagedFile(
                f"“{source.name}” is a table of Fitbit without a single day.", "Export it again."
            )
        ours = {m.path for m in members}
        left = tuple(others_left(source, ours))
        folders = folders_of(source, ours)
        return Plan(self.name, tuple(parts), left, folders=folders, options=options)

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield steps, distance and floors of whole local days."""
        yield from plan.left
        clock = WallClock(plan.options.zone)
        gatherer = Gatherer(plan.options.since_utc_ns)
        for part in plan.parts:
            if isinstance(part.how, tuple):
                member, facts = part.how
                yield from _read(source, member, facts, clock, gatherer)
        yield from gatherer.rest("whole days")


def _is_ours(head: bytes) -> bool:
    if not any(b"ctivities" in half for half in (head, head[::2], head[1::2])):  # or two bytes each
        return False
    rows = head_rows(head, 4000)
    return any(_is_title(title) and _is_header(header) for title, header in pairwise(rows))


def _is_title(row: list[str]) -> bool:
    return row[0].strip().lower() == _TITLE and not any(cell.strip() for cell in row[1:])


def _is_header(row: list[str]) -> bool:
    columns = Columns(row)
    return all(name in columns for name in _NEEDED)


def _rows(source: Source, member: Member) -> Iterator[tuple[Columns, list[str]] | Left]:
    """Yield the rows below the header, up to the title of another table."""
    columns: Columns | None = None
    for row in read_rows(source, member):
        if isinstance(row, Left):
            yield row
        elif _is_header(row):
            columns = Columns(row)
        elif sum(bool(cell.strip()) for cell in row) <= 1:
            columns = None
        elif columns is not None:
            yield columns, row


def _facts(source: Source, member: Member) -> _Facts:
    """Look through a file for days that only one order of day and month allows."""
    firsts, seconds, lengths, rows = [0], [0], [], 0
    year_first = False
    for item in _rows(source, member):
        if isinstance(item, Left):
            continue
        columns, row = item
        match = _PARTS.fullmatch(columns.cell(row, "date"))
        if match is None:
            continue
        rows += 1
        year_first |= len(match[1]) == 4
        if len(match[1]) < 4:
            firsts.append(int(match[1]))
            seconds.append(int(match[2]))
        steps = number_of_cell(columns.cell(row, "steps"), is_count=True)
        length = number_of_cell(columns.cell(row, "distance"))
        if steps >= _FEWEST_STEPS and length > 0:
            lengths.append(1000.0 * length / steps)
    month_first = max(seconds) > 12 >= max(firsts)
    notes: tuple[str, ...] = ()
    if not year_first and (max(firsts) > 12) == (max(seconds) > 12):
        notes += (_DAY_FIRST,)
    elif month_first:
        notes += (_MONTH_FIRST,)
    miles = bool(lengths) and float(np.median(lengths)) < _SHORT_STEP_M
    unit = "miles" if miles else "kilometres"
    notes += (f"Distances were taken as {unit}, by the length of a step that they give.",)
    return _Facts(month_first, _MILE_M if miles else 1000.0, rows, notes)


def _read(
    source: Source, member: Member, facts: _Facts, clock: WallClock, gatherer: Gatherer
) -> Iterator[Item]:
    for item in _rows(source, member):
        if isinstance(item, Left):
            yield item
            continue
        columns, row = item
        day = _day(columns.cell(row, "date"), month_first=facts.month_first)
        span = None if day is None else clock.day(day)
        if span is None:
            gatherer.reject()
            continue
        steps = columns.cell(row, "steps")
        length, floors = columns.cell(row, "distance"), columns.cell(row, "floors")
        if steps:
            gatherer.add("steps", *span, number_of_cell(steps, is_count=True), _FITBIT)
        if length:
            gatherer.add("distance_m", *span, number_of_cell(length) * facts.factor, _FITBIT)
        if floors:
            gatherer.add("floors", *span, number_of_cell(floors, is_count=True), _FITBIT)
    yield from gatherer.full()


def _day(cell: str, *, month_first: bool) -> date | None:
    match = _PARTS.fullmatch(cell)
    if match is None:
        return None
    one, two, three = int(match[1]), int(match[2]), int(match[3])
    try:
        if len(match[1]) == 4:
            return date(one, two, three)
        year = three if three > 99 else 2000 + three
        return date(year, one, two) if month_first else date(year, two, one)
    except ValueError:
        return None


def number_of_cell(cell: str, *, is_count: bool = False) -> float:
    """Return a number whose marks for thousands and decimals are those of any country; else NaN.

    Args:
        cell: Such as "12,345", "5.23", "5,23" or "1.234,5".
        is_count: Whether it can only be a whole number, so that every mark is one for thousands.
    """
    plain = re.sub(r"[\s'’\u00a0\u202f]", "", cell)
    if is_count:
        return number(re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain))
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return number(plain)
    mark = plain[last]
    thousands = plain.count(mark) > 1 or (mark == "," and re.fullmatch(r"\d{1,3},\d{3}", plain))
    if thousands:
        return number(re.sub(r"[.,]", "", plain))
    return number(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
