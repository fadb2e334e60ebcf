"""Series at rest: one row for a metric, a device and a month, its values packed.

Ten years of a phone are millions of values. A row for each would make the diary ten times as large
and every backup as slow; packed by month they take about five bytes each, and a newer export of the
same phone adds only what its last months do not hold yet.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from evenstride.diary.rows import as_json
from evenstride.diary.tables import Row, Tables
from evenstride.errors import DiaryError
from evenstride.model.device import Device

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evenstride.model.series import Series

__all__ = ["KeptSeries", "unpacked"]


class KeptSeries:
    """The series of a diary."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, series: Series) -> int:
        """Keep what is not there yet; see ``Diary.keep_series``."""
        # Sorting and packing takes long: nobody else who writes has to wait for it.
        ready = [(values, self._merged(key, values)) for key, values in _by_month(series)]
        added = 0
        with self._tables.writing():
            for values, merged in ready:
                if self._before(merged.key) != merged.before:
                    merged = self._merged(merged.key, values)  # another program was quicker
                if merged.added:
                    added += merged.added
                    self._tables.put("series", merged.row, noted=False)
        return added

    def _merged(self, key: Row, values: NDArray[np.void]) -> _Merged:
        before = self._before(key)
        old = _unpack(before["packed"]) if before else values[:0]
        both = _without_repeats(old, values)
        added = len(both) - len(old)
        row = key | {"count": len(both), "packed": _pack(both)} if added else {}
        return _Merged(key, before, row, added)

    def _before(self, key: Row) -> Row | None:
        return self._tables.find("series", *key.values())

    def read(self, metric: str, since_utc_ns: int, until_utc_ns: int) -> tuple[Series, ...]:
        """Return what began within a time; see ``Diary.series``."""
        rows = self._tables.all(
            "SELECT * FROM series WHERE metric = ? AND month BETWEEN ? AND ?"
            " ORDER BY unit, device, month",
            (metric, _month(since_utc_ns), _month(until_utc_ns)),
        )
        pieces = (unpacked(row) for row in rows)
        return tuple(
            kept for piece in pieces if len(kept := _within(piece, since_utc_ns, until_utc_ns))
        )

    def stock(self) -> dict[str, int]:
        """Return how many values of each metric there are."""
        rows = self._tables.all(
            "SELECT metric, sum(count) AS count FROM series GROUP BY metric ORDER BY metric"
        )
        return {row["metric"]: row["count"] for row in rows}


@dataclass(frozen=True, slots=True)
class _Merged:
    """A month as it is to be kept.

    Attributes:
        key: Of the row.
        before: The row as it was when this was worked out; None if there was none.
        row: With the new values; empty if there are none.
        added: How many are new.
    """

    key: Row
    before: Row | None
    row: Row
    added: int


def unpacked(row: Row) -> Series:
    """Return the series of a row.

    Raises:
        DiaryError: If it is damaged.
    """
    import numpy as np

    from evenstride.model.series import Series

    values = _unpack(row["packed"])
    return Series(
        values["start"],
        values["end"],
        values["value"],
        np.zeros(len(values), np.int32),
        values["side"],
        metric=row["metric"],
        unit=row["unit"],
        devices=(Device(**json.loads(row["device"])),),
    )


def _by_month(series: Series) -> Iterator[tuple[Row, NDArray[np.void]]]:
    """Yield the values of each device and month; what holds no number is not kept."""
    import numpy as np

    months = series.start_utc_ns.view("datetime64[ns]").astype("datetime64[M]")
    number = np.isfinite(series.value)
    for device, month in sorted(
        {*zip(series.device[number].tolist(), months[number].tolist(), strict=True)},
        key=lambda pair: (pair[0], pair[1]),
    ):
        mine = number & (series.device == device) & (months == np.datetime64(month, "M"))
        rows = np.empty(int(mine.sum()), _dtype())
        rows["start"], rows["end"] = series.start_utc_ns[mine], series.end_utc_ns[mine]
        rows["value"], rows["side"] = series.value[mine], series.side[mine]
        key = {
            "metric": series.metric,
            "unit": series.unit,
            "device": as_json(asdict(series.devices[device])),
            "month": f"{month:%Y-%m}",
        }
        yield key, rows


def _dtype() -> np.dtype[np.void]:
    import numpy as np

    return np.dtype([("start", "<i8"), ("end", "<i8"), ("value", "<f8"), ("side", "i1")])


def _without_repeats(old: NDArray[np.void], new: NDArray[np.void]) -> NDArray[np.void]:
    """Return the values of both in the order of time, each once."""
    import numpy as np

    both = np.concatenate([old, new])
    both = both[np.lexsort((both["side"], both["value"], both["end"], both["start"]))]
    first = np.ones(len(both), bool)
    first[1:] = both[1:] != both[:-1]
    return both[first]


def _pack(rows: NDArray[np.void]) -> bytes:
    """Pack columns, each as differences where that makes it small."""
    import numpy as np

    columns = (
        np.diff(rows["start"], prepend=np.int64(0)),
        rows["end"] - rows["start"],
        rows["value"],
        rows["side"],
    )
    return zlib.compress(b"".join(np.ascontiguousarray(c).tobytes() for c in columns), 6)


def _unpack(packed: bytes) -> NDArray[np.void]:
    import numpy as np

    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise _damaged() from error
    count, rest = divmod(len(data), _dtype().itemsize)
    if rest:
        raise _damaged()
    rows = np.empty(count, _dtype())
    at = 0
    for name in ("start", "end", "value", "side"):
        size = count * rows[name].dtype.itemsize
        rows[name] = np.frombuffer(data, rows[name].dtype, count, at)
        at += size
    rows["start"] = np.cumsum(rows["start"])
    rows["end"] += rows["start"]
    return rows


def _damaged() -> DiaryError:
    return DiaryError(
        "Part of what a phone or watch counted is damaged in the diary.",
        "Restore a backup, or import the export of the phone again.",
    )


def _within(series: Series, since_utc_ns: int, until_utc_ns: int) -> Series:
    inside = (series.start_utc_ns >= since_utc_ns) & (series.start_utc_ns <= until_utc_ns)
    return series.select(inside)


def _month(utc_ns: int) -> str:
    import numpy as np

    return str(np.datetime64(utc_ns, "ns").astype("datetime64[M]"))
