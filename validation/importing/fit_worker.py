"""Runs inside the environment of the peers: ``python fit_worker.py ENGINE JOB.json OUT.npz``.

Needs numpy and the peers, nothing of ours. A job lists files; the answer holds, for each, the
records as columns in the units of the FIT profile, the sums of the sessions, and the CPU time of
reading all records into columns.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Rows = list[dict[Any, Any]]
Columns = dict[str, Any]


def main() -> None:
    """Read every file of a job with one engine."""
    engine, job, out = sys.argv[1:4]
    task = json.loads(Path(job).read_text())
    warnings.simplefilter("ignore")
    arrays: Columns = {}
    facts = []
    for number, name in enumerate(task["files"]):
        data = Path(name).read_bytes()
        fact: dict[str, Any] = {"records": 0, "error": "", "cpu_s": None}
        try:
            records, sessions, fact["error"] = ENGINES[engine](data)
            found = records if isinstance(records, dict) else columns(records)
            fact["records"] = len(next(iter(found.values()))) if found else 0
            arrays |= {f"{number}/record/{k}": v for k, v in found.items()}
            arrays |= {f"{number}/session/{k}": v for k, v in columns(sessions).items()}
            if task["timed"]:
                fact["cpu_s"] = quickest(COLUMNS[engine], data)
        except Exception as error:  # noqa: BLE001 - another program, on a damaged file
            fact["error"] = f"{type(error).__name__}: {error}"
        facts.append(fact)
    np.savez(out, facts=json.dumps(facts), **arrays)


def quickest(read: Callable[[bytes], object], data: bytes) -> float:
    """Return the shortest CPU time of several goes."""
    best, spent, goes = float("inf"), 0.0, 0
    while goes < 3 or (spent < 0.25 and goes < 40):
        begin = time.process_time()
        read(data)
        took = time.process_time() - begin
        best, spent, goes = min(best, took), spent + took, goes + 1
    return best


def columns(rows: Rows) -> Columns:
    """Return rows as columns of numbers, NaN where absent; other fields are left out."""
    names = {name for row in rows for name in row if isinstance(name, str)}
    out: Columns = {}
    for name in names:
        values = [number(row.get(name)) for row in rows]
        out[name.replace("/", "_")] = np.array(values, np.float64)
    return out


def number(value: Any) -> float:
    """Return a value as a number, NaN if it is none."""
    return float(value) if isinstance(value, int | float) else float("nan")


def sdk(data: bytes, **flags: bool) -> tuple[Rows, Rows, str]:
    """Read with Garmin's own SDK."""
    from garmin_fit_sdk import Decoder, Stream

    decoder = Decoder(Stream.from_byte_array(bytearray(data)))
    messages, errors = decoder.read(**flags)
    said = "; ".join(str(error) for error in errors)
    return messages.get("record_mesgs", []), messages.get("session_mesgs", []), said


LEAN = {
    "convert_datetimes_to_dates": False,
    "convert_types_to_strings": False,
    "merge_heart_rates": False,
}


def sdk_lean(data: bytes) -> tuple[Rows, Rows, str]:
    """Read with Garmin's SDK, without what costs time and is not needed."""
    return sdk(data, **LEAN)


def fitdecode(data: bytes) -> tuple[Rows, Rows, str]:
    """Read with fitdecode, as forgiving as it can be."""
    import fitdecode as fd

    found: dict[int, Rows] = {20: [], 18: []}
    said = ""
    reader = fd.FitReader(data, check_crc=fd.CrcCheck.WARN, error_handling=fd.ErrorHandling.WARN)
    try:
        for frame in reader:
            if frame.frame_type == fd.FIT_FRAME_DATA and frame.global_mesg_num in found:
                row = {field.name: field.value for field in frame.fields}
                found[frame.global_mesg_num].append(row)
    except fd.FitError as error:
        said = f"{type(error).__name__}: {error}"
    return found[20], found[18], said


def fitfast(data: bytes) -> tuple[Columns, Rows, str]:
    """Read with fitfast."""
    import fitfast as ff

    return ff.records(data, degrees=False), ff.parse(data, enum_names=False).get("session", []), ""


def fitfast_columns(data: bytes) -> object:
    """Read with fitfast, the records only."""
    import fitfast as ff

    return ff.records(data)


ENGINES: dict[str, Callable[[bytes], tuple[Any, Rows, str]]] = {
    "sdk": sdk,
    "sdk_lean": sdk_lean,
    "fitdecode": fitdecode,
    "fitfast": fitfast,
}
COLUMNS: dict[str, Callable[[bytes], object]] = {
    "sdk": lambda data: columns(sdk(data)[0]),
    "sdk_lean": lambda data: columns(sdk_lean(data)[0]),
    "fitdecode": lambda data: columns(fitdecode(data)[0]),
    "fitfast": fitfast_columns,
}


if __name__ == "__main__":
    main()
