"""One track for each outing in a FIT file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.contract import Item, Options
from evenstride.importers.fit.clock import times
from evenstride.importers.fit.columns import record_columns
from evenstride.importers.fit.devices import device_of, has_barometer
from evenstride.importers.fit.files import FitFile
from evenstride.importers.fit.profile import FILE_ID, RECORD, SESSION
from evenstride.importers.fit.rows import in_order, merged, with_time
from evenstride.importers.fit.segments import breaks_of, segments
from evenstride.importers.fit.sessions import (
    ON_FOOT,
    Session,
    activity_of,
    sessions_of,
    without_summary,
)
from evenstride.importers.fit.steps import real_cadence, real_steps
from evenstride.importers.fit.zone import offset_of, start_at
from evenstride.importers.start import ZONE_ASSUMED
from evenstride.model import WALKED, Left, Track

__all__ = ["outings"]

Floats = NDArray[np.float64]

_COURSE = 6
_OF_A_ROUTE = ("latitude_deg", "longitude_deg", "elevation_m", "distance_m")
_DAY_S = 86_400.0

_NO_CLOCK = "The clock of the watch was not set, so the date of this outing is not known."
_SORTED = "Some points were not in the order of time; they were put in order."
_RUNNING_MODEL = (
    "Watches apply their model of running to walks: the time on the ground that they give is too "
    "short. Its change from walk to walk may tell something, its value does not."
)
_DRAWN = "This is a route that was planned, not a walk that was made."


def outings(file: FitFile, options: Options, source: str) -> Iterator[Item]:
    """Yield the outings of one FIT file, and what had to be left out of them."""
    records = file.messages(RECORD)
    when = times(file.data, records, file.definitions)
    columns = record_columns(file, records) if len(records) else {}
    if _is_course(file) and columns:
        yield _drawn(file, len(records), columns, source)
        return
    keep, left = with_time(when)
    yield from left
    when, columns = when[keep], {name: values[keep] for name, values in columns.items()}
    order = in_order(when)
    warnings = list(file.warnings)
    if order is not None:
        warnings.append(_SORTED)
        when, columns = when[order], {name: values[order] for name, values in columns.items()}
    when, columns = merged(when, columns)
    sessions, left = _fitting(sessions_of(file), when)
    yield from left
    facts = _Facts(file, options, source, tuple(warnings), _longitude(columns))
    if not sessions and len(when):
        sessions = [without_summary(file)]
    for session, rows in zip(sessions, _rows_of(sessions, when), strict=True):
        part = {name: values[rows] for name, values in columns.items()}
        yield from facts.outing(session, when[rows], part)


def _drawn(file: FitFile, rows: int, columns: dict[str, Floats], source: str) -> Track:
    given: dict[str, Any] = {n: columns[n] for n in _OF_A_ROUTE if n in columns}
    said = (*file.warnings, _DRAWN)
    return Track(np.full(rows, np.nan), format="FIT", source=source, warnings=said, **given)


def _is_course(file: FitFile) -> bool:
    kinds = file.messages(FILE_ID).column(0)
    return bool(len(kinds)) and kinds[0] == _COURSE and not file.counted(SESSION)


def _fitting(sessions: list[Session], when: Floats) -> tuple[list[Session], list[Left]]:
    """Keep the summaries whose time can be that of the records; damage makes others."""
    if not len(when):
        return sessions, []
    first, last = when[0] - _DAY_S, when[-1] + _DAY_S
    good = [s for s in sessions if s.begin is None or first <= s.begin <= last]
    wrong = len(sessions) - len(good)
    left = [Left(f"{wrong} of the summaries", "their time cannot be right")] if wrong else []
    return good, left


def _longitude(columns: dict[str, Floats]) -> float:
    longitude = columns.get("longitude_deg", np.zeros(0))
    longitude = longitude[np.isfinite(longitude)]
    return float(longitude[0]) if len(longitude) else np.nan


def _rows_of(sessions: list[Session], when: Floats) -> list[slice]:
    """Return the rows of each outing: from its begin to the begin of the next one."""
    begins = [session.begin if session.begin is not None else -np.inf for session in sessions]
    cuts = [0, *np.searchsorted(when, begins[1:]).tolist(), len(when)] if sessions else []
    return [slice(first, last) for first, last in pairwise(cuts)]


class _Facts:
    """What all outings of a file share."""

    def __init__(
        self,
        file: FitFile,
        options: Options,
        source: str,
        warnings: tuple[str, ...],
        longitude_deg: float,
    ) -> None:
        self._options, self._source, self._warnings = options, source, warnings
        self._offset_min = offset_of(file, longitude_deg)
        self._breaks = breaks_of(file)
        self._device = device_of(file)
        self._barometer = has_barometer(file)

    def outing(self, session: Session, when: Floats, columns: dict[str, Floats]) -> Iterator[Item]:
        """Yield a track with its activity; the activity alone where nothing else was recorded."""
        begin = when[0] if len(when) else np.nan
        told = session.begin if session.begin is not None else begin
        start = start_at(begin, self._offset_min, self._options)
        began = start_at(min(told, begin) if len(when) else told, self._offset_min, self._options)
        warnings = list(self._warnings)
        columns = _on_foot(session, columns, warnings)
        activity = None
        if began is not None:
            steps, halved = real_steps(session)
            warnings += halved
            ended = float(when[-1]) if len(when) else None
            activity = activity_of(_measured(session, columns), began, ended, steps, self._device)
            since = self._options.since_utc_ns
            if since is not None and activity.end_utc_ns < since:
                return
        if began is None:
            warnings.append(_NO_CLOCK)
        elif began.basis == "assumed":
            warnings.append(ZONE_ASSUMED)
        if len(when):
            given: dict[str, Any] = dict(columns)
            yield Track(
                when - begin,
                **given,
                segment=segments(when, self._breaks),
                start=start,
                elevation_source="barometer" if self._pressed(columns) else None,
                activity=activity,
                format="FIT",
                source=self._source,
                warnings=tuple(dict.fromkeys(warnings)),
            )
        elif activity is not None:
            yield activity
        else:
            yield Left("the summary of an outing", "it holds neither points nor a date")

    def _pressed(self, columns: dict[str, Floats]) -> bool:
        return "elevation_m" in columns and (self._barometer or "pressure_pa" in columns)


def _on_foot(
    session: Session, columns: dict[str, Floats], warnings: list[str]
) -> dict[str, Floats]:
    """Return the columns as they are meant for the sport: a turn of pedals is no step."""
    columns = dict(columns)
    if session.sport not in ON_FOOT:
        columns.pop("cadence_spm", None)
    if session.sport in WALKED:
        if "cadence_spm" in columns:
            columns["cadence_spm"], halved = real_cadence(columns)
            warnings += halved
        if "stance_time_s" in columns or "stance_left" in columns:
            warnings.append(_RUNNING_MODEL)
    return columns


def _measured(session: Session, columns: dict[str, Floats]) -> Session:
    """Fill in the distance from the records where the summary does not tell it."""
    distance = columns.get("distance_m")
    if session.numbers["distance_m"] is not None or distance is None:
        return session
    known = distance[np.isfinite(distance)]
    if not len(known):
        return session
    return replace(session, numbers={**session.numbers, "distance_m": float(known[-1] - known[0])})
