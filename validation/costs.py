"""Speed and memory: one thread, fresh processes, one warm-up call, arrays already in memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from validation import datasets
from validation.datasets import Signal
from validation.day import RATE_HZ, day_mix, walking_only
from validation.peers import host
from validation.peers.host import ONE_THREAD, PEERS, WORK, Job, Peer

__all__ = ["memory", "speed"]

_ROOT = Path(__file__).parents[1]


def speed(recordings: Path, *, peers: bool, reuse: bool) -> dict[str, Any]:
    """Return CPU seconds for an hour of a day, an hour of walking, and a 30 s recording."""
    walks = datasets.load_h(recordings)
    hour = day_mix(walks, 1.0)
    signals = {
        "day mix, 1 h": (hour, 3),
        "all walking, 1 h": (walking_only(walks, 1.0), 3),
        "30 s": (_first(walking_only(walks, 0.02), 30.0), 20),
    }
    engines: dict[str, Any] = {"evenstride": {}}
    for name, (signal, repeats) in signals.items():
        answer = _ours(signal, repeats)
        engines["evenstride"][name] = {
            "cpu_s": float(np.median(answer["cpu_s"])),
            "contacts": answer["contacts"],
            "bouts": answer["bouts"],
        }
    for peer in PEERS if peers else ():
        engines[peer.name] = {}
        for name, (signal, repeats) in signals.items():
            theirs = host.run(peer, _jobs(signal, min(repeats, 3)), reuse=reuse)
            engines[peer.name][name] = {
                "cpu_s": float(np.median(theirs.cpu_s[-1])),
                "contacts": int(theirs.found[-1].contact_s.size),
                "error": theirs.errors[-1],
            }
    return {"engines": engines, "import_s": _import_times(peers=peers)}


def memory(recordings: Path, *, peers: bool, reuse: bool, quick: bool) -> dict[str, Any]:
    """Return the peak memory above the import and above the arrays that were handed in."""
    walks = datasets.load_h(recordings)
    hour = day_mix(walks, 1.0)
    lengths = (1, 4) if quick else (1, 4, 24)
    engines: dict[str, Any] = {"evenstride": {}}
    for hours in lengths:
        answer = _ours(_tiled(hour, hours), 1)
        engines["evenstride"][f"{hours} h"] = answer["peak_mb"] - answer["before_mb"]
    days = 1 if quick else 7
    answer = _ours(hour, 1, stream_hours=24 * days)
    engines["evenstride"][f"{days} d, streamed"] = answer["peak_mb"] - answer["before_mb"]
    engines["evenstride"][f"{days} d, CPU s"] = answer["cpu_s"][0]
    for peer in PEERS if peers else ():
        engines[peer.name] = {
            f"{hours} h": _peer_memory(peer, _tiled(hour, hours), reuse=reuse) for hours in lengths
        }
    return {"engines": engines}


def _peer_memory(peer: Peer, signal: Signal, *, reuse: bool) -> float | str:
    answer = host.run(peer, _jobs(signal, 1), reuse=reuse)
    return answer.errors[-1] or answer.peak_mb - answer.before_mb


def _jobs(signal: Signal, repeats: int) -> list[Job]:
    """Return a warm-up job of 30 s and the job itself, on the axes that peers expect."""
    facts = {"rate_hz": RATE_HZ, "height_m": 1.75, "axes_known": True}
    signs = np.array([1.0, -1.0, -1.0])
    angular = signal.angular_velocity_rad_s
    turning = np.zeros((0, 3)) if angular is None else angular * signs
    acceleration = signal.acceleration_m_s2 * signs
    few = slice(0, round(30 * RATE_HZ))
    return [
        Job(acceleration[few], turning[few], facts | {"warm_up": True}),
        Job(acceleration, turning, facts | {"repeats": repeats}),
    ]


def _first(signal: Signal, seconds: float) -> Signal:
    few = slice(0, round(seconds * RATE_HZ))
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s[few],
        signal.acceleration_m_s2[few],
        None if angular is None else angular[few],
    )


def _tiled(signal: Signal, hours: int) -> Signal:
    angular = signal.angular_velocity_rad_s
    return Signal(
        np.arange(signal.time_s.size * hours) / RATE_HZ,
        np.tile(signal.acceleration_m_s2, (hours, 1)),
        None if angular is None else np.tile(angular, (hours, 1)),
    )


def _ours(signal: Signal, repeats: int, *, stream_hours: int = 0) -> Mapping[str, Any]:
    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        job, out = Path(folder) / "job.npz", Path(folder) / "out.json"
        angular = signal.angular_velocity_rad_s
        np.savez(
            job,
            time_s=signal.time_s,
            acceleration=signal.acceleration_m_s2,
            angular_velocity=np.zeros((0, 3)) if angular is None else angular,
        )
        module = [sys.executable, "-m", "validation.bench_ours"]
        subprocess.run(
            [*module, str(job), str(out), str(repeats), str(stream_hours)],
            check=True,
            cwd=_ROOT,
            env=os.environ | ONE_THREAD,
        )
        answer: Mapping[str, Any] = json.loads(out.read_text())
    return answer


def _import_times(*, peers: bool) -> dict[str, float]:
    """Return the wall-clock seconds until each engine can be called, in a fresh process."""
    lines = {"evenstride": (sys.executable, "import evenstride; evenstride.analyze")}
    modules = {"mobgap": "mobgap.pipeline", "skdh": "skdh.gait", "forest": "forest.oak.base"}
    for peer in PEERS if peers else ():
        lines[peer.name] = (str(host.ensure(peer)), f"import {modules[peer.name]}")
    code = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"
    out = {}
    for name, (python, line) in lines.items():
        command = [python, "-W", "ignore", "-c", code.format(line)]
        subprocess.run(command, check=True, capture_output=True)
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        out[name] = float(done.stdout.split()[-1])
    return out
