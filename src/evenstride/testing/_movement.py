"""How a body-worn sensor moves: the shapes behind the simulator.

Axes are those of the body: forward, left, up. Walking is a sum of harmonics of the stride, whose
phase is 0 at a right and pi at a left contact. Even harmonics repeat with every step; odd ones
change sign with the side, which is where left and right can be told from. Sizes and phases are
rounded typical values of healthy adults at about 110 steps a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator

__all__ = ["ACTIVITIES", "SHAPES", "Activity", "Floats", "Motion", "Shape", "move", "walk"]

Floats = NDArray[np.float64]
Harmonics = tuple[tuple[int, float, float], ...]  # (multiple of the stride rate, size, phase)

Activity = Literal[
    "standing", "sitting", "lying", "tremor", "car", "cycling", "handling", "shocks",
    "washing machine",
]  # fmt: skip
"""What a person or a sensor may do besides walking."""

_USUAL_STEP_RATE_HZ = 1.83
_IMPACT_DELAY_S = 0.01
_IMPACT_RATE_HZ = 14.0
_IMPACT_DECAY_S = 0.03


@dataclass(frozen=True, slots=True)
class Motion:
    """Movement in body axes (forward, left, up).

    Attributes:
        acceleration_m_s2: (n, 3) acceleration of the sensor without gravity, in axes that turn
            with the heading only.
        roll_rad: (n,) rotation about the forward axis.
        pitch_rad: (n,) rotation about the left axis, positive = leaning forward.
    """

    acceleration_m_s2: Floats
    roll_rad: Floats
    pitch_rad: Floats


@dataclass(frozen=True, slots=True)
class Shape:
    """What walking looks like at one place on the body.

    Attributes:
        up: Harmonics of the vertical acceleration, m/s2.
        forward: Harmonics of the forward acceleration, m/s2.
        left: Harmonics of the sideways acceleration, m/s2.
        roll: Harmonics of the roll, radians.
        pitch: Harmonics of the pitch, radians.
        yaw: Harmonics of the heading, radians.
        impact_m_s2: Size of the transient after a contact, of the right and the left foot.
        sitting_pitch_rad: How far the place turns when the person sits down.
    """

    up: Harmonics
    forward: Harmonics
    left: Harmonics
    roll: Harmonics
    pitch: Harmonics
    yaw: Harmonics
    impact_m_s2: tuple[float, float]
    sitting_pitch_rad: float


# Forward leads vertical by 1.8 rad at the step rate; its steepest fall is then at the contact.
_TRUNK = Shape(
    up=((2, 2.1, -0.8), (4, 0.5, 0.2), (6, 0.5, -0.2)),
    forward=((2, 1.5, 1.0), (4, 0.7, 0.8), (6, 0.4, 0.2)),
    left=((1, 0.7, -1.6), (3, 0.3, 1.2), (5, 0.3, -0.5)),
    roll=((1, 0.03, 1.0), (3, 0.015, 0.0)),
    pitch=((2, 0.015, 0.8),),
    yaw=((1, 0.05, -0.7), (3, 0.008, 2.6)),
    impact_m_s2=(2.0, 2.0),
    sitting_pitch_rad=-0.2,
)
_WAIST = Shape(
    up=((1, 0.5, 0.4), (2, 2.2, -0.8), (4, 0.6, 0.2), (6, 0.4, -0.2)),
    forward=((1, 0.4, -1.0), (2, 1.3, 1.0), (4, 0.6, 0.8)),
    left=_TRUNK.left,
    roll=((1, 0.05, 1.0),),
    pitch=((1, 0.02, 0.5), (2, 0.02, -0.8)),
    yaw=((1, 0.08, -0.7),),
    impact_m_s2=(3.0, 2.0),
    sitting_pitch_rad=-0.2,
)
# A pocket on the right thigh: it swings once a stride and feels its own foot more.
_FRONT_POCKET = Shape(
    up=((1, 0.8, 0.6), (2, 2.6, -0.9), (3, 0.8, 0.3), (4, 0.9, 0.2)),
    forward=((1, 1.5, 2.4), (2, 1.5, 1.1), (3, 1.0, 0.6), (4, 0.8, 0.5)),
    left=((1, 0.8, -1.2), (2, 0.5, 0.3), (3, 0.5, 0.9)),
    roll=((1, 0.06, 0.3), (2, 0.03, 1.0)),
    pitch=((1, 0.40, 2.7), (2, 0.10, 0.7)),
    yaw=((1, 0.10, 1.2),),
    impact_m_s2=(7.0, 3.0),
    sitting_pitch_rad=-1.4,
)
_BACK_POCKET = Shape(
    up=((1, 0.7, 0.2), (2, 2.4, -0.8), (3, 0.6, 0.3), (4, 0.8, 0.2)),
    forward=((1, 1.1, 2.2), (2, 1.4, 1.0), (3, 0.8, 0.5), (4, 0.6, 0.5)),
    left=((1, 0.9, -1.2), (3, 0.6, 0.9)),
    roll=((1, 0.08, 0.3), (2, 0.03, 1.0)),
    pitch=((1, 0.22, 2.6), (2, 0.06, 0.7)),
    yaw=((1, 0.12, 1.0),),
    impact_m_s2=(5.0, 3.0),
    sitting_pitch_rad=-1.2,
)
_HAND = Shape(
    up=((2, 1.3, -1.1), (4, 0.2, 0.0)),
    forward=((1, 0.2, 0.5), (2, 0.5, 0.7)),
    left=((1, 0.4, -1.2),),
    roll=((1, 0.03, 0.9),),
    pitch=((2, 0.02, -0.8),),
    yaw=((1, 0.05, -0.7),),
    impact_m_s2=(0.4, 0.4),
    sitting_pitch_rad=0.0,
)
_BAG = Shape(
    up=((1, 0.4, 0.1), (2, 3.8, -1.0), (4, 1.0, 0.1)),
    forward=((1, 0.5, 0.2), (2, 1.0, 0.8)),
    left=((1, 1.0, -1.0), (3, 0.5, 0.7)),
    roll=((1, 0.09, 0.8),),
    pitch=((1, 0.04, 0.2), (2, 0.05, -0.6)),
    yaw=((1, 0.09, -0.5),),
    impact_m_s2=(2.0, 2.0),
    sitting_pitch_rad=0.0,
)
SHAPES: dict[str, Shape] = {
    "lower back": _TRUNK,
    "waist": _WAIST,
    "front pocket": _FRONT_POCKET,
    "back pocket": _BACK_POCKET,
    "hand": _HAND,
    "bag": _BAG,
}
"""What walking looks like at each place that can be simulated."""


def _wander(time_s: Floats, rng: np.random.Generator, rate_hz: float, rms: float) -> Floats:
    """Return smooth random movement below about ``rate_hz`` at any times, shape (n,)."""
    knots = np.arange(time_s.min(), time_s.max() + 2 / rate_hz, 0.5 / rate_hz)
    return np.asarray(CubicSpline(knots, rng.normal(0.0, rms, knots.size))(time_s))


def walk(
    time_s: Floats, contacts_s: Floats, sides: NDArray[np.int8], shape: Shape, vigour: float,
    rng: np.random.Generator,
) -> tuple[Motion, Floats]:  # fmt: skip
    """Return the movement of one bout and its heading (n,) in radians.

    Args:
        time_s: (n,) increasing times, all belonging to this bout.
        contacts_s: (k,) contact times, at least 3.
        sides: (k,) -1 left, +1 right, alternating.
        shape: Where the sensor is worn.
        vigour: Factor on every acceleration.
        rng: Source of chance.
    """
    steps = np.diff(contacts_s)
    # One contact beyond each end, so that the first and last steps swell and fade away.
    knots = np.concatenate([[contacts_s[0] - steps[0]], contacts_s, [contacts_s[-1] + steps[-1]]])
    phase_of_first = 0.0 if sides[0] > 0 else np.pi
    phase = PchipInterpolator(knots, phase_of_first + np.pi * np.arange(-1, contacts_s.size + 1))
    distance = np.minimum(np.arange(knots.size), np.arange(knots.size)[::-1])
    swell = np.clip(distance / 3, 0, 1) * (1 + rng.normal(0, 0.04, knots.size))
    envelope = PchipInterpolator(knots, swell)
    pace = float(np.clip((1 / steps.mean() / _USUAL_STEP_RATE_HZ) ** 2, 0.15, 2.0))
    size = vigour * pace

    inside = np.clip(time_s, knots[0], knots[-1])
    angle, level = phase(inside), envelope(inside)
    index = np.clip(np.searchsorted(contacts_s, time_s, side="right") - 1, 0, None)
    since = time_s - contacts_s[index] - _IMPACT_DELAY_S
    ring = np.exp(-np.clip(since, 0, None) / _IMPACT_DECAY_S) * (since > 0)
    ring *= np.sin(2 * np.pi * _IMPACT_RATE_HZ * since)
    ring *= np.where(sides[index] > 0, *shape.impact_m_s2)
    rough = [_wander(time_s, rng, 4.0, 0.12) for _ in range(3)]
    acceleration = np.stack(
        [
            level * size * (_sum(shape.forward, angle) - 0.4 * ring + rough[0]),
            level * size * (_sum(shape.left, angle) + rough[1]),
            level * size * (_sum(shape.up, angle) + ring + rough[2]),
        ],
        axis=1,
    )
    swing = level * np.sqrt(pace)
    motion = Motion(acceleration, swing * _sum(shape.roll, angle), swing * _sum(shape.pitch, angle))
    return motion, swing * _sum(shape.yaw, angle)


def _sum(harmonics: Harmonics, phase: Floats) -> Floats:
    terms = [size * np.cos(k * phase + lead) for k, size, lead in harmonics]
    return np.asarray(np.sum(terms, axis=0))


def move(activity: Activity, time_s: Floats, shape: Shape, rng: np.random.Generator) -> Motion:
    """Return the movement of a person or sensor that does not walk."""
    motion = ACTIVITIES[activity](time_s, rng)
    posture = {"lying": -1.5, "cycling": 0.5}.get(activity, 0.0)
    if activity in ("sitting", "car", "cycling"):
        posture += shape.sitting_pitch_rad
    share = _eased(time_s)
    return Motion(
        motion.acceleration_m_s2,
        motion.roll_rad * share,
        motion.pitch_rad * share + posture * share,
    )


def _eased(time_s: Floats) -> Floats:
    """Return a posture's share: from 0 to 1 in the first second, back in the last."""
    edge = np.minimum(time_s - time_s.min(), time_s.max() - time_s)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(edge, 0, 1)))


