"""Apple Health: speed, memory, equality and faults, ours beside others, all in one run.

    python -m validation.importing.apple_health           # about four minutes, writes the page
    python -m validation.importing.apple_health --huge    # and an export of 3 GB: ten minutes more

The exports are made by the shared generator; no one's data is in them. Each reading is a process of
its own; what is compared is its CPU time (user and system, start of Python included) and its peak
of memory, as the system counts them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenstride.importers.apple_health.names import METRIC_OF
from evenstride.importers.quantities import unit_of
from validation.importing import apple_health_report
from validation.peers.host import ONE_THREAD, WORK, Peer, ensure

__all__ = ["Run", "main"]

HERE = Path(__file__).parents[1]
SHARED = HERE.parents[1] / "shared"
PEER = Peer(
    "apple_health",
    "Apple Health readers",
    (("healthkit-to-sqlite==1.0.1", "apple-health-parser==2.0.5"),),
)
TOP = {
    "ours": ("walking", "everything"),
    "others": ("bare", "healthkit-to-sqlite", "apple-health-parser"),
}
FAULTS = ("none", "ios16-dtd", "control-char", "duplicate-attribute", "truncated", "entity",
          "unknown-attribute", "localised-name")  # fmt: skip
_BIG, _SMALL, _TIMES = 725_000, 90, 10
# Modules are compiled once, as on any computer, and not into the working tree.
_COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(WORK / "pycache")}
_PIECE_BYTES = 1 << 20
_UNITS = {"DistanceWalkingRunning": "km", "WalkingSpeed": "km/hr", "WalkingStepLength": "cm",
          "AppleStandTime": "min", "AppleExerciseTime": "min"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One reading.

    Attributes:
        engine: Who read.
        cpu_s: CPU time of the process.
        peak_mb: Peak of its memory.
        found: What it found; empty if it failed.
        error: Last line of what it said when it failed.
    """

    engine: str
    cpu_s: float
    peak_mb: float
    found: dict[str, Any] = field(default_factory=dict)
    error: str = ""


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with tools/")
    parser.add_argument("--huge", action="store_true", help="also an export of 3 GB")
    parser.add_argument("--goes", type=int, default=5, help="readings of ours; the best counts")
    arguments = parser.parse_args()
    big = _made(arguments.shared, _BIG, "none")
    engines = [*TOP["ours"], *TOP["others"]]
    runs = _best_of([[run(e, big) for e in engines[: _goes(k)]] for k in range(arguments.goes)])
    truth = run("reference", big)
    faults = {
        fault: [run(e, _made(arguments.shared, _SMALL, fault)) for e in engines if e != "walking"]
        for fault in FAULTS
    }
    huge = []
    if arguments.huge:
        path = _repeated(big)
        huge = [run(engine, path) for engine in TOP["ours"]]
    everything = next(r for r in runs if r.engine == "everything")
    apple_health_report.write(
        HERE / "RESULTS-importing-apple-health.md",
        runs=runs,
        equality=_equality(truth.found["types"], everything.found["types"]),
        account=(truth.found["records"], runs[0].found),
        faults=faults,
        huge=huge,
    )


def run(engine: str, path: Path) -> Run:
    """Read an export in a process of its own, and measure it."""
    ours = engine in (*TOP["ours"], "bare", "reference")
    python = Path(sys.executable) if ours else ensure(PEER)
    worker = Path(__file__).with_name("apple_health_worker.py")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(python), str(worker), engine, str(path)],
            stdout=out,
            stderr=said,
            env=os.environ | ONE_THREAD | _COMPILED,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
        text = out.read().decode("utf-8", "replace").strip().splitlines()
    cpu_s = usage.ru_utime + usage.ru_stime
    if status != 0:
        return Run(engine, cpu_s, float("nan"), error=(lines or ["it failed"])[-1][:70])
    found = json.loads(text[-1])
    return Run(engine, cpu_s, found["peak_mb"], found)


def _goes(number: int) -> int:
    """Return how many of the engines take part in a go: the slow ones in the first only."""
    return len(TOP["ours"]) + (len(TOP["others"]) if number == 0 else 1)


def _best_of(goes: list[list[Run]]) -> list[Run]:
    """Return the quickest reading of each engine: the one that was disturbed least."""
    every = [one for go in goes for one in go]
    return [min((r for r in every if r.engine == e.engine), key=lambda r: r.cpu_s) for e in goes[0]]


def _made(shared: Path, records: int, fault: str) -> Path:
    """Return an export of so many records, made on first use."""
    path = WORK / "apple_health_files" / f"{records}-{fault}" / "export.zip"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        tool = shared / "tools" / "gen_apple_export.py"
        part = path.with_suffix(".part")
        command = [sys.executable, str(tool), "--records", str(records), "--fault", fault]
        subprocess.run([*command, "--out", str(part)], check=True, stdout=subprocess.DEVNULL)
        part.rename(path)
    return path


def _repeated(big: Path) -> Path:
    """Return an export that holds all records of another ten times, made on first use."""
    path = big.parents[1] / f"{_TIMES}-times" / big.name
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(big) as source:
        name = next(n for n in source.namelist() if n.endswith("export.xml"))
        head = source.open(name).read(_PIECE_BYTES).partition(b" <Record ")[0]
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        with (
            zipfile.ZipFile(part, "w", compresslevel=6) as archive,
            archive.open(info, "w", force_zip64=True) as target,
        ):
            target.write(head)
            for _ in range(_TIMES):
                with source.open(name) as stream:
                    stream.seek(len(head))
                    held = b""
                    while piece := stream.read(_PIECE_BYTES):
                        held += piece
                        target.write(held[:-_PIECE_BYTES])
                        held = held[-_PIECE_BYTES:]
                    target.write(held.removesuffix(b"</HealthData>\n"))
            target.write(b"</HealthData>\n")
    part.rename(path)
    return path


def _equality(truth: dict[str, list[float]], ours: dict[str, list[float]]) -> list[dict[str, Any]]:
    """Compare count, sum of values and sum of times of each type of record."""
    rows = []
    for kind, (count, total, times) in sorted(truth.items()):
        found = ours.get(METRIC_OF.get(kind, kind), [0, 0.0, 0.0])
        name = kind.removeprefix("HKQuantityTypeIdentifier")
        unit = unit_of(_UNITS.get(name, "1"))
        factor = unit.factor if unit is not None else float("nan")
        rows.append(
            {
                "type": name,
                "count": (int(count), int(found[0])),
                "value": (total * factor, found[1]),
                "time": (times, found[2]),
            }
        )
    return rows


if __name__ == "__main__":
    main()
