"""The page of the FIT comparison; no number is typed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["write"]

NAMES = {
    "sdk": "garmin-fit-sdk 21.218.0",
    "sdk_lean": "garmin-fit-sdk, lean flags",
    "fitdecode": "fitdecode 0.11.0",
    "fitfast": "fitfast 0.1.0 (Rust)",
}
Rows = Sequence[dict[str, Any]]


_HEADS = (
    "file",
    "ours",
    "SDK",
    "fitdecode",
    "fitfast",
    "values as SDK",
    "other than SDK",
    "values as fitdecode",
    "other than fitdecode",
    "SDK says",
)


def write(path: Path, *, equality: Rows, speed: Rows, damage: Rows, walks: Rows) -> None:
    """Write the page."""
    text = "\n".join(
        (
            "# Importing FIT",
            "",
            "Written by `python -m validation.importing.fit`. Public files of watches, foot pods",
            "and apps (see the shared recordings); nothing was tuned on them but what to survive.",
            "",
            *_equality(equality),
            *_damage(damage),
            *_speed(speed),
            *_walks(walks),
        )
    )
    path.write_text(text + "\n", encoding="utf-8")


def _equality(rows: Rows) -> list[str]:
    checked = sum(row["sdk_lean_same"] for row in rows)
    other = sum(bool(row["sdk_lean_other"]) for row in rows)
    second = sum(row["fitdecode_same"] for row in rows)
    out = [
        "## The same values as Garmin's SDK",
        "",
        "Records: how many each reader finds. Values: fields of the records (position, altitude,",
        "heart rate, cadence, distance, speed, vertical oscillation, stance time and its balance,",
        "step length) and of the sessions, equal to the last bit, absent where absent there.",
        "The SDK runs without merging heart beats that are sent later (`merge_heart_rates`).",
        "Where the numbers of records differ, values cannot be compared row by row.",
        "",
        f"**{checked:,} values are equal to the SDK's**; files with another value: {other}.",
        f"Equal to fitdecode's: {second:,}.",
        "",
        "| " + " | ".join(_HEADS) + " |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        said = row["sdk_error"][:60].replace("|", "/").replace("\n", " ")
        out.append(
            f"| {row['file']} | {row['ours']} | {row['sdk_lean']} | {row['fitdecode']} | "
            f"{row['fitfast']} | {row['sdk_lean_same']:,} | {_list(row['sdk_lean_other'])} | "
            f"{row['fitdecode_same']:,} | {_list(row['fitdecode_other'])} | {said or '-'} |"
        )
    return [*out, ""]


def _list(values: list[str]) -> str:
    return ", ".join(values) if values else "-"


def _damage(rows: Rows) -> list[str]:
    engines = ("ours", "sdk_lean", "fitdecode", "fitfast")
    out = [
        "## Damaged files",
        "",
        "Share of the records of five whole files that each reader still gives; the least of the",
        "five in brackets. A count above 100 % is made of garbage.",
        "",
        "| damage | evenstride | SDK | fitdecode | fitfast |",
        "|---|---|---|---|---|",
    ]
    for kind in dict.fromkeys(row["kind"] for row in rows):
        some = [row for row in rows if row["kind"] == kind]
        cells = []
        for engine in engines:
            shares = [row[engine] / row["true"] for row in some]
            cells.append(f"{np.mean(shares):.1%} ({min(shares):.1%})")
        out.append(f"| {kind} | {' | '.join(cells)} |")
    return [*out, ""]


def _speed(rows: Rows) -> list[str]:
    out = [
        "## Speed",
        "",
        "CPU milliseconds for reading every field of all records into columns, scaled, with the",
        "times and the check sum; the quickest of several goes, one thread, one run. “Whole",
        "import” is all that a person's import does: tracks in SI, sessions, pauses, devices,",
        "joining and ordering of points. No time stands where a reader found no record. In the",
        "Strava file evenstride searches behind each damage, which costs time, and finds eleven",
        "times as many records.",
        "",
        "| file | kB | evenstride | whole import | " + " | ".join(NAMES.values()) + " |",
        "|---|---|---|---|" + "---|" * len(NAMES),
    ]
    for row in rows:
        cells = [_ms(row[name]) for name in ("ours", "whole", *NAMES)]
        out.append(f"| {row['file']} | {row['bytes'] / 1000:.0f} | {' | '.join(cells)} |")
    out += ["", "| reader | its time / ours, geometric mean | least | most | files |"]
    out.append("|---|---|---|---|---|")
    for least, of in ((0, "all files"), (50_000, "files of 50 kB and more")):
        for name, title in NAMES.items():
            some = [row for row in rows if row[name] and row["bytes"] >= least]
            ratios = [row[name] / row["ours"] for row in some]
            mean = float(np.exp(np.mean(np.log(ratios))))
            out.append(
                f"| {title}, {of} | **{mean:.2f}** | {min(ratios):.2f} | {max(ratios):.2f} | "
                f"{len(ratios)} |"
            )
    return [*out, ""]


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.2f}"


def _walks(rows: Rows) -> list[str]:
    out = [
        "## What a walk becomes",
        "",
        "| file | points | steps | distance (m) | cadence (steps/min) | step (m) | stance (s) |",
        "|---|---|---|---|---|---|---|",
    ]
    out += [
        f"| {row['file']} | {row['points']} | {row['steps']} | {row['distance_m']:.1f} | "
        f"{row['cadence_spm']:.0f} | {row['step_length_m']:.3f} | {row['stance_time_s']:.3f} |"
        for row in rows
    ]
    return [
        *out,
        "",
        "The time on the ground is the watch's: too short for a walk, which the track says. The",
        "climb of the device is passed on as its own; our climb is judged in the terrain results.",
    ]
