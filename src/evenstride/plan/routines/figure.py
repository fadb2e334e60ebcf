"""A small figure with limbs of fixed length, posed by angles or by what it reaches for.

Angles are in degrees as one sees them: 0 points right, 90 up. A pair adds how far a limb points
toward the viewer. The lengths are our choice: they look like an adult of about 140 units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import Any

__all__ = ["LIMBS", "NECK", "ROOTS", "SIDES", "TRUNK", "Joints", "Point", "posed"]

Point = tuple[float, float, float]
"""Right, up, and toward the viewer."""

Joints = dict[str, Point]

LIMBS: dict[str, tuple[tuple[str, float], ...]] = {
    "leg": (("knee", 34.0), ("ankle", 33.0), ("toe", 10.0)),
    "arm": (("elbow", 22.0), ("hand", 21.0)),
}
"""The joints of a limb from the trunk outward, each with the length of the bone before it."""

TRUNK = 44.0
NECK = 13.0
HIP_HALF_WIDTH = 3.0
SHOULDER_HALF_WIDTH = 4.0

ROOTS = {"leg": "hip", "arm": "shoulder"}
"""Where each limb begins."""

SIDES = {"near": 1.0, "far": -1.0}
"""The two sides of the body, and where they are along the line across it."""


def posed(pose: Mapping[str, Any]) -> Joints:
    """Return where each joint is in a pose of the knowledge (``figures.yaml`` says how it reads).

    The hip is placed, and the rest hangs on it. Where a limb reaches for something that is too far
    away, it points at it.
    """
    across = _direction(pose.get("across", [0, 90]))
    joints: Joints = {"hip": (pose["at"][0], pose["at"][1], 0.0)}
    joints["neck"] = _moved(joints["hip"], _direction(pose["trunk"]), TRUNK)
    joints["head"] = _moved(joints["neck"], _direction(pose.get("head", pose["trunk"])), NECK)
    for side, sign in SIDES.items():
        joints[f"{side}_hip"] = _moved(joints["hip"], across, sign * HIP_HALF_WIDTH)
        joints[f"{side}_shoulder"] = _moved(joints["neck"], across, sign * SHOULDER_HALF_WIDTH)
    for limb in LIMBS:  # legs first: arms may reach for them
        for side in SIDES:
            _hang(joints, side, limb, pose[f"{side}_{limb}"])
    return joints


def _hang(joints: Joints, side: str, limb: str, how: Mapping[str, Any] | Sequence[Any]) -> None:
    parts = LIMBS[limb]
    start = joints[f"{side}_{ROOTS[limb]}"]
    if isinstance(how, Mapping):
        target = how["to"]
        goal = joints[target][:2] if isinstance(target, str) else (target[0], target[1])
        angles: list[Any] = _reached(start, goal, parts[0][1], parts[1][1], how["bend"])
        if "foot" in how:
            angles.append(how["foot"])
    else:
        angles = list(how)
    for (name, length), angle in zip(parts, angles, strict=True):
        start = _moved(start, _direction(angle), length)
        joints[f"{side}_{name}"] = start


def _reached(
    start: Point, goal: tuple[float, float], first: float, second: float, bend: str
) -> list[float]:
    """Return the angles of two bones that reach a goal, or point at it if it is too far."""
    right, up = goal[0] - start[0], goal[1] - start[1]
    far = min(max(hypot(right, up), abs(first - second)), first + second)
    straight = atan2(up, right)
    turn = acos((first**2 + far**2 - second**2) / (2 * first * far))
    inner = straight + (turn if bend == "left" else -turn)
    elbow = start[0] + first * cos(inner), start[1] + first * sin(inner)
    end = start[0] + far * cos(straight), start[1] + far * sin(straight)
    return [degrees(inner), degrees(atan2(end[1] - elbow[1], end[0] - elbow[0]))]


def _direction(angle: float | Sequence[float]) -> Point:
    seen, toward = (angle, 0.0) if isinstance(angle, int | float) else angle
    flat = cos(radians(toward))
    return flat * cos(radians(seen)), flat * sin(radians(seen)), sin(radians(toward))


def _moved(start: Point, direction: Point, length: float) -> Point:
    x, y, z = (a + length * b for a, b in zip(start, direction, strict=True))
    return x, y, z
