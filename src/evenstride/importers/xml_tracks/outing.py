"""One outing of a file -> a ``Track``: values that cannot be are taken out, and it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.contract import Options
from evenstride.importers.words import counted
from evenstride.importers.xml_tracks.cadence import cadence_spm
from evenstride.importers.xml_tracks.clock import Timed, timed, without_times
from evenstride.importers.xml_tracks.points import COLUMNS, Points
from evenstride.model import Activity, Device, Left, Sport, Track
from evenstride.model.device import UNKNOWN_DEVICE
from evenstride.model.track import ElevationSource

__all__ = ["Outing", "items_of"]

_LIMITS = {
    "latitude_deg": (-90.0, 90.0),
    "longitude_deg": (-180.0, 180.0),
    "elevation_m": (-500.0, 9_000.0),
    "speed_m_s": (0.0, 200.0),
    "accuracy_m": (0.0, 1e5),
    "vertical_accuracy_m": (0.0, 1e5),
    "heart_rate_bpm": (20.0, 250.0),
    "distance_m": (0.0, 1e7),
    "cadence": (0.0, 300.0),
    "cadence_of_a_leg": (0.0, 300.0),
}
_DRAWN = "This is a route that was drawn, not a walk that was recorded."


@dataclass(slots=True)
class Outing:
    """What a file holds of one outing, while it is being read.

    Attributes:
        parts: Points and the number of their segment.
        segments: How many segments have begun.
        drawn: Whether it is a plan of a way, not a walk.
        said: What the file itself says of it, as in ``Activity``.
        warnings: What is wrong with it, each a sentence.
    """

    parts: list[tuple[Points, int]] = field(default_factory=list)
    segments: int = 0
    drawn: bool = False
    sport: Sport = "unknown"
    title: str = ""
    note: str = ""
    device: Device = UNKNOWN_DEVICE
    elevation_source: ElevationSource | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    heart_rate_bpm: float | None = None
    warnings: list[str] = field(default_factory=list)

    def add(self, points: Points) -> None:
        """Add points to the current segment."""
        self.parts.append((points, max(self.segments - 1, 0)))

    def joined(self) -> tuple[Points, NDArray[np.int64]]:
        """Return all points and the segment of each, counted from 0."""
        points = Points.joined([part for part, _ in self.parts])
        numbers = [np.full(len(part), number, np.int64) for part, number in self.parts]
        segment = np.concatenate([np.zeros(0, np.int64), *numbers])
        return points, np.unique(segment, return_inverse=True)[1].astype(np.int64)


def items_of(outing: Outing, options: Options, name: str, source: str) -> Iterator[Track | Left]:
    """Yield the track of an outing, and what of it was left out.

    Args:
        outing: As it was read.
        options: Of the person.
        name: Of the format.
        source: Name of the file.
    """
    what = f"“{outing.title}”" if outing.title else "a track"
    points, segment = outing.joined()
    if not len(points):
        return
    points, wrong = _possible(points)
    placed = np.asarray(np.isfinite(points.values[0]))
    found = (
        without_times(points.select(placed), segment[placed])
        if outing.drawn
        else timed(*_of_use(points, segment), options.zone)
    )
    kept, repeated = _once(found)
    if not len(kept.points):
        yield Left(what, "none of its points has a place or another value")
        return
    since = options.since_utc_ns
    if since is not None and kept.end_utc_ns is not None and kept.end_utc_ns < since:
        yield Left(what, "it is older than what was asked for")
        return
    yield from kept.left
    if repeated:
        yield Left(counted(repeated, "points"), "they stand in the file twice")
    yield _track(outing, kept, wrong, name, source)


def _track(outing: Outing, found: Timed, wrong: tuple[str, ...], name: str, source: str) -> Track:
    values = dict(zip(COLUMNS, found.points.values, strict=True))
    cadence, said = cadence_spm(values.pop("cadence"), values.pop("cadence_of_a_leg"), outing.sport)
    said = (*outing.warnings, *((_DRAWN,) if outing.drawn else ()), *found.warnings, *wrong, *said)
    return Track(
        found.time_s,
        **values,
        cadence_spm=cadence,
        segment=found.segment,
        start=found.start,
        elevation_source=outing.elevation_source,
        activity=_activity(outing, found),
        format=name,
        source=source,
        warnings=tuple(dict.fromkeys(said)),
    )


def _activity(outing: Outing, found: Timed) -> Activity | None:
    if found.start is None or found.end_utc_ns is None:
        return None
    return Activity(
        start=found.start,
        end_utc_ns=found.end_utc_ns,
        sport=outing.sport,
        moving_s=outing.moving_s,
        distance_m=outing.distance_m,
        heart_rate_bpm=outing.heart_rate_bpm,
        title=outing.title,
        note=outing.note,
        device=outing.device,
    )


def _possible(points: Points) -> tuple[Points, tuple[str, ...]]:
    """Take out values that cannot be: no fix (0, 0), a pulse of 0, an accuracy of -1."""
    values = points.values.copy()
    for place, name in enumerate(COLUMNS):
        low, high = _LIMITS[name]
        column = values[place]
        column[(column < low) | (column > high)] = np.nan
    no_fix = (values[0] == 0) & (values[1] == 0)
    had = np.isfinite(points.values[0]) | np.isfinite(points.values[1])
    values[:2, no_fix | np.isnan(values[0]) | np.isnan(values[1])] = np.nan
    lost = int((had & np.isnan(values[0])).sum())
    heights = int((np.isfinite(points.values[2]) & np.isnan(values[2])).sum())
    said = ((lost, "positions"), (heights, "heights"))
    sentences = [f"Taken out, as they cannot be: {n} {what}." for n, what in said if n]
    return Points(values, points.time_ns, points.zone), tuple(sentences)


def _of_use(points: Points, segment: NDArray[np.int64]) -> tuple[Points, NDArray[np.int64]]:
    """Leave out points that hold nothing at all, or a time and nothing else."""
    some = np.asarray(np.isfinite(points.values).any(axis=0))
    return points.select(some), segment[some]


def _once(found: Timed) -> tuple[Timed, int]:
    """Leave out points that equal the one before in time and place."""
    if len(found.points) < 2 or np.isnan(found.time_s).all():
        return found, 0
    place = found.points.values[:2]
    same = (np.diff(place, axis=1) == 0) | (np.isnan(place[:, 1:]) & np.isnan(place[:, :-1]))
    again = np.concatenate([[False], (np.diff(found.time_s) == 0) & same.all(axis=0)])
    if not again.any():
        return found, 0
    keep = ~again
    points, segment, time_s = found.points.select(keep), found.segment[keep], found.time_s[keep]
    once = Timed(points, segment, time_s, found.start, found.end_utc_ns, found.warnings, found.left)
    return once, int(again.sum())
