"""Walks that the app Sensor Logger sends by itself while it records, message by message.

The messages of a session are kept as the pieces of a recording, in whatever order they come. When
nothing has come for a while, or the person says that the walk is over, they are written as the
tables that the app itself exports, and imported like any export of it.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from evenstride.app.importing import Wanted, import_paths
from evenstride.app.live.incoming import FINISHING, Incoming
from evenstride.app.moments import NS, now_utc_ns, said
from evenstride.app.own import own
from evenstride.errors import OptionError, RecordingError

__all__ = ["QUIET_S", "Session", "Settled", "receive", "sessions", "settle"]

QUIET_S = 120.0
"""A session in which nothing comes for this long is over."""

_KIND = "sensor_logger"
_SENSOR = re.compile(r"[a-z]{3,40}")
_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_MOST_SENSORS, _MOST_COLUMNS = 30, 20
_NOT_COLUMNS = frozenset({"name", "time", "values", "seconds_elapsed"})


@dataclass(frozen=True, slots=True)
class Session:
    """A recording that the app sends.

    Attributes:
        id: Its name here.
        begun: When its first message came, as people say it.
        quiet_s: For how long nothing has come.
        messages: How many have come.
    """

    id: str
    begun: str
    quiet_s: float
    messages: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a session.

    Attributes:
        walk: Its walk in the diary; empty if it is none.
        why: Why it is none, for the person.
    """

    walk: str = ""
    why: str = ""


def receive(
    home: Path | None, session: str, place: int, payload: list[Any], *, now: int | None = None
) -> str:
    """Keep a message; the same message again changes nothing.

    Args:
        home: The person's folder, if not the usual one.
        session: How the app names the recording.
        place: The number of the message.
        payload: What the sensors said.
        now: The moment, in nanoseconds UTC.

    Returns:
        The name of the session here.

    Raises:
        OptionError: If there are too many messages.
        DiaryError: If it cannot be kept.
    """
    name = hashlib.sha256(f"{_KIND}\0{session}".encode()).hexdigest()[:32]
    incoming = Incoming(home)
    incoming.begin(name, {"kind": _KIND, "begun_utc_ns": now or now_utc_ns()})
    incoming.append(name, place, {"payload": payload})
    return name


def sessions(home: Path | None, *, now: int | None = None) -> tuple[Session, ...]:
    """Return the sessions that are no walks yet, the newest first."""
    with own(home, now or now_utc_ns()) as mine:
        return tuple(
            Session(
                one.id,
                said(int(one.begun["begun_utc_ns"]), mine.person.time_zone, mine.now),
                one.quiet_s,
                one.blocks,
            )
            for one in Incoming(home).unfinished(mine.now / NS)
            if one.begun.get("kind") == _KIND
        )


def settle(home: Path | None, id: str, *, now: int | None = None) -> Settled:  # noqa: A002
    """Make a walk of a session; asked again, the answer is the same.

    If more has come since, the walk is measured anew. What cannot be measured is no walk: the app
    still has it.

    Args:
        home: The person's folder, if not the usual one.
        id: Its name here.
        now: The moment, in nanoseconds UTC.
    """
    with FINISHING:
        return _settle(home, id, now)


def _settle(home: Path | None, id: str, now: int | None) -> Settled:  # noqa: A002
    incoming = Incoming(home)
    count, before = len(incoming.places(id)), incoming.last(id) or {}
    if not count:
        raise OptionError("This recording is not known here.", "Note the walk by hand.")
    if before and before["messages"] >= count:
        return Settled(before["walk"], before["why"])
    with tempfile.TemporaryDirectory(prefix="evenstride-") as place:
        folder = Path(place) / "Sensor Logger"
        folder.mkdir()
        _write_tables(folder, incoming.blocks(id))
        try:
            wanted = Wanted(walk=before.get("walk") or None)
            shown = import_paths(home, [folder], wanted, now=now)
            walks = [one["walk"]["id"] for one in shown.document["walks"]]
            done = Settled(*walks[:1]) if walks else Settled(why=shown.sheet.headline)
        except RecordingError as error:
            done = Settled(why=str(error))
    outcome = {"walk": done.walk, "why": done.why, "messages": count}
    incoming.close(id, outcome, whole=False)
    return done


def _write_tables(folder: Path, messages: Iterator[Mapping[str, Any]]) -> None:
    """Write one table for each sensor, as the app exports them, in bounded memory."""
    tables: dict[str, tuple[TextIO, list[str]]] = {}
    first_ns: int | None = None
    try:
        for message in messages:
            for entry in message["payload"]:
                found = _entry(entry)
                if found is None:
                    continue
                sensor, time_ns, values = found
                first_ns = time_ns if first_ns is None else first_ns
                if sensor not in tables:
                    if len(tables) >= _MOST_SENSORS:
                        continue
                    columns = sorted(values)[:_MOST_COLUMNS]
                    file = (folder / f"{sensor}.csv").open("w", encoding="utf-8")
                    file.write(",".join(["time", "seconds_elapsed", *columns]) + "\n")
                    tables[sensor] = (file, columns)
                table, columns = tables[sensor]
                cells = [str(values[name]) if name in values else "" for name in columns]
                elapsed_s = (time_ns - first_ns) / NS
                table.write(",".join([str(time_ns), f"{elapsed_s:.6f}", *cells]) + "\n")
    finally:
        for table, _ in tables.values():
            table.close()


def _entry(entry: object) -> tuple[str, int, dict[str, float]] | None:
    """Return sensor, time and numbers of what one sensor said; None if it cannot be understood."""
    if not isinstance(entry, dict):
        return None
    name, time_ns = entry.get("name"), entry.get("time")
    if not isinstance(name, str) or not isinstance(time_ns, int | float | str):
        return None
    sensor = name.lower().replace(" ", "")
    try:
        moment = int(time_ns)
    except (ValueError, OverflowError):
        return None
    inside = entry.get("values")
    told = inside if isinstance(inside, dict) else entry
    values = {
        str(key): float(value)
        for key, value in told.items()
        if key not in _NOT_COLUMNS
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and _COLUMN.fullmatch(str(key))
    }
    return (sensor, moment, values) if values and _SENSOR.fullmatch(sensor) else None
