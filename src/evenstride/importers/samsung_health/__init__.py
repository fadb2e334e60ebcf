"""Samsung Health: the folder or zip of the personal data that the app lets a person download."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.gathering import Gatherer
from evenstride.importers.moments import WallClock
from evenstride.importers.samsung_health.exercises import EXERCISES, read_exercises
from evenstride.importers.samsung_health.series import (
    DAY_STEPS,
    KINDS,
    Devices,
    read_days,
    read_values,
)
from evenstride.importers.samsung_health.tables import Table, table_of
from evenstride.importers.source import Source
from evenstride.importers.vendor_tree import folders_of, likely, others_left
from evenstride.model import Left

__all__ = ["SamsungHealth"]

_ASSUMED = "Whole days of steps have no time zone; the zone of this computer was taken."


class SamsungHealth:
    """A Samsung Health download."""

    name = "Samsung Health"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the first line that all of its tables share."""
        for member in likely(source, (".csv",)):
            if table_of(source, member) is not None:
                return Sniff(95, "the first line “com.samsung...” of Samsung Health")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """List the tables about walking; the rest is left out.

        Raises:
            DamagedFile: If no table about walking is there.
        """
        tables = _tables(source)
        walking = [t for t in tables if _order(t) is not None]
        if not walking:
            raise DamagedFile(
                f"“{source.name}” is a Samsung Health download without steps or exercises.",
                "Choose the whole folder or zip that the app wrote.",
            )
        walking.sort(key=lambda table: (_order(table) or 0, table.member.path))
        assumed = any(t.kind == DAY_STEPS for t in walking) and options.zone is None
        parts = tuple(
            Part(
                "activity" if table.kind in EXERCISES else "series",
                table.member.path,
                assumptions=(_ASSUMED,) if assumed and table.kind == DAY_STEPS else (),
                how=table,
            )
            for table in walking
        )
        ours = {t.member.path for t in tables} | {
            m.path for m in source.members() if "com.samsung." in m.path or "/jsons/" in m.path
        }
        left = [Left(t.member.path, "it is not about walking") for t in tables if t not in walking]
        left += others_left(source, ours)
        folders = folders_of(source, ours)
        return Plan(self.name, parts, tuple(left), folders=folders, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield series and exercises, table by table."""
        yield from plan.left
        tables = [part.how for part in plan.parts if isinstance(part.how, Table)]
        devices = Devices(source, _tables(source))
        clock = WallClock(plan.options.zone)
        since = plan.options.since_utc_ns
        counted: set[date] = set()
        for table in tables:
            gatherer = Gatherer(since)
            if table.kind in EXERCISES:
                yield from read_exercises(source, table, devices, clock, since)
            elif table.kind == DAY_STEPS:
                yield from read_days(source, table, gatherer, counted, clock)
            else:
                yield from read_values(source, table, gatherer, devices, clock, counted)


def _tables(source: Source) -> list[Table]:
    """Return all of Samsung's tables; the thousands of JSON files are not looked into."""
    members = source.members()
    if len(members) > 1:
        members = tuple(m for m in members if not m.path.lower().endswith(".json"))
    return [table for m in members if (table := table_of(source, m)) is not None]


def _order(table: Table) -> int | None:
    """Whole days come after what is finer; None is not read."""
    if table.kind in KINDS:
        return 0
    if table.kind == DAY_STEPS:
        return 1
    return 2 if table.kind in EXERCISES else None
