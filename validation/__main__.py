"""``python -m validation``: measure everything and write validation/RESULTS.md."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from validation import datasets
from validation.accuracy import accuracy
from validation.costs import memory, speed
from validation.peers.host import ONE_THREAD, WORK
from validation.phones import phones
from validation.report import machine, render
from validation.robustness import robustness, silence

_HERE = Path(__file__).parent
_SECTIONS = ("accuracy", "robustness", "phones", "silence", "speed", "memory")


def main() -> None:
    """Run the sections that were asked for and render the report from all that were ever run."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("--recordings", type=Path, default=datasets.DEFAULT_RECORDINGS)
    parser.add_argument("--only", choices=_SECTIONS, action="append", help="may be repeated")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="take the peers' answers of an earlier run where job and code are the same",
    )
    parser.add_argument("--quick", action="store_true", help="shorter memory runs; no 24 h, 7 d")
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)
    run: dict[str, Callable[[], dict[str, Any]]] = {
        "accuracy": lambda: accuracy(options.recordings, peers=options.peers, reuse=options.reuse),
        "robustness": lambda: robustness(
            options.recordings, peers=options.peers, reuse=options.reuse
        ),
        "phones": lambda: phones(options.recordings, peers=options.peers, reuse=options.reuse),
        "silence": lambda: silence(options.recordings, peers=options.peers, reuse=options.reuse),
        "speed": lambda: speed(options.recordings, peers=options.peers, reuse=options.reuse),
        "memory": lambda: memory(
            options.recordings, peers=options.peers, reuse=options.reuse, quick=options.quick
        ),
    }
    kept = WORK / "results.json"
    WORK.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    for name in options.only or _SECTIONS:
        start = time.perf_counter()
        result = run[name]()
        results[name] = {
            "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "peers": options.peers,
            "reused": options.reuse,
            "result": result,
        }
        sys.stderr.write(f"{name}: {time.perf_counter() - start:.0f} s\n")
        results["about"] = _about(options.recordings)
        kept.write_text(json.dumps(results))
        (_HERE / "RESULTS.md").write_text(render(results))


def _about(recordings: Path) -> dict[str, Any]:
    sums = datasets.checksums(recordings)
    (_HERE / "CHECKSUMS").write_text(
        "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    )
    git = ["git", "-C", str(_HERE)]
    commit = subprocess.run(
        [*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "../src"], check=False)
    return {
        "evenstride": version("evenstride"),
        "commit": commit + (", changed" if changed.returncode else ""),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "machine": machine(),
        "files": len(sums),
    }


if __name__ == "__main__":
    main()
