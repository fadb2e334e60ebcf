"""Runs inside the environment of a peer: ``python devices_worker.py JOB.json OUT.npz``.

Needs numpy and the peer, nothing of ours. A job lists files; the answer holds for each the times,
the acceleration in g and the turning rate in deg/s, and the CPU time of reading it.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np


def main() -> None:
    """Read every file of a job."""
    job, out = sys.argv[1:3]
    task = json.loads(Path(job).read_text())
    warnings.simplefilter("ignore")
    arrays: dict[str, Any] = {}
    facts = []
    for number, name in enumerate(task["files"]):
        fact: dict[str, Any] = {"error": "", "cpu_s": None}
        try:
            spent = []
            for _ in range(task["goes"]):
                begin = time.process_time()
                found = _read(name)
                spent.append(time.process_time() - begin)
            fact["cpu_s"] = min(spent)
            arrays |= {f"{number}/{key}": value for key, value in found.items()}
        except Exception as error:  # noqa: BLE001 - another program
            fact["error"] = f"{type(error).__name__}: {error}"[:80]
        facts.append(fact)
    np.savez(out, facts=json.dumps(facts), **arrays)


def _read(name: str) -> dict[str, Any]:
    if name.endswith(".gt3x"):
        from pygt3x.reader import FileReader

        with FileReader(name) as reader:
            table = reader.to_pandas()
        values = table[["X", "Y", "Z"]].to_numpy(float)
        return {"time_s": table.index.to_numpy(float), "acceleration_g": values}
    from skdh.io import ReadBin, ReadCwa

    reader = ReadCwa() if name.endswith(".cwa") else ReadBin()
    found = reader.predict(file=name)
    out = {"time_s": found["time"], "acceleration_g": found["accel"]}
    return out | ({"turning_deg_s": found["gyro"]} if "gyro" in found else {})


if __name__ == "__main__":
    main()
