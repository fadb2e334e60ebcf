"""Google Takeout: reading the chosen files in an order that lets walks find their positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from evenstride.importers.contract import Item, Options
from evenstride.importers.gathering import Gatherer
from evenstride.importers.google_takeout.choice import Chosen
from evenstride.importers.google_takeout.days import read_quarters
from evenstride.importers.google_takeout.exercises import read_exercises, read_logs
from evenstride.importers.google_takeout.fit import (
    PLACES,
    data_type,
    read_places,
    read_session,
    read_stream,
)
from evenstride.importers.google_takeout.fitbit import (
    read_positions,
    read_twin,
)
from evenstride.importers.google_takeout.join import Join
from evenstride.importers.google_takeout.minutes import read_table_of_values
from evenstride.importers.moments import WallClock
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks import read_tcx
from evenstride.model import Activity, Left, Track
from evenstride.model.day import NS

__all__ = ["read_chosen"]

_FORMAT = "Google Takeout"
_SAME_START_NS = 120 * NS


def read_chosen(source: Source, chosen: Chosen, options: Options) -> Iterator[Item]:
    """Yield everything in the chosen files, in bounded memory."""
    yield from _series(source, chosen, options)
    yield from _fit_walks(source, chosen, options)
    yield from _fitbit_walks(source, chosen, options)


def _series(source: Source, chosen: Chosen, options: Options) -> Iterator[Item]:
    since = options.since_utc_ns
    streams = Gatherer(since)
    for found in chosen.of("stream"):
        if data_type(found.detail) != PLACES:
            yield from read_stream(source, found, streams)
    yield from streams.rest("Google Fit's streams")
    quarters = Gatherer(since)
    wanted = {"steps", "distance_m"} - chosen.metrics()
    for found in chosen.of("quarters") if wanted else ():
        yield from read_quarters(source, found, wanted, quarters)
    yield from quarters.rest("the quarters of an hour")
    values = Gatherer(since)
    for found in chosen.of("values"):
        yield from read_table_of_values(source, found, values)
    for found in chosen.of("twin"):
        yield from read_twin(source, found, values)
    yield from values.rest("Fitbit's values")


def _fit_walks(source: Source, chosen: Chosen, options: Options) -> Iterator[Item]:
    """Yield the tracks in TCX files and the sessions; what both hold comes once."""
    sessions: list[Activity] = []
    for found in chosen.of("session"):
        session = read_session(source, found)
        if isinstance(session, Left):
            yield session
        elif session is not None and _wanted(session, options):
            sessions.append(session)
    for found in chosen.of("tcx"):
        for item in read_tcx(source, found.member, options):
            yield _with_session(item, sessions) if isinstance(item, Track) else item
    join = Join(sessions, _FORMAT, source.name)
    for found in chosen.of("stream"):
        if data_type(found.detail) == PLACES:
            yield from read_places(source, found, join)
    yield from join.rest()
    yield from _outside(join)


def _with_session(track: Track, sessions: list[Activity]) -> Track:
    """Add what a session says of the same walk to its track, and take it from the list."""
    if track.start is None:
        return track
    for index, session in enumerate(sessions):
        if abs(session.start.utc_ns - track.start.utc_ns) <= _SAME_START_NS:
            del sessions[index]
            own = track.activity
            return replace(track, activity=session if own is None else _filled(own, session))
    return track


def _filled(own: Activity, other: Activity) -> Activity:
    """Return ``own`` with what it does not tell taken from ``other``."""
    empty = ("", None, "unknown")
    names = {f.name for f in fields(own)} - {"start", "end_utc_ns", "extra", "device"}
    more = {n: getattr(other, n) for n in names if getattr(own, n) in empty}
    device = own.device if own.device.name else other.device
    return replace(own, device=device, **more)


def _fitbit_walks(source: Source, chosen: Chosen, options: Options) -> Iterator[Item]:
    exercises: list[Activity] = []
    clock = WallClock(options.zone)
    for found in chosen.of("exercises", "logs"):
        listed = (
            read_exercises(source, found)
            if found.kind == "exercises"
            else read_logs(source, found, clock)
        )
        for item in listed:
            if isinstance(item, Left):
                yield item
            elif _wanted(item, options):
                exercises.append(item)
    join = Join(exercises, _FORMAT, source.name)
    yield from read_positions(source, chosen.of("places"), join)
    yield from join.rest()
    yield from _outside(join)


def _outside(join: Join) -> Iterator[Left]:
    if join.outside:
        reason = "they belong to no walk or other exercise that is read"
        yield Left(f"{join.outside} positions", reason)


def _wanted(activity: Activity, options: Options) -> bool:
    return options.since_utc_ns is None or activity.end_utc_ns >= options.since_utc_ns
