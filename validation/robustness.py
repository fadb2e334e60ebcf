"""What rotation, slow sampling, lost packets and broken input do to each engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial.transform import Rotation

from validation import ours
from validation.accuracy import contacts_f1, lumbar_sets
from validation.datasets import STANDARD_GRAVITY_M_S2, Signal, Walk
from validation.peers.host import PEERS, run_walks
from validation.scoring import Found, timing_change, uncovered_s
from validation.signals import lose_bursts, resample, rotate
from validation.split import HOLD_OUT_H, TUNING_H

__all__ = ["DEFECTS", "robustness", "silence"]

_SEED = 20261122
_HARM = 0.05  # a contact F1 that falls by more than this was harmed by the defect


def robustness(recordings: Path, *, peers: bool, reuse: bool) -> dict[str, Any]:
    """Return the contact F1 under each condition, by engine and group."""
    sets = lumbar_sets(recordings)
    every = [walk for walks in sets.values() for walk in walks]
    rng = np.random.default_rng(_SEED)
    spins = Rotation.random(len(every), rng)
    turned = [w.with_signal(rotate(w.signal, r)) for w, r in zip(every, spins, strict=True)]
    conditions = {
        "as mounted": every,
        "turned": turned,
        "50 Hz": [w.with_signal(resample(w.signal, 50.0)) for w in every],
        "25 Hz": [w.with_signal(resample(w.signal, 25.0)) for w in every],
        "10 % lost": [w.with_signal(lose_bursts(w.signal, 0.10, rng)) for w in every],
    }
    out: dict[str, Any] = {"engines": {}}
    mine = {name: {w.id: ours.run(w) for w in walks} for name, walks in conditions.items()}
    out["engines"]["evenstride"] = _f1(conditions, mine)
    changes = [timing_change(mine["as mounted"][w.id], mine["turned"][w.id]) for w in every]
    out["rotation_change_s"] = float(max(changes))
    out["rotation_walks"] = len(changes)
    for peer in PEERS if peers else ():
        theirs = {
            name: run_walks(peer, walks, axes_known=name != "turned", reuse=reuse)
            for name, walks in conditions.items()
        }
        out["engines"][peer.name] = _f1(conditions, theirs)
    return out


def _f1(
    conditions: Mapping[str, Sequence[Walk]], found: Mapping[str, Mapping[str, Found]]
) -> dict[str, dict[str, float]]:
    groups: dict[str, Callable[[Walk], bool]] = {
        "H tuning": lambda w: w.set == "H" and w.person in TUNING_H,
        "H hold-out": lambda w: w.set == "H" and w.person in HOLD_OUT_H,
        "L": lambda w: w.set == "L",
    }
    return {
        name: {
            group: contacts_f1([walk for walk in walks if chosen(walk)], found[name])
            for group, chosen in groups.items()
        }
        for name, walks in conditions.items()
    }


# --- broken input ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Defect:
    """A way in which real input is wrong."""

    name: str
    change: Callable[[Signal], Signal]
    for_peers: bool = True


def _accelerations(change: Callable[[Any], Any]) -> Callable[[Signal], Signal]:
    return lambda s: replace(s, acceleration_m_s2=change(s.acceleration_m_s2))


def _middle(signal: Signal, seconds: float) -> slice:
    centre = 0.4 * float(signal.time_s[-1])
    low, high = np.searchsorted(signal.time_s, [centre - seconds / 2, centre + seconds / 2])
    return slice(int(low), int(high))


def _holed(signal: Signal) -> Signal:
    values = signal.acceleration_m_s2.copy()
    values[_middle(signal, 3.0)] = np.nan
    return replace(signal, acceleration_m_s2=values)


def _frozen(signal: Signal) -> Signal:
    part = _middle(signal, 4.0)
    acceleration = signal.acceleration_m_s2.copy()
    acceleration[part] = acceleration[part.start]
    angular = signal.angular_velocity_rad_s
    if angular is not None:
        angular = angular.copy()
        angular[part] = 0.0
    return Signal(signal.time_s, acceleration, angular)


def _cut_out(signal: Signal) -> Signal:
    keep = np.ones(signal.time_s.size, dtype=bool)
    keep[_middle(signal, 3.0)] = False
    angular = signal.angular_velocity_rad_s
    return Signal(
        signal.time_s[keep],
        signal.acceleration_m_s2[keep],
        None if angular is None else angular[keep],
    )


def _without_gravity(signal: Signal) -> Signal:
    rows = 101
    box = np.ones(rows) / rows
    padded = np.pad(signal.acceleration_m_s2, ((rows // 2, rows // 2), (0, 0)), mode="edge")
    slow = np.column_stack([np.convolve(column, box, mode="valid") for column in padded.T])
    return replace(signal, acceleration_m_s2=signal.acceleration_m_s2 - slow)


def _dead_axis(values: Any) -> Any:
    out = values.copy()
    out[:, 0] = 0.0
    return out


DEFECTS: tuple[Defect, ...] = (
    Defect("acceleration in g", _accelerations(lambda a: a / STANDARD_GRAVITY_M_S2)),
    Defect("acceleration in milli-g", _accelerations(lambda a: 1e3 * a / STANDARD_GRAVITY_M_S2)),
    Defect("acceleration in raw counts", _accelerations(lambda a: np.round(a * 417.6))),
    Defect(
        "turning rate in deg/s",
        lambda s: replace(
            s,
            angular_velocity_rad_s=None
            if s.angular_velocity_rad_s is None
            else np.rad2deg(s.angular_velocity_rad_s),
        ),
    ),
    Defect("upside down", _accelerations(lambda a: a * np.array([-1.0, -1.0, 1.0]))),
    Defect("axes in another order", _accelerations(lambda a: a[:, [2, 0, 1]])),
    Defect("one axis dead", _accelerations(_dead_axis)),
    Defect("gravity removed", _without_gravity),
    Defect("clipped at 1.2 g", _accelerations(lambda a: np.clip(a, -11.77, 11.77))),
    Defect("3 s of NaN", _holed),
    Defect("3 s missing", _cut_out),
    Defect("frozen for 4 s", _frozen),
    Defect("no gyroscope", lambda s: replace(s, angular_velocity_rad_s=None)),
    Defect("only 12.5 Hz", lambda s: resample(s, 12.5)),
    Defect("time in milliseconds", lambda s: replace(s, time_s=s.time_s * 1e3), for_peers=False),
    Defect("whole seconds only", lambda s: replace(s, time_s=np.floor(s.time_s)), for_peers=False),
)


def silence(recordings: Path, *, peers: bool, reuse: bool) -> dict[str, Any]:
    """Return, per defect and engine, how often it harmed the result and how often in silence.

    One trial of every person of H and the longest of L are used. A defect harms when the contact
    F1 of the trial falls by more than 5 points. It is silent when the engine raised nothing, said
    nothing that it does not also say about the intact trial, and (evenstride) named no more time
    as unused.
    """
    sets = lumbar_sets(recordings)
    walks = [walk for walk in sets["H"] if walk.id.endswith("-1")] + [sets["L"][-1]]
    intact = {"evenstride": {w.id: ours.run_or_say(w) for w in walks}}
    chosen = {peer.name: peer for peer in PEERS} if peers else {}
    for name, peer in chosen.items():
        intact[name] = run_walks(peer, walks, reuse=reuse)
    rows: list[dict[str, Any]] = []
    for defect in DEFECTS:
        broken = [walk.with_signal(defect.change(walk.signal)) for walk in walks]
        answers = {"evenstride": {w.id: ours.run_or_say(w) for w in broken}}
        if defect.for_peers:
            for name, peer in chosen.items():
                answers[name] = run_walks(peer, broken, reuse=reuse)
        for name, found in answers.items():
            harmed = [w for w in broken if _harmed(w, intact[name][w.id], found[w.id])]
            silent = [w for w in harmed if _silent(intact[name][w.id], found[w.id])]
            rows.append(
                {
                    "defect": defect.name,
                    "engine": name,
                    "walks": len(walks),
                    "harmed": len(harmed),
                    "silent": len(silent),
                }
            )
    unaccounted = {
        w.id: uncovered_s(intact["evenstride"][w.id], float(w.signal.time_s[-1])) for w in walks
    }
    return {"rows": rows, "unaccounted_s": unaccounted}


def _harmed(walk: Walk, before: Found, after: Found) -> bool:
    one, other = (contacts_f1([walk], {walk.id: found}) for found in (before, after))
    return not other >= one - _HARM


def _silent(before: Found, after: Found) -> bool:
    named = [
        0.0 if f.unused_s is None else float(np.ptp(f.unused_s, axis=1).sum())
        for f in (before, after)
    ]
    return set(after.said) <= set(before.said) and named[1] <= named[0] + 0.5
