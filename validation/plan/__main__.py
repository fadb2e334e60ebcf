"""``python -m validation.plan``: walk the plan with simulated people and print it week by week."""

from __future__ import annotations

import argparse
import sys

from validation.plan.report import QUICK_WEEKS, WEEKS, marks, measure, render


def main() -> int:
    """Print the section; the exit code says whether every target is reached."""
    parser = argparse.ArgumentParser(prog="python -m validation.plan", description=__doc__)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--quick", action="store_true", help="fewer people and weeks")
    options = parser.parse_args()
    study = measure(QUICK_WEEKS if options.quick else options.weeks, quick=options.quick)
    sys.stdout.write(render(study))
    return 0 if all(reached for *_, reached in marks(study)) else 1


if __name__ == "__main__":
    sys.exit(main())
