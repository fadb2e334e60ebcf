"""Our side of the peers: environments, jobs and results."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.signal import resample_poly
from scipy.spatial.transform import Rotation

from validation.datasets import Floats, Signal, StrideTable, Walk
from validation.scoring import Found
from validation.signals import evenly

__all__ = ["PEERS", "Answer", "Job", "Peer", "ensure", "job_of", "run", "run_walks"]

WORK = Path(__file__).parents[1] / ".work"
PEER_RATE_HZ = 100.0
ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "SSQ_PARALLEL",
    ),
    "1",
) | {"SSQ_PARALLEL": "0"}


@dataclass(frozen=True, slots=True)
class Peer:
    """One other engine.

    Attributes:
        name: Short name, also of its environment and worker module.
        title: As shown.
        installs: pip commands, each a tuple of arguments.
    """

    name: str
    title: str
    installs: tuple[tuple[str, ...], ...]


PEERS: tuple[Peer, ...] = (
    Peer("mobgap", "mobgap 1.2.0", (("mobgap==1.2.0",),)),
    Peer("skdh", "scikit-digital-health 0.17.18", (("scikit-digital-health==0.17.18",),)),
    Peer(
        "forest",
        "forest.oak (beiwe-forest 1.0)",
        (("--no-deps", "beiwe-forest==1.0"), ("numpy", "scipy", "pandas", "ssqueezepy")),
    ),
)


def ensure(peer: Peer) -> Path:
    """Return the Python of a peer's environment, made on first use."""
    home = WORK / peer.name
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        for arguments in peer.installs:
            pip = [str(python), "-m", "pip", "install", "-q", "--no-warn-conflicts", *arguments]
            subprocess.run(pip, check=True)
        (home / "ready").touch()
    return python


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One recording on an even grid, as a peer gets it."""

    acceleration_m_s2: Floats
    angular_velocity_rad_s: Floats
    facts: Mapping[str, Any]


def job_of(walk: Walk, *, axes_known: bool = True, **facts: Any) -> Job:
    """Prepare a walk for a peer with every chance for it.

    The signal is put on an even 100 Hz grid by its time stamps. Lumbar sensors as mounted are
    remapped to X up, Y right, Z forward (on H, X is up and Z points out of the back). Phones are
    turned so that gravity is up and the strongest level movement is forward.
    """
    signal = _at_peer_rate(walk.signal)
    if axes_known and walk.set == "H":
        signal = _multiplied(signal, np.array([1.0, -1.0, -1.0]))
    elif axes_known and walk.set in ("P", "T"):
        signal = _upright(signal)
    angular = signal.angular_velocity_rad_s
    return Job(
        signal.acceleration_m_s2,
        np.zeros((0, 3)) if angular is None else angular,
        {
            "rate_hz": PEER_RATE_HZ,
            "height_m": walk.height_m,
            "sensor_height_m": walk.sensor_height_m,
            "axes_known": axes_known,
            **facts,
        },
    )


def _at_peer_rate(signal: Signal) -> Signal:
    """Put a signal on an even 100 Hz grid; slower ones are filled up without distortion."""
    step = float(np.median(np.diff(signal.time_s)))
    times = round(step * PEER_RATE_HZ)
    if times < 2:
        return evenly(signal, PEER_RATE_HZ)
    slow = evenly(signal, PEER_RATE_HZ / times)
    angular = slow.angular_velocity_rad_s
    acceleration = resample_poly(slow.acceleration_m_s2, times, 1, axis=0, padtype="line")
    return Signal(
        np.arange(len(acceleration)) / PEER_RATE_HZ,
        acceleration,
        None if angular is None else resample_poly(angular, times, 1, axis=0, padtype="line"),
    )


def _multiplied(signal: Signal, signs: Floats) -> Signal:
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s,
        signal.acceleration_m_s2 * signs,
        None if angular is None else angular * signs,
    )


def _upright(signal: Signal) -> Signal:
    """Turn a phone so that mean gravity is +x and the strongest level movement is z."""
    acceleration = signal.acceleration_m_s2
    up = acceleration.mean(axis=0)
    up /= np.linalg.norm(up)
    level = acceleration - np.outer(acceleration @ up, up)
    level = level - level.mean(axis=0)
    forward = np.linalg.eigh(level.T @ level)[1][:, -1]
    forward -= (forward @ up) * up
    forward /= np.linalg.norm(forward)
    turn = Rotation.from_matrix(np.array([up, np.cross(forward, up), forward]))
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s,
        np.asarray(turn.apply(acceleration)),
        None if angular is None else np.asarray(turn.apply(angular)),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a peer's process."""

    found: tuple[Found, ...]
    cpu_s: tuple[tuple[float, ...], ...]
    errors: tuple[str, ...]
    import_s: float
    before_mb: float
    peak_mb: float
    version: str


