"""What came out of a file, as single facts that can be compared with those of the clean file."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

import evenstride as es
from evenstride.errors import EvenstrideError
from evenstride.importers import Item, scan
from evenstride.model import Activity, Entry, Left, Recording, Series, Start, Track

__all__ = ["ZONE", "Came", "come"]

Fact: TypeAlias = tuple[object, ...]
ZONE = "Europe/Berlin"
_AMOUNTS = ("moving_s", "distance_m", "steps", "ascent_m", "descent_m", "heart_rate_bpm")


@dataclass
class Came:
    """All that came out.

    Attributes:
        facts: Values with their times, and how often each came.
        times: When each motion sample was, by its values; a clock may be repaired a little.
        amounts: What an outing as a whole had, by its name and its start.
        words: Titles, notes, shoes and places: what a person wrote.
        said: What was left out and why, and the warnings.
        error: What was raised.
    """

    facts: Counter[Fact] = field(default_factory=Counter)
    times: dict[Fact, list[float]] = field(default_factory=dict)
    amounts: dict[Fact, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    error: EvenstrideError | None = None


def come(data: bytes | str | os.PathLike[str]) -> Came:
    """Read anything through the front door, to the last sample."""
    came = Came()
    try:
        for item in scan(data, zone=ZONE):
            _take(item, came)
    except EvenstrideError as error:
        came.error = error
        came.said.append(str(error))
    return came


def _take(item: Item, came: Came) -> None:
    if isinstance(item, Left):
        came.said.append(f"{item.what}: {item.reason}")
    elif isinstance(item, Recording):
        _recording(item, came)
    elif isinstance(item, Series):
        _series(item, came)
    elif isinstance(item, Track):
        _track(item, came)
    elif isinstance(item, Activity):
        _activity(item, came)
    else:
        assert isinstance(item, Entry)
        came.facts["entry", item.what, item.start.utc_ns, item.end_utc_ns, item.severity] += 1
        came.words.append(item.text)


def _recording(recording: es.Recording, came: Came) -> None:
    came.said += recording.warnings
    try:
        for block in recording.blocks():
            assert np.all(np.diff(block.time_s) > 0)
            assert np.isfinite(block.acceleration_m_s2).all()
            came.said += [f"{left.what}: {left.reason}" for left in block.left]
            rows = np.round(block.acceleration_m_s2, 4) + 0.0
            for at, row in zip(block.time_s.tolist(), rows.tolist(), strict=True):
                came.facts["motion", *row] += 1
                came.times.setdefault(("motion", *row), []).append(at)
        if recording.clock.samples == 0:
            es.analyze(recording)  # what the program does next, and what the person then reads
    except EvenstrideError as error:
        came.error = error
        came.said.append(str(error))


def _series(series: Series, came: Came) -> None:
    assert np.all(series.end_utc_ns >= series.start_utc_ns)
    columns = (series.start_utc_ns, series.end_utc_ns, series.value, series.side)
    for row in zip(*(c.tolist() for c in columns), strict=True):
        if not np.isnan(row[2]):
            came.facts["series", series.metric, *row] += 1
    came.words += [f"{device.name} {device.model}" for device in series.devices]


def _track(track: Track, came: Came) -> None:
    came.said += track.warnings
    walked = track.time_s[np.isfinite(track.time_s)]
    assert np.all(np.diff(walked) >= 0)
    with np.errstate(invalid="ignore"):
        assert not np.any(np.abs(track.latitude_deg) > 90)
        assert not np.any(np.abs(track.longitude_deg) > 180)
    begin_ms = 0 if track.start is None else _moment(track.start) // 1_000_000
    at_ms = [None if np.isnan(t) else begin_ms + round(t * 1000) for t in track.time_s.tolist()]
    for name, column in track.columns().items():
        if name in ("time_s", "segment"):
            continue
        assert not np.isinf(column).any(), name
        for at, value in zip(at_ms, np.round(column, 9).tolist(), strict=True):
            if not np.isnan(value):
                came.facts["track", name, at, value] += 1
    if track.activity is not None:
        _activity(track.activity, came)


def _activity(activity: Activity, came: Came) -> None:
    begin = _moment(activity.start)
    assert activity.end_utc_ns >= begin
    came.facts["activity", begin] += 1
    for name in _AMOUNTS:
        value = getattr(activity, name)
        if value is not None:
            assert np.isfinite(value), name
            came.amounts[name, begin] = float(value)
    came.words += [activity.title, activity.note, activity.gear]


def _moment(start: Start) -> int:
    assert -(2**63) <= start.utc_ns < 2**63
    return start.utc_ns
