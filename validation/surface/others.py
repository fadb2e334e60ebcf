"""What else could be done: the nearest way to each position, and Valhalla."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evenstride.terrain.surface.candidates import find
from evenstride.terrain.surface.network import build
from validation.peers.host import WORK
from validation.surface.walks import Town, Walk

__all__ = ["Guessed", "nearest", "valhalla"]

PYTHON = "python3.12"  # wheels for Python 3.11 end at 3.2.0, which cannot build tiles
INSTALL = "pyvalhalla==3.9.1"


@dataclass(frozen=True, slots=True, eq=False)
class Guessed:
    """The way id of each position of each walk, 0 for none, and what it cost."""

    ways: list[NDArray[np.int64]]
    cpu_s: float


def nearest(town: Town, walks: Sequence[Walk]) -> Guessed:
    """Take the nearest way of each position, whatever came before."""
    network = build(town.ways, town.plane)
    found, start = [], time.process_time()
    for walk in walks:
        place_m = town.plane.place(walk.latitude_deg, walk.longitude_deg)
        near = find(network, place_m, np.full(len(place_m), 30.0))
        best = np.full(len(place_m), -1)
        order = np.argsort(-near.off_m, kind="stable")  # the nearest is written last
        best[near.position[order]] = network.way[near.edge[order]]
        found.append(np.append(town.ways.id, 0)[best])
    return Guessed(found, time.process_time() - start)


def valhalla(map_path: Path, walks: Sequence[Walk]) -> Guessed | None:
    """Ask Valhalla; None where it cannot be installed."""
    python = _environment()
    if python is None:
        return None
    jobs = [
        {
            "latitude_deg": walk.latitude_deg.tolist(),
            "longitude_deg": walk.longitude_deg.tolist(),
            "accuracy_m": walk.accuracy_m,
        }
        for walk in walks
    ]
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        job, out = Path(folder) / "walks.json", Path(folder) / "out.json"
        job.write_text(json.dumps(jobs))
        worker = Path(__file__).with_name("valhalla_worker.py")
        command = [str(python), str(worker), str(map_path), str(job), str(out)]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet)
        answer = json.loads(out.read_text())
    return Guessed([np.array(one, dtype=np.int64) for one in answer["ways"]], answer["cpu_s"])


def _environment() -> Path | None:
    home = WORK / "valhalla"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        try:
            subprocess.run([PYTHON, "-m", "venv", "--clear", str(home)], check=True)
            pip = [str(python), "-m", "pip", "install", "-q", INSTALL]
            subprocess.run(pip, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        (home / "ready").touch()
    return python
