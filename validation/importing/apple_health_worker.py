"""One reading in a process of its own: ``python apple_health_worker.py ENGINE EXPORT.zip``.

Prints what was found as JSON: the number of records, and for engines that read all types the count,
the sum of the values and the sum of the times of each type. Peers need nothing of ours.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

Found = dict[str, Any]
_SIX = (
    "WalkingSpeed",
    "WalkingStepLength",
    "WalkingAsymmetryPercentage",
    "WalkingDoubleSupportPercentage",
    "AppleWalkingSteadiness",
    "StepCount",
)


def main() -> None:
    """Read one export with one engine."""
    engine, path = sys.argv[1:3]
    found = ENGINES[engine](path)
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    print(json.dumps(found | {"peak_mb": int(peak.split()[1]) / 1024}))


def walking(path: str) -> Found:
    """Read an export as people do: walking, pain, workouts."""
    return _ours(path, everything=False)


def everything(path: str) -> Found:
    """Read every record of an export."""
    return _ours(path, everything=True)


def _ours(path: str, *, everything: bool) -> Found:
    import numpy as np

    from evenstride.importers.apple_health import AppleHealth
    from evenstride.importers.contract import Options
    from evenstride.importers.source import Source
    from evenstride.model import Entry, Left, Series

    source, importer = Source.of(path), AppleHealth()
    plan = importer.plan(source, Options(everything=everything))
    types: dict[str, list[float]] = {}
    entries, others, left = 0, 0, 0
    for item in importer.read(source, plan):
        if isinstance(item, Series):
            sums = types.setdefault(item.metric, [0, 0.0, 0.0])
            sums[0] += len(item)
            sums[1] += float(np.nansum(item.value))
            sums[2] += float((item.start_utc_ns // 10**9).sum())
        elif isinstance(item, Left):
            count, _, what = item.what.partition(" ")
            left += int(count) if what in ("record", "records") else 0
        elif isinstance(item, Entry):
            entries += 1
        else:
            others += 1
    records = int(sum(sums[0] for sums in types.values())) + entries
    return {"records": records, "left": left, "workouts": others, "types": types}


@contextmanager
def _xml(path: str) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml") and "cda" not in n]
        with archive.open(names[0]) as stream:
            yield stream


def bare(path: str) -> Found:
    """Go through the file with ElementTree's iterparse and do nothing but count records."""
    from xml.etree.ElementTree import iterparse

    records = 0
    with _xml(path) as stream:
        for _, element in iterparse(stream):  # noqa: S314 - our own file
            if element.tag == "Record":
                records += 1
            element.clear()
    return {"records": records}


def reference(path: str) -> Found:
    """Read every record at the top in the plainest way: the truth for the comparison."""
    from datetime import datetime
    from xml.etree.ElementTree import iterparse

    types: dict[str, list[float]] = {}
    depth = 0
    with _xml(path) as stream:
        for event, element in iterparse(stream, ("start", "end")):  # noqa: S314 - our own file
            depth += 1 if event == "start" else -1
            if event == "start" or depth != 1:
                continue
            if element.tag == "Record":
                kind, text = element.attrib["type"], element.attrib["startDate"]
                when = datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z").timestamp()
                sums = types.setdefault(kind, [0, 0.0, 0.0])
                sums[0] += 1
                sums[2] += when
                with suppress(ValueError):
                    sums[1] += float(element.attrib.get("value", ""))
            element.clear()
    return {"records": int(sum(sums[0] for sums in types.values())), "types": types}


def healthkit_to_sqlite(path: str) -> Found:
    """Let healthkit-to-sqlite write its database, as its command does."""
    import sqlite3

    from healthkit_to_sqlite.cli import cli  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "health.db")
        cli([path, target, "--silent"], standalone_mode=False)
        database = sqlite3.connect(target)
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
        tables = [name for name in names if name.startswith("r")]
        counts = [
            database.execute(f"SELECT COUNT(*) FROM [{name}]").fetchone()[0]  # noqa: S608
            for name in tables
        ]
    return {"records": sum(counts)}


def apple_health_parser(path: str) -> Found:
    """Let apple-health-parser load the file and parse six types, as its documentation does."""
    from apple_health_parser.utils.parser import Parser  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder:
        parser = Parser(export_file=path, output_dir=folder, overwrite=True)
        wanted = [flag for flag in parser.flags if flag.endswith(_SIX)]
        parser.get_flag_records(flag=wanted)
        return {"records": sum(len(found) for found in parser.records.values())}


ENGINES: dict[str, Callable[[str], Found]] = {
    "walking": walking,
    "everything": everything,
    "bare": bare,
    "reference": reference,
    "healthkit-to-sqlite": healthkit_to_sqlite,
    "apple-health-parser": apple_health_parser,
}

if __name__ == "__main__":
    main()
