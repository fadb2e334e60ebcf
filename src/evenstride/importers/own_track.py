"""The form in which evenstride keeps tracks: a table that any program can read.

The first line holds the facts as JSON behind a "#", the second the names of the columns, then comes
a line for each position. Columns in which nothing was recorded are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import DamagedFile
from evenstride.importers.contract import Item, Kind, Options, Part, Plan, Sniff
from evenstride.importers.credible import credible
from evenstride.importers.source import Member, Source
from evenstride.model import Activity, Device, Left, Start, Track

__all__ = ["OwnTrack", "track_pieces"]

_SCHEMA = "evenstride/track/1"
_MARK = f'# {{"schema": "{_SCHEMA}"'
_DIGITS = {"latitude_deg": 8, "longitude_deg": 8, "time_s": 4, "distance_m": 3}
_USUAL_DIGITS = 4
_ROWS = 5000
_MOST_BYTES = 1 << 29
_BOM = b"\xef\xbb\xbf"
_POSSIBLE = 1e12  # in any unit of a track
_LATEST_NS = 2**63
_AMOUNTS = ("moving_s", "distance_m", "steps", "ascent_m", "descent_m", "heart_rate_bpm")
_FACTS = ("elevation_source", "format", "source", "warnings")


def track_pieces(track: Track) -> Iterator[bytes]:
    """Yield a track as bytes, piece by piece; the same track gives the same bytes."""
    columns = {
        name: column
        for name, column in track.columns().items()
        if name in ("time_s", "segment") or np.isfinite(column).any()
    }
    facts: dict[str, Any] = {"schema": _SCHEMA}
    facts |= {name: getattr(track, name) for name in _FACTS}
    facts["start"] = None if track.start is None else asdict(track.start)
    facts["activity"] = None if track.activity is None else asdict(track.activity)
    yield f"# {json.dumps(facts, ensure_ascii=False)}\n{','.join(columns)}\n".encode()
    rounded = [
        np.round(column, _DIGITS.get(name, _USUAL_DIGITS)).tolist()
        for name, column in columns.items()
    ]
    lines = (",".join(map(_cell, row)) for row in zip(*rounded, strict=True))
    while piece := [line for line, _ in zip(lines, range(_ROWS), strict=False)]:
        yield ("\n".join(piece) + "\n").encode()


def _cell(value: float) -> str:
    return "" if value != value else repr(value)


class OwnTrack:
    """A track as evenstride itself keeps it."""

    name = "evenstride track"
    version = 1
    kinds: frozenset[Kind] = frozenset({"track"})

    def sniff(self, source: Source) -> Sniff:
        """Recognise the first line."""
        members = source.members()
        ours = len(members) == 1 and _begin(source, members[0], 64).startswith(_MARK.encode())
        return Sniff(99, "its first line") if ours else Sniff(0)

    def plan(self, source: Source, options: Options) -> Plan:
        """Describe the one track; its facts stand in the first line."""
        member = source.members()[0]
        line = _begin(source, member).partition(b"\n")[0].decode("utf-8", "replace")
        part = Part("track", member.path, how=_facts(line, source))
        return Plan(self.name, (part,), options=options)

    @credible
    def read(self, source: Source, plan: Plan) -> Iterator[Item]:
        """Yield the track; a row that is broken is left out, and counted."""
        text, damage = _text(source, source.members()[0])
        names, _, body = text.partition("\n")[2].partition("\n")
        columns, broken = _columns(names.split(","), body)
        facts: Any = plan.parts[0].how
        since = plan.options.since_utc_ns
        track = Track(**columns, **facts)
        end_s = float(np.nanmax(track.time_s)) if np.isfinite(track.time_s).any() else 0.0
        if since and track.start and track.start.utc_ns + round(end_s * 1e9) < since:
            yield Left("1 track", "it is older than what was asked for")
            return
        if len(track):
            yield track
        if broken:
            yield Left(f"{broken} rows", "they could not be read")
        if not len(track) and not broken and not damage:
            yield Left(source.name, "it holds no position")
        if damage:
            yield Left("the rest of the file", damage)


def _begin(source: Source, member: Member, size: int = 1 << 16) -> bytes:
    return source.head(member, size).removeprefix(_BOM)


def _text(source: Source, member: Member) -> tuple[str, str | None]:
    with source.open(member) as stream:
        data = stream.read(_MOST_BYTES)
        return data.decode("utf-8-sig", "replace"), stream.damage


def _facts(line: str, source: Source) -> dict[str, Any]:
    try:
        told = json.loads(line.removeprefix("#"))
        start, activity = told["start"], told["activity"]
        _check(told)
        facts = {name: told[name] for name in _FACTS} | {
            "warnings": tuple(told["warnings"]),
            "start": None if start is None else Start(**start),
            "activity": None,
        }
        if activity is not None:
            parts = {"start": Start(**activity["start"]), "device": Device(**activity["device"])}
            facts["activity"] = Activity(**{**activity, **parts})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedFile(
            f"The first line of “{source.name}” is damaged.", "Import the walk again."
        ) from error
    return facts


def _check(told: dict[str, Any]) -> None:
    """Look whether the facts are of the kinds that they were written as.

    Raises:
        ValueError: If one is not, as it was damaged.
    """
    activity = told["activity"] or {}
    moments = [activity[key] for key in ("end_utc_ns",) if activity]
    moments += [start["utc_ns"] for start in (told["start"], activity.get("start")) if start]
    amounts = [activity[name] for name in _AMOUNTS if activity.get(name) is not None]
    fits = all(isinstance(ns, int) and abs(ns) < _LATEST_NS for ns in moments)
    if not fits or not all(isinstance(amount, int | float) for amount in amounts):
        raise ValueError


def _columns(names: list[str], body: str) -> tuple[dict[str, Any], int]:
    """Return the columns in the order of time, and how many rows were broken."""
    lines = body.split("\n")
    rows, broken = [], 0
    for line in filter(None, lines):
        cells = line.split(",")
        try:
            if len(cells) != len(names):
                raise ValueError
            row = [float(cell) if cell else np.nan for cell in cells]
            if any(abs(value) >= _POSSIBLE for value in row):
                raise ValueError
            rows.append(row)
        except ValueError:
            broken += 1
    table = np.array(rows, float).reshape(-1, len(names))
    table, impossible = _in_order(names, table)
    known = Track(np.empty(0)).columns()
    columns: dict[str, Any] = {n: table[:, i] for i, n in enumerate(names) if n in known}
    columns.setdefault("time_s", np.full(len(table), np.nan))
    if "segment" in columns:
        columns["segment"] = np.nan_to_num(columns["segment"]).astype(np.int64)
    return columns, broken + impossible


def _in_order(names: list[str], table: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Return the rows that can be, sorted if they are not, each moment once; and how many not."""
    before = len(table)
    for name, most in (("latitude_deg", 90.0), ("longitude_deg", 180.0)):
        if name in names:
            table = table[~(np.abs(table[:, names.index(name)]) > most)]
    if "time_s" in names:
        time_s = table[:, names.index("time_s")]
        if np.any(np.diff(time_s) < 0):
            _, first = np.unique(time_s, return_index=True)
            table = table[first]
    return table, before - len(table)
