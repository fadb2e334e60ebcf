"""The page of the Apple Health comparison; no number is typed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validation.importing.apple_health import Run

__all__ = ["write"]

NAMES = {
    "walking": "**evenstride**, walking, pain and workouts (the default)",
    "everything": "**evenstride**, every record",
    "bare": "ElementTree iterparse, counting only",
    "healthkit-to-sqlite": "healthkit-to-sqlite 1.0.1",
    "apple-health-parser": "apple-health-parser 2.0.5, six walking types",
}
GOALS = {"bare": 5.0, "healthkit-to-sqlite": 8.0, "apple-health-parser": 8.0}
_MOST_MB, _MOST_HUGE_MB = 150, 350
_EXACT = 1e-9


def write(
    path: Path,
    *,
    runs: Sequence[Run],
    equality: Sequence[dict[str, Any]],
    account: tuple[int, dict[str, Any]],
    faults: Mapping[str, Sequence[Run]],
    huge: Sequence[Run],
) -> None:
    """Write the page."""
    lines = [
        "# Importing Apple Health, measured",
        "",
        "Written by `python -m validation.importing.apple_health`. Made-up exports of the shared",
        "generator (no one's data). CPU time (user and system) and peak memory of whole processes,",
        "the start of Python included, the best of five for ours and for ElementTree; one",
        "computer, one run, others at work on it: compare ratios.",
        "",
        *_speed(runs),
        *_huge(huge),
        *_equality(equality, account),
        *_faults(faults),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _speed(runs: Sequence[Run]) -> list[str]:
    by_name = {run.engine: run for run in runs}
    walking, everything = by_name["walking"], by_name["everything"]
    out = [
        "## An export of 300 MB (725,080 records, 19 MB zip)",
        "",
        "| reader | records | CPU s | peak MB | v our default | v ours, every record | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        goal = GOALS.get(run.engine)
        ratio = run.cpu_s / walking.cpu_s
        kept = "" if goal is None else f">= {goal:.0f}: {'kept' if ratio >= goal else 'MISSED'}"
        if run.engine in ("walking", "everything"):
            kept = f"< {_MOST_MB} MB: {'kept' if run.peak_mb < _MOST_MB else 'MISSED'}"
        out.append(
            f"| {NAMES[run.engine]} | {_records(run)} | {run.cpu_s:.2f} | {run.peak_mb:.0f} | "
            f"{ratio:.1f} | {run.cpu_s / everything.cpu_s:.1f} | {kept} |"
        )
    return [*out, ""]


def _records(run: Run) -> str:
    return f"{run.found['records']:,}" if run.found else f"failed: {run.error}"


def _huge(runs: Sequence[Run]) -> list[str]:
    if not runs:
        return []
    out = ["## An export of 3 GB", "", "| reader | records | CPU s | peak MB | goal |",
           "|---|---|---|---|---|"]  # fmt: skip
    for run in runs:
        kept = f"< {_MOST_HUGE_MB} MB: {'kept' if run.peak_mb < _MOST_HUGE_MB else 'MISSED'}"
        out.append(
            f"| {NAMES[run.engine]} | {_records(run)} | {run.cpu_s:.1f} | {run.peak_mb:.0f} | "
            f"{kept} |"
        )
    return [*out, ""]


def _equality(rows: Sequence[dict[str, Any]], account: tuple[int, dict[str, Any]]) -> list[str]:
    records, walking = account
    out = [
        "## The same as the plainest reading",
        "",
        "The plainest reading is ElementTree with `strptime`, records at the top only. For each",
        "type: number of records, sum of the values (in SI) and sum of the begins.",
        "",
        "| type | records | ours | values | begins |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        counts, values, times = row["count"], row["value"], row["time"]
        out.append(
            f"| {row['type']} | {counts[0]:,} | {counts[1]:,} | {_same(*values)} | "
            f"{_same(*times)} |"
        )
    both = walking["records"] + walking["left"]
    out += [
        "",
        "LowerBackPain is no series with us: each is an entry for the diary, and counted in the",
        "account below. AppleWalkingSteadiness differs where the generator made shares above 1,",
        "which we leave out and say.",
        "",
        (
            f"The account of the default: {walking['records']:,} records read and "
            f"{walking['left']:,} left out with a reason make {both:,} of {records:,} in the file."
        ),
        "",
    ]
    return out


def _same(one: float, two: float) -> str:
    close = abs(one - two) <= _EXACT * max(abs(one), abs(two), 1.0)
    return "equal" if close else f"{one:.6g} v {two:.6g}"


def _faults(faults: Mapping[str, Sequence[Run]]) -> list[str]:
    engines = [run.engine for run in next(iter(faults.values()))]
    titles = " | ".join(NAMES[engine].split(",")[0] for engine in engines)
    out = [
        "## Broken as people have met it",
        "",
        "Small exports of 92 records at the top, each with one fault. A number is the records",
        "that were read; programs that go by tags count the two records of a group twice.",
        "",
        f"| fault | {titles} |",
        "|---" * (len(engines) + 1) + "|",
    ]
    for fault, runs in faults.items():
        cells = [str(run.found["records"]) if run.found else f"dies: {run.error}" for run in runs]
        out.append(f"| {fault} | " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return [*out, ""]
