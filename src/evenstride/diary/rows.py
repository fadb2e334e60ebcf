"""Between the objects of the model and the rows of the tables."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenstride.diary.nouns import ENTRY_KINDS, Change, Entry, KeptCheckUp, Stream
from evenstride.errors import DiaryError
from evenstride.model import (
    Activity,
    CheckUp,
    Device,
    Measure,
    Outing,
    PainRatings,
    Shoe,
    Start,
)

__all__ = [
    "RATINGS",
    "TOLD",
    "as_json",
    "change_of",
    "checkup_of",
    "checkup_row",
    "entry_of",
    "entry_row",
    "outing_of",
    "outing_row",
    "shoe_of",
    "shoe_row",
    "stream_of",
    "stream_row",
]

RATINGS = tuple(field.name for field in fields(PainRatings))
_PLAIN = tuple(
    field.name for field in fields(Outing) if field.name not in {"back", "leg", "measures"}
)
TOLD = (*_PLAIN, *(f"{place}_{when}" for place in ("back", "leg") for when in RATINGS))
"""The columns of a walk without what was measured."""


def as_json(value: Any) -> str:
    """Return a value as JSON, the same for the same value.

    Raises:
        DiaryError: If a number in it is not finite.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    except ValueError as error:
        raise DiaryError("A number that is not finite cannot be kept.") from error


def outing_row(outing: Outing) -> dict[str, Any]:
    """Return the row of a walk."""
    row: dict[str, Any] = {name: getattr(outing, name) for name in _PLAIN}
    for place, ratings in (("back", outing.back), ("leg", outing.leg)):
        row |= {f"{place}_{when}": getattr(ratings, when) for when in RATINGS}
    if outing.new_numbness is not None:
        row["new_numbness"] = int(outing.new_numbness)
    row["day"] = _day(outing)
    row["measures"] = as_json({name: asdict(each) for name, each in outing.measures.items()})
    return _finite(row)


def outing_of(row: Mapping[str, Any]) -> Outing:
    """Return the walk of a row."""
    plain = {name: row[name] for name in _PLAIN}
    if plain["new_numbness"] is not None:
        plain["new_numbness"] = bool(plain["new_numbness"])
    return Outing(
        **plain,
        back=PainRatings(**{when: row[f"back_{when}"] for when in RATINGS}),
        leg=PainRatings(**{when: row[f"leg_{when}"] for when in RATINGS}),
        measures={
            name: Measure(**measure) for name, measure in json.loads(row["measures"]).items()
        },
    )


def shoe_row(shoe: Shoe) -> dict[str, Any]:
    """Return the row of a pair of shoes."""
    return _finite(asdict(shoe) | {"retired": int(shoe.retired)})


def shoe_of(row: Mapping[str, Any]) -> Shoe:
    """Return the shoes of a row."""
    return Shoe(**{**row, "retired": bool(row["retired"])})


def checkup_row(id: str, at_utc_ns: int, checkup: CheckUp) -> dict[str, Any]:  # noqa: A002
    """Return the row of a check-up."""
    return {
        "id": id,
        "at_utc_ns": at_utc_ns,
        "knowledge_version": checkup.knowledge_version,
        "knowledge_hash": checkup.knowledge_hash,
        "level": checkup.triage.level,
        "complete": int(checkup.complete),
        "may_exercise": int(checkup.may_exercise),
        "answers": as_json(checkup.answers),
        "document": as_json(checkup.document()),
    }


def checkup_of(row: Mapping[str, Any]) -> KeptCheckUp:
    """Return the check-up of a row."""
    truth = {name: bool(row[name]) for name in ("complete", "may_exercise")}
    documents = {name: json.loads(row[name]) for name in ("answers", "document")}
    return KeptCheckUp(**{**row, **truth, **documents})


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return the row of a document.

    Raises:
        DiaryError: If its kind is not known.
    """
    if entry.what not in ENTRY_KINDS:
        raise DiaryError(f"“{entry.what}” is no kind of entry.")
    return {
        "what": entry.what,
        "id": entry.id,
        "at_utc_ns": entry.at_utc_ns,
        "document": as_json(dict(entry.document)),
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Return the document of a row."""
    return Entry(**{**row, "document": json.loads(row["document"])})


def stream_row(stream: Stream) -> dict[str, Any]:
    """Return the row of a stream."""
    return {
        "id": stream.id,
        "outing": stream.outing,
        "kind": stream.kind,
        "start_utc_ns": stream.activity.start.utc_ns,
        "end_utc_ns": stream.activity.end_utc_ns,
        "recording": stream.recording,
        "format": stream.format,
        "activity": as_json(asdict(stream.activity)),
    }


def stream_of(row: Mapping[str, Any]) -> Stream:
    """Return the stream of a row."""
    facts = json.loads(row["activity"])
    activity = Activity(
        **{**facts, "start": Start(**facts["start"]), "device": Device(**facts["device"])}
    )
    plain = {name: row[name] for name in ("id", "outing", "kind", "recording", "format")}
    return Stream(**plain, activity=activity)


def change_of(row: Mapping[str, Any]) -> Change:
    """Return the line of the history of a row."""
    sides = {side: json.loads(row[side]) if row[side] else None for side in ("before", "after")}
    return Change(**{**row, **sides})


def _day(outing: Outing) -> str:
    """Return the local day of a walk; a zone that is not known is refused, as it would be UTC."""
    try:
        ZoneInfo(outing.time_zone)
        return outing.day.isoformat()
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError) as error:
        raise DiaryError(
            f"“{outing.time_zone}” is not a known time zone, or the time is out of range.",
            "Use a name such as Europe/London.",
        ) from error


def _finite(row: Mapping[str, Any]) -> dict[str, Any]:
    # SQLite would keep NaN as "not told".
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise DiaryError(f"“{name}” is not a finite number.")
    return dict(row)
