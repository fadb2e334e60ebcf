"""``python -m validation.fuzz apple --seconds 60``: search for inputs that break a reader.

Guided by coverage (atheris, in an environment of its own for Python 3.11). The corpus of each
target grows from run to run under ``validation/.work/fuzz``; finds lie beside it with their
tracebacks. Ends with 1 if there is a find.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

from validation.fuzz.targets import TARGETS
from validation.peers.host import WORK, Peer, ensure

ATHERIS = Peer("atheris", "atheris", (("atheris",),))
_ROOT = Path(__file__).parents[2]
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


def run(name: str, seconds: int) -> tuple[int, list[Path]]:
    """Fuzz one target; return how many inputs were tried, and what broke it."""
    folder = WORK / "fuzz" / name
    folder.mkdir(parents=True, exist_ok=True)
    ours = [path for path in sys.path if path.endswith("site-packages")]
    paths = [str(_ROOT), str(_ROOT / "src"), *ours]
    done = subprocess.run(
        [str(ensure(ATHERIS)), "-m", "validation.fuzz.worker", name, str(folder), str(seconds)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    (folder / "log").write_text(done.stdout + done.stderr)
    counted = _RUNS.search(done.stderr + done.stdout)
    finds = [path for path in (folder / "finds").glob("*") if path.suffix != ".txt"]
    if counted is None:
        raise SystemExit(f"{name} did not run: see {folder / 'log'}")
    return int(counted[1]), finds


def main() -> int:
    """Fuzz the targets that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="all, if none is named: " + ", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    found = False
    for name in asked.targets or TARGETS:
        count, finds = run(name, asked.seconds)
        print(f"{name}: {count:,} inputs, {len(finds)} finds")
        for path in finds:
            print(f"  {path}")
        found = found or bool(finds)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