def run(peer: Peer, jobs: Sequence[Job], *, reuse: bool = False) -> Answer:
    """Run a peer over jobs in one process of its own, in one thread.

    With ``reuse`` the answer of an earlier run to exactly the same job by the same code is taken.
    """
    python = ensure(peer)
    kept = WORK / "answers" / f"{peer.name}-{_fingerprint(peer, jobs)}.json"
    if not (reuse and kept.exists()):
        kept.parent.mkdir(parents=True, exist_ok=True)
        _ask(peer, python, jobs, kept)
    document = json.loads(kept.read_text())
    results = document["results"]
    return Answer(
        found=tuple(_found(result) for result in results),
        cpu_s=tuple(tuple(result["cpu_s"]) for result in results),
        errors=tuple(result.get("error", "") for result in results),
        import_s=document["import_s"],
        before_mb=document["before_mb"],
        peak_mb=document["peak_mb"],
        version=document["version"],
    )


def _fingerprint(peer: Peer, jobs: Sequence[Job]) -> str:
    digest = hashlib.sha256()
    for name in ("worker", f"engine_{peer.name}"):
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    for job in jobs:
        digest.update(json.dumps(dict(job.facts), sort_keys=True).encode())
        digest.update(np.ascontiguousarray(job.acceleration_m_s2).data)
        digest.update(np.ascontiguousarray(job.angular_velocity_rad_s).data)
    return digest.hexdigest()[:20]


def _ask(peer: Peer, python: Path, jobs: Sequence[Job], out_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        job_path = Path(folder) / "job.npz"
        arrays: dict[str, Any] = {"meta": json.dumps([dict(job.facts) for job in jobs])}
        for number, job in enumerate(jobs):
            arrays[f"acceleration_{number}"] = job.acceleration_m_s2
            arrays[f"angular_velocity_{number}"] = job.angular_velocity_rad_s
        np.savez(job_path, **arrays)
        worker = Path(__file__).with_name("worker.py")
        subprocess.run(
            [str(python), str(worker), peer.name, str(job_path), str(out_path)],
            check=True,
            env=os.environ | ONE_THREAD | {"PYTHONWARNINGS": "default"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def run_walks(
    peer: Peer,
    walks: Sequence[Walk],
    *,
    axes_known: bool = True,
    reuse: bool = False,
    **facts: Any,
) -> dict[str, Found]:
    """Run a peer over walks and return its results by walk id."""
    jobs = [job_of(walk, axes_known=axes_known, **facts) for walk in walks]
    answer = run(peer, jobs, reuse=reuse)
    return {walk.id: found for walk, found in zip(walks, answer.found, strict=True)}


def _found(result: Mapping[str, Any]) -> Found:
    said = tuple(result.get("said", ())) + ((result["error"],) if "error" in result else ())
    contact = np.array(result.get("contacts", []), dtype=np.float64)
    side = np.array(result.get("sides", []), dtype=np.int8)
    order = np.argsort(contact, kind="stable")
    rows = np.array(result.get("strides", []), dtype=np.float64).reshape(-1, 5)
    return Found(
        contact_s=contact[order],
        contact_side=side[order],
        bouts_s=np.array(result.get("bouts", []), dtype=np.float64).reshape(-1, 2),
        strides=StrideTable(
            rows[:, 0], rows[:, 1], rows[:, 2].astype(np.int8), rows[:, 3], rows[:, 4]
        ),
        steps=float(result.get("steps", 0)),
        said=said,
    )
