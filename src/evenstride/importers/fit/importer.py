"""FIT files of sports watches: one track for each outing, and the counts of whole days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.fit.files import is_fit
from evenstride.importers.fit.reader import NO_WALK, read_fit
from evenstride.importers.source import Source
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.model import Activity, Left, Series, Start, Track

__all__ = ["Fit"]

_HEAD_BYTES = 64


class Fit:
    """What watches of Garmin, COROS, Polar, Suunto, Wahoo and many apps write."""

    name = "FIT"
    version = 2
    kinds: frozenset[Kind] = frozenset({"track", "activity", "series"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise a single file by the letters .FIT in its header."""
        members = source.members()
        if len(members) == 1 and is_fit(source.head(members[0], _HEAD_BYTES)):
            return Sniff(95, "the letters “.FIT” in its header")
        return Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Say what is in the file; a FIT file is short, so it is read for this.

        Raises:
            DamagedFile: If nothing in it could be read.
        """
        member = source.members()[0]
        parts, left = [], []
        for item in read_fit(source, member, options):
            if isinstance(item, Left):
                left.append(item)
            elif isinstance(item, Track | Activity | Series):
                parts.append(_part(item, member.path))
        if not parts and not any(item.reason.endswith(NO_WALK) for item in left):
            raise DamagedFile(
                f"“{source.name}” is a FIT file, but nothing in it could be read.",
                "Copy it from the watch again, or export it from the program that you use.",
            )
        return Plan(self.name, tuple(parts), tuple(left), options=options)

    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the outings and series of the file, and what was left out."""
        yield from read_fit(source, source.members()[0], plan.options)


def _part(item: Track | Activity | Series, name: str) -> Part:
    if isinstance(item, Activity):
        return Part("activity", name, start=item.start, assumptions=_assumed(item.start))
    if isinstance(item, Series):
        return Part("series", name, (item.metric,), item.unit)
    columns = tuple(
        column
        for column, values in item.columns().items()
        if column != "segment" and np.isfinite(values).any()
    )
    said = tuple(warning for warning in item.warnings if warning != ZONE_ASSUMED)
    assumed = _assumed(item.start)
    return Part("track", name, columns, start=item.start, assumptions=assumed, warnings=said)


def _assumed(start: Start | None) -> tuple[str, ...]:
    return (ZONE_ASSUMED,) if start is not None and start.basis == "assumed" else ()
