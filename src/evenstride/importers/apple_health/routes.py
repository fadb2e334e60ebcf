"""The way of a workout: a GPX file beside the export, or positions in the export itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.apple_health import texts
from evenstride.importers.apple_health.tags import Element
from evenstride.importers.apple_health.workouts import Workout
from evenstride.importers.contract import Options
from evenstride.importers.source import Member, Source
from evenstride.importers.xml_tracks import read_gpx
from evenstride.model import Left, Start, Track
from evenstride.model.stray import stray_times

__all__ = ["Routes"]

_COLUMNS = {
    "latitude_deg": b"latitude",
    "longitude_deg": b"longitude",
    "elevation_m": b"altitude",
    "speed_m_s": b"speed",
    "accuracy_m": b"horizontalAccuracy",
    "vertical_accuracy_m": b"verticalAccuracy",
}
_NEVER_BELOW_ZERO = ("speed_m_s", "accuracy_m", "vertical_accuracy_m")
_NO_WORKOUT = "The export holds no workout for this route."
_UNTIMED = "{} positions have no time that can be right and were left out."
_MISSING = "the export names it as the route of a workout, but it is not there"


@dataclass(slots=True)
class Routes:
    """The route files of one export.

    Attributes:
        source: Where they are.
        members: By their path below the export, in small letters.
        name: Of the format.
        options: Of the person.
        used: Paths of those that a workout names.
    """

    source: Source
    members: dict[str, Member]
    name: str
    options: Options
    used: set[str] = field(default_factory=set)

    def of(self, workout: Workout) -> Iterator[Track | Left]:
        """Yield the tracks of a workout; the first has its activity."""
        activity: Workout | None = workout
        if workout.points:
            yield self._from_points(workout)
            activity = None
        for path in workout.routes:
            key = path.lstrip("/").lower()
            member = self.members.get(key)
            if member is None:
                yield Left(path.lstrip("/") or "a route", _MISSING)
                continue
            if key in self.used:
                continue
            self.used.add(key)
            for item in self._read(member):
                if isinstance(item, Track):
                    yield self._joined(item, workout, whole=activity is not None)
                    activity = None
                else:
                    yield item

    def rest(self) -> Iterator[Track | Left]:
        """Yield the routes that no workout names."""
        for key, member in self.members.items():
            if key not in self.used:
                self.used.add(key)
                for item in self._read(member):
                    if isinstance(item, Track):
                        said = (*item.warnings, _NO_WORKOUT)
                        item = replace(item, activity=None, warnings=said)
                    yield item

    def _read(self, member: Member) -> Iterator[Track | Left]:
        for item in read_gpx(self.source, member, self.options):
            if isinstance(item, Track):
                yield replace(item, format=self.name)
            elif isinstance(item, Left):
                yield item

    def _joined(self, track: Track, workout: Workout, *, whole: bool) -> Track:
        """Put together what the route and the workout know."""
        activity, start = workout.activity, track.start
        if start is not None:
            start = replace(activity.start, utc_ns=start.utc_ns)
        return replace(
            track,
            start=start,
            segment=_segments(track, start, workout),
            activity=activity if whole else None,
        )

    def _from_points(self, workout: Workout) -> Track:
        """Make a track of the positions that old exports hold within the workout."""
        rows = [(texts.stamp(e.attributes.get(b"date")), e) for e in workout.points]
        dated = [(m[0], e) for m, e in rows if m is not None]
        stray = stray_times(np.array([(ns - dated[0][0]) * 1e-9 for ns, _ in dated], np.float64))
        dated = [pair for pair, alone in zip(dated, stray, strict=True) if not alone]
        dated.sort(key=lambda pair: pair[0])
        start = replace(
            workout.activity.start, utc_ns=dated[0][0] if dated else workout.activity.start.utc_ns
        )
        time_s = np.array([(ns - start.utc_ns) * 1e-9 for ns, _ in dated], np.float64)
        found = [e for _, e in dated]
        columns: dict[str, Any] = {n: _column(found, theirs, n) for n, theirs in _COLUMNS.items()}
        lost = len(rows) - len(dated)
        track = Track(
            time_s,
            **columns,
            start=start,
            activity=workout.activity,
            format=self.name,
            source=self.source.name,
            warnings=(_UNTIMED.format(lost),) if lost else (),
        )
        return replace(track, segment=_segments(track, start, workout))


def _column(elements: list[Element], theirs: bytes, name: str) -> NDArray[np.float64]:
    values = np.array([texts.number(e.attributes.get(theirs)) for e in elements], np.float64)
    if name in _NEVER_BELOW_ZERO:  # Apple writes -1 for "not known"
        values[values < 0] = np.nan
    return values


def _segments(track: Track, start: Start | None, workout: Workout) -> NDArray[np.int64]:
    """Count a new segment after each pause of the workout."""
    if start is None or not workout.resumed_utc_ns:
        return track.segment
    resumed = np.sort(np.array(workout.resumed_utc_ns, np.int64) - start.utc_ns) * 1e-9
    after = np.searchsorted(resumed, track.time_s, side="right")
    both = track.segment * (len(resumed) + 1) + after
    numbered: NDArray[np.int64] = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return numbered
