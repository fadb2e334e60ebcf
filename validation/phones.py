"""Steps counted from phones, by position."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from validation import datasets, ours
from validation.datasets import Walk
from validation.peers.host import PEERS, run_walks
from validation.scoring import Found
from validation.summary import step_counts

__all__ = ["phones"]


def phones(recordings: Path, *, peers: bool, reuse: bool) -> dict[str, Any]:
    """Return the error of the step count of every walk, by engine."""
    walks = datasets.load_p(recordings)
    engines = {
        "evenstride": {w.id: ours.run(w, tell_placement=False) for w in walks},
        "evenstride, placement told": {w.id: ours.run(w) for w in walks},
    }
    for peer in PEERS if peers else ():
        engines[peer.name] = run_walks(peer, walks, reuse=reuse)
        if peer.name != "forest":  # which looks at the length of the vector only
            engines[f"{peer.name}, as it lay"] = run_walks(
                peer, walks, axes_known=False, reuse=reuse
            )
    return {
        "walks": [
            {"id": w.id, "person": w.person, "position": w.position, "steps": w.steps}
            for w in walks
        ],
        "engines": {name: _scores(walks, found) for name, found in engines.items()},
    }


def _scores(walks: Sequence[Walk], found: dict[str, Found]) -> dict[str, Any]:
    every = step_counts(walks, found)
    groups = {
        "person": sorted({walk.person for walk in walks}),
        "position": sorted({walk.position for walk in walks}),
    }
    return {
        "mape": every.mape,
        "worst": every.worst,
        "by_walk": dict(every.by_walk),
        **{
            kind: {
                name: step_counts([w for w in walks if getattr(w, kind) == name], found).mape
                for name in names
            }
            for kind, names in groups.items()
        },
    }
