"""Accuracy on the lumbar sets: evenstride and the peers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from validation import datasets, ours
from validation.datasets import Walk
from validation.foot_reference import way_to_turn_m, with_course_strides, with_foot_strides
from validation.peers.host import PEERS, Peer, run_walks
from validation.scoring import (
    Confusion,
    Found,
    samples_confusion,
    score_contacts,
    score_lengths,
    steady_strides,
    uncovered_s,
)
from validation.split import HOLD_OUT_H, TUNING_H
from validation.summary import Summary, summarise

__all__ = ["MOBGAP_PARTS", "accuracy", "lumbar_sets"]

MOBGAP_PARTS: tuple[str, ...] = tuple(
    f"{sequence}+{contact}"
    for sequence in ("iluz", "ionescu", "adaptive")
    for contact in ("ionescu", "shin", "hklee")
)


def lumbar_sets(recordings: Path) -> dict[str, list[Walk]]:
    """Return H (with stride lengths from the feet) and L."""
    return {
        "H": [with_foot_strides(walk, recordings) for walk in datasets.load_h(recordings)],
        "L": datasets.load_l(recordings),
    }


def accuracy(recordings: Path, *, peers: bool, reuse: bool) -> dict[str, Any]:
    """Return every score of every engine on every group of walks."""
    sets = lumbar_sets(recordings)
    every = [walk for walks in sets.values() for walk in walks]
    mine = {walk.id: ours.run(walk) for walk in every}
    engines: dict[str, Any] = {"evenstride": _scores(sets, mine)}
    versions: dict[str, str] = {}
    for peer in PEERS if peers else ():
        engines[peer.name] = _scores(sets, run_walks(peer, every, reuse=reuse))
        versions[peer.name] = peer.title
    if peers:
        engines["mobgap, impaired"] = _scores(
            sets, run_walks(PEERS[0], every, variant="impaired", reuse=reuse)
        )
        engines["mobgap, best parts"] = _best_parts(sets, PEERS[0], every, reuse=reuse)
    return {
        "engines": engines,
        "versions": versions,
        "people": _by_person(sets["H"], mine),
        "foot_reference": _foot_check(sets["H"]),
        "uncovered_s": {
            name: sum(uncovered_s(mine[w.id], float(w.signal.time_s[-1])) for w in walks)
            for name, walks in sets.items()
        },
        "trouser_pocket": _trouser_pocket(recordings),
    }


def _groups(sets: Mapping[str, Sequence[Walk]]) -> dict[str, list[Walk]]:
    return {
        "H tuning": [walk for walk in sets["H"] if walk.person in TUNING_H],
        "H hold-out": [walk for walk in sets["H"] if walk.person in HOLD_OUT_H],
        "H": list(sets["H"]),
        "L": list(sets["L"]),
    }


def _scores(sets: Mapping[str, Sequence[Walk]], found: Mapping[str, Found]) -> dict[str, Any]:
    """Score one engine on each group; the hold-out people get the constant of the tuning people."""
    groups = _groups(sets)
    tuning = summarise(groups["H tuning"], found)
    out = {"H tuning": _plain(tuning)}
    for name in ("H hold-out", "H"):
        out[name] = _plain(summarise(groups[name], found, offset_s=tuning.offset_s))
    out["H hold-out, by the course"] = _course(groups["H hold-out"], sets["H"], found)
    out["H tuning, by the course"] = _course(groups["H tuning"], sets["H"], found)
    out["L"] = _plain(summarise(groups["L"], found))
    out["L, cameras"] = _plain(summarise(groups["L"], found, second=True))
    return out


def _course(
    walks: Sequence[Walk], every: Sequence[Walk], found: Mapping[str, Found]
) -> dict[str, Any]:
    """Judge stride length by the length of the course, where no foot sensor was worn."""
    course = with_course_strides(walks, every)
    score = score_lengths([(w.reference, found[w.id]) for w in course if w.reference is not None])
    return asdict(score)


def _plain(score: Summary) -> dict[str, Any]:
    out = asdict(score)
    out["gait"] = {"f1": score.gait.f1, "specificity": score.gait.specificity}
    return out


def _best_parts(
    sets: Mapping[str, Sequence[Walk]], peer: Peer, every: Sequence[Walk], *, reuse: bool
) -> dict[str, Any]:
    """Return, per group, the best that any pair of parts reached: contacts and sequences apart.

    The pair is chosen with the truth in hand, which is more than a user could do.
    """
    scores = {
        variant: _scores(sets, run_walks(peer, every, variant=variant, reuse=reuse))
        for variant in MOBGAP_PARTS
    }
    out: dict[str, Any] = {}
    for group in ("H tuning", "H hold-out", "H", "L", "L, cameras"):
        contacts = max((scores[v][group]["contacts_f1"], v) for v in MOBGAP_PARTS)[1]
        gait = max((scores[v][group]["gait"]["f1"], v) for v in MOBGAP_PARTS)[1]
        out[group] = scores[contacts][group] | {
            "gait": scores[gait][group]["gait"],
            "parts": f"contacts {contacts}, sequences {gait}",
        }
    return out


def _by_person(walks: Sequence[Walk], found: Mapping[str, Found]) -> list[dict[str, Any]]:
    rows = []
    for person in sorted({walk.person for walk in walks}, key=int):
        group = [walk for walk in walks if walk.person == person]
        rows.append(
            {"person": person, "held_out": person in HOLD_OUT_H} | _plain(summarise(group, found))
        )
    return rows


def _foot_check(walks: Sequence[Walk]) -> dict[str, Any]:
    """Say how plausible the stride lengths from the feet are.

    The cross-check is the way of the feet from standing to the middle of the U-turn, in trials
    where no stride of the first leg was left out for lost packets: it should be close to 10 m.
    """
    worn = [walk for walk in walks if walk.reference and len(walk.reference.strides.length_m)]
    whole = np.array([way for walk in worn if (way := way_to_turn_m(walk)) is not None])
    return {
        "people": sorted({walk.person for walk in worn}),
        "trials": len(worn),
        "trials_whole": len(whole),
        "way_mean_m": float(whole.mean()),
        "way_sd_m": float(whole.std(ddof=1)),
        "strides": sum(int(steady_strides(w.reference).sum()) for w in worn if w.reference),
    }


def _trouser_pocket(recordings: Path) -> dict[str, Any]:
    """Score walking against sitting in set T, whose clocks lie."""
    total = Confusion()
    left = 0.0
    walks = datasets.load_t(recordings)
    for walk in walks:
        found = ours.run(walk)
        duration = float(walk.signal.time_s[-1])
        if walk.reference is not None:
            total += samples_confusion(walk.reference, found.bouts_s, duration)
        left += uncovered_s(found, duration)
    return {
        "walks": len(walks),
        "f1": total.f1,
        "specificity": total.specificity,
        "uncovered_s": left,
    }


def contacts_f1(walks: Sequence[Walk], found: Mapping[str, Found]) -> float:
    """Return the pooled contact F1 within 250 ms."""
    return score_contacts(
        [(walk.reference, found[walk.id]) for walk in walks if walk.reference is not None]
    ).f1
