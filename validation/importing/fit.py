"""FIT: our values beside those of Garmin's SDK, damaged files, and speed, all in one run.

    python -m validation.importing.fit    # a few minutes, writes RESULTS-importing-fit.md

The SDK is the reference. Its licence is no open-source one, so it stays in an environment of its
own under ``validation/.work`` and is never a part of the project.
"""

from __future__ import annotations

import argparse
import json
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.importers.fit import read_fit
from evenstride.importers.fit.clock import times
from evenstride.importers.fit.columns import RECORD_SCALES
from evenstride.importers.fit.crc import check_sum
from evenstride.importers.fit.files import fit_files
from evenstride.importers.fit.messages import numbers
from evenstride.importers.source import Source
from evenstride.model import Track
from validation.importing import fit_report
from validation.importing.fit_worker import quickest
from validation.peers.host import ONE_THREAD, WORK, Peer, ensure

__all__ = ["main"]

Floats = NDArray[np.float64]

HERE = Path(__file__).parents[1]
SHARED = HERE.parents[1] / "shared"
PEER = Peer(
    "fit",
    "FIT readers",
    (("garmin-fit-sdk==21.218.0", "fitdecode==0.11.0", "fitfast==0.1.0", "numpy"),),
)
ENGINES = ("sdk", "sdk_lean", "fitdecode", "fitfast")

RECORD_FIELDS: dict[str, tuple[int, float, float]] = {
    "position_lat": (0, 1, 0),
    "position_long": (1, 1, 0),
    "altitude": (2, 5, 500),
    "heart_rate": (3, 1, 0),
    "cadence": (4, 1, 0),
    "distance": (5, 100, 0),
    "speed": (6, 1000, 0),
    "vertical_oscillation": (39, 10, 0),
    "stance_time": (41, 10, 0),
    "fractional_cadence": (53, 128, 0),
    "enhanced_speed": (73, 1000, 0),
    "enhanced_altitude": (78, 5, 500),
    "stance_time_balance": (84, 100, 0),
    "step_length": (85, 10, 0),
}
EXPANDED = {"enhanced_speed": "speed", "enhanced_altitude": "altitude"}
SESSION_FIELDS: dict[str, tuple[int, float, float]] = {
    "sport": (5, 1, 0),
    "total_elapsed_time": (7, 1000, 0),
    "total_timer_time": (8, 1000, 0),
    "total_distance": (9, 100, 0),
    "avg_heart_rate": (16, 1, 0),
    "total_ascent": (22, 1, 0),
    "total_descent": (23, 1, 0),
}
_WORDS_THERE = {"sport"}


@dataclass(frozen=True)
class Answer:
    """What one engine made of the files: facts of each, and columns by "number/kind/field"."""

    facts: list[dict[str, Any]]
    columns: dict[str, Floats]


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    shared = parser.parse_args().shared
    files = sorted((shared / "samples" / "fit").glob("*.fit"))
    files += sorted((shared / "recordings" / "garmin_fit_samples").glob("**/*.fit"))
    WORK.mkdir(exist_ok=True)
    peers = {engine: ask(engine, files, timed=True) for engine in ENGINES}
    ours = [our_columns(path.read_bytes()) for path in files]
    fit_report.write(
        HERE / "RESULTS-importing-fit.md",
        equality=[equal(n, path, ours[n], peers) for n, path in enumerate(files)],
        speed=[speed(n, path, peers) for n, path in enumerate(files)],
        damage=damaged(files),
        walks=[walk(path) for path in files if "walk" in path.name],
    )


def ask(engine: str, files: Sequence[Path], *, timed: bool) -> Answer:
    """Let a peer read files in a process of its own, in one thread."""
    python = ensure(PEER)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        job, out = Path(folder) / "job.json", Path(folder) / "out.npz"
        job.write_text(json.dumps({"files": [str(path) for path in files], "timed": timed}))
        worker = Path(__file__).with_name("fit_worker.py")
        command = [str(python), str(worker), engine, str(job), str(out)]
        subprocess.run(command, check=True, env=dict(ONE_THREAD), stderr=subprocess.DEVNULL)
        with np.load(out, allow_pickle=False) as arrays:
            facts = json.loads(str(arrays["facts"]))
            return Answer(facts, {name: arrays[name] for name in arrays.files if "/" in name})


def our_columns(data: bytes) -> dict[str, Floats]:
    """Return our decoding under the names and in the units of the FIT profile."""
    kinds = {"record": (20, RECORD_FIELDS), "session": (18, SESSION_FIELDS)}
    out: dict[str, list[Floats]] = {}
    for file in fit_files(data):
        for kind, (number, fields) in kinds.items():
            messages = file.messages(number)
            for name, (field, scale, offset) in fields.items():
                column = messages.column(field, scale, offset)
                out.setdefault(f"{kind}/{name}", []).append(column)
    return {name: np.concatenate(parts) for name, parts in out.items()}


