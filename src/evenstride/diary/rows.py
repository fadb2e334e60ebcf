"""Between the objects of the model and the rows of the tables."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenstride.errors import DiaryError
from evenstride.model import Measure, Outing, PainRatings, Shoe

__all__ = ["RATINGS", "as_json", "local_day", "outing_of", "outing_row", "shoe_of", "shoe_row"]

RATINGS = tuple(field.name for field in fields(PainRatings))
_PLAIN = tuple(
    field.name for field in fields(Outing) if field.name not in {"back", "leg", "measures"}
)


def as_json(value: Any) -> str:
    """Return a value as JSON, the same for the same value.

    Raises:
        DiaryError: If a number in it is not finite.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    except ValueError as error:
        raise DiaryError("A number that is not finite cannot be kept.") from error


def local_day(utc_ns: int, time_zone: str) -> str:
    """Return the day on the person's calendar, as "YYYY-MM-DD".

    Raises:
        DiaryError: If the time zone is not known or the time is out of range.
    """
    try:
        moment = datetime.fromtimestamp(utc_ns // 1_000_000_000, UTC)
        return moment.astimezone(ZoneInfo(time_zone)).date().isoformat()
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError) as error:
        raise DiaryError(
            f"“{time_zone}” is not a known time zone, or the time is out of range.",
            "Use a name such as Europe/London.",
        ) from error


def outing_row(outing: Outing) -> dict[str, Any]:
    """Return the row of a walk."""
    row: dict[str, Any] = {name: getattr(outing, name) for name in _PLAIN}
    for place, ratings in (("back", outing.back), ("leg", outing.leg)):
        row |= {f"{place}_{when}": getattr(ratings, when) for when in RATINGS}
    if outing.new_numbness is not None:
        row["new_numbness"] = int(outing.new_numbness)
    row["day"] = local_day(outing.start_utc_ns, outing.time_zone)
    row["measures"] = as_json({name: asdict(each) for name, each in outing.measures.items()})
    return _finite(row)


def outing_of(row: sqlite3.Row) -> Outing:
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


def shoe_of(row: sqlite3.Row) -> Shoe:
    """Return the shoes of a row."""
    return Shoe(**dict(row) | {"retired": bool(row["retired"])})


def _finite(row: Mapping[str, Any]) -> dict[str, Any]:
    # SQLite would keep NaN as "not told".
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise DiaryError(f"“{name}” is not a finite number.")
    return dict(row)
