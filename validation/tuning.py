"""Fit the weights that tell walking from rest: ``python -m validation.tuning``.

Logistic regression on the turns of the step rhythm of the tuning people of H, of L, P and T, each
set counting the same and walking as much as rest within it. Prints the weights to be put into
``evenstride.gait.walking`` beside those that stand there.

Two weights are not fitted but set: the sets hardly hold rhythms faster or slower than walking, or
a phone being handled, so that the data cannot say how much those speak against a walk. The constant
is raised by ``EAGER`` after the fit, since bouts are cut to size later, and by likeness.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evenstride.gait import walking
from evenstride.gait.contacts import turns_of_rhythm
from evenstride.gait.frame import seconds_of_slow, upright
from evenstride.gait.grid import segments
from evenstride.gait.rhythm import find_rhythm
from validation import datasets, ours
from validation.split import people_of

EAGER = 0.7
PENALTY = 0.01
_SET_BY_HAND = ("odd_rate", "upset")
_NEAR_S = 0.2
_NEAR_SWITCH_S = 0.45  # foot switches of P are sampled every tenth of a second

Floats = NDArray[np.float64]


def main() -> None:
    """Print the fitted weights beside those in use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recordings", type=Path, default=datasets.DEFAULT_RECORDINGS)
    folder = parser.parse_args().recordings
    part = people_of("tuning")
    walks = [walk for walk in datasets.load_h(folder) if walk.person in part]
    walks += datasets.load_l(folder) + datasets.load_p(folder) + datasets.load_t(folder)
    rows, truth, weight = _table(walks, folder)
    fitted = _fit(rows, truth, weight)
    fitted[0] += EAGER
    for name, new, used in zip(walking.FEATURES, fitted, walking.WEIGHTS, strict=True):
        note = "set by hand" if name in _SET_BY_HAND else f"fitted {new:+.2f}"
        print(f"{name:10s} in use {used:+.2f}   {note}")


def _table(walks: list[datasets.Walk], folder: Path) -> tuple[Floats, Floats, Floats]:
    """Return features (n, k), whether it is walking (n,), and the weight of each turn (n,)."""
    by_set: dict[str, list[tuple[Floats, Floats]]] = {}
    for walk in walks:
        by_set.setdefault(walk.set, []).extend(_turns(walk, folder))
    rows, truths, weights = [], [], []
    for pieces in by_set.values():
        features = np.concatenate([piece[0] for piece in pieces])
        truth = np.concatenate([piece[1] for piece in pieces])
        share = np.where(truth > 0, 0.5 / max(truth.sum(), 1), 0.5 / max((1 - truth).sum(), 1))
        rows.append(features)
        truths.append(truth)
        weights.append(share / len(by_set))
    return np.concatenate(rows), np.concatenate(truths), np.concatenate(weights)


def _turns(walk: datasets.Walk, folder: Path) -> Iterator[tuple[Floats, Floats]]:
    recording = ours.recording_of(walk)
    for block in recording.blocks():
        for segment in segments(block, 1 / recording.clock.rate_hz):
            if len(segment) < 300:
                continue
            frame = upright(segment, gravity_included=True)
            rhythm = find_rhythm(frame.vertical_m_s2)
            turn = turns_of_rhythm(rhythm)
            table = walking.evidence(frame, rhythm)
            at = np.arange(len(table))
            features = np.column_stack([np.interp(turn, at, column) for column in table.T])
            yield features, _is_walking(walk, seconds_of_slow(segment, turn), folder)


def _is_walking(walk: datasets.Walk, time_s: Floats, folder: Path) -> Floats:
    if walk.reference is None:
        switch_s = _foot_switches(walk, folder)
        apart_s = np.abs(time_s[:, None] - switch_s).min(axis=1)
        return np.asarray(apart_s < _NEAR_SWITCH_S, dtype=np.float64)
    gait_s = walk.reference.gait_s
    inside = (time_s[:, None] >= gait_s[:, 0] - _NEAR_S) & (
        time_s[:, None] <= gait_s[:, 1] + _NEAR_S
    )
    return np.asarray(inside.any(axis=1), dtype=np.float64)


def _foot_switches(walk: datasets.Walk, folder: Path) -> Floats:
    """Return when either foot switch of a walk of P closed, on the clock of its signal."""
    place = folder / "oxford_phone_steps" / "optimisation" / walk.id
    switches = np.loadtxt(place / "stepcounter.csv.gz", delimiter=",")
    first_ns = np.loadtxt(place / "accelerometer.csv.gz", delimiter=",", max_rows=1)[0]
    closing = (np.diff(switches[:, 1:3], axis=0) > 0).any(axis=1)
    closed_s: Floats = (switches[1:, 0][closing] - first_ns) / 1e9
    return closed_s


def _fit(rows: Floats, truth: Floats, weight: Floats) -> Floats:
    free = np.array([name not in _SET_BY_HAND for name in walking.FEATURES])
    sign = 2 * truth - 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (rows @ (weights * free))
        gradient = rows.T @ (-weight * sign / (1 + np.exp(np.clip(margin, -50, 50))))
        penalised = np.concatenate([[0.0], weights[1:]])
        value = float(weight @ np.logaddexp(0, -margin) + PENALTY * penalised @ penalised)
        return value, gradient * free + 2 * PENALTY * penalised

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True).x
    return np.asarray(best * free)


if __name__ == "__main__":
    main()
