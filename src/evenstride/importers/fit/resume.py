"""Where to go on behind damage: at records that follow each other, at a time that fits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit.frames import Definition, Field, Framer
from evenstride.importers.fit.profile import FIRST_DATE, RECORD, TIME

__all__ = ["misread_from", "resume"]

_IN_A_ROW = 4
_LOOK = 32
_PIECE = 1 << 16
_WITHIN_S = 7 * 86_400
_LONGEST_STEP_S = 3600
_FAR_S = 60 * 86_400
_BEGIN = 5
_UINT32 = 6


def resume(data: bytes, at: int, end: int, framer: Framer) -> int:
    """Return where the next whole messages begin, or ``end`` if that is not certain.

    Certain are four messages with a time that follow each other, perhaps with known ones between
    them, whose times rise and lie near those of the records before the damage: in noise this does
    not happen by chance.
    """
    usual = _usual_time(np.frombuffer(data, np.uint8), framer)
    if usual is None:
        return end
    reach = _LOOK * max(definition.size for definition in framer.owners)
    while at + 1 < end:  # in pieces, as damage is mostly short and a file may be long
        found = _first(data, at + 1, min(at + _PIECE + reach, end), usual, framer)
        if found is not None:
            return found
        at += _PIECE
    return end


def _first(data: bytes, at: int, end: int, usual: float, framer: Framer) -> int | None:
    """Return the first place from ``at`` on where certain messages begin, or None."""
    near = _near(np.frombuffer(data, np.uint8)[:end], at, usual, framer)
    timed = {header for header, owner in enumerate(framer.owners) if _time_field(owner) is not None}
    for place in near:
        if _is_certain(data, end, place, near, timed, framer):
            return place
    return None


def _is_certain(
    data: bytes, end: int, place: int, near: dict[int, float], timed: set[int], framer: Framer
) -> bool:
    """Follow the messages from a place: their times must rise, and more than once."""
    first = last = near[place]
    count = 0
    for _ in range(_LOOK):
        if place >= end or not framer.sizes[data[place]]:
            return False
        if place in near:
            if not 0 <= near[place] - last < _LONGEST_STEP_S:
                return False
            last, count = near[place], count + 1
            if count == _IN_A_ROW:
                return last > first  # what never changes is no time
        elif data[place] in timed:
            return False
        place += framer.sizes[data[place]]
    return False


def _near(raw: NDArray[np.uint8], at: int, usual: float, framer: Framer) -> dict[int, float]:
    """Return the places, in order, of all that looks like a message near the usual time."""
    found: list[tuple[int, float]] = []
    for header, definition in enumerate(framer.owners[:16]):
        field = _time_field(definition)
        if field is None:
            continue
        last = len(raw) - definition.size
        places = at + np.flatnonzero(raw[at : last + 1] == header)
        times = _times(raw, places + field.at, definition.order)
        near = abs(times - usual) < _WITHIN_S
        found += zip(places[near].tolist(), times[near].tolist(), strict=True)
    return dict(sorted(found))


def misread_from(data: bytes, framer: Framer) -> int | None:
    """Return where records begin that cannot be right though each follows the other, or None.

    Where bytes are missing, something else than a header may stand at each place where one should.
    The times of such records are far from those at the begin. The record before them is where the
    bytes are missing. Times at the begin from before the clock was set count for nothing.
    """
    places, times = _record_times(np.frombuffer(data, np.uint8), framer)
    dated = times >= FIRST_DATE
    if dated.any():
        places, times = places[np.argmax(dated) :], times[np.argmax(dated) :]
    if len(times) < _BEGIN:
        return None
    wrong = abs(times - np.median(times[:_BEGIN])) > _FAR_S
    row = wrong[:-2] & wrong[1:-1] & wrong[2:]
    return int(places[max(int(np.argmax(row)) - 1, 0)]) if row.any() else None


def _usual_time(raw: NDArray[np.uint8], framer: Framer) -> float | None:
    """Return the median time of the records so far, or None if they have none."""
    times = _record_times(raw, framer)[1]
    return float(np.median(times)) if len(times) else None


def _record_times(
    raw: NDArray[np.uint8], framer: Framer
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the places and times of the records so far, in the order of the file."""
    places, times = [np.zeros(0, np.int64)], [np.zeros(0)]
    for definition in framer.definitions:
        field = _time_field(definition)
        if definition.message == RECORD and field is not None:
            offsets = definition.offsets()
            places.append(offsets)
            times.append(_times(raw, offsets + field.at, definition.order))
    at, when = np.concatenate(places), np.concatenate(times)
    order = np.argsort(at, kind="stable")
    return at[order], when[order]


def _time_field(definition: Definition) -> Field | None:
    fields = definition.fields()
    return next((f for f in fields if f.number == TIME and f.kind & 0x1F == _UINT32), None)


def _times(raw: NDArray[np.uint8], places: NDArray[np.int64], order: str) -> NDArray[np.float64]:
    written = np.ascontiguousarray(raw[places[:, None] + np.arange(4)])
    return written.view(order + "u4")[:, 0].astype(np.float64)
