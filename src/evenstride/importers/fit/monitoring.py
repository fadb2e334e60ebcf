"""All-day counts of a watch: steps, distance, climb and heart rate.

A watch writes how much it has counted since midnight, for each kind of movement by itself. What
was done in between is the difference to the value before.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.contract import Options
from evenstride.importers.fit.clock import EPOCH_S, times
from evenstride.importers.fit.devices import device_of
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.messages import Messages
from evenstride.importers.fit.profile import FIRST_DATE, MONITORING
from evenstride.model import METRICS, Device, Series

__all__ = ["monitoring"]

Floats = NDArray[np.float64]

_WALKING, _RUNNING = 6, 1
_KIND, _KIND_AND_INTENSITY = 5, 24
_SHORT_TIME, _SHORT_TIMES = 26, 1 << 16
_HEART_RATE = 27
_COUNTERS = {"steps": (3, 1.0), "distance_m": (2, 100.0), "ascent_m": (31, 1000.0)}


def monitoring(file: FitFile, options: Options) -> Iterator[Series]:
    """Yield what a watch counted through the day."""
    messages = file.messages(MONITORING)
    if not len(messages):
        return
    when, device = _times(file, messages), device_of(file)
    dated = when >= FIRST_DATE
    first = float(when[dated].min()) if dated.any() else 0.0
    kind = _kinds(messages)
    for metric, (number, scale) in _COUNTERS.items():
        values = messages.column(number, scale)
        there = dated & np.isfinite(values)
        if metric != "ascent_m":  # the others count strokes and turns of pedals as well
            there &= np.isin(kind, (_WALKING, _RUNNING))
        rows = _increments(when[there], kind[there], values[there], first)
        yield from _series(metric, rows, device, options)
    beats = messages.column(_HEART_RATE)
    there = dated & (beats > 0)
    moments = np.column_stack((when[there], when[there], beats[there]))
    yield from _series("heart_rate_bpm", moments, device, options)


def _times(file: FitFile, messages: Messages) -> Floats:
    """Return the time of each message; of some only the lower half is written."""
    when = times(file.data, messages, file.definitions)
    half = messages.column(_SHORT_TIME)
    anchor = np.maximum.accumulate(np.where(np.isfinite(when), np.arange(len(when)), -1))
    short = np.isnan(when) & np.isfinite(half) & (anchor >= 0)
    last = when[anchor[short]]
    when[short] = last + (half[short] - last % _SHORT_TIMES) % _SHORT_TIMES
    return when


def _kinds(messages: Messages) -> Floats:
    kind = messages.column(_KIND)
    packed = messages.column(_KIND_AND_INTENSITY)
    return np.where(np.isfinite(kind), kind, packed % 32)


def _increments(when: Floats, kind: Floats, values: Floats, first: float) -> Floats:
    """Return rows of begin, end and what all kinds counted in between; no row overlaps another.

    The counter of a kind stands still until it is written again. The first value of a kind that
    stands right at the begin of the file is what was counted before it, in another file. A value
    that falls begins a new day.
    """
    ends = np.unique(when[np.isfinite(kind)])
    counted = np.zeros(len(ends))
    for one in np.unique(kind[np.isfinite(kind)]):
        order = np.flatnonzero(kind == one)
        order = order[np.argsort(when[order], kind="stable")]
        end, total = when[order], values[order]
        before = np.concatenate(([total[0] if end[0] <= first else 0.0], total[:-1]))
        done = np.where(total < before, total, total - before)
        np.add.at(counted, np.searchsorted(ends, end), done)
    begins = np.concatenate(([first], ends[:-1]))[: len(ends)]
    return np.column_stack((begins, ends, counted))[counted > 0]


def _series(metric: str, rows: Floats, device: Device, options: Options) -> Iterator[Series]:
    ns = np.rint((rows[:, :2] + EPOCH_S) * 1000).astype(np.int64) * 1_000_000
    if options.since_utc_ns is not None:
        keep = ns[:, 1] >= options.since_utc_ns
        ns, rows = ns[keep], rows[keep]
    if not len(rows):
        return
    yield Series(
        ns[:, 0],
        ns[:, 1],
        rows[:, 2],
        np.zeros(len(rows), np.int32),
        np.zeros(len(rows), np.int8),
        metric=metric,
        unit=METRICS[metric].unit,
        devices=(device,),
    )
