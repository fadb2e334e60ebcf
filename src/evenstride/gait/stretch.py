"""From one unbroken stretch of signal to its contacts, with what is known about each.

The only place where signal and steps meet; what leaves here is small, so a week fits in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evenstride.gait.contacts import place_contacts, trim_ends, turns_of_rhythm
from evenstride.gait.features import SHAPE_POINTS, STRIDE_FEATURES, step_features
from evenstride.gait.forward import forward_of_run, forward_of_runs
from evenstride.gait.frame import Axes, Upright, cross, project, upright
from evenstride.gait.grid import GRID_HZ, SLOW_FACTOR, SLOW_HZ, Segment, averaged
from evenstride.gait.plausible import walking_parts
from evenstride.gait.quiet import find_quiet
from evenstride.gait.rhythm import Rhythm, find_rhythm
from evenstride.gait.sides import at_stride_rate, right_evidence, which_foot
from evenstride.gait.steps import Steps
from evenstride.gait.turns import find_turns
from evenstride.gait.walking import FEWEST_STEPS, evidence, log_odds, walking_runs

__all__ = ["SHORTEST_STRETCH_S", "Stretch", "follow"]

SHORTEST_STRETCH_S = 3.0
"""A stretch between gaps must last this long to be looked at."""

_T = TypeVar("_T", np.float64, np.complex128)

_ROOM_S = 1.0  # signal kept before and after a bout
_DOUBT = 0.5  # log-odds against a contact that was not seen


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What was found in one stretch.

    Attributes:
        steps: Contacts; ``bout`` counts from 0 within the stretch.
        shapes: (n, 50) vertical acceleration of the step that begins at each contact.
        turns: (k, 3) start s, end s, angle deg.
        quiet: (k, 6) quiet spells: start s, end s, up (3), gravity m/s2.
        start_s: Begin of the stretch.
        end_s: End of the stretch.
        movement_m_s2: Root mean square of the movement, one value a second.
    """

    steps: Steps
    shapes: NDArray[np.float64]
    turns: NDArray[np.float64]
    quiet: NDArray[np.float64]
    start_s: float
    end_s: float
    movement_m_s2: NDArray[np.float64]