def _noise(time_s: Floats, rng: np.random.Generator, rate_hz: float, rms: float) -> Floats:
    return np.stack([_wander(time_s, rng, rate_hz, rms) for _ in range(3)], axis=1)


def _quiet(rms: float, sway_rad: float) -> Callable[[Floats, np.random.Generator], Motion]:
    def still(time_s: Floats, rng: np.random.Generator) -> Motion:
        sway = [_wander(time_s, rng, 0.4, sway_rad) for _ in range(2)]
        return Motion(_noise(time_s, rng, 2.0, rms), sway[0], sway[1])

    return still


def _tremor(time_s: Floats, rng: np.random.Generator) -> Motion:
    still = _quiet(0.1, 0.01)(time_s, rng)
    turn = 2 * np.pi * rng.uniform(4.2, 5.8) * time_s + _wander(time_s, rng, 0.5, 0.6)
    strength = 0.9 * (1 + _wander(time_s, rng, 0.3, 0.25))
    shake = strength[:, None] * np.stack([np.cos(turn), 0.5 * np.sin(turn), 0.7 * np.cos(turn)], 1)
    return Motion(still.acceleration_m_s2 + shake, still.roll_rad, still.pitch_rad)


def _car(time_s: Floats, rng: np.random.Generator) -> Motion:
    still = _quiet(0.05, 0.01)(time_s, rng)
    road = _noise(time_s, rng, 12.0, 0.25) * np.array([0.5, 0.6, 1.0])
    springs = _wander(time_s, rng, 1.8, 0.3)  # the body of a car bounces at 1 to 2 Hz
    traffic = _wander(time_s, rng, 0.05, 0.8)
    ride = np.stack([traffic, _wander(time_s, rng, 0.1, 0.6), springs], axis=1)
    return Motion(still.acceleration_m_s2 + road + ride, still.roll_rad, still.pitch_rad)


