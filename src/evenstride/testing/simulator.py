"""Walks with known truth, for tests: made from the mechanics of walking, not from anyone's data.

>>> from evenstride.testing import Sensor, simulate_walk
>>> walk = simulate_walk(60, sensor=Sensor(rate_hz=50, lost_fraction=0.1), seed=1)
>>> walk.contacts_s.size == walk.sides.size
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Recording
from evenstride.model.units import DEGREE_RAD, STANDARD_GRAVITY_M_S2
from evenstride.testing._movement import (
    ACTIVITIES,
    SHAPES,
    Activity,
    Floats,
    Motion,
    Shape,
    move,
    walk,
)
from evenstride.testing._sensor import (
    Sensor,
    random_rotation,
    record,
    require,
    sampling_times,
)

__all__ = [
    "Activity",
    "Sensor",
    "SimulatedWalk",
    "Walker",
    "random_rotation",
    "simulate",
    "simulate_walk",
]

_TURN_RATE_DEG_S = 110.0
_STAIRS_UP_FACTOR = 1.4
_DERIVATIVE_S = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """How a person walks.

    Attributes:
        cadence_spm: Steps per minute at the start.
        cadence_change_spm_per_min: Steady change of the cadence.
        asymmetry: Difference of the step times by their mean; positive when the step that ends
            on the right foot is the longer one.
        stride_time_cv: Coefficient of variation of the stride time; 0.02 is usual.
        variability: "pink" (long-range, as in people) or "white" noise of the stride time.
        vigour: Factor on the accelerations.
    """

    cadence_spm: float = 110.0
    cadence_change_spm_per_min: float = 0.0
    asymmetry: float = 0.0
    stride_time_cv: float = 0.02
    variability: Literal["pink", "white"] = "pink"
    vigour: float = 1.0

    def __post_init__(self) -> None:
        require(30 <= self.cadence_spm <= 200, "The cadence must lie between 30 and 200.")
        require(abs(self.asymmetry) <= 0.5, "The asymmetry must lie between -0.5 and 0.5.")
        require(0 <= self.stride_time_cv <= 0.1, "The stride time CV must be between 0 and 0.1.")


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedWalk:
    """A recording and the truth about it; times count from its first sample.

    Attributes:
        recording: What the sensor recorded.
        contacts_s: (n,) initial contacts of level walking.
        sides: (n,) -1 left, +1 right.
        bouts_s: (b, 2) first and last contact of each stretch of walking.
        turns: (t, 3) start, end and signed angle in degrees (positive = left) of each turn.
        walking_like_s: (w, 2) stretches that may or may not be counted as walking (stairs).
    """

    recording: Recording
    contacts_s: Floats
    sides: NDArray[np.int8]
    bouts_s: Floats
    turns: Floats
    walking_like_s: Floats

    @property
    def cadence_spm(self) -> float:
        """Steps per minute while walking; NaN without a bout."""
        steps = self.contacts_s.size - len(self.bouts_s)
        walked_s = float(np.sum(self.bouts_s[:, 1] - self.bouts_s[:, 0]))
        return 60.0 * steps / walked_s if walked_s else float("nan")


def simulate_walk(
    duration_s: float = 60.0,
    walker: Walker | None = None,
    sensor: Sensor | None = None,
    *,
    turns: Sequence[tuple[float, float]] = (),
    stops: Sequence[tuple[float, float]] = (),
    stand_s: float = 5.0,
    seed: int = 0,
) -> SimulatedWalk:
    """Return a walk between two stretches of quiet standing.

    Args:
        duration_s: How long the person walks, stops included.
        walker: How; the default is an even walk at 110 steps per minute.
        sensor: What records it; the default is a good one at the lower back.
        turns: (start in seconds from the begin of the walk, angle in degrees, positive = left).
        stops: (start in seconds from the begin of the walk, length in seconds), in order.
        stand_s: Quiet standing before and after.
        seed: The same seed gives the same walk.

    Raises:
        OptionError: If an option is out of its range.
    """
    script: list[tuple[str, float]] = [("standing", stand_s)]
    done = 0.0
    for start_s, length_s in stops:
        require(start_s >= done, "Stops must be in order and not overlap.")
        script += [("walking", start_s - done), ("standing", length_s)]
        done = start_s + length_s
    script += [("walking", duration_s - done), ("standing", stand_s)]
    shifted = [(start_s + stand_s, angle) for start_s, angle in turns]
    return simulate(script, walker, sensor, turns=shifted, seed=seed)


def simulate(
    script: Sequence[tuple[str, float]],
    walker: Walker | None = None,
    sensor: Sensor | None = None,
    *,
    turns: Sequence[tuple[float, float]] = (),
    seed: int = 0,
) -> SimulatedWalk:
    """Return what a sensor records while its wearer follows a script.

    Args:
        script: (activity, seconds) in order: "walking", "stairs" or one of ``Activity``.
        walker: How the person walks.
        sensor: What records it.
        turns: (start in seconds of the script, angle in degrees, positive = left).
        seed: The same seed gives the same recording.

    Raises:
        OptionError: If an activity is not known or an option is out of its range.
    """
    walker, sensor = walker or Walker(), sensor or Sensor()
    known = {"walking", "stairs", *ACTIVITIES}
    for activity, seconds in script:
        require(activity in known, f"“{activity}” is no activity; use: {sorted(known)}.")
        require(seconds >= 0, "An activity cannot last less than no time.")
    rng = np.random.default_rng(seed)
    turn_table = np.array(
        [(s, s + max(abs(angle) / _TURN_RATE_DEG_S, 0.8), angle) for s, angle in turns]
    ).reshape(-1, 3)
    time_s = sampling_times(sum(seconds for _, seconds in script), sensor, rng)

    parts, begin_s = [], 0.0
    for activity, seconds in script:
        part = _Part(activity, begin_s, begin_s + seconds)
        if activity in ("walking", "stairs"):
            pace = walker if activity == "walking" else replace(walker, cadence_spm=95.0)
            part = _with_contacts(part, pace, turn_table, rng)
        parts.append(part)
        begin_s += seconds
    force, rate = _sensed(time_s, parts, walker, sensor, turn_table, rng)
    walks = [p for p in parts if p.activity == "walking" and p.contacts_s.size]
    bouts = np.array([(p.contacts_s[0], p.contacts_s[-1]) for p in walks]).reshape(-1, 2)
    stairs = np.array([(p.start_s, p.end_s) for p in parts if p.activity == "stairs"])
    first = float(time_s[0])
    return SimulatedWalk(
        recording=record(time_s, force, rate, sensor, rng),
        contacts_s=np.concatenate([np.zeros(0), *(p.contacts_s for p in walks)]) - first,
        sides=np.concatenate([np.zeros(0, np.int8), *(p.sides for p in walks)]),
        bouts_s=bouts - first,
        turns=turn_table - [first, first, 0.0],
        walking_like_s=stairs.reshape(-1, 2) - first,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One line of the script on the time line, with its contacts if there are any."""

    activity: str
    start_s: float
    end_s: float
    contacts_s: Floats = field(default_factory=lambda: np.zeros(0))
    sides: NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))


