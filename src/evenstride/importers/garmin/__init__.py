"""The archive that Garmin hands out: thousands of FIT files in zips, and tables of what they are.

``activities`` reads the tables of activities and shoes, ``days`` the counts of whole days. Archives
in the archive are opened in place; one file at a time is held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from evenstride.errors import DamagedFile
from evenstride.importers.carried import left_once, reader_of, with_facts
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.garmin.activities import Known, known_activities
from evenstride.importers.garmin.days import Days
from evenstride.importers.source import Member, Source
from evenstride.model import Activity, Left, Series, Track

__all__ = ["GarminArchive"]

Table = Literal["activities", "gear", "days"]

_HEAD_BYTES = 4096
_MOST_LOOKED_AT = 2000
_ROOT = "di_connect"
_INNER = "di-connect-"
_OPENS = (b"[", b"{", b"\xef\xbb\xbf")
_REASONS: dict[Table, str] = {
    "activities": "Garmin's list of activities",
    "gear": "Garmin's list of shoes and other gear",
    "days": "Garmin's counts of whole days",
}


class GarminArchive:
    """What Garmin sends to a person who asks for all their data."""

    name = "Garmin archive"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the lists of activities, shoes or days in their first bytes."""
        found = _tables(source)
        if not found:
            return Sniff(0)
        kinds = set(found.values())
        return Sniff(95, " and ".join(_REASONS[kind] for kind in _REASONS if kind in kinds))

    def plan(self, source: Source, options: Options) -> Plan:
        """Say which tables there are and how many files beside them would be tried.

        Raises:
            DamagedFile: If none of it can be read.
        """
        tables = _tables(source)
        if not tables:
            raise DamagedFile(
                f"“{source.name}” holds no activity that could be read.",
                "Ask Garmin for your data again.",
            )
        parts = []
        files = [m for m in source.members() if m.path not in {t.path for t in tables}]
        if files:
            parts.append(Part("track", f"walks among {len(files)} files"))
        for member, kind in tables.items():
            part: Kind = "series" if kind == "days" else "activity"
            parts.append(Part(part, member.path, how=(kind, member)))
        claimed = frozenset(member.path for member in source.members())
        return Plan(self.name, tuple(parts), files=claimed, options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the files with what the lists say of them, then what has no file, then the days."""
        tables: dict[Table, list[Member]] = {"activities": [], "gear": [], "days": []}
        for part in plan.parts:
            if isinstance(part.how, tuple):
                kind, member = part.how
                tables[kind].append(member)
        listed = {member.path for members in tables.values() for member in members}
        known = Known()
        yield from known_activities(source, tables["activities"], tables["gear"], known)
        days = Days(plan.options)
        files = [member for member in source.members() if member.path not in listed]
        yield from left_once(_files(source, files, plan.options, known, days))
        yield from known.without_file(plan.options.since_utc_ns)
        yield from days.read(source, tables["days"])


def _files(
    source: Source, files: list[Member], options: Options, known: Known, days: Days
) -> Iterator[Item]:
    other = 0
    for member in files:
        reader = reader_of(source, member)
        if reader is None:
            other += 1
            continue
        for item in reader(source, member, options):
            if isinstance(item, Series):
                days.counted(item)
                yield item
            elif isinstance(item, Track | Activity):
                yield from with_facts((item,), known.facts_of(item))
            elif isinstance(item, Left):
                yield replace(item, what=_named(member, item.what))
            else:
                yield item
    if other:
        yield Left(f"other files ({other})", "they hold no walk")


def _named(member: Member, what: str) -> str:
    """Return what was left out with the name of its file, as there are thousands."""
    name = member.path.rpartition("/")[2]
    return what if name in what else f"{name}: {what}"


def _tables(source: Source) -> dict[Member, Table]:
    """Return the lists that belong to this branch, whatever they are called."""
    members = [m for m in source.members() if _branch(m.path) == source.prefix]
    members.sort(key=lambda member: not member.path.lower().endswith(".json"))  # quick ones first
    found: dict[Member, Table] = {}
    for member in members[:_MOST_LOOKED_AT]:
        if not source.head(member, _HEAD_BYTES).lstrip().startswith(_OPENS):
            continue
        kind = _kind(source.head(member, _HEAD_BYTES))
        if kind is not None:
            found[member] = kind
    return found


def _kind(head: bytes) -> Table | None:
    if b'"summarizedActivitiesExport"' in head:
        return "activities"
    if b'"gearDTOS"' in head or b'"gearActivityDTOs"' in head:
        return "gear"
    days = b'"calendarDate"' in head and b'"wellnessStartTimeGmt"' in head
    return "days" if days else None


def _branch(path: str) -> str:
    """Return the branch of the tree to which a list would belong: the whole export, or its folder.

    In an export the files of the watch lie in other folders than the lists.
    """
    folders = path.split("/")[:-1]
    low = [folder.lower() for folder in folders]
    if _ROOT in low:
        kept = low.index(_ROOT) + 1
    else:
        inner = (at for at, folder in enumerate(low) if folder.startswith(_INNER))
        kept = next(inner, len(folders))
    return "".join(f"{folder}/" for folder in folders[:kept])
