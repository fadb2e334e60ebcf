"""What a FIT file says of each outing as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenstride.importers.fit.clock import EPOCH_S
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.profile import SESSION, SPORT, TIME
from evenstride.model import Activity, Device, Sport, Start

__all__ = ["ON_FOOT", "Session", "activity_of", "sessions_of", "without_summary"]

ON_FOOT: frozenset[Sport] = frozenset({"walking", "hiking", "treadmill", "running", "unknown"})
"""Sports in which a turn of the cadence is a stride, so two steps."""

_RUNNING, _CYCLING, _FITNESS, _WALKING, _HIKING = 1, 2, 4, 11, 17
_GENERIC = (0, 254)
_TREADMILL, _INDOOR_CYCLING, _INDOOR_WALKING, _INDOOR_RUNNING = 1, 6, 27, 45
_INDOOR = {_TREADMILL, _INDOOR_CYCLING, _INDOOR_WALKING, _INDOOR_RUNNING}
_SPIN = 5
_NUMBERS = {
    "elapsed_s": (7, 1000.0),
    "moving_s": (8, 1000.0),
    "distance_m": (9, 100.0),
    "strides": (10, 1.0),
    "heart_rate_bpm": (16, 1.0),
    "ascent_m": (22, 1.0),
    "descent_m": (23, 1.0),
    "step_length_m": (134, 10_000.0),
}


@dataclass(frozen=True, slots=True)
class Session:
    """One outing as the device summed it up; None: not told.

    Attributes:
        begin: FIT time at which it began.
        written: FIT time at which the summary was written, at its end or shortly after.
        sport: What was done.
        indoor: Whether it was inside.
        numbers: Sums by name, in SI: elapsed_s, moving_s, distance_m, strides, heart_rate_bpm,
            ascent_m, descent_m, step_length_m.
    """

    begin: float | None
    written: float | None
    sport: Sport
    indoor: bool | None
    numbers: dict[str, float | None]


def sessions_of(file: FitFile) -> list[Session]:
    """Return the outings in the order of time; none if the file sums up nothing."""
    messages = file.messages(SESSION)
    columns = {name: messages.column(n, scale) for name, (n, scale) in _NUMBERS.items()}
    begin, written = messages.column(2), messages.column(TIME)
    sport, kind = messages.column(5), messages.column(6)
    found: list[Session] = []
    for row in range(len(messages)):
        what, indoor = _sport(sport[row], kind[row])
        numbers = {name: _told(column[row]) for name, column in columns.items()}
        session = Session(_told(begin[row]), _told(written[row]), what, indoor, numbers)
        if session not in found:  # some files hold the same summary twice
            found.append(session)
    return sorted(found, key=lambda session: session.begin or 0.0)


def without_summary(file: FitFile) -> Session:
    """Return all that is known of an outing whose summary is missing: the sport that was chosen."""
    messages = file.messages(SPORT)
    sport: tuple[Sport, bool | None] = ("unknown", None)
    if len(messages):
        sport = _sport(messages.column(0)[-1], messages.column(1)[-1])
    return Session(None, None, *sport, dict.fromkeys(_NUMBERS))


def activity_of(
    session: Session, start: Start, ended: float | None, steps: int | None, device: Device
) -> Activity:
    """Return the facts of an outing.

    Args:
        session: What was summed up.
        start: When it began.
        ended: FIT time of the last record, if there are any.
        steps: Of both feet.
        device: What recorded it.
    """
    numbers = session.numbers
    begin_s = start.utc_ns / 1e9 - EPOCH_S
    ends = [] if ended is None else [ended]
    if numbers["elapsed_s"] is not None:
        ends.append(begin_s + numbers["elapsed_s"])
    if session.written is not None and ends:
        ends = [max(ends[0], min(max(ends), session.written))]
    end_s = max([begin_s, *ends] if ends else [begin_s, session.written or begin_s])
    length = numbers["step_length_m"]
    return Activity(
        start=start,
        end_utc_ns=round((end_s + EPOCH_S) * 1000) * 1_000_000,
        sport=session.sport,
        moving_s=numbers["moving_s"],
        distance_m=numbers["distance_m"],
        steps=steps,
        ascent_m=numbers["ascent_m"],
        descent_m=numbers["descent_m"],
        heart_rate_bpm=numbers["heart_rate_bpm"] or None,
        indoor=session.indoor,
        device=device,
        extra={"average_step_length_m": length} if length and session.sport in ON_FOOT else {},
    )


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _sport(sport: float, kind: float) -> tuple[Sport, bool | None]:
    indoor = True if kind in _INDOOR or kind == _SPIN else None
    if sport == _WALKING:
        return ("treadmill" if kind in (_TREADMILL, _INDOOR_WALKING) else "walking"), indoor
    if sport == _FITNESS and kind in (_TREADMILL, _INDOOR_WALKING):
        return ("treadmill" if kind == _INDOOR_WALKING else "unknown"), indoor
    if np.isnan(sport) or sport in _GENERIC:
        return "unknown", indoor
    known: dict[int, Sport] = {_RUNNING: "running", _CYCLING: "cycling", _HIKING: "hiking"}
    return known.get(int(sport), "other"), indoor