def _with_contacts(part: _Part, walker: Walker, turns: Floats, rng: np.random.Generator) -> _Part:
    """Place contacts one by one in time: cadence with its change, side, chance and turns."""
    most = 8 + int((part.end_s - part.start_s) * 200 / 60 * 2)
    chance = _chance(most, walker, rng)
    side = int(rng.choice([-1, 1]))
    now, contacts, sides = part.start_s, [], []
    for i in range(most):
        minutes = (now - part.start_s) / 60
        cadence = walker.cadence_spm + walker.cadence_change_spm_per_min * minutes
        step_s = 60 / min(max(cadence, 30.0), 200.0)
        turning = bool(np.any((turns[:, 0] <= now) & (now < turns[:, 1])))
        step_s *= (1 + side * walker.asymmetry / 2) * (1.08 if turning else 1.0) + chance[i]
        if now + 1.5 * step_s > part.end_s:
            break
        now += step_s
        contacts.append(now)
        sides.append(side)
        side = -side
    if len(contacts) < 3:  # too short to be walking
        return part
    return replace(part, contacts_s=np.array(contacts), sides=np.array(sides, np.int8))


def _chance(count: int, walker: Walker, rng: np.random.Generator) -> Floats:
    """Return the relative deviation of each step, so that strides have the wanted variation."""
    noise = rng.normal(size=count)
    if walker.variability == "pink":
        spectrum = np.fft.rfft(noise)
        spectrum[1:] /= np.sqrt(np.arange(1, spectrum.size))
        spectrum[0] = 0.0
        noise = np.fft.irfft(spectrum, count)
    stride_sd = float(np.std((noise[1:] + noise[:-1]) / 2))
    return np.clip(noise * (walker.stride_time_cv / stride_sd), -0.3, 0.3)


