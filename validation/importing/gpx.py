"""GPX and TCX against other readers: ``python -m validation.importing.gpx``.

Writes validation/RESULTS-importing-gpx.md: equality of all values, speed in one run, and what
becomes of broken files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from evenstride.importers.contract import NO_OPTIONS, Item
from evenstride.importers.source import Source
from evenstride.importers.xml_tracks.gpx import Gpx, GpxOutline
from evenstride.importers.xml_tracks.points import Points
from evenstride.importers.xml_tracks.reader import Reader
from evenstride.importers.xml_tracks.tcx import Tcx, TcxOutline
from evenstride.importers.xml_tracks.values import NO_TIME
from evenstride.model import Left, Track
from validation.datasets import DEFAULT_RECORDINGS
from validation.importing.gpx_files import apple_route, broken, laps
from validation.peers.host import WORK, Peer, ensure

_PEER = Peer("gpx", "gpxpy", (("gpxpy==1.6.2", "lxml", "tcxreader==0.4.11", "numpy"),))
_RESULTS = Path(__file__).parents[1] / "RESULTS-importing-gpx.md"
_RUNS = 5
_GOAL = 10.0
Answer = dict[str, Any]
Tables = dict[str, np.ndarray[Any, Any]]


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--recordings", type=Path, default=DEFAULT_RECORDINGS)
    files = _files(parser.parse_args().recordings)
    answers, tables = _peers(files)
    lines = [
        "# GPX and TCX, measured",
        "",
        "Written by `python -m validation.importing.gpx`. Made-up files, and the hikes of",
        f"`recordings/gpx_hikes`. CPU time of one run on one computer, best of {_RUNS}, from bytes",
        "in memory: compare ratios.",
        "",
        *_equality(files, answers, tables),
        *_speed(files, answers),
        *_faults(files, answers),
    ]
    _RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _files(recordings: Path) -> dict[str, Path]:
    """Write the made-up files; return all by their name."""
    folder = WORK / "gpx_files"
    folder.mkdir(parents=True, exist_ok=True)
    made = {"Apple route, 20,000 points.gpx": apple_route(), "laps, 5,000 points.tcx": laps()}
    made |= {f"fault: {name}.gpx": data for name, data in broken(apple_route(400)).items()}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    hikes = sorted((recordings / "gpx_hikes").glob("*.gpx"))
    return {name: folder / name for name in made} | {path.name: path for path in hikes}


def _peers(files: dict[str, Path]) -> tuple[list[Answer], Tables]:
    python = ensure(_PEER)
    job = []
    for name, path in files.items():
        peers = ["tcxreader", "ElementTree", "lxml"] if name.endswith(".tcx") else ["gpxpy"]
        if name.startswith(("Apple", "korita")):
            peers = ["gpxpy", "gpxpy without lxml", "ElementTree", "lxml"]
        runs = 1 if name.startswith("fault") else _RUNS
        job += [{"file": str(path), "peer": peer, "runs": runs} for peer in peers]
    folder = WORK / "gpx_files"
    (folder / "job.json").write_text(json.dumps(job))
    worker = Path(__file__).with_name("gpx_worker.py")
    out = folder / "out.json"
    subprocess.run([str(python), str(worker), str(folder / "job.json"), str(out)], check=True)
    with np.load(f"{out}.npz") as arrays:
        return json.loads(out.read_text()), dict(arrays)


def _raw(data: bytes, *, swift: bool) -> list[Points]:
    """Return all points of each outing as they stand in the file, before anything is judged."""
    outline = TcxOutline() if b"<TrainingCenterDatabase" in data else GpxOutline()
    reader = Reader(outline, swift=swift)
    reader.take(data.removeprefix(b"\xef\xbb\xbf"))
    reader.end()
    return [Points.joined([part for part, _ in outing.parts]) for outing in outline.end()]


def _items(data: bytes, *, swift: bool = True) -> list[Item]:
    source = Source.of(data)
    importer = Tcx() if Tcx().sniff(source).score else Gpx()
    return list(importer.read_member(source, source.members()[0], NO_OPTIONS, swift=swift))


def _equality(files: dict[str, Path], answers: list[Answer], tables: Tables) -> Iterator[str]:
    yield "## The same values"
    yield ""
    yield "Latitude, longitude, height and time of each point in tracks, as they stand in the file:"
    yield "share that is equal to the last bit (times: to a microsecond)."
    yield ""
    yield "| file | peer | points, peer | points, ours | equal, many at once | equal, tag by tag |"
    yield "|---|---|---|---|---|---|"
    for number, answer in enumerate(answers):
        name = next(name for name, path in files.items() if str(path) == answer["file"])
        if name.startswith("fault") or answer["peer"] not in ("gpxpy", "tcxreader"):
            continue
        data = files[name].read_bytes()
        table, peer_s = tables[f"table_{number}"], tables[f"time_{number}"]
        shares, count = [], 0
        for swift in (True, False):
            points = Points.joined(_raw(data, swift=swift))
            count = len(points)
            shares.append(_share(points, table[:, 1:4], peer_s))
        row = (name, answer["peer"], answer["points"], count, *shares)
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    yield ""


def _share(points: Points, table: np.ndarray[Any, Any], peer_s: np.ndarray[Any, Any]) -> str:
    if len(points) != len(table):
        return "other number of points"
    if not len(points):
        return "nothing to compare"
    known = points.time_ns != NO_TIME
    seconds = np.where(known, points.time_ns / 1e9, np.nan)
    same = [(a == b) | (np.isnan(a) & np.isnan(b)) for a, b in
            zip(points.values[:3], table.T, strict=True)]  # fmt: skip
    same.append((np.abs(seconds - peer_s) < 2e-6) | (np.isnan(seconds) & np.isnan(peer_s)))
    return f"{100 * float(np.mean(same)):.2f} %"


def _ours_s(data: bytes, *, swift: bool) -> float:
    best = []
    for _ in range(_RUNS):
        began = time.process_time()
        _items(data, swift=swift)
        best.append(time.process_time() - began)
    return min(best)


def _speed(files: dict[str, Path], answers: list[Answer]) -> Iterator[str]:
    yield "## Speed"
    yield ""
    yield "Ours is the whole importer, with judging times and making the track. ElementTree and"
    yield "lxml stand for a program that takes positions and heights and nothing else."
    yield ""
    yield "| file | reader | CPU ms | MB/s | times ours |"
    yield "|---|---|---|---|---|"
    for name, path in files.items():
        if not name.startswith(("Apple", "laps", "korita")):
            continue
        data = path.read_bytes()
        ours = _ours_s(data, swift=True)
        rows = [("ours", ours), ("ours, tag by tag", _ours_s(data, swift=False))]
        found = [a for a in answers if a["file"] == str(path)]
        rows += [(a["peer"], a["cpu_s"]) for a in found if "cpu_s" in a]
        for reader, cpu_s in rows:
            speed = len(data) / cpu_s / 1e6
            row = (name, reader, f"{cpu_s * 1e3:.1f}", f"{speed:.1f}", f"{cpu_s / ours:.1f}")
            yield "| " + " | ".join(row) + " |"
        if name.startswith("Apple"):
            ratios = {reader: cpu_s / ours for reader, cpu_s in rows if "gpxpy" in reader}
            word = "reached" if min(ratios.values()) >= _GOAL else "missed"
            told = ", ".join(f"{reader} {ratio:.1f}" for reader, ratio in ratios.items())
            goal = f"Goal of {_GOAL:.0f} times gpxpy on the Apple route: {word} ({told})."
    yield ""
    yield goal
    yield ""


def _faults(files: dict[str, Path], answers: list[Answer]) -> Iterator[str]:
    yield "## Broken files"
    yield ""
    yield "An Apple route of 400 points with one fault each. Points that came out."
    yield ""
    yield "| fault | ours | what ours says | gpxpy |"
    yield "|---|---|---|---|"
    for name, path in files.items():
        if not name.startswith("fault"):
            continue
        found = _items(path.read_bytes())
        tracks = [item for item in found if isinstance(item, Track)]
        said = [w for track in tracks for w in track.warnings]
        said += [f"{i.what}: {i.reason}" for i in found if isinstance(i, Left)]
        answer = next(a for a in answers if a["file"] == str(path))
        points = " + ".join(str(len(track)) for track in tracks) or "0"
        peer = answer.get("error") or str(answer["points"])
        title = name.removeprefix("fault: ").removesuffix(".gpx")
        yield f"| {title} | {points} | {' '.join(dict.fromkeys(said)) or '-'} | {peer} |"


if __name__ == "__main__":
    main()
