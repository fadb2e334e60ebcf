"""Fitbit, now Google Health: the JSON twins of tables of values, and positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from evenstride.importers.gathering import Gatherer
from evenstride.importers.google_takeout.join import Join
from evenstride.importers.google_takeout.kinds import Found
from evenstride.importers.google_takeout.minutes import MINUTE_NS
from evenstride.importers.jsons import number, read_items
from evenstride.importers.jsons import text as plain
from evenstride.importers.moments import moment_of_text
from evenstride.importers.named_rows import Columns, read_rows
from evenstride.importers.source import Source
from evenstride.model import Device, Left, Series, Track
from evenstride.model.day import NS

__all__ = ["first_moment", "read_positions", "read_twin", "us_moment"]

_TWINS = {"steps": ("steps", 1.0), "distance": ("distance_m", 0.01)}  # centimetres
_FITBIT = Device("Fitbit", "Fitbit", "watch")


def read_twin(source: Source, found: Found, gatherer: Gatherer) -> Iterator[Series | Left]:
    """Yield the minutes of a JSON file; its times have no zone and are taken as UTC."""
    metric, factor = _TWINS[found.detail]
    for item in read_items(source, found.member):
        if isinstance(item, Left):
            yield item
            continue
        when = us_moment(item.get("dateTime")) if isinstance(item, Mapping) else None
        if when is None or not isinstance(item, Mapping):
            gatherer.reject()
            continue
        ns = round(when.replace(tzinfo=UTC).timestamp()) * NS
        gatherer.add(metric, ns, ns + MINUTE_NS, number(item.get("value")) * factor, _FITBIT)
        if gatherer.is_full:
            yield from gatherer.full()


def us_moment(raw: object) -> datetime | None:
    """Return the date and time of a text such as "07/11/26 11:30:00", or None if it is none."""
    try:
        return datetime.strptime(plain(raw), "%m/%d/%y %H:%M:%S")  # noqa: DTZ007 - it has no zone
    except ValueError:
        return None


def first_moment(source: Source, found: Found) -> int:
    """Return the first moment in a table of positions, so that files can be put in order."""
    for row in read_rows(source, found.member):
        if not isinstance(row, Left):
            moment = moment_of_text(row[0])
            if moment is not None:
                return moment.ns
    return 0


def read_positions(source: Source, files: list[Found], join: Join) -> Iterator[Track | Left]:
    """Hand positions to the exercises, file by file, and yield tracks once they are whole."""
    files = sorted(files, key=lambda found: (first_moment(source, found), found.member.path))
    bad = 0
    for found in files:
        columns: Columns | None = None
        yield from join.finished(first_moment(source, found))
        for row in read_rows(source, found.member):
            if isinstance(row, Left):
                yield row
            elif columns is None or row[0].strip().lower() == "timestamp":
                columns = Columns(row)
            else:
                moment = moment_of_text(row[0])
                latitude = number(columns.cell(row, "latitude"))
                longitude = number(columns.cell(row, "longitude"))
                if moment is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
                    bad += 1
                    continue
                height = number(columns.cell(row, "altitude"))
                accuracy = number(columns.cell(row, "accuracy", "horizontal accuracy"))
                place = (latitude, longitude, height, accuracy)
                join.add(moment.ns, place, columns.cell(row, "data source"))
    if bad:
        yield Left(f"{bad} positions", "their values were missing or impossible")