def equal(
    number: int, path: Path, ours: dict[str, Floats], peers: dict[str, Answer]
) -> dict[str, Any]:
    """Compare every value of a file with the SDK, and with fitdecode."""
    rows = {engine: answer.facts[number]["records"] for engine, answer in peers.items()}
    found: dict[str, Any] = {"file": path.name, "ours": len(ours["record/distance"]), **rows}
    for engine in ("sdk_lean", "fitdecode"):
        same, other = 0, []
        for name, mine in ours.items():
            kind, field = name.split("/")
            theirs = peers[engine].columns.get(f"{number}/{name}")
            if theirs is None or (engine == "fitdecode" and field in _WORDS_THERE):
                continue
            if field in EXPANDED:  # others copy the short field into the long one
                mine = np.where(np.isnan(mine), ours[f"{kind}/{EXPANDED[field]}"], mine)
            if len(mine) != len(theirs):
                continue
            right = (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))
            same += int(right.sum())
            if not right.all():
                other.append(f"{field} ({int((~right).sum())})")
        found[f"{engine}_same"], found[f"{engine}_other"] = same, other
    found["sdk_error"] = peers["sdk_lean"].facts[number]["error"]
    return found


def ours_into_columns(data: bytes) -> object:
    """Read all records into columns: every field that holds numbers, scaled, and the times."""
    out = []
    for file in fit_files(data):
        records = file.messages(20)
        when = times(file.data, records, file.definitions)
        out.append((when, numbers(records, RECORD_SCALES)))
    return out


def ours_whole(data: bytes) -> object:
    """Read the file as a person's import does: tracks, activities, series."""
    source = Source.of(data)
    return list(read_fit(source, source.members()[0]))


def speed(number: int, path: Path, peers: dict[str, Answer]) -> dict[str, Any]:
    """Return CPU seconds of reading one file."""
    data = path.read_bytes()
    found: dict[str, Any] = {"file": path.name, "bytes": len(data)}
    found["ours"] = quickest(ours_into_columns, data)
    found["whole"] = quickest(ours_whole, data)
    for engine, answer in peers.items():
        fact = answer.facts[number]
        found[engine] = fact["cpu_s"] if fact["records"] else None
    return found


def lost(data: bytes) -> bytes:
    """Take seven bytes out of the middle."""
    middle = len(data) // 2
    return data[:middle] + data[middle + 7 :]


def zeroed(data: bytes) -> bytes:
    """Overwrite 200 bytes in the middle with zeros."""
    middle = len(data) // 2
    return data[:middle] + bytes(200) + data[middle + 200 :]


def no_length(data: bytes) -> bytes:
    """Say a length of 0 in the header, with the check sum that belongs to it."""
    changed = data[:4] + bytes(4) + data[8:-2]
    return changed + struct.pack("<H", check_sum(changed))


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut at 60 %": lambda data: data[: len(data) * 6 // 10],
    "wrong check sum": lambda data: data[:-2] + bytes(byte ^ 0x5A for byte in data[-2:]),
    "length 0 in the header": no_length,
    "junk behind the end": lambda data: data + b"junk" * 30,
    "7 bytes lost in the middle": lost,
    "200 bytes zeroed": zeroed,
}


def damaged(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return how many records each engine gets out of damaged copies of whole files."""
    whole = [path for path in files if path.name in _WHOLE]
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        made = []
        for kind, damage in DAMAGE.items():
            for path in whole:
                copy = Path(folder) / f"{len(made)}.fit"
                copy.write_bytes(damage(path.read_bytes()))
                made.append((kind, path, copy))
        copies = [copy for _, _, copy in made]
        answers = {e: ask(e, copies, timed=False) for e in ENGINES if e != "sdk"}
        out = []
        for number, (kind, path, copy) in enumerate(made):
            counts = {e: answer.facts[number]["records"] for e, answer in answers.items()}
            ours = len(our_columns(copy.read_bytes())["record/distance"])
            true = len(our_columns(path.read_bytes())["record/distance"])
            out.append({"kind": kind, "true": true, "ours": ours, **counts})
        return out


_WHOLE = (
    "activity-large-fenxi2-multisport.fit",
    "activity-small-fenix2-run.fit",
    "developer-types-sample.fit",
    "sample-activity.fit",
    "triathlon_summary_last.fit",
)


def walk(path: Path) -> dict[str, Any]:
    """Return what a walk became."""
    source = Source.of(path)
    items = read_fit(source, source.members()[0])
    track = next(item for item in items if isinstance(item, Track))
    activity = track.activity
    return {
        "file": path.name,
        "points": len(track),
        "steps": activity.steps if activity else None,
        "distance_m": activity.distance_m if activity else None,
        "cadence_spm": float(np.nanmedian(track.cadence_spm)),
        "step_length_m": float(np.nanmedian(track.step_length_m)),
        "stance_time_s": float(np.nanmedian(track.stance_time_s)),
    }


if __name__ == "__main__":
    main()
