"""Places and samples of one exercise, each with times of its own -> one track."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.jsons import number
from evenstride.importers.words import counted
from evenstride.model import Activity, Track
from evenstride.model.stray import stray_times

__all__ = ["Channels", "track_of"]

Floats = NDArray[np.float64]

_NAMES = {"heartrate", "speed", "altitude", "cadence", "distance"}
_KMH = 3.6
_SLOWEST_OF_TWO_LEGS = 80.0
_ALIKE_S = 0.6  # a place and a sample of the same second
_WARMING_UP_M = 10.0
_LIMITS = {
    "heartrate": (20.0, 250.0),
    "speed": (0.0, 200.0),
    "altitude": (-500.0, 9_000.0),
    "cadence": (0.0, 300.0),
    "distance": (0.0, 1e7),
}
_STRAY = "Left out, as their times are far from those around them: {}."
_ONE_LEG = "Its cadence counts one leg, so it was doubled."


@dataclass
class Channels:
    """What was sampled, by name: seconds since the start of the exercise, and values."""

    _kept: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)
    stray: int = 0
    """How many places and samples were left out, as their times stand alone."""

    def any(self) -> bool:
        """Tell whether there is anything."""
        return bool(self._kept)

    def add(self, kind: str, times: Iterable[float], values: Sequence[object]) -> None:
        """Take one kind of sample; kinds that no walk needs are passed over."""
        name = re.sub(r"[\W_]", "", kind).lower()
        if name not in _NAMES:
            return
        array = np.array([number(value) for value in values], np.float64)
        low, high = _LIMITS[name]
        array[~((array >= low) & (array <= high))] = np.nan
        self._keep(name, times, array)

    def places(self, times: Iterable[float], rows: Sequence[dict[str, object]]) -> None:
        """Take the places of a route."""
        latitude = np.array([number(row.get("latitude")) for row in rows], np.float64)
        longitude = np.array([number(row.get("longitude")) for row in rows], np.float64)
        height = np.array([number(row.get("altitude")) for row in rows], np.float64)
        wrong = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        wrong |= (latitude == 0) & (longitude == 0)
        latitude[wrong] = longitude[wrong] = np.nan
        times = list(times)
        self._keep("latitude", times, latitude)
        self._keep("longitude", times, longitude)
        self._keep("height", times, height)

    def clock(self) -> Floats:
        """Return all moments at which something was sampled; a place and a sample are one."""
        nothing = np.zeros(0)
        routes = self._kept["latitude"][0] if "latitude" in self._kept else nothing
        sampled = [times for name, (times, _) in self._kept.items() if name in _NAMES]
        samples = np.unique(np.concatenate([nothing, *sampled]))
        if not len(routes):
            return samples
        apart = np.abs(samples - routes[_nearest(routes, samples)]) > _ALIKE_S
        return np.unique(np.concatenate((routes, samples[apart])))

    def at(self, name: str, clock: Floats) -> Floats:
        """Return what was sampled at the moments of a clock; NaN where nothing was."""
        if name not in self._kept:
            return np.full(len(clock), np.nan)
        times, values = self._kept[name]
        near = _nearest(times, clock)
        return np.where(np.abs(times[near] - clock) <= _ALIKE_S, values[near], np.nan)

    def _keep(self, name: str, times: Iterable[float], values: Floats) -> None:
        clock = np.fromiter(times, np.float64)[: len(values)]
        good = np.isfinite(clock) & (clock >= -1.0)
        stray = stray_times(clock[good])
        if name not in ("longitude", "height"):  # their times are those of the latitude
            self.stray += int(stray.sum())
        good[good] = ~stray
        order = np.argsort(clock[good], kind="stable")
        if np.isfinite(values[good]).any():
            self._kept[name] = (clock[good][order], values[good][order])


def track_of(channels: Channels, activity: Activity, name: str) -> Track:
    """Return the track of an exercise.

    Args:
        channels: What was sampled.
        activity: What is said of the exercise as a whole.
        name: Of the file.
    """
    clock = channels.clock()
    height = channels.at("height", clock)
    altitude = _without_warming_up(channels.at("altitude", clock))
    cadence = channels.at("cadence", clock)
    said: tuple[str, ...] = ()
    turning = cadence[cadence > 0]
    if activity.sport != "cycling" and turning.size:
        if float(np.median(turning)) < _SLOWEST_OF_TWO_LEGS:
            cadence, said = 2 * cadence, (_ONE_LEG,)
    else:
        cadence = np.full(len(clock), np.nan)
    if channels.stray:
        said += (_STRAY.format(counted(channels.stray, "samples")),)
    return Track(
        clock,
        latitude_deg=channels.at("latitude", clock),
        longitude_deg=channels.at("longitude", clock),
        elevation_m=altitude if np.isfinite(altitude).any() else height,
        speed_m_s=channels.at("speed", clock) / _KMH,
        distance_m=channels.at("distance", clock),
        cadence_spm=cadence,
        heart_rate_bpm=channels.at("heartrate", clock),
        start=activity.start,
        activity=activity,
        format="Polar archive",
        source=name,
        warnings=said,
    )


def _without_warming_up(altitude: Floats) -> Floats:
    """Take out the zeros before the first height: the sensor had none yet."""
    other = np.flatnonzero(np.isfinite(altitude) & (altitude != 0))
    if other.size and abs(altitude[other[0]]) > _WARMING_UP_M:
        altitude[: other[0]] = np.nan
    return altitude


def _nearest(times: Floats, wanted: Floats) -> NDArray[np.int64]:
    """Return the place of the nearest of ``times``, which rise, for each moment."""
    after = np.clip(np.searchsorted(times, wanted), 1, max(1, len(times) - 1))
    before = after - 1
    last = len(times) - 1
    after = np.minimum(after, last)
    nearer = np.abs(times[before] - wanted) <= np.abs(times[after] - wanted)
    return np.where(nearer, before, after).astype(np.int64)