def _cycling(time_s: Floats, rng: np.random.Generator) -> Motion:
    still = _quiet(0.1, 0.01)(time_s, rng)
    turn = 2 * np.pi * rng.uniform(1.2, 1.4) * time_s + _wander(time_s, rng, 0.1, 0.5)
    legs = np.stack([0.3 * np.cos(2 * turn), 0.4 * np.cos(turn), 0.3 * np.sin(2 * turn)], axis=1)
    road = _noise(time_s, rng, 15.0, 0.35)
    return Motion(legs + road, still.roll_rad + 0.04 * np.cos(turn), 0.05 * np.sin(turn))


def _handling(time_s: Floats, rng: np.random.Generator) -> Motion:
    jolts = _noise(time_s, rng, 1.5, 1.2) + _noise(time_s, rng, 5.0, 0.4)
    return Motion(jolts, _wander(time_s, rng, 0.4, 0.5), _wander(time_s, rng, 0.4, 0.6))


def _shocks(time_s: Floats, rng: np.random.Generator) -> Motion:
    still = _quiet(0.02, 0.003)(time_s, rng)
    hits = np.cumsum(rng.uniform(3.0, 9.0, 1 + int(np.ptp(time_s) / 3))) + time_s.min()
    since = time_s - hits[np.clip(np.searchsorted(hits, time_s) - 1, 0, None)]
    ring = np.exp(-np.clip(since, 0, None) / 0.04) * np.sin(2 * np.pi * 12 * since) * (since > 0)
    hit = 30.0 * ring[:, None] * np.array([0.4, 0.3, 1.0])
    return Motion(still.acceleration_m_s2 + hit, still.roll_rad, still.pitch_rad)


def _washing_machine(time_s: Floats, rng: np.random.Generator) -> Motion:
    still = _quiet(0.01, 0.0005)(time_s, rng)
    turn = 2 * np.pi * 1.8 * time_s
    spin = np.stack([np.zeros_like(turn), 1.5 * np.sin(turn), 2.0 * np.cos(turn)], axis=1)
    return Motion(still.acceleration_m_s2 + spin, still.roll_rad, still.pitch_rad)


ACTIVITIES: dict[Activity, Callable[[Floats, np.random.Generator], Motion]] = {
    "standing": _quiet(0.04, 0.008),
    "sitting": _quiet(0.02, 0.005),
    "lying": _quiet(0.01, 0.001),
    "tremor": _tremor,
    "car": _car,
    "cycling": _cycling,
    "handling": _handling,
    "shocks": _shocks,
    "washing machine": _washing_machine,
}
"""How each activity moves."""
