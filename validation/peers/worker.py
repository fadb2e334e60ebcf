"""Runs inside a peer's own environment: ``python worker.py ENGINE JOB.npz OUT.json``.

Needs numpy and the engine, nothing of ours. A job holds recordings on an even grid, in SI units,
on the axes X up, Y right, Z forward as far as they are known. ``meta`` is a JSON list with one
entry per recording. Every result has contacts, sides, bouts, strides and steps, in seconds from
the first sample, and what the engine said.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

Result = dict[str, Any]


def main() -> None:
    """Run every recording of a job through one engine."""
    sys.path.insert(0, str(Path(__file__).parent))
    engine_name, job_path, out_path = sys.argv[1:4]
    start = time.perf_counter()
    engine = importlib.import_module(f"engine_{engine_name}")
    import_s = time.perf_counter() - start
    with np.load(job_path, allow_pickle=False) as job:
        meta = json.loads(str(job["meta"]))
        recordings = [
            (job[f"acceleration_{i}"], job[f"angular_velocity_{i}"]) for i in range(len(meta))
        ]
    before_mb = memory_mb()
    results = []
    for (acceleration, angular), facts in zip(recordings, meta, strict=True):
        results.append(_timed(engine.analyse, acceleration, angular, facts))
        if facts.get("warm_up"):
            before_mb = memory_mb()
    document = {
        "import_s": import_s,
        "version": engine.VERSION,
        "before_mb": before_mb,
        "peak_mb": peak_mb(),
        "results": results,
    }
    Path(out_path).write_text(json.dumps(document))


def memory_mb() -> float:
    """Return the memory held now, in MB, and let the largest one be counted from now on."""
    Path("/proc/self/clear_refs").write_text("5")
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak_mb() -> float:
    """Return the largest memory held since the last ``memory_mb``, in MB.

    Not ``ru_maxrss``: that one starts with the size of the process which started this one.
    """
    status = Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) / 1024.0


def _timed(analyse: Any, acceleration: Any, angular: Any, facts: dict[str, Any]) -> Result:
    """Run the engine as often as asked and keep the last result and each CPU time."""
    spent = []
    result: Result = {}
    for _ in range(int(facts.get("repeats", 1))):
        start = time.process_time()
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                result = analyse(acceleration, angular, facts)
            except Exception as error:  # noqa: BLE001 - a peer's failure is a result
                result = {"error": f"{type(error).__name__}: {error}"}
        spent.append(time.process_time() - start)
    result["cpu_s"] = spent
    result["said"] = sorted({str(w.message)[:200] for w in said if _meant_for_users(w)})
    return result


def _meant_for_users(said: warnings.WarningMessage) -> bool:
    """Tell warnings about the data from chatter about coming versions of libraries."""
    return not issubclass(
        said.category, DeprecationWarning | FutureWarning | PendingDeprecationWarning
    )


if __name__ == "__main__":
    main()