def follow(segment: Segment, *, gravity_included: bool) -> Stretch:
    """Find the bouts and contacts of a stretch and describe each contact.

    Args:
        segment: The stretch.
        gravity_included: Whether the pull of the earth is in the values.
    """
    frame = upright(segment, gravity_included)
    rhythm = find_rhythm(frame.vertical_m_s2)
    turn = turns_of_rhythm(rhythm)
    features = evidence(frame, rhythm)
    odds = np.interp(turn, np.arange(len(features)), log_odds(features))
    walking = [(a, b) for a, b in walking_runs(odds) if b - a >= FEWEST_STEPS - 1]
    shared = forward_of_runs(frame, rhythm, turn, walking)
    bouts: list[Steps] = []
    shapes = [np.empty((0, SHAPE_POINTS))]
    for run in walking:
        axes = forward_of_run(frame, rhythm, turn, run, shared)
        found = _contacts(segment, frame, rhythm, axes, turn, odds, run)
        if found is None:
            continue
        for part in walking_parts(found.features, FEWEST_STEPS, gravity_included=gravity_included):
            piece = found.part(*part)
            bouts.append(_steps(segment, frame, rhythm, axes, piece, len(bouts)))
            shapes.append(piece.shapes)
    moved = frame.vertical_m_s2**2 + np.einsum(
        "ij,ij->i", frame.horizontal_m_s2, frame.horizontal_m_s2
    )
    seconds = np.arange(0, len(moved), SLOW_HZ).astype(np.intp)
    counts = np.diff(np.append(seconds, len(moved)))
    return Stretch(
        steps=Steps.joined(bouts),
        shapes=np.concatenate(shapes),
        turns=find_turns(segment, frame),
        quiet=find_quiet(segment, frame) if gravity_included else np.empty((0, 6)),
        start_s=segment.start_s,
        end_s=segment.end_s,
        movement_m_s2=np.sqrt(np.add.reduceat(moved, seconds) / counts),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Contacts:
    """The contacts of one run of turns: arrays of equal length.

    Attributes:
        time_s: When.
        slow: Fractional slow index of the turn of each.
        odds: Log-odds of walking.
        features: See ``features``.
        shapes: The step that begins at each.
    """

    time_s: NDArray[np.float64]
    slow: NDArray[np.float64]
    odds: NDArray[np.float64]
    features: NDArray[np.float64]
    shapes: NDArray[np.float64]

    def part(self, first: int, stop: int) -> _Contacts:
        """Return some of them; steps and strides that lead out of the part are taken off."""
        keep = slice(first, stop)
        features, shapes = self.features[keep].copy(), self.shapes[keep].copy()
        features[-1], shapes[-1] = np.nan, np.nan
        features[-2, STRIDE_FEATURES] = np.nan
        return _Contacts(self.time_s[keep], self.slow[keep], self.odds[keep], features, shapes)


def _contacts(
    segment: Segment,
    frame: Upright,
    rhythm: Rhythm,
    axes: Axes,
    turn: NDArray[np.float64],
    odds: NDArray[np.float64],
    run: tuple[int, int],
) -> _Contacts | None:
    """Place the contacts of one run of turns, set its ends, and describe each step."""
    first, stop = max(run[0] - 1, 0), min(run[1] + 1, len(turn))
    room = _ROOM_S * GRID_HZ
    begin = max(int(turn[first] * SLOW_FACTOR - room), 0)
    end = min(int(turn[stop - 1] * SLOW_FACTOR + room), len(segment))
    acceleration = project(segment, frame, axes, begin, end)
    expected = turn[first:stop] * SLOW_FACTOR + (SLOW_FACTOR - 1) / 2 - begin
    rate = np.interp(turn[first:stop], np.arange(len(rhythm.rate_hz)), rhythm.rate_hz)
    placed = place_contacts(acceleration, expected, 1 / rate, forward_sure=axes.sure)
    low, high = trim_ends(placed.jolt_m_s2, odds[first:stop], run[0] - first, run[1] - first)
    if high - low < FEWEST_STEPS:
        return None
    index = np.clip(placed.index[low:high], -begin, len(segment) - 1 - begin)
    features, shapes = step_features(acceleration, index)
    time_s = segment.start_s + (begin + index) / GRID_HZ
    return _Contacts(
        time_s=time_s,
        slow=turn[first:stop][low:high],
        odds=np.minimum(
            odds[first:stop][low:high],
            np.where(_in_holes(time_s, segment.holes_s), -_DOUBT, np.inf),
        ),
        features=features,
        shapes=shapes,
    )


def _steps(
    segment: Segment,
    frame: Upright,
    rhythm: Rhythm,
    axes: Axes,
    found: _Contacts,
    number: int,
) -> Steps:
    """Name the foot of each contact and put down all that is known of it."""
    movement, swing = _stride_rate(segment, frame, rhythm, axes, found.slow)
    side, trust = which_foot(right_evidence(movement))
    count, at_slow = len(side), np.arange(len(rhythm.rate_hz))
    return Steps(
        time_s=found.time_s,
        bout=np.full(count, number, dtype=np.int64),
        odds=_single(found.odds),
        side=side,
        side_trust=np.full(count, trust if axes.sure else 0.0, dtype=np.float32),
        rate_hz=_single(np.interp(found.slow, at_slow, rhythm.rate_hz)),
        strength_m_s2=_single(np.interp(found.slow, at_slow, rhythm.strength_m_s2)),
        up=_single(_at(frame.up, found.slow)),
        forward=_single(np.tile(axes.forward, (count, 1))),
        gravity_m_s2=_single(np.interp(found.slow, at_slow, frame.gravity_m_s2)),
        swing=_single(swing),
        features=_single(found.features),
    )


def _in_holes(time_s: NDArray[np.float64], holes_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    begun = np.searchsorted(holes_s[:, 0], time_s)
    over = np.searchsorted(holes_s[:, 1], time_s)
    return begun > over


def _single(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return values.astype(np.float32)


def _stride_rate(
    segment: Segment,
    frame: Upright,
    rhythm: Rhythm,
    axes: Axes,
    slow: NDArray[np.float64],
) -> tuple[NDArray[np.complex128], NDArray[np.float64]]:
    """Return the movement that names the foot (n, 2) and the swing of the sensor (n, 3)."""
    reach = round(4 * SLOW_HZ)
    begin, end = max(int(slow[0]) - reach, 0), min(int(slow[-1]) + reach, len(frame.up))
    span = slice(begin, end)
    up, horizontal = frame.up[span], frame.horizontal_m_s2[span]
    left = cross(up, axes.forward)
    left /= np.maximum(np.sqrt(np.einsum("ij,ij->i", left, left)), 1e-9)[:, None]
    turning = np.zeros((end - begin, 3))
    if segment.angular_velocity_rad_s is not None:
        fast = slice(begin * SLOW_FACTOR, end * SLOW_FACTOR)
        turning = averaged(segment.angular_velocity_rad_s[fast], SLOW_FACTOR)
    forward = cross(left, up)
    signals = np.empty((end - begin, 6))
    for column, (values, axis) in enumerate(
        (
            (horizontal, left),
            (turning, up),
            (horizontal, forward),
            (turning, left),
            (turning, forward),
        )
    ):
        np.einsum("ij,ij->i", values, axis, out=signals[:, column])
    signals[:, 5] = frame.vertical_m_s2[span]
    stride = _at(at_stride_rate(signals, rhythm.phase_rad[span]), slow - begin)
    strength = np.interp(slow, np.arange(len(frame.up)), rhythm.strength_m_s2) + 1e-6
    size = 2 * np.abs(stride)
    swing = np.column_stack(
        [
            size[:, 5] / strength,
            np.hypot(size[:, 0], size[:, 2]) / strength,
            np.sqrt(size[:, 1] ** 2 + size[:, 3] ** 2 + size[:, 4] ** 2),
        ]
    )
    if segment.angular_velocity_rad_s is None:
        swing[:, 2] = np.nan
    return stride[:, :2], swing


def _at(values: NDArray[_T], index: NDArray[np.float64]) -> NDArray[_T]:
    """Return the rows of (m, k) at fractional indices (n,)."""
    low = np.clip(index.astype(np.intp), 0, max(len(values) - 2, 0))
    share = np.clip(index - low, 0.0, 1.0)[:, None]
    return values[low] * (1 - share) + values[np.minimum(low + 1, len(values) - 1)] * share
