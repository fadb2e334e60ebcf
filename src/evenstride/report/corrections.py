"""What was changed of a walk, and when, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenstride.checkup.knowledge.spoken import figure, spoken, spoken_day
from evenstride.diary import Change
from evenstride.model.day import local
from evenstride.report.screens import screen_words
from evenstride.report.sheet import Section, Sheet, Table
from evenstride.report.visible import visible

__all__ = ["changes_sheet"]

_NOT_SHOWN = ("day",)  # it follows from the begin
_AGREED = ("new_numbness",)


def changes_sheet(id: str, changes: Sequence[Change], time_zone: str) -> Sheet:  # noqa: A002
    """Return what was changed of one walk, and when.

    Args:
        id: Of the walk.
        changes: Its lines of the history, in the order of time.
        time_zone: IANA name of the person's zone.
    """
    words = screen_words("diary")["history"]
    rows = [
        (_moment(one.at_utc_ns, time_zone), *row)
        for one in changes
        for row in _rows(one, time_zone, words)
    ]
    known = changes[-1].after or changes[-1].before or {}
    when = _moment(int(known["start_utc_ns"]), time_zone) if "start_utc_ns" in known else id
    table = Table(tuple(words["change_columns"]), tuple(rows))
    return Sheet(words["changes"].format(when=when), "", (Section("", (), (), table),))


def _rows(
    change: Change, time_zone: str, words: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield what was done, before and after: a row for each value of a correction, else one."""
    kind = words["change_kinds"][change.change]
    if change.before is None or change.after is None:
        yield kind, "", ""
        return
    for name, (before, after) in change.differences().items():
        if name not in _NOT_SHOWN:
            title = words["change_names"].get(name, name.replace("_", " "))
            told = [_told(name, value, time_zone, words) for value in (before, after)]
            yield f"{kind}: {title}", told[0], told[1]


def _told(name: str, value: Any, time_zone: str, words: Mapping[str, Any]) -> str:
    """Return a value as a person reads it; what was not told is a dash."""
    said: str
    if value is None or value == "":
        said = words["unknown"]
    elif name == "measures":
        said = words["numbers"].format(count=figure(f"{len(json.loads(value)):,}"))
    elif name == "recording":
        said = words["recording"]
    elif name == "start_utc_ns":
        said = _moment(int(value), time_zone)
    elif name in _AGREED:
        said = words["yes" if value else "no"]
    elif isinstance(value, float | int):
        said = figure(f"{value:g}")
    else:
        said = visible(str(value))
    return said


def _moment(utc_ns: int, time_zone: str) -> str:
    at = local(utc_ns, time_zone)
    said: str = spoken()["moments"]["day"]
    return said.format(day=spoken_day(at.date(), "day_year"), clock=f"{at:%H:%M}")