def _sensed(
    time_s: Floats, parts: Sequence[_Part], walker: Walker, sensor: Sensor, turns: Floats,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return the specific force (or linear acceleration) and turning rate in sensor axes."""
    shape = SHAPES[sensor.placement]
    force, rate = np.zeros((time_s.size, 3)), np.zeros((time_s.size, 3))
    for part in parts:
        low, high = np.searchsorted(time_s, [part.start_s, part.end_s])
        if low == high:
            continue
        here = time_s[low:high]
        # Both moments in one call, so that angles differ only by the passing of time.
        motion, heading = _moved(np.append(here, here + _DERIVATIVE_S), part, walker, shape, rng)
        roll_rate, pitch_rate, yaw_rate = (
            (angle[here.size :] - angle[: here.size]) / _DERIVATIVE_S
            for angle in (motion.roll_rad, motion.pitch_rad, heading)
        )
        yaw_rate = yaw_rate + _turning(here, turns)
        roll, pitch = motion.roll_rad[: here.size], motion.pitch_rad[: here.size]
        body = motion.acceleration_m_s2[: here.size]
        if sensor.gravity_included:
            body[:, 2] += STANDARD_GRAVITY_M_S2
        force[low:high] = _tilted(body, roll, pitch)
        rate[low:high, 0] = roll_rate - yaw_rate * np.sin(pitch)
        rate[low:high, 1] = pitch_rate * np.cos(roll) + yaw_rate * np.cos(pitch) * np.sin(roll)
        rate[low:high, 2] = yaw_rate * np.cos(pitch) * np.cos(roll) - pitch_rate * np.sin(roll)
    if sensor.rotation is not None:
        force, rate = force @ sensor.rotation.T, rate @ sensor.rotation.T
    return force, rate


def _moved(
    time_s: Floats, part: _Part, walker: Walker, shape: Shape, rng: np.random.Generator
) -> tuple[Motion, Floats]:
    """Return the movement of one part, and the heading without turns."""
    if part.activity in ACTIVITIES:
        motion = move(part.activity, time_s, shape, rng)
        return motion, np.zeros_like(time_s)
    if not part.contacts_s.size:
        return move("standing", time_s, shape, rng), np.zeros_like(time_s)
    motion, heading = walk(time_s, part.contacts_s, part.sides, shape, walker.vigour, rng)
    if part.activity == "stairs":
        size = np.array([0.7, 1.0, _STAIRS_UP_FACTOR])
        motion = Motion(motion.acceleration_m_s2 * size, motion.roll_rad, motion.pitch_rad)
    return motion, heading


def _turning(time_s: Floats, turns: Floats) -> Floats:
    """Return the yaw rate of the turns, (n,) rad/s: a smooth rise and fall."""
    rate = np.zeros_like(time_s)
    for start_s, end_s, angle_deg in turns:
        share = np.clip((time_s - start_s) / (end_s - start_s), 0, 1)
        rate += angle_deg * DEGREE_RAD / (end_s - start_s) * (1 - np.cos(2 * np.pi * share))
    return rate


def _tilted(vectors: Floats, roll: Floats, pitch: Floats) -> Floats:
    """Express (n, 3) vectors in axes that are pitched, then rolled."""
    forward, left, up = vectors.T
    ahead = forward * np.cos(pitch) - up * np.sin(pitch)
    up = forward * np.sin(pitch) + up * np.cos(pitch)
    return np.stack(
        [ahead, left * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - left * np.sin(roll)],
        axis=1,
    )
