"""``python -m validation.trials``: measure self-experiments and write RESULTS-trials.md."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "RESULTS-trials.md"
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_QUICK = 100


def main() -> int:
    """Write the report; the exit code says whether every target is reached."""
    parser = argparse.ArgumentParser(prog="python -m validation.trials", description=__doc__)
    parser.add_argument(
        "--trials",
        type=int,
        default=3600,
        help="per cell without an effect, a third of them with each; 3600 take some 15 min",
    )
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument(
        "--quick", action="store_true", help="100 trials per cell, printed and not written"
    )
    parser.add_argument("--recordings", type=Path, default=Path("../shared/recordings"))
    options = parser.parse_args()
    for name in _ONE_THREAD:  # before NumPy is loaded; small matrices are faster on one thread
        os.environ.setdefault(name, "1")
    from validation.trials.marks import marks
    from validation.trials.measure import measure
    from validation.trials.report import render

    made, start = _made(), time.perf_counter()
    trials = _QUICK if options.quick else options.trials
    study = measure(trials, options.seed, options.recordings, _progress)
    text = render(study, f"{made}, {time.perf_counter() - start:.0f} s.")
    if options.quick:
        sys.stdout.write(text)
    else:
        RESULTS.write_text(text, encoding="utf-8")
    return 0 if all(mark.reached for mark in marks(study)) else 1


def _made() -> str:
    """Return from which commit, when and where a run is made."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, one used"
    python = platform.python_version()
    return (
        f"Written by `python -m validation.trials` at {commit}, {when}; {machine}, Python {python}"
    )


def _progress(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    sys.exit(main())
