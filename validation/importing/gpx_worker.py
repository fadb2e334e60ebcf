"""Runs inside the peers' own environment: ``python gpx_worker.py JOB.json OUT.json``.

Needs gpxpy, lxml, tcxreader and numpy, nothing of ours. For each file and peer: how many points
came out, the values (of the first three columns and the time, as sums that any change would move,
and in full in an .npz beside OUT), and the best CPU time of a few runs.
"""

from __future__ import annotations

import json
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Values = dict[str, Any]
FIELDS = {"ele", "time", "speed", "hAcc", "vAcc"}


def gpxpy(data: bytes) -> Values:
    """Read with gpxpy: from bytes, as a program would that opens a file in binary mode."""
    import gpxpy as peer

    parsed = peer.parse(data)
    rows = [
        (number, p.latitude, p.longitude, p.elevation, p.time)
        for number, track in enumerate(parsed.tracks)
        for segment in track.segments
        for p in segment.points
    ]
    times = [row[4].timestamp() if row[4] is not None else np.nan for row in rows]
    table = np.array([[np.nan if v is None else v for v in row[:4]] for row in rows], float)
    return {"table": table.reshape(-1, 4), "time": np.array(times, float)}


def gpxpy_without_lxml(data: bytes) -> Values:
    """Read with gpxpy on the parser of Python itself."""
    from gpxpy import parser

    with_lxml, parser.mod_etree = parser.mod_etree, ET
    try:
        return gpxpy(data)
    finally:
        parser.mod_etree = with_lxml


def _walked(events: Any, point: str) -> Values:
    rows = []
    for _, node in events:
        if node.tag.rpartition("}")[2] == point:
            texts = {c.tag.rpartition("}")[2]: c.text for c in node.iter() if c is not node}
            row = [node.get("lat") or texts.get("LatitudeDegrees")]
            row += [node.get("lon") or texts.get("LongitudeDegrees")]
            row += [texts.get("ele") or texts.get("AltitudeMeters")]
            rows.append([float(v) if v else np.nan for v in row])
            node.clear()
    return {"table": np.array(rows, float).reshape(-1, 3), "time": np.zeros(len(rows))}


def _point(data: bytes) -> str:
    return "trkpt" if b"<trkpt" in data else "Trackpoint"


def elementtree(data: bytes) -> Values:
    """Positions and heights only, with ElementTree: the least that a program would do."""
    parser = ET.XMLPullParser(["end"])
    parser.feed(data)
    parser.close()
    return _walked(parser.read_events(), _point(data))


def lxml(data: bytes) -> Values:
    """Positions and heights only, with lxml."""
    import io

    from lxml import etree

    return _walked(etree.iterparse(io.BytesIO(data), events=("end",)), _point(data))


def tcxreader(data: bytes) -> Values:
    """Read with tcxreader, which wants a file."""
    import tempfile

    from tcxreader.tcxreader import TCXReader

    with tempfile.NamedTemporaryFile(suffix=".tcx") as file:
        file.write(data)
        file.flush()
        found = TCXReader().read(file.name, only_gps=False)
    rows = [
        [np.nan if v is None else v for v in (0, p.latitude, p.longitude, p.elevation)]
        for p in found.trackpoints
    ]
    times = [p.time.timestamp() if p.time is not None else np.nan for p in found.trackpoints]
    return {"table": np.array(rows, float).reshape(-1, 4), "time": np.array(times, float)}


PEERS: dict[str, Callable[[bytes], Values]] = {
    "gpxpy": gpxpy,
    "gpxpy without lxml": gpxpy_without_lxml,
    "ElementTree": elementtree,
    "lxml": lxml,
    "tcxreader": tcxreader,
}


def main() -> None:
    """Run every peer on every file that a job names for it."""
    job = json.loads(Path(sys.argv[1]).read_text())
    out, arrays = [], {}
    for number, task in enumerate(job):
        data = Path(task["file"]).read_bytes()
        answer: Values = {"file": task["file"], "peer": task["peer"]}
        try:
            best = []
            for _ in range(task["runs"]):
                began = time.process_time()
                values = PEERS[task["peer"]](data)
                best.append(time.process_time() - began)
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
            answer |= {"points": 0, "error": type(error).__name__}
        else:
            answer |= {"points": len(values["table"]), "cpu_s": min(best)}
            arrays[f"table_{number}"], arrays[f"time_{number}"] = values["table"], values["time"]
        out.append(answer)
    np.savez(sys.argv[2] + ".npz", **arrays)
    Path(sys.argv[2]).write_text(json.dumps(out))


if __name__ == "__main__":
    main()
