"""Small makers shared by the tests of the walk engine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

import evenstride as es
from evenstride.gait.features import FEATURE_NAMES
from evenstride.gait.frame import Upright, upright
from evenstride.gait.grades import Situation
from evenstride.gait.grid import GRID_HZ, Segment
from evenstride.gait.measures import Walked
from evenstride.gait.steps import Steps
from evenstride.gait.strides import paces
from evenstride.testing import Sensor, SimulatedWalk, Walker, simulate_walk

GRAVITY = 9.80665

NO_TURNS = np.empty((0, 3))

BACK = Situation(
    rate_hz=100.0,
    quantised=False,
    placement="lower back",
    seen="trunk",
    lost_fraction=0.0,
    sides_known=True,
    forward_sure=True,
    known_distance=None,
    height_known=True,
    lean_trouble=None,
)
"""The best case: a good sensor at the lower back of a person of known height."""


@cache
def walked(
    duration_s: float = 120.0,
    walker: Walker | None = None,
    sensor: Sensor | None = None,
    seed: int = 1,
    height_m: float | None = None,
    **script: tuple[tuple[float, float], ...],
) -> tuple[SimulatedWalk, es.Gait]:
    """Simulate a walk and analyse it, once per session for equal arguments."""
    truth = simulate_walk(duration_s, walker, sensor, seed=seed, **script)
    return truth, es.analyze(truth.recording, height_m=height_m)


def arrays_of(recording: es.Recording) -> tuple[NDArray, NDArray, NDArray | None]:
    """Return the time stamps, accelerations and turning rates of a recording."""
    (block,) = recording.blocks(seconds=1e6)
    return block.time_s, block.acceleration_m_s2, block.angular_velocity_rad_s


def recording_of(time_s, acceleration, angular=None, **told) -> es.Recording:
    """Wrap arrays."""
    return es.Recording.from_arrays(
        time_s=time_s,
        acceleration_m_s2=acceleration,
        angular_velocity_rad_s=angular,
        **told,
    )


def segment_of(acceleration, angular=None, start_s: float = 0.0) -> Segment:
    """Make a stretch without holes on the grid."""
    return Segment(start_s, np.asarray(acceleration, dtype=float), angular, np.empty((0, 2)))


def still_segment(seconds: float, up=(0.0, 0.0, 1.0), angular=None) -> Segment:
    """A sensor at rest."""
    rows = np.tile(GRAVITY * np.asarray(up), (round(seconds * GRID_HZ), 1))
    return segment_of(rows, angular)


def rhythmic(seconds: float, rate_hz: float, size: float = 2.0) -> tuple[Segment, Upright]:
    """A pure vertical rhythm, with forward leading it by 1.75 rad along the x axis."""
    turn = 2 * np.pi * rate_hz * np.arange(round(seconds * GRID_HZ)) / GRID_HZ
    acceleration = np.zeros((turn.size, 3))
    acceleration[:, 0] = 0.7 * size * np.cos(turn + 1.75)
    acceleration[:, 2] = GRAVITY + size * np.cos(turn)
    segment = segment_of(acceleration)
    return segment, upright(segment, gravity_included=True)


def steps_at(time_s, bout=None, odds=5.0, **columns) -> Steps:
    """A table of contacts at given times, alternating feet, everything else plain."""
    time_s = np.asarray(time_s, dtype=np.float64)
    count = time_s.size
    plain = Steps(
        time_s=time_s,
        bout=np.zeros(count, np.int64) if bout is None else np.asarray(bout, np.int64),
        odds=np.broadcast_to(np.asarray(odds, np.float32), count).copy(),
        side=np.where(np.arange(count) % 2 == 0, -1, 1).astype(np.int8),
        side_trust=np.ones(count, np.float32),
        rate_hz=np.full(count, 2.0, np.float32),
        strength_m_s2=np.full(count, 2.0, np.float32),
        up=np.tile(np.array([0, 0, 1], np.float32), (count, 1)),
        forward=np.tile(np.array([1, 0, 0], np.float32), (count, 1)),
        gravity_m_s2=np.full(count, GRAVITY, np.float32),
        swing=np.zeros((count, 3), np.float32),
        features=np.ones((count, len(FEATURE_NAMES)), np.float32),
    )
    return replace(plain, **columns)


def walked_steps(steps: Steps, length_m=None, lean_deg=None, turns=NO_TURNS) -> Walked:
    """Everything the measures are made from, around a table of contacts."""
    count = len(steps)
    return Walked(
        steps=steps,
        paces=paces(steps, turns),
        length_m=np.full(count, np.nan) if length_m is None else length_m,
        lean_deg=np.full((count, 2), np.nan) if lean_deg is None else lean_deg,
        side=steps.side,
        sure=np.ones(count, dtype=np.bool_),
    )


def uneven_times(count: int, step_s: float = 0.55, spread_s: float = 0.01, seed: int = 0):
    """Contact times of a walk whose step times scatter a little."""
    return np.cumsum(np.random.default_rng(seed).normal(step_s, spread_s, count))
