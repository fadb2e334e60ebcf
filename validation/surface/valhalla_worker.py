"""Runs inside the environment of Valhalla: ``python valhalla_worker.py MAP WALKS.json OUT.json``.

Builds the tiles of a map, matches each walk, and writes the way id of each position (0 = none)
with the computing time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import valhalla

_WANTED = ["edge.way_id", "matched.edge_index", "matched.type"]


def main() -> None:
    """Match all walks of a file."""
    map_path, walks_path, out_path = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "valhalla.json"
        settings = valhalla.get_config(tile_dir=folder, tile_extract="", verbose=False)
        config.write_text(json.dumps(settings))
        builder = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
        start = time.perf_counter()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([str(builder), "-c", str(config), map_path], check=True, **quiet)
        build_s = time.perf_counter() - start
        actor = valhalla.Actor(str(config))
        found, cpu_s = [], 0.0
        for walk in json.loads(Path(walks_path).read_text()):
            start = time.process_time()
            found.append(_ways(actor, walk))
            cpu_s += time.process_time() - start
    Path(out_path).write_text(
        json.dumps(
            {"ways": found, "cpu_s": cpu_s, "build_s": build_s, "version": valhalla.__version__}
        )
    )


def _ways(actor: valhalla.Actor, walk: dict) -> list[int]:
    request = {
        "shape": [
            {"lat": a, "lon": b}
            for a, b in zip(walk["latitude_deg"], walk["longitude_deg"], strict=True)
        ],
        "costing": "pedestrian",
        "shape_match": "map_snap",
        "gps_accuracy": walk["accuracy_m"] / 1.51,  # it takes a standard deviation
        "search_radius": 50,
        "filters": {"attributes": _WANTED, "action": "include"},
    }
    try:
        answer = actor.trace_attributes(request)
    except RuntimeError:  # no way near
        return [0] * len(walk["latitude_deg"])
    edges = [edge["way_id"] for edge in answer["edges"]]
    return [
        edges[point["edge_index"]] if point.get("edge_index", len(edges)) < len(edges) else 0
        for point in answer["matched_points"]
    ]


if __name__ == "__main__":
    main()
