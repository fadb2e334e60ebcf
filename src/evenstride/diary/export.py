"""Everything in the diary as files that any program can read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from evenstride.diary.diary import Diary
from evenstride.diary.files import (
    new_file,
    new_folder,
    refuse_occupied,
    sync_file,
    sync_folder,
    write_file,
)
from evenstride.diary.schema import TABLES
from evenstride.diary.series import unpacked
from evenstride.diary.tables import Row
from evenstride.diary.trouble import explaining

__all__ = ["export"]

_JSON = {"measures", "answers", "document", "activity", "before", "after"}
_SERIES = ("metric", "unit", "device", "model", "kind")
_VALUES = ("start_utc_ns", "end_utc_ns", "value", "side")


def export(diary: Diary, folder: Path) -> tuple[Path, ...]:
    """Write everything as one CSV file per table and one JSON document, all of one moment.

    The files are plain, also those of an encrypted diary.

    Args:
        diary: The diary.
        folder: Made if need be; must not hold anything yet.

    Returns:
        The files written.

    Raises:
        DiaryError: If it could not be written; nothing stays behind then.
    """
    with explaining(folder.parent):
        refuse_occupied(folder)
        everything = diary.tables.of_one_moment(TABLES)
        with new_folder(folder.parent) as part:
            series = everything.pop("series")
            for name, rows in everything.items():
                _write_csv(part / f"{name}.csv", diary.tables.columns(name), rows)
            _write_series(part / "series.csv", series)
            document = {"schema": "evenstride/diary/1"} | {
                name: [_plain(row) for row in rows] for name, rows in everything.items()
            }
            written = json.dumps(document, ensure_ascii=False, indent=1)
            write_file(part / "diary.json", written.encode())
            part.replace(folder)
        sync_folder(folder.parent)
    return tuple(sorted(folder.iterdir()))


def _write_series(path: Path, rows: list[Row]) -> None:
    """Write one line per value; millions of them have no place in a JSON document."""
    with new_file(path.parent) as (file, part), io.TextIOWrapper(file, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow((*_SERIES, *_VALUES))
        for row in rows:
            series = unpacked(row)
            (device,) = series.devices
            head = (series.metric, series.unit, device.name, device.model, device.kind)
            columns = (getattr(series, name).tolist() for name in _VALUES)
            writer.writerows((*head, *values) for values in zip(*columns, strict=True))
        text.flush()
        sync_file(file)
        part.replace(path)


def _plain(row: Row) -> Row:
    return {
        name: json.loads(value) if name in _JSON and value else value for name, value in row.items()
    }


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, columns)
    writer.writeheader()
    writer.writerows(rows)
    write_file(path, table.getvalue().encode())
