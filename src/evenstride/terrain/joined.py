"""Tracks that belong to one outing: a device that is stopped and started again writes several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Track

__all__ = ["joined"]

_LONGEST_BREAK_S = 2 * 3600.0
_S_PER_NS = 1e-9


def joined(tracks: Iterable[Track]) -> list[Track]:
    """Return the outings: tracks that follow each other within two hours become one.

    What has no times, or overlaps another in time, stays by itself. Each track begins a
    new segment.
    """
    alone: list[Track] = []
    timed: list[tuple[float, float, Track]] = []
    for track in tracks:
        told = track.time_s[np.isfinite(track.time_s)]
        if track.start is None or not len(told):
            alone.append(track)
        else:
            begin = track.start.utc_ns * _S_PER_NS
            timed.append((begin + float(told.min()), begin + float(told.max()), track))
    timed.sort(key=lambda one: one[:2])
    groups: list[list[tuple[float, float, Track]]] = []
    for one in timed:
        last = groups[-1][-1] if groups else None
        if last is not None and 0.0 <= one[0] - last[1] <= _LONGEST_BREAK_S:
            groups[-1].append(one)
        else:
            groups.append([one])
    return alone + [_one([track for *_, track in group]) for group in groups]


def _one(tracks: list[Track]) -> Track:
    first = tracks[0]
    if len(tracks) == 1 or first.start is None:
        return first
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in first.columns()}
    segment = 0
    for track in tracks:
        if track.start is None:
            continue
        shift = (track.start.utc_ns - first.start.utc_ns) * _S_PER_NS
        for name, column in track.columns().items():
            parts[name].append(column)
        parts["time_s"][-1] = track.time_s + shift
        parts["segment"][-1] = track.segment - track.segment.min(initial=0) + segment
        segment = int(parts["segment"][-1].max(initial=segment)) + 1
    sources = {track.elevation_source for track in tracks}
    columns: dict[str, Any] = {name: np.concatenate(each) for name, each in parts.items()}
    return replace(
        first,
        **columns,
        elevation_source=first.elevation_source if len(sources) == 1 else None,
        activity=None,
        warnings=tuple(dict.fromkeys(one for track in tracks for one in track.warnings)),
    )
