"""Google Fit: a table for each day in quarters of an hour; its header is in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evenstride.importers.gathering import Gatherer
from evenstride.importers.google_takeout.kinds import Found
from evenstride.importers.jsons import number
from evenstride.importers.moments import moment_of_text
from evenstride.importers.named_rows import read_rows
from evenstride.importers.source import Source
from evenstride.model import Device, Left, Series
from evenstride.model.day import NS

__all__ = ["columns_of", "read_quarters"]

_ALL = Device("Google Fit, all devices", "com.google.android.apps.fitness", "other")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_DAY_NS = 86_400 * NS
_STEPS = re.compile(
    r"\bsteps?\b|schritt|nombre de pas|\bpas\b|pasos|passos|\bpassi\b|stappen|krok|\bsteg\b|skridt"
    r"|skritt|askel|шаг|крок|adım|lépés|pași|βήματα|langkah|bước|걸음|歩数|步数|步數|צעדים|خطو|कदम|ก้าว",
    re.IGNORECASE,
)


def columns_of(header: list[str]) -> dict[str, int]:
    """Return the columns of steps and metres; a language that is not known gives no steps."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        if name.rstrip().endswith(("(m)", "（m）", "(м)")):
            found.setdefault("distance_m", index)
        elif _STEPS.search(name) and "(" not in name:
            found.setdefault("steps", index)
    return found


def read_quarters(
    source: Source, found: Found, wanted: set[str], gatherer: Gatherer
) -> Iterator[Series | Left]:
    """Yield the values of the wanted metrics; the day stands in the name of the file only."""
    day = _DAY.search(found.member.stem)
    columns: dict[str, int] | None = None
    for row in read_rows(source, found.member):
        if isinstance(row, Left):
            yield row
            continue
        if columns is None:
            columns = columns_of(row)
            if day is None or "steps" not in columns:
                reason = "its language is not known" if day else "the day is not in its name"
                yield Left(found.member.path, reason)
            if day is None:
                return
            continue
        start = moment_of_text(f"{day[0]}T{row[0]}") if day else None
        end = moment_of_text(f"{day[0]}T{row[1]}") if day and len(row) > 1 else None
        if start is None or end is None or start.offset_min is None:
            gatherer.reject()
            continue
        last = end.ns if end.ns >= start.ns else end.ns + _A_DAY_NS  # the quarter before midnight
        for metric in wanted & columns.keys():
            cell = row[columns[metric]] if columns[metric] < len(row) else ""
            if cell:
                gatherer.add(metric, start.ns, last, number(cell), _ALL)
    yield from gatherer.full()
