"""Positions of whole days -> the tracks of the walks that fall into them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from evenstride.model import Activity, Track
from evenstride.model.day import NS

__all__ = ["Join"]

_COLUMNS = ("latitude_deg", "longitude_deg", "elevation_m", "accuracy_m")
_BREAK_S = 120.0
_NEIGHBOURS = 3  # exercises that may overlap


class Join:
    """Sorts positions into activities by their time.

    Args:
        activities: In any order.
        format: Name of the format, for the tracks.
        source: Name of the file, for the tracks.
    """

    def __init__(self, activities: Sequence[Activity], format: str, source: str) -> None:  # noqa: A002
        self._activities = sorted(activities, key=lambda activity: activity.start.utc_ns)
        self._starts = [activity.start.utc_ns for activity in self._activities]
        self._places: dict[int, dict[str, tuple[array[int], array[float]]]] = {}
        self._done: set[int] = set()
        self._format, self._source = format, source
        self.outside = 0

    def add(self, ns: int, place: tuple[float, float, float, float], device: str) -> None:
        """Take one position: latitude, longitude (deg), height and accuracy (m)."""
        last = bisect_right(self._starts, ns)
        inside = False
        for index in range(last - 1, max(-1, last - 1 - _NEIGHBOURS), -1):
            if ns <= self._activities[index].end_utc_ns and index not in self._done:
                inside = True
                by_device = self._places.setdefault(index, {})
                empty: tuple[array[int], array[float]] = (array("q"), array("d"))
                times, places = by_device.setdefault(device, empty)
                times.append(ns)
                places.extend(place)
        self.outside += not inside

    def finished(self, before_ns: int) -> Iterator[Track]:
        """Yield the tracks of activities that ended before a moment, and let go of them."""
        for index in sorted(self._places):
            if self._activities[index].end_utc_ns < before_ns:
                yield self._track(index)

    def rest(self) -> Iterator[Track | Activity]:
        """Yield all other tracks, and the activities without a position."""
        for index, activity in enumerate(self._activities):
            if index in self._places:
                yield self._track(index)
            elif index not in self._done:
                yield activity

    def _track(self, index: int) -> Track:
        """Return the track of the device that saw most of it; two devices walked one way."""
        self._done.add(index)
        activity, by_device = self._activities[index], self._places.pop(index)
        device = max(by_device, key=lambda name: (len(by_device[name][0]), name))
        times, flat = by_device[device]
        ns = np.array(times, np.int64)
        order = np.argsort(ns, kind="stable")
        places = np.array(flat, np.float64).reshape(-1, len(_COLUMNS))[order]
        time_s = (ns[order] - activity.start.utc_ns) / NS
        others = ", ".join(sorted(name or "another device" for name in by_device if name != device))
        warning = f"The positions of {others} were not taken: they show the same way."
        if device and not activity.device.name:
            activity = replace(activity, device=replace(activity.device, name=device))
        return Track(
            time_s=time_s,
            latitude_deg=places[:, 0],
            longitude_deg=places[:, 1],
            elevation_m=places[:, 2],
            accuracy_m=places[:, 3],
            segment=np.concatenate([[0], np.cumsum(np.diff(time_s) > _BREAK_S)]).astype(np.int64),
            start=activity.start,
            activity=activity,
            format=self._format,
            source=self._source,
            warnings=(warning,) if others else (),
        )
