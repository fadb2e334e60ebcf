"""``python -m validation.trials``: measure self-experiments and print the section."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Print the section; the exit code says whether every target is reached."""
    parser = argparse.ArgumentParser(prog="python -m validation.trials", description=__doc__)
    parser.add_argument(
        "--trials", type=int, default=3000, help="per cell and effect; 3000 take about half an hour"
    )
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--quick", action="store_true", help="100 trials per cell: under 2 min")
    parser.add_argument("--recordings", type=Path, default=Path("../shared/recordings"))
    options = parser.parse_args()
    for name in _ONE_THREAD:  # before NumPy is loaded; small matrices are faster on one thread
        os.environ.setdefault(name, "1")
    from validation.trials.report import marks, measure, render

    start = time.perf_counter()
    trials = 100 if options.quick else options.trials
    result = measure(trials, options.seed, options.recordings)
    sys.stdout.write(render(result))
    sys.stderr.write(f"{time.perf_counter() - start:.0f} s\n")
    return 0 if all(reached for *_, reached in marks(result)) else 1


if __name__ == "__main__":
    sys.exit(main())
