"""``python -m validation.checkup``: measure the check-up and print the section of the report."""

from __future__ import annotations

import argparse
import sys
import time

from validation.checkup.measure import measure
from validation.checkup.report import marks, render


def main() -> int:
    """Print the section; the exit code says whether every target is reached."""
    parser = argparse.ArgumentParser(prog="python -m validation.checkup", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="random answer sets")
    parser.add_argument("--people", type=int, default=400, help="simulated people of each sort")
    parser.add_argument("--draws", type=int, default=2000, help="times that answers are dropped")
    options = parser.parse_args()
    start = time.perf_counter()
    result = measure(options.cases, options.people, options.draws)
    sys.stdout.write(render(result))
    sys.stderr.write(f"{time.perf_counter() - start:.0f} s\n")
    return 0 if all(reached for *_, reached in marks(result)) else 1


if __name__ == "__main__":
    sys.exit(main())
