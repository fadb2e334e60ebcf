"""The walks of a diary as a server read them last, brought up to date by its history.

Ten years of walks take half a second to read. Every change of a walk is a line of the history: so a
program that reads them again and again needs to read only those that changed since, whoever changed
them. A command reads the walks that it needs, once, and remembers nothing.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from evenstride.diary.rows import outing_of
from evenstride.diary.tables import Row, Tables
from evenstride.model import Outing

__all__ = ["REMEMBERED", "Remembered"]

_AT_ONCE = 500  # SQLite takes no more values in one question than some thousand
_MANY = 2000  # more changes than this, and reading everything is as quick

_Place = tuple[str, int, str]


@dataclass(slots=True)
class _Walks:
    """The walks of one diary.

    Attributes:
        line: Number and time of the newest line of the history that they were read after.
        all: By id: the day, the walk, and the walk without what was measured.
        order: Day, begin and id of each, in the order of days.
    """

    line: Row | None = None
    all: dict[str, tuple[_Place, Outing, Outing]] = field(default_factory=dict)
    order: list[_Place] = field(default_factory=list)


class Remembered:
    """Keeps the walks of every diary that this program reads, once it is told to."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._is_on = False
        self._kept: dict[Path, _Walks] = {}

    def begin(self) -> None:
        """Remember from now on."""
        self._is_on = True

    def end(self) -> None:
        """Forget everything, and remember nothing more."""
        with self._turn:
            self._is_on = False
            self._kept.clear()

    def outings(
        self, tables: Tables, home: Path, days: tuple[str, str], *, measured: bool
    ) -> tuple[Outing, ...] | None:
        """Return the walks between two days in the order of time; None if they have to be read.

        In the middle of a change nothing is remembered: it may be taken back.
        """
        if not self._is_on or tables.is_writing:
            return None
        with self._turn:
            walks = self._kept.setdefault(home, _Walks())
            self._bring_up_to_date(walks, tables)
            first = bisect_left(walks.order, (days[0],))
            last = bisect_right(walks.order, (days[1], 1 << 63))
            found = sorted(place[1:] for place in walks.order[first:last])
            kept = (walks.all[id_] for _, id_ in found)
            return tuple(whole if measured else told for _, whole, told in kept)

    def _bring_up_to_date(self, walks: _Walks, tables: Tables) -> None:
        # First the line, then the walks: what is changed in between is read again next time.
        newest = tables.one(
            "SELECT number, at_utc_ns FROM history ORDER BY number DESC LIMIT 1"
        ) or {"number": 0, "at_utc_ns": 0}
        if newest == walks.line:
            return
        changed = _changed(tables, walks.line)
        if changed is None or len(changed) > _MANY:
            walks.all = {}
            _take(walks, tables.all("SELECT * FROM outings"))
        else:
            for id_ in changed:
                walks.all.pop(id_, None)
            for begin in range(0, len(changed), _AT_ONCE):
                some = changed[begin : begin + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                _take(walks, tables.all(f"SELECT * FROM outings WHERE id IN ({marks})", some))  # noqa: S608
        walks.order = sorted(place for place, _, _ in walks.all.values())
        walks.line = newest


def _changed(tables: Tables, line: Row | None) -> list[str] | None:
    """Return the ids of the walks that changed since a line of the history.

    None if that cannot be known: the line is not there, as another diary took its place.
    """
    if line is None or not tables.one(
        "SELECT 1 FROM history WHERE number = :number AND at_utc_ns = :at_utc_ns", line
    ):
        return None
    rows = tables.all(
        "SELECT DISTINCT id FROM history WHERE number > ? AND what = 'outings'", (line["number"],)
    )
    return [str(row["id"]) for row in rows]


def _take(walks: _Walks, rows: Iterable[Row]) -> None:
    for row in rows:
        outing = outing_of(row)
        place = (str(row["day"]), outing.start_utc_ns, outing.id)
        walks.all[outing.id] = (place, outing, replace(outing, measures={}))


REMEMBERED = Remembered()
"""Of this program."""
