"""Stride length on H from the foot sensors, where none was measured directly.

Subjects 1, 2 and 5 wore a sensor on each foot. Between two mid-stances the foot starts and ends
at rest on the floor, so its velocity is known there. Each stride is integrated on its own: the
attitude from the gravity of the first stance, turned on by the gyroscope and brought, in equal
shares, to the gravity of the second stance; the acceleration integrated to a velocity whose
drift is taken out linearly, so that it is zero at both ends (forward and backward integration,
weighted by the distance from their starting points, give the same). The level part of the
displacement is the stride length. The 10 m leg is the cross-check, and
an indirect reference for the people without foot sensors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from validation.datasets import (
    DEFAULT_RECORDINGS,
    Floats,
    Reference,
    Signal,
    StrideTable,
    Walk,
    load_h_foot,
)
from validation.scoring import legs, steady_strides

__all__ = [
    "FootMotion",
    "displacement_m",
    "way_to_turn_m",
    "with_course_strides",
    "with_foot_strides",
]

RATE_HZ = 100.0
_STILL_S = 0.04  # half of the time for which the foot counts as resting in mid-stance
_STANCE_EDGE_S = 0.08  # mid-stance is not looked for closer than this to a contact or foot-off
_LONGEST_STANCE_S = 1.5
_LOST_LIMIT_S = 0.06  # a stride with a longer hole than this is left out


def with_foot_strides(walk: Walk, recordings: Path = DEFAULT_RECORDINGS) -> Walk:
    """Return the walk with reference strides, or unchanged where no foot sensor was worn."""
    if walk.reference is None:
        return walk
    columns: list[tuple[float, float, int, float]] = []
    for side, foot in (
        (-1, load_h_foot(walk, "left", recordings)),
        (+1, load_h_foot(walk, "right", recordings)),
    ):
        if foot is None:
            return walk
        contact = walk.reference.contact_s[walk.reference.contact_side == side]
        off = walk.reference.foot_off_s[walk.reference.foot_off_side == side]
        for start, end, length in _foot_strides(foot, contact, off):
            columns.append((start, end, side, length))
    rows = np.array(sorted(columns), dtype=np.float64).reshape(-1, 4)
    strides = StrideTable(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2].astype(np.int8),
        rows[:, 3],
        rows[:, 3] / (rows[:, 1] - rows[:, 0]),
    )
    return replace(walk, reference=replace(walk.reference, strides=strides))


def _foot_strides(
    foot: Signal, contact_s: Floats, off_s: Floats
) -> list[tuple[float, float, float]]:
    """Return (start, end, length) from each contact to the next of the same foot."""
    even = _evenly(foot)
    middles = []
    for contact in contact_s:
        later = off_s[off_s > contact]
        end = float(later[0]) if later.size else contact + _LONGEST_STANCE_S
        middles.append(_mid_stance(even, contact, min(end, contact + _LONGEST_STANCE_S)))
    strides = []
    for (start, one), (end, other) in pairwise(zip(contact_s.tolist(), middles, strict=True)):
        if one is None or other is None or _largest_hole(foot, one, other) > _LOST_LIMIT_S:
            continue
        strides.append((start, end, displacement_m(even, one, other)))
    return strides


@dataclass(frozen=True, slots=True, eq=False)
class FootMotion:
    """A foot sensor on an even 100 Hz grid that starts with the trial."""

    acceleration_m_s2: Floats
    angular_velocity_rad_s: Floats


def _evenly(foot: Signal) -> FootMotion:
    """Fill lost packets by linear interpolation and take out the turning rate seen at rest."""
    measured = foot.angular_velocity_rad_s
    if measured is None:
        raise ValueError("the foot sensors of H have a gyroscope")
    grid = np.arange(0.0, foot.time_s[-1], 1.0 / RATE_HZ)
    acceleration, angular = (
        np.column_stack([np.interp(grid, foot.time_s, column) for column in values.T])
        for values in (foot.acceleration_m_s2, measured)
    )
    at_rest = angular[: round(2.0 * RATE_HZ)]
    return FootMotion(acceleration, angular - np.median(at_rest, axis=0))


def _mid_stance(foot: FootMotion, start_s: float, end_s: float) -> float | None:
    """Return when the foot rests best between a contact and the following foot-off."""
    low, high = ((round(t * RATE_HZ)) for t in (start_s + _STANCE_EDGE_S, end_s - _STANCE_EDGE_S))
    half = round(_STILL_S * RATE_HZ)
    high = min(high, len(foot.acceleration_m_s2) - half - 1)
    if high <= low:
        return None
    turning = np.linalg.norm(foot.angular_velocity_rad_s, axis=1)
    smooth = np.convolve(turning, np.ones(2 * half + 1) / (2 * half + 1), mode="same")
    return (low + int(np.argmin(smooth[low:high]))) / RATE_HZ


def _largest_hole(foot: Signal, start_s: float, end_s: float) -> float:
    times = foot.time_s[(foot.time_s >= start_s) & (foot.time_s <= end_s)]
    return float(np.max(np.diff(np.concatenate([[start_s], times, [end_s]]))))


def displacement_m(foot: FootMotion, start_s: float, end_s: float) -> float:
    """Return the level distance that a foot went between two mid-stances, in metres."""
    first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
    half = round(_STILL_S * RATE_HZ)
    acceleration = foot.acceleration_m_s2
    down_first = acceleration[first - half : first + half + 1].mean(axis=0)
    down_last = acceleration[last - half : last + half + 1].mean(axis=0)
    turning = 0.5 * (
        foot.angular_velocity_rad_s[first:last] + foot.angular_velocity_rad_s[first + 1 : last + 1]
    )
    attitude = _to_level(down_first)
    attitudes = [attitude]
    for step in Rotation.from_rotvec(turning / RATE_HZ):
        attitude = attitude * step
        attitudes.append(attitude)
    path = Rotation.concatenate(attitudes)
    share = np.linspace(0.0, 1.0, last - first + 1)
    leftover = _to_level(path[-1].apply(down_last)).as_rotvec()
    level = (Rotation.from_rotvec(share[:, None] * leftover) * path).apply(
        acceleration[first : last + 1]
    )
    level[:, 2] -= np.linalg.norm(0.5 * (down_first + down_last))
    velocity = np.zeros_like(level)
    velocity[1:] = np.cumsum(0.5 * (level[1:] + level[:-1]), axis=0) / RATE_HZ
    velocity -= share[:, None] * velocity[-1]
    moved = (0.5 * (velocity[1:] + velocity[:-1])).sum(axis=0) / RATE_HZ
    return float(np.hypot(moved[0], moved[1]))


def _to_level(upward: Floats) -> Rotation:
    """Return the shortest rotation that brings the measured upward direction to +z."""
    unit = upward / np.linalg.norm(upward)
    axis = np.cross(unit, [0.0, 0.0, 1.0])
    sine, cosine = float(np.linalg.norm(axis)), float(unit[2])
    if sine < 1e-12:
        return Rotation.identity() if cosine > 0 else Rotation.from_rotvec([np.pi, 0.0, 0.0])
    return Rotation.from_rotvec(axis / sine * np.arctan2(sine, cosine))


# --- the course as a second, indirect reference -------------------------------------------------


def way_to_turn_m(walk: Walk) -> float | None:
    """Return the way of the feet from standing to the middle of the U-turn, mean of both feet.

    None without foot sensors, or where a stride on the way was left out. The first swing, from
    standing, starts before the first contact: it is taken as half a stride.
    """
    reference = walk.reference
    if reference is None or not len(reference.strides.length_m):
        return None
    middle = float(reference.turns_s[0].mean())
    ways = []
    for side in (-1, 1):
        contact = reference.contact_s[reference.contact_side == side]
        rows = reference.strides.side == side
        start, end = reference.strides.start_s[rows], reference.strides.end_s[rows]
        length = reference.strides.length_m[rows]
        on_way = start < middle
        if on_way.sum() < np.count_nonzero(contact < middle):
            return None
        share = np.clip((middle - start[on_way]) / (end[on_way] - start[on_way]), 0.0, 1.0)
        ways.append(0.5 * length[0] + float(share @ length[on_way]))
    return float(np.mean(ways))


def with_course_strides(walks: Sequence[Walk], with_feet: Sequence[Walk]) -> list[Walk]:
    """Return walks whose first leg has strides of one length, from the length of the course.

    The way from standing to the U-turn is as long for everyone; the feet of three people tell how
    long, and how much longer a steady stride is than the way divided by the strides it took. Only
    the mean of a leg means anything here.
    """
    known = [
        (way, way / _strides_to_turn(walk.reference), _first_leg_stride_m(walk.reference))
        for walk in with_feet
        if walk.reference is not None and (way := way_to_turn_m(walk)) is not None
    ]
    way_m = float(np.mean([way for way, _, _ in known]))
    factor = float(np.mean([steady / plain for _, plain, steady in known]))
    out = []
    for walk in walks:
        if walk.reference is None:
            continue
        stride_m = factor * way_m / _strides_to_turn(walk.reference)
        out.append(replace(walk, reference=_first_leg_with(walk.reference, stride_m)))
    return out


def _strides_to_turn(reference: Reference) -> float:
    """Return how many strides it took to the middle of the U-turn; the first step starts it."""
    middle = float(reference.turns_s[0].mean())
    steps = np.interp(middle, reference.contact_s, np.arange(1.0, reference.contact_s.size + 1.0))
    return 0.5 * float(steps)


def _first_leg_stride_m(reference: Reference) -> float:
    first_leg = legs(reference)[0]
    rows = steady_strides(reference) & (reference.strides.end_s <= first_leg[1])
    return float(reference.strides.length_m[rows].mean())


def _first_leg_with(reference: Reference, stride_m: float) -> Reference:
    start, end = legs(reference)[0]
    pairs = [
        (one, other, side)
        for side in (-1, 1)
        for one, other in pairwise(reference.contact_s[reference.contact_side == side].tolist())
        if one >= start and other <= end
    ]
    rows = np.array(sorted(pairs), dtype=np.float64).reshape(-1, 3)
    times = rows[:, 1] - rows[:, 0]
    strides = StrideTable(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2].astype(np.int8),
        np.full(len(rows), stride_m),
        stride_m / times,
    )
    return replace(reference, strides=strides)
